"""An article as lines to be put on sheets: what may be cut and what stands whole.

Here: blocks -> lines, the rows of tables among them; filling sheets with lines, one after the other.
Not here: how a line looks and how much a sheet holds (article, rich, plain).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from bot.delivery.render.cutting import good_cut
from bot.delivery.render.honest import spelled
from bot.delivery.render.html import width
from bot.delivery.render.runs import Run, parted, plain_of, runs_of
from bot.news.article import Article, Block, BlockKind, MarkKind

# A heading must not stand alone at the end of a sheet: room that its first paragraph is given.
BELOW_HEADING = 200
# Telegram's limit for the columns of a table; a table with more, or with a row that is a page of its own, is told
# in words.
MOST_COLUMNS = 20
LONGEST_ROW = 2500


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, heading, quote, item, picture, video, or one row of a table.

    `number` is an item's in a numbered list, else 0; `is_rest`: it goes on from the sheet before. Of a row `cells` are
    the safe texts, `block` tells the rows of one table from those of the next, `is_head` its first row where that is
    one. Of a picture `url` is its address as the article has it.
    """

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    number: int = 0
    is_rest: bool = False
    cells: tuple[str, ...] = ()
    block: int = 0
    is_head: bool = False
    url: str = ""
    credit: str = ""

    @property
    def text(self) -> str:
        """What it says in words, cells parted by bars."""
        return " | ".join(self.cells) if self.cells else plain_of(self.runs)

    @property
    def is_whole(self) -> bool:
        """Whether it must not be cut."""
        return bool(self.cells) or self.kind is BlockKind.PICTURE


class Sheet(Protocol):
    """A message being filled."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the article stands on it yet."""

    def room(self, line: Line) -> int:
        """How many UTF-16 units of such a line still fit; less than nothing where none does."""

    def add(self, line: Line) -> None:
        """Put a line that fits at its end."""


S = TypeVar("S", bound=Sheet)


def lines_of(article: Article) -> Iterator[Line]:
    """The article's lines in their order; what would be empty is left out."""
    for place, block in enumerate(article.blocks):
        if block.kind is BlockKind.TABLE:
            yield from _rows(block, place)
        elif block.kind is BlockKind.PICTURE:
            yield Line(block.kind, runs_of(block.text, block.marks), url=block.url, credit=safe(block.credit))
        elif block.kind is BlockKind.VIDEO:
            yield Line(block.kind, _video(block))
        elif runs := _runs(block):
            yield Line(block.kind, runs, number=block.number)


def filled(lines: Iterable[Line], first: S, following: Callable[[], S]) -> Iterator[S]:
    """The sheets that hold all lines in order; `first` also where there are none."""
    sheet = first
    for line in lines:
        left: Line | None = line
        while left:
            fits, left = _taken(left, sheet)
            if fits:
                sheet.add(fits)
            if left:
                yield sheet
                sheet = following()
    yield sheet


def safe(text: str) -> str:
    """A text without marks, all of it."""
    return plain_of(runs_of(text))


def _taken(line: Line, sheet: Sheet) -> tuple[Line | None, Line | None]:
    """What of a line fits the sheet, and what is left of it; an empty sheet takes something of any."""
    room, must = sheet.room(line), sheet.is_empty
    if line.is_whole:
        return (line, None) if must or width(line.text) <= room else (None, line)
    if line.kind is BlockKind.HEADING and not must and width(line.text) + BELOW_HEADING > room:
        return None, line
    text = line.text
    end = good_cut(text, room, must=must)
    if end == len(text):
        return line, None
    before, behind = parted(line.runs, end)
    fits = replace(line, runs=before) if before else None
    return fits, replace(line, runs=behind, is_rest=fits is not None or line.is_rest) if behind else None


def _runs(block: Block) -> tuple[Run, ...]:
    """The block's text; a heading is bold already."""
    is_heading = block.kind is BlockKind.HEADING
    return runs_of(block.text, [mark for mark in block.marks if not (is_heading and mark.kind is MarkKind.BOLD)])


def _video(block: Block) -> tuple[Run, ...]:
    """A video is a link: most are pages with a player, which Telegram could not show."""
    return (Run("▶ "), *(replace(run, url=spelled(block.url)) for run in runs_of(block.text or "Video")))


def _rows(block: Block, place: int) -> Iterator[Line]:
    rows = [tuple(safe(cell) for cell in row) for row in block.cells]
    is_table = bool(rows) and all(len(row) <= MOST_COLUMNS and width(" | ".join(row)) <= LONGEST_ROW for row in rows)
    if not is_table:
        texts = [" | ".join(row) for row in rows] or block.text.splitlines()
        yield from (Line(BlockKind.TABLE, runs, block=place) for text in texts if (runs := runs_of(text)))
        return
    for number, row in enumerate(rows):
        if any(row):
            yield Line(BlockKind.TABLE, cells=row, block=place, is_head=block.headed and number == 0 and len(rows) > 1)
