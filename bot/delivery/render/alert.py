"""An alert, worded: one headline, or as many as a mailbox holds and a message fits.

Here: how an alert looks, and how many headlines one message takes.
Not here: which headlines (store/outbox), when (news/holding), what waited and comes sorted (digest), what else can be
done with an alert (more).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias

from bot.delivery.render.direction import RIGHT
from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import MOST_BYTES, MOST_UNITS, TODAY, escape, is_web, isolated, tg_time, units
from bot.delivery.render.more import more, offer
from bot.delivery.render.named import titled
from bot.delivery.render.pressing import laid_out, pressing, rows_of
from bot.delivery.render.sharing import share_button
from bot.delivery.render.telling import follow_label, sources_of
from bot.news.alerts import Alert
from bot.news.growth import breaking
from bot.news.message import Button, Message
from bot.news.said import Tongue

# Each row needs four entities (number, time, link, italics) of the hundred that a message may have.
MOST_ROWS = 20
LONGEST_TITLE = 300
LONGEST_TOPIC = 80
ABREAST = 5
# A headline is told to many in the same words.
WORDED = 1024
# Whether a headline is of another day, and whether its story is breaking.
Age: TypeAlias = tuple[bool, bool]


def alert(
    say: Tongue, alerts: Sequence[Alert], now: datetime, *, previews: bool = True, offers: bool = False
) -> tuple[Message, int]:
    """The message for what is owed, in the order given, and how many of `alerts` (at least one) it tells.

    `offers`: it asks whether a digest would be better.
    """
    shown = tuple(alerts[:MOST_ROWS])
    ages = tuple((now - each.headline.published_at > TODAY, breaking(each.tellings, now)) for each in shown)
    return _alert(say, shown, ages, previews, offers)


@lru_cache(maxsize=WORDED)
def _alert(
    say: Tongue, alerts: tuple[Alert, ...], ages: tuple[Age, ...], previews: bool, offers: bool
) -> tuple[Message, int]:
    """The same, worded once for all chats of a language that are told the same."""
    question, answers = offer(say) if offers else ("", ())
    if len(alerts) == 1:
        text, buttons = _one(say, alerts[0], ages[0])
        preview = alerts[0].headline.url if previews and is_web(alerts[0].headline.url) else ""
        return Message(_joined(text, question), laid_out(*buttons, *answers), preview), 1
    heading = say.many("{n} new headline", "{n} new headlines", len(alerts))
    rows = _rows(say, alerts, ages, MOST_UNITS - units(_joined(heading, question)) - 2)
    told = alerts[: len(rows)]
    reads = [Button(str(number), f"read:{each.headline.id}") for number, each in enumerate(told, 1)]
    heading = say.many("{n} new headline", "{n} new headlines", len(rows))
    text = _joined(f"<b>{heading}</b>", *rows, question)
    return Message(text, laid_out(*rows_of(reads, ABREAST), more(say, told), *answers)), len(rows)


def _one(say: Tongue, told: Alert, age: Age) -> tuple[str, tuple[tuple[Button, ...], ...]]:
    """The title stands first: it is what a telephone shows of a message that has just come."""
    facts = [_time(told, age), *sources_of(say, told.headline.source, told.tellings)]
    if told.topic:
        facts.append(say("because you follow “{topic}”", topic=_topic(told)))
    story = pressing(follow_label(say, followed=told.is_development), "story", told.story) if told.story else ()
    read, share = Button(say("📖 Read"), f"read:{told.headline.id}"), share_button(say, told.headline)
    buttons = ((read, *share, *more(say, [told])), story)
    return f"<b>{_title(say, told, age)}</b>\n{_line(say, facts)}", buttons


def _rows(say: Tongue, alerts: Sequence[Alert], ages: Sequence[Age], room: int) -> list[str]:
    """The rows that one message holds: time and title in one line, where it comes from and why in the next."""
    rows: list[str] = []
    size = MOST_BYTES
    for number, (told, age) in enumerate(zip(alerts, ages, strict=True), 1):
        why = sources_of(say, told.headline.source, told.tellings)
        if told.topic:
            why.append(say("for “{topic}”", topic=_topic(told)))
        row = f"<b>{number}.</b> {_time(told, age)} {_title(say, told, age)}\n{_line(say, why)}".rstrip()
        room, size = room - units(row) - 2, size - len(row.encode())
        if room < 0 or size < 0:
            break
        rows.append(row)
    return rows


def _line(say: Tongue, facts: Sequence[str]) -> str:
    """Facts in a line of the reader's words: it begins on the reader's side, though a Latin name may come first."""
    return (RIGHT if facts and say.is_rtl else "") + " · ".join(facts)


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _topic(told: Alert) -> str:
    return escape(isolated(fitted(told.topic, LONGEST_TOPIC)))


def _time(told: Alert, age: Age) -> str:
    return tg_time(told.headline.published_at, date=age[0])


def _title(say: Tongue, told: Alert, age: Age) -> str:
    title = titled(told.headline.title, told.headline.url, LONGEST_TITLE)
    return say("⚡ Breaking: {title}", title=title) if age[1] else title
