"""A list of headlines, worded: numbered and timestamped rows, a button to read each, and pages.

Here: how a row looks, and that a whole list always fits into one message.
Not here: which rows (desk/lists).
"""

from __future__ import annotations

from bot.delivery.render.html import TODAY, escape, tg_time
from bot.delivery.render.named import titled
from bot.delivery.render.pressing import laid_out, pressing, rows_of, short
from bot.delivery.render.telling import sources_of
from bot.news.answers import Refreshed, Rows, Sought
from bot.news.message import Button, Message
from bot.news.model import Headline
from bot.news.ranking import Order
from bot.news.said import Said, Tongue

# Of Telegram's 4096 units: what the rows may use, the rest is for the lines around them.
ROOM = 3500
# What a row needs beside its title: number, day and time, source, spaces.
AROUND_TITLE = 42
LONGEST_TITLE = 250
LONGEST_SOURCES = 20
# Numbers stand wide apart for a thumb; with more rows, as many abreast as Telegram puts.
FEW, ABREAST, CLOSE = 10, 5, 8


def listing(say: Tongue, rows: Rows, note: Said | None = None) -> Message:
    """One page of a list; `note` is a sentence to say first."""
    first = say(note) if note else ""
    if not rows.headlines:
        return _nothing(say, rows, first)
    title = min(LONGEST_TITLE, ROOM // len(rows.headlines) - AROUND_TITLE)
    lines = [
        f"{number}. {row(say, headline, title, date=rows.asked_at - headline.published_at > TODAY)}"
        for number, headline in enumerate(rows.headlines, rows.skip + 1)
    ]
    parts = [first, _heading(say, rows), "\n".join(lines), say("Tap a number to read the article here.")]
    numbers = [
        Button(str(number), f"read:{headline.id}") for number, headline in enumerate(rows.headlines, rows.skip + 1)
    ]
    abreast = ABREAST if len(numbers) <= FEW else CLOSE
    return Message(
        "\n\n".join(part for part in parts if part),
        laid_out(*rows_of(numbers, abreast), _pages(say, rows), _again(say, rows), _follow(say, rows)),
    )


def row(say: Tongue, headline: Headline, longest: int = LONGEST_TITLE, *, date: bool = False) -> str:
    """One headline in one line: its time (with the day, if `date`), its title as a link, its sources.

    Three entities: thirty rows stay below the hundred that Telegram allows in one message.
    """
    source = " · ".join(["", *sources_of(say, headline.source, headline.tellings, LONGEST_SOURCES)])
    return f"{tg_time(headline.published_at, date=date)} {titled(headline.title, headline.url, longest)}{source}"


def _heading(say: Tongue, rows: Rows) -> str:
    """What the list is, and what is to be known of it."""
    topic = escape(rows.expression)
    if rows.sought:
        found = say("Found for “{words}”", words=topic)
        return f"<b>{found}</b>\n{_how(say, rows.sought)}"
    name = say("Latest on “{topic}”", topic=topic) if topic else say("Latest headlines")
    told = f"\n{_since(say, rows.refreshed)}" if rows.refreshed else ""
    return f"<b>{name}</b>{told}"


def _how(say: Tongue, sought: Sought) -> str:
    """How many were found, and in which order they stand."""
    if not sought.counted:
        many = say.many("More than {n} headline", "More than {n} headlines", sought.found)
    else:
        many = say.many("{n} headline", "{n} headlines", sought.found)
    order = say("newest first") if sought.order is Order.NEWEST else say("best first")
    rest = "" if sought.whole else f"\n{_unread(say)}"
    return f"{many} · {order}{rest}"


def _since(say: Tongue, refreshed: Refreshed) -> str:
    at = tg_time(refreshed.since)
    if not refreshed.new:
        return say("Nothing new since {time}.", time=at)
    return say.many("{n} new since {time}", "{n} new since {time}", refreshed.new, time=at)


def _nothing(say: Tongue, rows: Rows, first: str) -> Message:
    topic, near = escape(rows.expression), rows.sought.near if rows.sought else ()
    if rows.skip:
        text = say("That is all there is.")
    elif near:
        text = say("I found nothing for “{words}”. Did you mean one of these?", words=topic)
    elif topic:
        text = say("Nothing on “{topic}” yet. Follow it, and I tell you when there is.", topic=topic)
    else:
        text = say("No headline has come in yet; the first ones are on their way. Try again in a minute.")
    unread = "" if rows.sought is None or rows.sought.whole else _unread(say)
    others = [button for each in near for button in pressing(short(each), "find", each)]
    latest = pressing(say("Latest headlines"), "find", "") if topic else _again(say, rows)
    return Message(
        "\n\n".join(part for part in (first, text, unread) if part),
        laid_out(*rows_of(others, 1), _pages(say, rows), _follow(say, rows), latest),
    )


def _unread(say: Tongue) -> str:
    return say("I have just started and am still reading older headlines; there may be more in a minute.")


def _pages(say: Tongue, rows: Rows) -> tuple[Button, ...]:
    newer = pressing(say("‹ Back"), *_turn(rows, max(rows.skip - rows.count, 0)))
    older = pressing(say("More ›"), *_turn(rows, rows.skip + rows.count))
    return (*(newer if rows.skip else ()), *(older if rows.older else ()))


def _turn(rows: Rows, skip: int) -> tuple[str, *tuple[object, ...]]:
    """What a button carries that turns to the page behind so many rows."""
    if sought := rows.sought:
        return "seek", skip, sought.order, f"{sought.found}{'' if sought.counted else '+'}", rows.expression
    return "latest", skip, rows.count, rows.expression


def _again(say: Tongue, rows: Rows) -> tuple[Button, ...]:
    """What looks again: in another order where something was searched for, else for what is new."""
    if sought := rows.sought:
        is_best = sought.order is Order.BEST
        label = say("Newest first") if is_best else say("Best first")
        return pressing(label, "order", Order.NEWEST if is_best else Order.BEST, rows.expression)
    return pressing(say("↻ Refresh"), "fresh", rows.count, rows.expression)


def _follow(say: Tongue, rows: Rows) -> tuple[Button, ...]:
    if not rows.expression:
        return ()
    return pressing(say("Follow “{topic}”", topic=short(rows.expression)), "follow", rows.expression)
