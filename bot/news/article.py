"""What stands behind a headline: an article, as values.

Here: an article, its blocks in order, and what of a block's text is marked.
Not here: how it is read from a page (ingest/articles), shown (delivery/render) and kept (store/documents).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.news.said import Said, said

# The notice of a page that lists articles instead of being one.
FRONT_PAGE = said("This looks like a front page, not one article.")


class BlockKind(StrEnum):
    """What a block of an article is."""

    PARAGRAPH = "p"
    HEADING = "h"
    QUOTE = "quote"
    ITEM = "item"
    TABLE = "table"
    PICTURE = "picture"
    VIDEO = "video"


class MarkKind(StrEnum):
    """What is marked within a block's text."""

    BOLD = "b"
    ITALIC = "i"
    LINK = "a"


@dataclass(frozen=True, slots=True)
class Mark:
    """The characters `start` to `end` (exclusive) of a block's text are marked. `url` is where a link leads, absolute.

    A block's marks are in the order of their starts; two of one kind do not overlap, those of different kinds nest.
    """

    kind: MarkKind
    start: int
    end: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of an article, or what stands between two: plain text and what it is.

    `marks` are of `text`. `number` is an item's number in a numbered list, else 0. `cells` are a table's rows (its
    first the head where `headed`), and `text` says them in words: cells parted by " | ", rows by line breaks. Of a
    picture or a video `url` is its address, `text` its caption and `credit` whose it is.
    """

    kind: BlockKind
    text: str
    marks: tuple[Mark, ...] = ()
    number: int = 0
    cells: tuple[tuple[str, ...], ...] = ()
    headed: bool = False
    url: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """The full text behind a headline. Fields that the page does not tell are empty or None.

    `image` is the address of its lead picture, `caption` and `credit` are that picture's. `notice` is a sentence for
    people on what this text is not: only the beginning before a paywall, a live page as it stood, a video without
    words. `further` are the addresses of its further pages, in order, not yet read; `instead` those of other versions
    of the same text (one single page, for print, AMP), where this one is in parts or has too little.
    """

    url: str
    title: str
    blocks: tuple[Block, ...]
    byline: str = ""
    published_at: datetime | None = None
    language: str = ""
    site: str = ""
    image: str = ""
    caption: str = ""
    credit: str = ""
    notice: Said | None = None
    further: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole text, plain, paragraphs parted by blank lines; pictures and videos are not text."""
        shown = (block.text for block in self.blocks if block.kind not in {BlockKind.PICTURE, BlockKind.VIDEO})
        return "\n\n".join(text for text in shown if text)
