"""An article, worded: pages that fit a message, turned in place.

Here: the pages, their buttons, and where text may be cut: between paragraphs, then sentences, then words.
Not here: the article's text (ingest/articles).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import escape, link, reach, tg_time, width
from bot.delivery.render.pressing import laid_out, leading
from bot.news.article import Article, Block, BlockKind
from bot.news.message import Button, Message
from bot.news.model import Headline
from bot.news.text import clean

# A page is what a telephone shows in a few thumb strokes; Telegram's limit of 4096 leaves room for the foot.
PAGE = 3200
# Of the hundred entities of a message; head and foot need a few.
MOST_MARKED = 90
LONGEST_TITLE = 300
LONGEST_FACT = 100
# Units around a block: the blank line before it, and an item's bullet.
AROUND = 4
# A heading must not stand alone at the end of a page: room that its first paragraph is given.
BELOW_HEADING = 200
# What a text may grow by when its letters are put into their usual form: nothing of an article is cut off.
LONGER = 3

_WRAP = {
    BlockKind.PARAGRAPH: ("", ""),
    BlockKind.HEADING: ("<b>", "</b>"),
    BlockKind.QUOTE: ("<blockquote>", "</blockquote>"),
    BlockKind.ITEM: ("• ", ""),
    BlockKind.TABLE: ("", ""),
}
_NO_TEXT = frozenset({BlockKind.PICTURE, BlockKind.VIDEO})
_MARKED = frozenset({BlockKind.HEADING, BlockKind.QUOTE})
# After a full stop that a space follows, or one that needs none.
_SENTENCE_END = re.compile(r"[.!?…؟۔][\"”’»)\]]*(?=\s)|[。！？][」』”]*")


def page(article: Article, headline: Headline, number: int) -> Message:
    """Page `number` (from 1; beyond the ends, the nearest) with buttons to turn and a link to the original."""
    texts = pages(article, headline)
    number = min(max(number, 1), len(texts))
    turn = tuple(
        Button(label.format(to, len(texts)), f"page:{headline.id}:{to}")
        for label, to in (("‹ Page {} of {}", number - 1), ("Page {} of {} ›", number + 1))
        if 1 <= to <= len(texts)
    )
    return Message(texts[number - 1], laid_out(turn, leading("Original ↗", article.url)))


def pages(article: Article, headline: Headline) -> tuple[str, ...]:
    """The whole article as messages; the first has title, byline, site and time, the last the link at its end."""
    head = _head(article, headline)
    foot = link(fitted(article.site, LONGEST_FACT) or "Original", article.url)
    texts = list(_filled(article.blocks, PAGE - width(head))) or [""]
    texts[0] = f"{head}\n\n{texts[0]}".strip()
    texts[-1] += f"\n\n{foot}"
    return tuple(texts)


def _head(article: Article, headline: Headline) -> str:
    title = fitted(article.title or headline.title, LONGEST_TITLE)
    facts = [
        escape(fitted(article.byline, LONGEST_FACT)),
        escape(fitted(article.site or headline.source, LONGEST_FACT)),
        tg_time(article.published_at or headline.published_at, date=True),
    ]
    return f"<b>{escape(title)}</b>\n<i>{' · '.join(fact for fact in facts if fact)}</i>"


@dataclass(slots=True)
class _Page:
    """A page being filled."""

    room: int = PAGE
    parts: list[str] = field(default_factory=list)
    marked: int = 0
    last: BlockKind | None = None

    def takes(self, block: Block) -> int:
        """How many characters of a block fit here; all of them, up to a good place to cut, or none."""
        room = self.room - AROUND
        if self.parts and self.marked == MOST_MARKED:
            return 0
        if block.kind is BlockKind.HEADING and self.parts and width(block.text) + BELOW_HEADING > room:
            return 0
        return _good_cut(block.text, room, must=not self.parts)

    def add(self, kind: BlockKind, text: str) -> None:
        """Put text at the end; the items of a list stand close together."""
        before, after = _WRAP[kind]
        close = "\n" if kind is self.last is BlockKind.ITEM else "\n\n"
        self.parts.append(f"{close if self.parts else ''}{before}{escape(text)}{after}")
        self.room -= width(text) + AROUND
        self.marked += kind in _MARKED
        self.last = kind


def _filled(blocks: Iterable[Block], first_room: int) -> Iterator[str]:
    """Pages of blocks; `first_room` is what the first one holds."""
    page = _Page(first_room)
    for block in blocks:
        if block.kind in _NO_TEXT:
            continue
        left = Block(block.kind, clean(block.text, len(block.text) * LONGER))
        while left.text:
            end = page.takes(left)
            if end:
                page.add(left.kind, left.text[:end].rstrip())
                left = Block(_rest_of(left.kind), left.text[end:].lstrip())
            if left.text:
                yield "".join(page.parts)
                page = _Page()
    if page.parts:
        yield "".join(page.parts)


def _rest_of(kind: BlockKind) -> BlockKind:
    """What the rest of a block is on the next page: an item has had its bullet."""
    return BlockKind.PARAGRAPH if kind is BlockKind.ITEM else kind


def _good_cut(text: str, room: int, *, must: bool) -> int:
    """How many characters to put on a page: all, else whole sentences; if something `must`, else words, else parts."""
    end = reach(text, max(room, 0))
    if end == len(text):
        return end
    sentences = [found.end() for found in _SENTENCE_END.finditer(text, 0, end)]
    if sentences and (sentences[-1] > end // 2 or not must):
        return sentences[-1]
    if not must:
        return 0
    space = text.rfind(" ", 0, end + 1)
    return space if space > 0 else end
