"""What waited, worded: a digest, or what came while a chat was to be left alone; sections by topic, and pages.

Here: how many rows a section shows at first, and where the others are.
Not here: in which order they stand (news/digest), single alerts (alert).

On the first page of a digest every topic shows its first rows; then come pages with all rows that it had no room for,
in their order. Rows keep their numbers, so /read finds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby

from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import TODAY, escape, is_web, isolated, tg_time
from bot.delivery.render.named import titled
from bot.delivery.render.pressing import laid_out, rows_of
from bot.delivery.render.telling import sources_of
from bot.news.alerts import Alert, Form
from bot.news.growth import breaking
from bot.news.message import Button, Message
from bot.news.said import Tongue

# Rows of one section on the first page; a topic that brings much leaves room for the others.
ROWS_A_SECTION = 5
# Rows of a page: with time, link and sources, and as many headings, they stay below a hundred entities and 4,096 units.
ROWS = 20
LONGEST_TITLE, LONGEST_SOURCES, LONGEST_TOPIC = 100, 24, 30
# Of a page's 30,000 bytes; longer addresses were made up to try us.
LONGEST_ADDRESS = 500
ABREAST = 5
WORDED = 256


@dataclass(frozen=True, slots=True)
class Look:
    """How a digest is shown: in which form, with a picture above it, and whether there was more than could be kept.

    `verb` is what turns its pages.
    """

    form: Form = Form.DIGEST
    pictured: bool = False
    cut: bool = False
    verb: str = "rest"


def digest(say: Tongue, alerts: Sequence[Alert], now: datetime, look: Look, skip: int = 0) -> Message:
    """The page of a digest before whose rows `skip` others stand; 0 is the first page. `alerts` are in sections."""
    ages = tuple((now - each.headline.published_at > TODAY, breaking(each.tellings, now)) for each in alerts)
    return _digest(say, tuple(alerts), ages, look, skip)


@lru_cache(maxsize=WORDED)
def _digest(
    say: Tongue, alerts: tuple[Alert, ...], ages: tuple[tuple[bool, bool], ...], look: Look, skip: int
) -> Message:
    """The same, worded once for all chats of a language that are told the same."""
    pages = _pages(alerts)
    page = next((number for number, rows in enumerate(pages) if rows[0] >= skip), 0)
    shown = pages[page]
    parts = [_heading(say, len(alerts), look.form)]
    for _, section in groupby(shown, key=lambda number: alerts[number].topic_id):
        numbers = list(section)
        rows = [_row(say, number, alerts[number], *ages[number]) for number in numbers]
        topic = alerts[numbers[0]].topic
        title = f"<b>{escape(isolated(fitted(topic, LONGEST_TOPIC)))}</b>\n" if topic else ""
        parts.append(title + "\n".join(rows))
    left = len(alerts) - sum(len(rows) for rows in pages[: page + 1])
    if look.cut and not left:
        parts.append(say("There was even more than I can keep; /latest shows everything."))
    top = alerts[0].headline.url
    return Message(
        "\n\n".join(parts),
        laid_out(
            *rows_of([Button(str(number + 1), f"read:{alerts[number].headline.id}") for number in shown], ABREAST),
            _turns(say, look.verb, pages, page, left),
        ),
        top if look.pictured and not page and is_web(top) else "",
        pictured=look.pictured,
    )


def _pages(alerts: Sequence[Alert]) -> list[list[int]]:
    """Which rows stand on which page."""
    first: list[int] = []
    for _, numbers in groupby(range(len(alerts)), key=lambda number: alerts[number].topic_id):
        first += list(numbers)[: min(ROWS_A_SECTION, ROWS - len(first))]
    rest = [number for number in range(len(alerts)) if number not in set(first)]
    if len(first) + len(rest) <= ROWS:  # nothing has to wait for a tap
        return [list(range(len(alerts)))]
    return [first, *(rest[start : start + ROWS] for start in range(0, len(rest), ROWS))]


def _heading(say: Tongue, count: int, form: Form) -> str:
    if form is Form.HELD:
        return say.many("<b>{n} headline waited for you</b>", "<b>{n} headlines waited for you</b>", count)
    return say.many("<b>Your digest: {n} headline</b>", "<b>Your digest: {n} headlines</b>", count)


def _row(say: Tongue, number: int, told: Alert, is_old: bool, breaks: bool) -> str:
    headline = told.headline
    url = headline.url if len(headline.url.encode()) <= LONGEST_ADDRESS else ""
    title = titled(headline.title, url, LONGEST_TITLE)
    sources = sources_of(say, headline.source, told.tellings, LONGEST_SOURCES)
    mark = "⚡ " if breaks else ""
    return " · ".join([f"{number + 1}. {mark}{tg_time(headline.published_at, date=is_old)} {title}", *sources])


def _turns(say: Tongue, verb: str, pages: list[list[int]], page: int, left: int) -> tuple[Button, ...]:
    back = pages[page - 1][0] if page > 1 else 0
    earlier = (Button(say("‹ Back"), f"{verb}:{back}"),) if page else ()
    if not left:
        return earlier
    later = Button(say.many("And {n} more ›", "And {n} more ›", left), f"{verb}:{pages[page + 1][0]}")
    return (*earlier, later)
