"""One line of a page while it is being read: its words, and what is marked in them.

Here: bold, italic and links as marks whose offsets are those of the cleaned text.
Not here: where a line begins and ends on a page (pieces).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bot.news.article import Mark, MarkKind
from bot.news.text import clean

_LONGEST = 20_000  # characters of one line


class Style(NamedTuple):
    """What holds for the words that come next: how many bold and italic elements they stand in, and which link.

    `link` is None outside of links, and empty in one that leads nowhere on the web.
    """

    bold: int = 0
    italic: int = 0
    link: str | None = None

    def marks(self) -> list[tuple[MarkKind, str]]:
        """The marks of these words, the outermost first."""
        links = [(MarkKind.LINK, self.link)] if self.link else []
        return links + [(MarkKind.BOLD, "")] * bool(self.bold) + [(MarkKind.ITALIC, "")] * bool(self.italic)


@dataclass(frozen=True, slots=True)
class Words:
    """A finished line. `linked` is the share of its characters that stand in links, 0 to 1; `bold` the same."""

    text: str
    marks: tuple[Mark, ...]
    linked: float
    bold: float


class Line:
    """A line that grows. Its text is cleaned part by part, so that no mark need be moved."""

    def __init__(self) -> None:
        self._text = ""
        self._space = False
        self._linked = self._bold = 0
        self._open: list[tuple[tuple[MarkKind, str], int]] = []
        self._marks: list[Mark] = []

    def add(self, text: str | None, style: Style) -> None:
        """Put `text` at the end."""
        if not text or len(self._text) > _LONGEST:
            return
        shown = clean(f"|{text[:_LONGEST]}|", _LONGEST + 2)[1:-1]  # between strokes it keeps the spaces at its ends
        if words := shown.strip():
            self._mark(style.marks())
            self._text += " " * (bool(self._text) and (self._space or shown[0] == " "))
            self._open = [(mark, len(self._text) if start < 0 else start) for mark, start in self._open]
            self._text += words
            self._linked += len(words) * (style.link is not None)
            self._bold += len(words) * bool(style.bold)
        self._space = shown.endswith(" ") or (self._space and not words)

    def _mark(self, wanted: list[tuple[MarkKind, str]]) -> None:
        """Close the marks that hold no longer, and open those that do now; so they always nest."""
        kept = 0
        while kept < min(len(wanted), len(self._open)) and self._open[kept][0] == wanted[kept]:
            kept += 1
        self._marks += [Mark(kind, start, len(self._text), url) for (kind, url), start in self._open[kept:]]
        self._open[kept:] = [(mark, -1) for mark in wanted[kept:]]

    def end(self) -> Words:
        """The line as it stands."""
        self._mark([])
        length = max(1, len(self._text))
        self._marks.sort(key=lambda mark: (mark.start, -mark.end))
        return Words(self._text, tuple(self._marks), self._linked / length, self._bold / length)
