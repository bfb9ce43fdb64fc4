"""What can be told of a page's pieces when it is to be decided whether they are the article. Owns the traits.

Here: each trait as a number from 0 to 1: what the witnesses say, the place, the words, the neighbours.
Not here: how much a trait weighs (choice).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.ingest import clutter
from bot.ingest.pieces import Piece
from bot.ingest.places import NOTES, Places
from bot.ingest.witnesses import Witnesses, words
from bot.news.article import BlockKind, MarkKind

_LIKELY = 8  # words of a piece that a witness must hold for the piece to tell where the article stands
_MOST = 0.6  # of a witness's words
_ENDS = re.compile(r"[.!?…»”\"。؟:;,’')）」]$")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.h]\d\d(?!\d)")
_TRUSTED = 0.5  # of what trafilatura takes: a witness that holds less of it has read something else
_BESIDE = ("narrow", "link", "elsewhere", "sites")  # traits that tell something of the neighbours as well

Traits = dict[str, float]


@dataclass(frozen=True, slots=True)
class _Read:
    """A piece with its words, what each witness has of it, and what the rules for clutter say of its line."""

    piece: Piece
    words: list[str]
    wide: float
    narrow: float
    told: float | None
    line: clutter.Line


def traits_of(pieces: Sequence[Piece], heard: Witnesses, said: frozenset[str]) -> list[Traits]:
    """The traits of every piece that is text. `said` are the folded title and author, which stand elsewhere already."""
    read = _read(pieces, heard)
    likely = [len(one.words) if one.wide >= _MOST and len(one.words) >= _LIKELY else 0 for one in read]
    places = Places([one.piece.element for one in read], likely)
    inside = [place for place, some in enumerate(likely) if some and places.in_core(place)] or [0]
    often = Counter(one.line.words for one in read)
    found = [
        {
            **_of_witnesses(one, heard, said),
            **_of_place(places, place, inside),
            **_of_words(one),
            "repeated": float(often[one.line.words] > 1),
        }
        for place, one in enumerate(read)
    ]
    return [{**own, **_of_neighbours(found, place)} for place, own in enumerate(found)]


def _read(pieces: Sequence[Piece], heard: Witnesses) -> list[_Read]:
    split = [words(piece.block.text) for piece in pieces]
    wide = [heard.wide.share(said) for said in split]
    narrow = [heard.narrow.share(said) for said in split]
    told = [heard.told.share(said) for said in split]
    counted = [len(said) if share >= _MOST else 0 for said, share in zip(split, wide, strict=True)]
    trust = {
        name: sum(some for some, share in zip(counted, shares, strict=True) if share >= _MOST)
        >= _TRUSTED * sum(counted)
        for name, shares in (("narrow", narrow), ("told", told))
    }
    return [
        _Read(
            piece,
            split[place],
            wide[place],
            narrow[place] if trust["narrow"] else wide[place],
            told[place] if heard.told and trust["told"] else None,
            clutter.line_of(piece.block, link=piece.is_link),
        )
        for place, piece in enumerate(pieces)
    ]


def _of_witnesses(one: _Read, heard: Witnesses, said: frozenset[str]) -> Traits:
    line = one.line.words
    described = len(one.words) >= 6 and any(
        line == told or (len(line) > 40 and (line in told or line.startswith(told[:80]))) for told in heard.descriptions
    )
    return {
        "wide": one.wide,
        "narrow": one.narrow,
        "both": float(min(one.wide, one.narrow) >= _MOST),
        "neither": float(max(one.wide, one.narrow) < 0.3),
        "told": float(one.told is not None and one.told >= _MOST),
        "not told": float(one.told is not None and one.told < 0.4),
        "described": float(described),
        "said": float(line in said or line.partition(" ")[2] in said),
        "in what is said": float(len(one.words) > 1 and any(line in other for other in said)),
    }


def _of_place(places: Places, place: int, inside: Sequence[int]) -> Traits:
    first, last = inside[0], inside[-1]
    parent, path = places.of_parent(place), places.of_path(place)
    notes, near = places.notes(place), places.near(place)
    return {
        "of parent": parent,
        "no parent": float(parent < 0.02),
        "some parent": float(parent > 0.1),
        "main parent": float(parent > 0.4),
        "of path": path,
        "some path": float(path > 0.03),
        "main path": float(path > 0.3),
        "around parent": places.around_parent(place),
        "before": float(place < first),
        "long before": float(place < first - 4),
        "after": float(place > last),
        "long after": float(place > last + 3),
        "at the end": float(last - 2 <= place <= last),
        "near body": float("body" in near),
        **{f"in {name}": float(name in notes) for name in NOTES},
    }


def _of_words(one: _Read) -> Traits:
    piece, text, many = one.piece, one.piece.block.text, len(one.words)
    kind, link = piece.block.kind, piece.is_link
    italic = sum(mark.end - mark.start for mark in piece.block.marks if mark.kind is MarkKind.ITALIC) > 0.9 * len(text)
    ends = bool(_ENDS.search(text))
    return {
        "heading": float(kind is BlockKind.HEADING),
        "quote": float(kind is BlockKind.QUOTE),
        "item": float(kind is BlockKind.ITEM),
        "table": float(kind is BlockKind.TABLE),
        "no element of text": float(
            piece.element.tag in {"div", "span", "section", "td", "article", "body", "figcaption"}
        ),
        "linked": piece.linked,
        "link": float(link),
        "bold": float(piece.bold > 0.9),
        "italic": float(italic),
        "size": min(math.log1p(many) / 4, 1.2),
        "short": float(many < _LIKELY),
        "long": float(many >= 20 and ends and not link),
        "digits": min(3 * sum(map(str.isdigit, text)) / len(text), 1.0),
        "clock": float(many < 14 and bool(_CLOCK.search(text))),
        "aside": float(text[0] in "([（*"),
        "capitals": float(many > 2 and text.isupper()),
        "elsewhere": float(one.line.leads_elsewhere or one.line.heads_a_list),
        "sites": float(one.line.is_the_sites),
    }


def _of_neighbours(found: Sequence[Traits], place: int) -> Traits:
    def trait(name: str, at: int) -> float:
        return found[at][name] if 0 <= at < len(found) else 0.0

    next_wide, heading = trait("wide", place + 1), trait("heading", place)
    before = {f"{name} before": trait(name, place - 1) for name in _BESIDE}
    behind = {f"{name} behind": trait(name, place + 1) for name in _BESIDE}
    return {
        **before,
        **behind,
        "wide before": trait("wide", place - 1),
        "wide above": (trait("wide", place - 2) + trait("wide", place - 3)) / 2,
        "wide below": (trait("wide", place + 2) + trait("wide", place + 3)) / 2,
        "heads it": heading * next_wide,
        "heads nothing": heading * (1 - next_wide),
        "link among links": trait("link", place) * max(before["link before"], behind["link behind"]),
    }
