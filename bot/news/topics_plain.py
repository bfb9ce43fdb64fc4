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
from bot.news.topics_tree import Node, Topic, Words, all_of, any_of, leaves

# Shorter than what the grammar refuses, and than what is cut when it is said back.
_MOST_CHARACTERS, _LONGEST_PIECE = 200, 60
_WORD = "[a-z0-9à-öø-ÿ]+"
_PIECE = re.compile(rf'(?: |^)(-?)(?:({_WORD})|"({_WORD}(?: {_WORD})*)"|\(({_WORD}(?: OR {_WORD})+)\))(?= |$)')


def plain(text: str) -> Topic | None:
    """The topic that `text` asks for, where it is plain; None where only the grammar can tell."""
    if len(text) > _MOST_CHARACTERS:
        return None
    wanted: list[Node] = []
    unwanted: list[Node] = []
    behind = 0
    for piece in _PIECE.finditer(text):
        if piece.start() != behind or piece.end() - behind > _LONGEST_PIECE:
            return None
        behind = piece.end()
        minus, word, phrase, choice = piece.groups()
        part = any_of([_leaf(option) for option in choice.split(" OR ")]) if choice else _leaf(word or phrase)
        (unwanted if minus else wanted).append(part)
    if behind != len(text) or not wanted or _takes_the_grammar(wanted, unwanted):
        return None
    return Topic(all_of(wanted, unwanted))


@lru_cache(1 << 16)
def _leaf(text: str) -> Words:
    return Words(tuple(words(text)), text)


def _takes_the_grammar(wanted: list[Node], unwanted: list[Node]) -> bool:
    """True where a word may be an everyday operator, or is on both sides, so that the topic may contradict itself."""
    if unwanted:
        return not _said(wanted).isdisjoint(_said(unwanted))
    return not RESERVED.isdisjoint(_said(wanted))


def _said(nodes: list[Node]) -> set[str]:
    return {word for node in nodes for leaf in leaves(node) if isinstance(leaf, Words) for word in leaf.words}
