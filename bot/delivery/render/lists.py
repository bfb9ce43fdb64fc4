"""A list of headlines, worded: numbered and timestamped rows, a button to read each, and pages.

Here: how a row looks, and that a whole list always fits into one message.
Not here: which rows (desk/lists).
"""

from __future__ import annotations

from bot.delivery.render.html import TODAY, escape, tg_time
from bot.delivery.render.named import titled
from bot.delivery.render.pressing import laid_out, pressing, rows_of, short
from bot.delivery.render.telling import sources_of
from bot.news.answers import Rows
from bot.news.message import Button, Message
from bot.news.model import Headline
from bot.news.said import ENGLISH

# Of Telegram's 4096 units: what the rows may use, the rest is for the lines around them.
ROOM = 3600
# What a row needs beside its title: number, day and time, source, spaces.
AROUND_TITLE = 42
LONGEST_TITLE = 250
LONGEST_SOURCES = 20
ABREAST = 5


def listing(rows: Rows, note: str = "") -> Message:
    """One page of a list; `note` is a sentence to say first."""
    if not rows.headlines:
        return _nothing(rows, note)
    title = min(LONGEST_TITLE, ROOM // len(rows.headlines) - AROUND_TITLE)
    lines = [
        f"{number}. {row(headline, title, date=rows.asked_at - headline.published_at > TODAY)}"
        for number, headline in enumerate(rows.headlines, rows.skip + 1)
    ]
    heading = f"Latest on “{escape(rows.expression)}”" if rows.expression else "Latest headlines"
    parts = [note, f"<b>{heading}</b>", "\n".join(lines), "Tap a number to read the article here."]
    numbers = [
        Button(str(number), f"read:{headline.id}") for number, headline in enumerate(rows.headlines, rows.skip + 1)
    ]
    return Message(
        "\n\n".join(part for part in parts if part),
        laid_out(*rows_of(numbers, ABREAST), _pages(rows), _follow(rows.expression)),
    )


def row(headline: Headline, longest: int = LONGEST_TITLE, *, date: bool = False) -> str:
    """One headline in one line: its time (with the day, if `date`), its title as a link, its sources.

    Three entities: thirty rows stay below the hundred that Telegram allows in one message.
    """
    source = " · ".join(["", *sources_of(ENGLISH, headline.source, headline.tellings, LONGEST_SOURCES)])
    return f"{tg_time(headline.published_at, date=date)} {titled(headline.title, headline.url, longest)}{source}"


def _nothing(rows: Rows, note: str) -> Message:
    if rows.skip:
        text = "That is all there is."
    elif rows.expression:
        text = f"Nothing on “{escape(rows.expression)}” in the last days. Follow it, and I will tell you when there is."
    else:
        text = "No headline has come in yet; the first ones are on their way. Try again in a minute."
    return Message("\n\n".join(part for part in (note, text) if part), laid_out(_pages(rows), _follow(rows.expression)))


def _pages(rows: Rows) -> tuple[Button, ...]:
    newer = pressing("‹ Newer", "latest", max(rows.skip - rows.count, 0), rows.count, rows.expression)
    older = pressing("Older ›", "latest", rows.skip + rows.count, rows.count, rows.expression)
    return (*(newer if rows.skip else ()), *(older if rows.older else ()))


def _follow(expression: str) -> tuple[Button, ...]:
    return pressing(f"Follow “{short(expression)}”", "follow", expression) if expression else ()
