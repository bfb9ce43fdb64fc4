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
from bot.delivery.render.sharing import share_button
from bot.news.answers import Reading
from bot.news.article import FRONT_PAGE
from bot.news.growth import independent
from bot.news.message import Button, Message, Style
from bot.news.model import Telling
from bot.news.said import Tongue

# Others that tell the same story: two abreast, two rows.
MOST_OTHERS, ABREAST = 4, 2
# The verb of the buttons that turn to another page.
_TURN = {Style.RICH: "leaf", Style.PAGES: "page", Style.TEXT: "plain-page"}


def shown(say: Tongue, found: Reading, style: Style, number: int = 1, others: Sequence[Telling] = ()) -> Message:
    """Page `number` (from 1; beyond the ends, the nearest) of the article; `others` tell its story, too."""
    if style is Style.RICH:
        return _rich(say, found, number, others)
    texts = (pages if style is Style.PAGES else plain_pages)(say, found.article, found.headline)
    return _page(say, found, texts, style, number, others)


def _page(
    say: Tongue, found: Reading, texts: Sequence[str], style: Style, number: int, others: Sequence[Telling]
) -> Message:
    number = min(max(number, 1), len(texts))
    return Message(texts[number - 1], _buttons(say, found, style, number, len(texts), others))


def _rich(say: Tongue, found: Reading, number: int, others: Sequence[Telling]) -> Message:
    """The article as a rich message, and in its place the classic page that tells about the same."""
    rich = leaves(say, found.article, found.headline)
    number = min(max(number, 1), len(rich))
    texts = pages(say, found.article, found.headline)
    classic = _page(say, found, texts, Style.PAGES, 1 + (number - 1) * len(texts) // len(rich), others)
    buttons = _buttons(say, found, Style.RICH, number, len(rich), others)
    return replace(classic, rich=replace(rich[number - 1], buttons=buttons))


def _buttons(
    say: Tongue, found: Reading, style: Style, number: int, count: int, others: Sequence[Telling]
) -> tuple[tuple[Button, ...], ...]:
    ident, article = found.headline.id, found.article
    plain = () if style is Style.TEXT else pressing(say("Plain text"), "plain", ident)
    share = share_button(say, replace(found.headline, url=article.url))
    follow = pressing(say("See what I watch"), "sources") if article.notice == FRONT_PAGE else ()
    return laid_out(
        tuple(b for to in (number - 1, number + 1) for b in _turned(say, style, ident, number, to, count)),
        *rows_of(_read_also(say, found, others), ABREAST),
        follow,
        (*plain, *leading(say("Original ↗"), article.url)),
        share,
    )


def _turned(say: Tongue, style: Style, ident: str, number: int, to: int, count: int) -> tuple[Button, ...]:
    """The button from a page to another, where there is that."""
    if not 1 <= to <= count:
        return ()
    name = say("Part {number} of {count}", number=to, count=count) if style is Style.RICH else ""
    name = name or say("Page {number} of {count}", number=to, count=count)
    return pressing(f"‹ {name}" if to < number else f"{name} ›", _TURN[style], ident, to)


def _read_also(say: Tongue, found: Reading, others: Sequence[Telling]) -> list[Button]:
    """A button for each other source that tells the story, in the order in which they did."""
    headline = found.headline
    told = [t for t in independent(others) if t.headline != headline.id and t.source != headline.source]
    return [
        button
        for telling in told[:MOST_OTHERS]
        for button in pressing(short(say("Read also: {source}", source=telling.source)), "read", telling.headline)
    ]
