"""An article as it is shown in a chat: in which style, and with which buttons.

Here: the message for an article, or for one of its pages, and where its buttons lead.
Not here: how each style looks (rich, article, plain).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.delivery.render.article import pages
from bot.delivery.render.plain import plain_pages
from bot.delivery.render.pressing import laid_out, leading, pressing, rows_of, short
from bot.delivery.render.rich import leaves
from bot.news.answers import Reading
from bot.news.growth import independent
from bot.news.message import Button, Message, Style
from bot.news.model import Telling

# Others that tell the same story: two abreast, two rows.
MOST_OTHERS, ABREAST = 4, 2
# What a button says that turns to another page, and the verb behind it.
_TURN = {Style.RICH: ("Part", "leaf"), Style.PAGES: ("Page", "page"), Style.TEXT: ("Page", "plain-page")}


def shown(found: Reading, style: Style, number: int = 1, others: Sequence[Telling] = ()) -> Message:
    """Page `number` (from 1; beyond the ends, the nearest) of the article; `others` tell its story, too."""
    if style is Style.RICH:
        return _rich(found, number, others)
    texts = (pages if style is Style.PAGES else plain_pages)(found.article, found.headline)
    return _page(found, texts, style, number, others)


def _page(found: Reading, texts: Sequence[str], style: Style, number: int, others: Sequence[Telling]) -> Message:
    number = min(max(number, 1), len(texts))
    return Message(texts[number - 1], _buttons(found, style, number, len(texts), others))


def _rich(found: Reading, number: int, others: Sequence[Telling]) -> Message:
    """The article as a rich message, and in its place the classic page that tells about the same."""
    rich = leaves(found.article, found.headline)
    number = min(max(number, 1), len(rich))
    texts = pages(found.article, found.headline)
    classic = _page(found, texts, Style.PAGES, 1 + (number - 1) * len(texts) // len(rich), others)
    buttons = _buttons(found, Style.RICH, number, len(rich), others)
    return replace(classic, rich=replace(rich[number - 1], buttons=buttons))


def _buttons(
    found: Reading, style: Style, number: int, count: int, others: Sequence[Telling]
) -> tuple[tuple[Button, ...], ...]:
    name, verb = _TURN[style]
    ident = found.headline.id
    turn = [
        button
        for label, to in (
            (f"‹ {name} {number - 1} of {count}", number - 1),
            (f"{name} {number + 1} of {count} ›", number + 1),
        )
        if 1 <= to <= count
        for button in pressing(label, verb, ident, to)
    ]
    plain = () if style is Style.TEXT else pressing("Plain text", "plain", ident)
    return laid_out(
        tuple(turn), *rows_of(_read_also(found, others), ABREAST), (*plain, *leading("Original ↗", found.article.url))
    )


def _read_also(found: Reading, others: Sequence[Telling]) -> list[Button]:
    """A button for each other source that tells the story, in the order in which they did."""
    headline = found.headline
    told = [t for t in independent(others) if t.headline != headline.id and t.source != headline.source]
    return [
        button
        for telling in told[:MOST_OTHERS]
        for button in pressing(short(f"Read also: {telling.source}"), "read", telling.headline)
    ]
