"""An article, worded: pages that fit a message, turned in place.

Here: the pages, their buttons, and where text may be cut: between paragraphs, then sentences, then words.
Not here: the article's text (ingest/articles).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.delivery.render.html import escape, is_web, link, tg_time, width
from bot.delivery.render.pressing import laid_out
from bot.news.message import Button, Message
from bot.news.model import Article, Block, BlockKind, Headline
from bot.news.text import clean

# A page is what a telephone shows in a few thumb strokes; Telegram's limit of 4096 leaves room for head and foot.
PAGE = 3200
LONGEST_TITLE = 300
LONGEST_BYLINE = 200
# The longest piece of text that is kept together; a longer word is cut, or no page could hold it.
LONGEST_PIECE = 1500

_WRAP = {
    BlockKind.PARAGRAPH: ("", ""),
    BlockKind.HEADING: ("<b>", "</b>"),
    BlockKind.QUOTE: ("<blockquote>", "</blockquote>"),
    BlockKind.ITEM: ("• ", ""),
}
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？؟])\s+")


def page(article: Article, headline: Headline, number: int) -> Message:
    """Page `number` (from 1; beyond the ends, the nearest) with buttons to turn and a link to the original."""
    texts = pages(article, headline)
    number = min(max(number, 1), len(texts))
    back = (Button("‹ Back", f"page:{headline.id}:{number - 1}"),) if number > 1 else ()
    on = (Button(f"Page {number + 1} of {len(texts)} ›", f"page:{headline.id}:{number + 1}"),)
    turn = (*back, *(on if number < len(texts) else ()))
    original = (Button("Original ↗", url=article.url),) if is_web(article.url) else ()
    return Message(texts[number - 1], laid_out(turn, original))


def pages(article: Article, headline: Headline) -> tuple[str, ...]:
    """The whole article as messages; the first has title, byline, site and time, the last the link at its end."""
    head = _head(article, headline)
    foot = f"\n\n{link(article.site or 'Original', article.url)}"
    bodies = list(_filled(article.blocks, PAGE - width(head)))
    texts = [head + (bodies[0] if bodies else ""), *bodies[1:]]
    texts[-1] += foot
    return tuple(texts)


def _head(article: Article, headline: Headline) -> str:
    title = clean(article.title or headline.title, LONGEST_TITLE)
    facts = [
        escape(clean(article.byline, LONGEST_BYLINE)),
        escape(clean(article.site or headline.source, LONGEST_BYLINE)),
        tg_time(article.published_at or headline.published_at, date=True),
    ]
    return f"<b>{escape(title)}</b>\n<i>{' · '.join(fact for fact in facts if fact)}</i>\n\n"


def _filled(blocks: tuple[Block, ...], first_room: int) -> Iterator[str]:
    """Pages of blocks; `first_room` is what the first one holds, the others PAGE."""
    room, lines = first_room, list[str]()
    for kind, text in _pieces(blocks):
        need = width(text) + 2
        if need > room and lines:
            yield "\n\n".join(lines)
            room, lines = PAGE, []
        before, after = _WRAP[kind]
        lines.append(f"{before}{escape(text)}{after}")
        room -= need
    if lines:
        yield "\n\n".join(lines)


def _pieces(blocks: tuple[Block, ...]) -> Iterator[tuple[BlockKind, str]]:
    """Every block, cut into pieces that a page can hold."""
    for block in blocks:
        for piece in _cut(block.text):
            yield block.kind, piece


def _cut(text: str) -> Iterator[str]:
    """A text in pieces of at most LONGEST_PIECE units, cut after sentences, else between words, else within one."""
    piece = ""
    for part in _parts(text):
        if piece and width(piece) + width(part) + 1 > LONGEST_PIECE:
            yield piece
            piece = ""
        piece = f"{piece} {part}" if piece else part
    if piece:
        yield piece


def _parts(text: str) -> Iterator[str]:
    """Sentences; of a sentence that is too long its words, and of a word that is too long its slices."""
    for sentence in _SENTENCE_END.split(text):
        if width(sentence) <= LONGEST_PIECE:
            yield sentence
            continue
        for word in sentence.split():
            step = LONGEST_PIECE if width(word) <= LONGEST_PIECE else LONGEST_PIECE // 2
            yield from (word[start : start + step] for start in range(0, len(word), step))
