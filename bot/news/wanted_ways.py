"""The ways to ask, made ready to be looked up: each saying cut into words as they are compared.

Here: cutting a text into words, and which ways to ask begin and end as they do.
Not here: how people ask (wanted_verbs, wanted_sayings), what a text asks for (wanted).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from bot.news.text import fold
from bot.news.wanted_sayings import SAYINGS
from bot.news.wanted_verbs import VERBS
from bot.news.wanted_words import NAMES
from bot.news.wants import Want

# A verb that was mistyped in one letter is still that verb, if it is so long that it cannot be another word.
_LONG_VERB = 8
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# A character of Chinese is a word; elsewhere words are between spaces, or the joiners that some Persians leave out.
_PIECE = re.compile(rf"[{_HAN}]|[^\s\u200c{_HAN}]+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_KEYCAP = re.compile("[\ufe0f\u20e3]")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´", "'"))

# What a verb asks for that nothing stands behind.
STAND_ALONE = (Want.FOLLOW, Want.UNFOLLOW, Want.LATEST)

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One word as it is compared, and where it stands in the text."""

    key: str
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Way:
    """A way to ask: what stands before the words of a topic and what behind. `number`: they are a number."""

    want: Want
    before: Keys
    behind: Keys
    number: bool = False


def bare(text: str) -> str:
    """A text without punctuation around it."""
    return _EDGES.sub("", text)


def digits(text: str) -> str:
    """A text whose digits stand in no boxes."""
    return _KEYCAP.sub("", text).strip()


def pieces_of(text: str) -> list[Piece]:
    """The words of a text."""
    found = ((_key(match[0]), *match.span()) for match in _PIECE.finditer(text))
    return [Piece(key, begins, ends) for key, begins, ends in found if key]


def _key(piece: str) -> str:
    """A word as it is compared; nothing where it has neither letters nor digits."""
    return fold(_EDGES.sub("", _KEYCAP.sub("", piece.translate(_APOSTROPHES))))


def keys_of(pieces: Iterable[Piece]) -> Keys:
    """The words as they are compared."""
    return tuple(piece.key for piece in pieces)


def _split(lines: Iterable[str]) -> Iterator[str]:
    return (said for line in lines for said in line.split(", "))


def fitting_ways(keys: Keys) -> list[Way]:
    """The ways to ask that begin and end as the words do, those with the most words first."""
    if keys in _names():
        return []
    first, last = _ways()
    heads = [
        way
        for verb in (keys[0], *_meant(keys[0]))
        for way in first.get(verb, ())
        if way.before[1:] == keys[1 : len(way.before)]
    ]
    fitting = [
        way
        for way in dict.fromkeys([*heads, *last.get(keys[-1], ())])
        if len(way.before) + len(way.behind) < len(keys) and (not way.behind or way.behind == keys[-len(way.behind) :])
    ]
    return sorted(fitting, key=lambda way: -len(way.before) - len(way.behind))


def _meant(typed: str) -> list[str]:
    """The verbs that a long word may be, typed with a letter too many, too few, wrong or in another place."""
    verbs, _ = _ways()
    if len(typed) < _LONG_VERB:
        return []
    return [verb for verb in verbs if len(verb) >= _LONG_VERB and _is_one_off(typed, verb)]


def _is_one_off(one: str, other: str) -> bool:
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[same:], other[same:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]


@cache
def listed(lines: tuple[str, ...]) -> frozenset[Keys]:
    """What a list holds, word by word."""
    return frozenset(keys_of(pieces_of(said)) for said in _split(lines))


@cache
def _names() -> frozenset[Keys]:
    return listed(NAMES)


@cache
def sayings() -> dict[Keys, Want]:
    """Every whole saying; a verb without its topic asks for the same of nothing in particular."""
    alone = {way.before + way.behind: way.want for way in reversed(_all_ways()) if way.want in STAND_ALONE}
    return alone | {keys_of(pieces_of(said)): want for want, lines in reversed(SAYINGS) for said in _split(lines)}


@cache
def _ways() -> tuple[dict[str, list[Way]], dict[str, list[Way]]]:
    """Every way to ask, by its first word or, where nothing stands before the topic, by its last."""
    first: dict[str, list[Way]] = {}
    last: dict[str, list[Way]] = {}
    for way in _all_ways():
        (first.setdefault(way.before[0], []) if way.before else last.setdefault(way.behind[-1], [])).append(way)
    return first, last


@cache
def _all_ways() -> tuple[Way, ...]:
    return tuple(_way(want, said) for want, lines in VERBS for said in _split(lines))


def _way(want: Want, said: str) -> Way:
    before, place, behind = re.split("([_#])", said)
    return Way(want, keys_of(pieces_of(before)), keys_of(pieces_of(behind)), place == "#")
