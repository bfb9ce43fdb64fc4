"""The topics that most people ask for, read quickly: words, "phrases", (one OR another), each perhaps with a -.

An index of a million topics is loaded in a third of the time that reading them all by the whole grammar takes.
What is not certainly as plain as that is left to the grammar; what is reads the same by both.

Here: text -> Topic, or None.
Not here: the whole grammar, and what is no topic (topics_parser).
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.news.text import words
from bot.news.topics_sayings import RESERVED
from bot.news.topics_tree import AllOf, Node, Topic, Words, all_of, any_of

# Shorter than what the grammar refuses, and than what is cut when it is said back.
_MOST_CHARACTERS, _LONGEST_PIECE = 200, 60
_WORD = "[a-z0-9à-öø-ÿ]+"
_BARE = re.compile(f"{_WORD}(?: {_WORD})*")
_PIECE = re.compile(rf'(?: |^)(-?)(?:({_WORD})|"({_WORD}(?: {_WORD})*)"|\(({_WORD}(?: OR {_WORD})+)\))(?= |$)')


def plain(text: str) -> Topic | None:
    """The topic that `text` asks for, where it is plain; None where only the grammar can tell."""
    if len(text) > _MOST_CHARACTERS:
        return None
    return _bare(text.split(" ")) if _BARE.fullmatch(text) else _pieces(text)


def _bare(parts: list[str]) -> Topic | None:
    """The topic that asks for all of these words."""
    wanted = [_leaf(part) for part in parts]
    said = {leaf.words for leaf in wanted}
    if len(max(parts, key=len)) >= _LONGEST_PIECE:
        return None
    if not RESERVED.isdisjoint([word for words in said for word in words]):
        return None
    if len(said) < len(wanted):
        return Topic(all_of([*wanted], []))
    return Topic(AllOf(tuple(wanted)) if len(wanted) > 1 else wanted[0])


def _pieces(text: str) -> Topic | None:
    """The topic of words, phrases and choices, with and without a -."""
    wanted: list[Node] = []
    unwanted: list[Node] = []
    said: tuple[set[str], set[str]] = set(), set()  # in what is wanted, and in what is not
    behind = 0
    for piece in _PIECE.finditer(text):
        if piece.start() != behind or piece.end() - behind > _LONGEST_PIECE:
            return None
        behind = piece.end()
        minus, word, phrase, choice = piece.groups()
        options = [_leaf(option) for option in choice.split(" OR ")] if choice else [_leaf(word or phrase)]
        (unwanted if minus else wanted).append(any_of([*options]) if choice else options[0])
        said[bool(minus)].update(*[leaf.words for leaf in options])
    if behind != len(text) or not wanted or _takes_the_grammar(*said):
        return None
    return Topic(all_of(wanted, unwanted))


@lru_cache(1 << 16)
def _leaf(text: str) -> Words:
    return Words(tuple(words(text)), text)


def _takes_the_grammar(wanted: set[str], unwanted: set[str]) -> bool:
    """True where a word may be an everyday operator, or is on both sides, so that the topic may contradict itself."""
    return not wanted.isdisjoint(unwanted or RESERVED)
