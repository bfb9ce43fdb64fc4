"""What stands among an article's paragraphs and is none of it. Owns the rules that tell.

Here: "Read also" lines, latest-news rows, lists of links, share bars, newsletter boxes, credits.
Not here: the phrases themselves (phrases), finding the article on its page (articles).

Rules go by a line's words, its place and its links, never by class names, which are hashed and change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.ingest import phrases
from bot.news.article import Block, BlockKind
from bot.news.text import fold

_SHORT = 220  # characters; a site's own line is hardly ever longer, a paragraph of a story usually is
_CREDIT = 140
_ROW = 200
_HEAD_LINES = 5
_ENDS = (".", "!", "?", "…", "»", "”", '"', "。", "؟", ":", ";", ",")  # a headline ends in none of these


def key(text: str) -> str:
    """The folded words of `text` alone: equal for lines that say the same."""
    return " ".join(re.findall(r"\w+", fold(text)))


@dataclass(frozen=True, slots=True)
class Line:
    """A block with its folded words, and whether it is nothing but a link; None where nobody can know."""

    block: Block
    words: str
    link: bool | None

    @property
    def text(self) -> str:
        """Its text as it is shown."""
        return self.block.text

    @property
    def may_be_link(self) -> bool:
        """Whether it is a link, or looks like a headline where nobody can know."""
        if self.link is None:
            return len(self.text) <= _ROW and not self.text.rstrip().endswith(_ENDS)
        return self.link

    @property
    def leads_elsewhere(self) -> bool:
        """Whether it is a "Read also", with or without what is to be read."""
        flat = fold(self.text)
        found = _ELSEWHERE.match(flat)
        if not found or len(flat) > _SHORT:
            return False
        return bool(self.link or _PARTED.match(flat[found.end() :]) or not flat.rstrip().endswith(_ENDS))

    @property
    def heads_a_list(self) -> bool:
        """Whether it is what stands above other stories."""
        return bool(_LISTS.match(self.words))

    @property
    def is_row(self) -> bool:
        """Whether it is a clock time and a headline, as in a latest-news box."""
        found = _CLOCK.match(fold(self.text))
        return bool(found) and len(self.text) <= _ROW and not self.text.rstrip().endswith(_ENDS)

    @property
    def is_the_sites(self) -> bool:
        """Whether it speaks of the site and not of the story."""
        if len(self.text) > _SHORT:
            return False
        bare = re.sub(r"\b\d+\b ?", "", self.words).strip()
        if not bare:
            return self.block.kind is not BlockKind.ITEM and bool(self.link)
        return bool(
            _ALONE.match(bare)
            or _STARTS.match(self.words)
            or _HOLDS.search(self.words)
            or _RIGHTS.match(self.text)
            or set(self.words.split()) <= _SHARE
            or (len(self.text) <= _CREDIT and _CREDITED.search(fold(self.text)))
        )


def line_of(block: Block, *, link: bool | None = None) -> Line:
    """The line that a block is."""
    return Line(block, key(block.text), link)


def keys(several: str) -> list[str]:
    """The folded words of each of several phrases parted by strokes, the longest first."""
    return sorted({key(phrase) for phrase in several.split("|")}, key=len, reverse=True)


def _either(several: str) -> str:
    return "|".join(r"\W+".join(phrase.split()) for phrase in keys(several))


_ELSEWHERE = re.compile(rf"^\W*(?:{_either(phrases.ELSEWHERE)})(?!\w)")
_PARTED = re.compile(r"^\s*(?:[:：>»→|•·/\]–—-]|$)")
_ALONE = re.compile(rf"^(?:{_either(phrases.ALONE)})$")
_LISTS = re.compile(rf"^(?:{_either(phrases.LISTS)})$")
_STARTS = re.compile(rf"^(?:{_either(phrases.STARTS)})(?!\w)")
_HOLDS = re.compile(rf"(?<!\w)(?:{_either(phrases.HOLDS)})(?!\w)")
_CREDITED = re.compile(
    rf"^\W*(?:{_either(phrases.CREDITED)})\s*[:：/|©(]|(?:/|\bvia )\s*(?:{_either(phrases.AGENCIES)})\W*$"
)
_SHARE = frozenset(key(phrases.SHARE).split())
_RIGHTS = re.compile(r"^\W*(?:©|ⓒ|\(c\)\s)", re.IGNORECASE)
_CLOCK = re.compile(
    r"^\W*(?:[01]?\d|2[0-3])\s?[:h.]\s?[0-5]\d(?:\s?[ap]\.?m\.?)?(?!\d)(?!\s?(?:%|€|\$|\u00a3|km|kg|m\b))",
    re.IGNORECASE,
)


def without_clutter(lines: Sequence[Line], said: frozenset[str]) -> list[Block]:
    """The blocks that are the story, in order. `said`: the folded title and author, which stand above it already."""
    kept = [line for line in _without_lists(_without_head(lines, said)) if not line.is_the_sites]
    return [line.block for line in _without_bare_headings(_without_link_runs(kept))]


def _without_head(lines: Sequence[Line], said: frozenset[str]) -> Sequence[Line]:
    """Pages repeat the title and the author in the first lines of the text."""
    return [
        line
        for place, line in enumerate(lines)
        if place >= _HEAD_LINES or not ({line.words, line.words.partition(" ")[2]} & said)
    ]


def _without_lists(lines: Sequence[Line]) -> list[Line]:
    """Drop lines that lead elsewhere, and what they lead to: the links or clock rows that follow at once."""
    kept: list[Line] = []
    leading = False
    for place, line in enumerate(lines):
        beside_a_row = any(near.is_row for near in lines[max(0, place - 1) : place + 2] if near is not line)
        if line.leads_elsewhere or line.heads_a_list:
            leading = True
        elif leading and (line.may_be_link or line.is_row):
            continue
        elif not (line.is_row and (line.link or beside_a_row)):
            leading = False
            kept.append(line)
    return kept


def _without_link_runs(lines: Sequence[Line]) -> list[Line]:
    """Two or more lines in a row that are nothing but links are a list of other stories."""
    linked = [bool(line.link) for line in lines]
    return [
        line
        for place, line in enumerate(lines)
        if not (linked[place] and (any(linked[max(0, place - 1) : place]) or any(linked[place + 1 : place + 2])))
    ]


def _without_bare_headings(lines: Sequence[Line]) -> list[Line]:
    """A heading at the very end heads nothing any more."""
    kept = list(lines)
    while kept and kept[-1].block.kind is BlockKind.HEADING:
        kept.pop()
    return kept
