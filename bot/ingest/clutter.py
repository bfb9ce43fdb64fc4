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


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the page around the text tells, as folded words (`key`).

    `said`: its title in every form, and its author, which stand above the text already. `links`: everything that
    is nothing but a link; None where nobody can know, as in plain text.
    """

    said: frozenset[str] = frozenset()
    links: frozenset[str] | None = None


def key(text: str) -> str:
    """The folded words of `text` alone: equal for lines that say the same."""
    return " ".join(re.findall(r"\w+", fold(text)))


def without_clutter(blocks: Sequence[Block], around: Surroundings) -> list[Block]:
    """The blocks that are the story, in order."""
    lines = [_line(block, around.links) for block in blocks]
    kept = [line for line in _without_lists(_without_head(lines, around.said)) if not _is_the_sites(line)]
    return [line.block for line in _without_bare_headings(_without_link_runs(kept))]


@dataclass(frozen=True, slots=True)
class _Line:
    """A block with its folded words, whether it is nothing but a link, and whether it might be for all we know."""

    block: Block
    words: str
    link: bool
    perhaps_link: bool

    @property
    def text(self) -> str:
        return self.block.text


def _line(block: Block, links: frozenset[str] | None) -> _Line:
    words = key(block.text)
    like_a_title = len(block.text) <= _ROW and not block.text.rstrip().endswith(_ENDS)
    return _Line(block, words, words in (links or ()), words in links if links is not None else like_a_title)


def _either(several: str) -> str:
    longest_first = sorted({key(phrase) for phrase in several.split("|")}, key=len, reverse=True)
    return "|".join(r"\W+".join(phrase.split()) for phrase in longest_first)


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


def _without_head(lines: Sequence[_Line], said: frozenset[str]) -> Sequence[_Line]:
    """Pages repeat the title and the author in the first lines of the text."""
    return [
        line
        for place, line in enumerate(lines)
        if place >= _HEAD_LINES or not ({line.words, line.words.partition(" ")[2]} & said)
    ]


def _without_lists(lines: Sequence[_Line]) -> list[_Line]:
    """Drop lines that lead elsewhere, and what they lead to: the links or clock rows that follow at once."""
    kept: list[_Line] = []
    leading = False
    for place, line in enumerate(lines):
        beside_a_row = any(_is_row(near) for near in lines[max(0, place - 1) : place + 2] if near is not line)
        if _leads_elsewhere(line) or _LISTS.match(line.words):
            leading = True
        elif leading and (line.perhaps_link or _is_row(line)):
            continue
        elif not (_is_row(line) and (line.link or beside_a_row)):
            leading = False
            kept.append(line)
    return kept


def _leads_elsewhere(line: _Line) -> bool:
    flat = fold(line.text)
    found = _ELSEWHERE.match(flat)
    if not found or len(flat) > _SHORT:
        return False
    return line.link or bool(_PARTED.match(flat[found.end() :])) or not flat.rstrip().endswith(_ENDS)


def _is_row(line: _Line) -> bool:
    """A clock time and a headline, as in a latest-news box."""
    found = _CLOCK.match(fold(line.text))
    return bool(found) and len(line.text) <= _ROW and not line.text.rstrip().endswith(_ENDS)


def _is_the_sites(line: _Line) -> bool:
    if len(line.text) > _SHORT:
        return False
    bare = re.sub(r"\b\d+\b ?", "", line.words).strip()
    if not bare:
        return line.block.kind is not BlockKind.ITEM and line.link
    return bool(
        _ALONE.match(bare)
        or _STARTS.match(line.words)
        or _HOLDS.search(line.words)
        or _RIGHTS.match(line.text)
        or set(line.words.split()) <= _SHARE
        or (len(line.text) <= _CREDIT and _CREDITED.search(fold(line.text)))
    )


def _without_link_runs(lines: Sequence[_Line]) -> list[_Line]:
    """Two or more lines in a row that are nothing but links are a list of other stories."""
    linked = [line.link for line in lines]
    return [
        line
        for place, line in enumerate(lines)
        if not (linked[place] and (any(linked[max(0, place - 1) : place]) or any(linked[place + 1 : place + 2])))
    ]


def _without_bare_headings(lines: Sequence[_Line]) -> list[_Line]:
    """A heading at the very end heads nothing any more."""
    kept = list(lines)
    while kept and kept[-1].block.kind is BlockKind.HEADING:
        kept.pop()
    return kept
