"""What words without a command ask for. Owns the reading of them.

"subscribe football pls" follows football, "quoi de neuf au Maroc ?" asks for the latest of Maroc, "stop" asks to stop;
but "stop smoking" is a topic: a verb takes what stands behind it only where people say it so (wanted_verbs).

Here: text -> what is wanted, and the words that are left over.
Not here: how people say it (wanted_ways), what is done about it (handlers/words).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from bot.news.wanted_ways import (
    STAND_ALONE,
    Keys,
    Piece,
    bare,
    digits,
    fitting_ways,
    keys_of,
    listed,
    pieces_of,
    sayings,
)
from bot.news.wanted_words import ALL, COURTESIES, EMOJI, EMPTY, FRIENDLY, LINKS_BEFORE, LINKS_BEHIND
from bot.news.wants import Want

# More words than these are a sentence, of which only some are worth looking for; fewer are no question.
LONGEST_TOPIC, LONGEST_CHARACTERS, KEY_WORDS, SHORT = 7, 200, 5, 2
# Whoever writes these writes a topic and means it.
_FORMAL = re.compile(r"[\"|(*~«»“”„]|\w\)|\w:[\"\w]|\s[-!]\w|\b(?:OR|AND|NOT)\b")
_SPAN = re.compile(r"\d+\s*\w{0,8}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted, and of what; the words are as they were typed, empty where there are none.

    Of EMOJI the words are the pictures, of MUCH (a sentence, or more) its key words.
    """

    want: Want
    words: str = ""


def wanted(text: str) -> Wanted:
    """What the text asks for."""
    pieces = pieces_of(text)
    if not pieces:
        return _pictures(text)
    if len(text) > LONGEST_CHARACTERS:
        return Wanted(Want.MUCH, _key_words(text, pieces))
    if _FORMAL.search(text):
        return _asked_for(text, pieces) or Wanted(Want.TOPIC, text)
    polite = _polite(pieces)
    asked = (_said(pieces), _said(polite), _asked_for(text, polite), _asked_for(text, pieces))
    return next((found for found in asked if found), _topic(text, polite))


def key_words(text: str) -> str:
    """The words of a text that are most its own, in their order; empty where it has none."""
    return _key_words(text, pieces_of(text)) if pieces_of(text) else ""


def ready_key(emoji: str) -> str:
    """The key of the ready topic that one of these pictures stands for; empty where none does."""
    return next((key for key, pictures in EMOJI for each in _emoji(emoji) if each in pictures), "")


def is_friendly(emoji: str) -> bool:
    """Whether the pictures say nothing but something kind."""
    return all(each in FRIENDLY for each in _emoji(emoji))


def _emoji(text: str) -> tuple[str, ...]:
    """The pictures of a text without skin colours and joiners, each once."""
    shown = (c for c in text if unicodedata.category(c) == "So")
    return tuple(dict.fromkeys(shown))


def _pictures(text: str) -> Wanted:
    """A text without words."""
    number = digits(text)
    if number.isdecimal():
        return Wanted(Want.READ, number)
    return Wanted(Want.EMOJI, text) if _emoji(text) else Wanted(Want.NOTHING)


def _said(pieces: list[Piece]) -> Wanted | None:
    """What the words ask for as a whole."""
    keys = keys_of(pieces)
    if len(keys) == 1 and keys[0].isdecimal():
        return Wanted(Want.READ, keys[0])
    want = sayings().get(keys)
    return Wanted(want) if want else None


def _asked_for(text: str, pieces: list[Piece]) -> Wanted | None:
    """What a verb asks for, and of what: of all ways to ask that fit, the one with the most words."""
    keys = keys_of(pieces)
    for way in fitting_ways(keys):
        inner = pieces[len(way.before) : len(pieces) - len(way.behind)]
        if way.number:
            number = text[inner[0].begins : inner[-1].ends]
            if _SPAN.fullmatch(number):
                return Wanted(way.want, number)
            continue
        linked = _linked(inner)
        if way.want is Want.UNFOLLOW and keys_of(linked) in listed(ALL):
            return Wanted(Want.STOP)
        words = _typed(text, linked)
        deeper = _asked_for(text, linked) if way.want in _MAY_HOLD_NEWS else None
        if deeper and deeper.want is Want.LATEST:
            words = deeper.words
        if linked or way.want in STAND_ALONE:
            return Wanted(way.want, "" if _said(linked) == Wanted(Want.LATEST) else words)
    return None


# "subscribe to football news" is about football.
_MAY_HOLD_NEWS = (Want.FOLLOW, Want.UNFOLLOW, Want.SEARCH)


def _topic(text: str, pieces: list[Piece]) -> Wanted:
    """Words that ask for nothing we know are a topic, or a sentence."""
    typed = _typed(text, pieces)
    is_question = text.rstrip().endswith(("?", "؟", "？")) and len(pieces) > SHORT
    if is_question or (len(pieces) > LONGEST_TOPIC and not _is_han(pieces)):
        return Wanted(Want.MUCH, _key_words(text, pieces) or typed)
    return Wanted(Want.TOPIC, typed)


def _is_han(pieces: list[Piece]) -> bool:
    return sum(len(piece.key) == 1 for piece in pieces) > len(pieces) // 2


def _key_words(text: str, pieces: list[Piece]) -> str:
    """The words of a text that are most its own, in their order."""
    if _is_han(pieces):
        return text[pieces[0].begins : pieces[min(len(pieces), KEY_WORDS + 3) - 1].ends]
    empty = listed(EMPTY) | listed(LINKS_BEFORE) | listed(COURTESIES)
    told = [piece for piece in pieces if (piece.key,) not in empty and len(piece.key) > 1]
    often = Counter(piece.key for piece in told)
    chosen = sorted(often, key=lambda key: (-often[key], -len(key)))[:KEY_WORDS]
    firsts = {piece.key: piece for piece in reversed(told)}
    kept = sorted((firsts[key] for key in chosen), key=lambda piece: piece.begins)
    return " ".join(bare(text[piece.begins : piece.ends]) for piece in kept)


def _polite(pieces: list[Piece]) -> list[Piece]:
    """The words without the courtesies at both ends, unless there is nothing else."""
    return _without(pieces, listed(COURTESIES), listed(COURTESIES)) or pieces


def _linked(pieces: list[Piece]) -> list[Piece]:
    """The words of a topic without what links them to the verb."""
    before, behind = listed(LINKS_BEFORE) | listed(COURTESIES), listed(LINKS_BEHIND) | listed(COURTESIES)
    return _without(pieces, before, behind)


def _without(pieces: list[Piece], before: frozenset[Keys], behind: frozenset[Keys]) -> list[Piece]:
    keys = keys_of(pieces)
    begin, end = 0, len(keys)
    longest = max(map(len, before | behind))
    while size := next((n for n in range(min(longest, end - begin), 0, -1) if keys[begin : begin + n] in before), 0):
        begin += size
    while size := next((n for n in range(min(longest, end - begin), 0, -1) if keys[end - n : end] in behind), 0):
        end -= size
    return pieces[begin:end]


def _typed(text: str, pieces: list[Piece]) -> str:
    """The words as they were typed, without punctuation behind them."""
    if not pieces:
        return ""
    typed = text[pieces[0].begins : pieces[-1].ends]
    return typed.rstrip(" .,;:!?؟،؛。！？，…") or typed
