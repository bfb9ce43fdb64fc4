"""Tables of a page. Owns telling those that hold figures from those that hold the layout.

Here: rows and cells as text.
Not here: where a table stands in its article (pieces).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.news.article import Block, BlockKind
from bot.news.text import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CELL = 500  # characters of a cell; one with more is a part of the layout
_MOST_ROWS = 500
_MOST_COLUMNS = 50
_LAYOUT = frozenset({"p", "table", "form", "h1", "h2", "iframe", "article", "section"})
_PARAGRAPHS = 2  # of these to a cell at most, or it is no cell but a column of the page


def table_of(table: HtmlElement) -> Block | None:
    """The table as a block, or None where it only puts other things in their places."""
    rows = [row for row in table.iter("tr") if len(row)][:_MOST_ROWS]
    if table.get("role") == "presentation" or len(rows) < 2 or any(map(_is_layout, table.iter("td", "th"))):
        return None
    cells = [row for row in _grid(rows) if any(row)]
    width = max(map(len, cells), default=0)
    if width < 2 or len(cells) < 2:
        return None
    even = tuple(tuple(row + [""] * (width - len(row))) for row in cells)
    headed = all(cell.tag == "th" for cell in rows[0]) or rows[0].getparent().tag == "thead"
    return Block(BlockKind.TABLE, "\n".join(map(" | ".join, even)), cells=even, headed=headed)


def _is_layout(cell: HtmlElement) -> bool:
    inner = [element.tag for element in cell.iterdescendants() if element.tag in _LAYOUT]
    return len(inner) > _PARAGRAPHS or any(tag != "p" for tag in inner) or len(cell.text_content()) > 4 * _CELL


def _grid(rows: list[HtmlElement]) -> Iterator[list[str]]:
    """The rows' cells, with an empty one wherever another spreads over its place."""
    below: dict[int, int] = {}  # column -> rows that a cell from above still covers
    for row in rows:
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            while below.get(len(cells), 0) > 0:
                below[len(cells)] -= 1
                cells.append("")
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            below |= dict.fromkeys(range(len(cells), len(cells) + wide), high - 1)
            cells += [clean(cell.text_content(), _CELL)] + [""] * (wide - 1)
        yield cells[:_MOST_COLUMNS]


def _span(cell: HtmlElement, name: str) -> int:
    told = cell.get(name, "1").strip()
    return max(1, min(int(told), _MOST_COLUMNS)) if told.isascii() and told.isdigit() else 1
