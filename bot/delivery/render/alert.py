"""An alert, worded: one headline, or as many as a mailbox holds and a message fits.

Here: how an alert looks, and how many headlines one message takes.
Not here: which headlines (store/outbox), when (workers/sender).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias

from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import MOST_BYTES, MOST_UNITS, TODAY, escape, is_web, isolated, tg_time, units
from bot.delivery.render.named import titled
from bot.delivery.render.pressing import laid_out, pressing, rows_of, short
from bot.delivery.render.telling import FOLLOW, FOLLOWED, sources_of
from bot.news.alerts import Alert
from bot.news.growth import breaking
from bot.news.message import Button, Message

# Each row needs four entities (number, time, link, italics) of the hundred that a message may have.
MOST_ROWS = 20
LONGEST_TITLE = 300
LONGEST_TOPIC = 80
ABREAST = 5
# A headline is told to many in the same words.
WORDED = 1024
# Whether a headline is of another day, and whether its story is breaking.
Age: TypeAlias = tuple[bool, bool]


def alert(alerts: Sequence[Alert], now: datetime) -> tuple[Message, int]:
    """The message for what is owed, in the order given, and how many of `alerts` (at least one) it tells."""
    shown = tuple(alerts[:MOST_ROWS])
    ages = tuple((now - each.headline.published_at > TODAY, breaking(each.tellings, now)) for each in shown)
    return _alert(shown, ages)


@lru_cache(maxsize=WORDED)
def _alert(alerts: tuple[Alert, ...], ages: tuple[Age, ...]) -> tuple[Message, int]:
    """The same, worded once for all chats that are told the same."""
    if len(alerts) == 1:
        return _one(alerts[0], ages[0]), 1
    rows = _rows(alerts, ages)
    told = alerts[: len(rows)]
    reads = [Button(str(number), f"read:{each.headline.id}") for number, each in enumerate(told, 1)]
    text = "\n\n".join([f"<b>{len(rows)} new headlines</b>", *rows])
    return Message(text, laid_out(*rows_of(reads, ABREAST), _more(told))), len(rows)


def _one(told: Alert, age: Age) -> Message:
    """The title stands first: it is what a telephone shows of a message that has just come."""
    facts = [_time(told, age), *sources_of(told.headline.source, told.tellings)]
    if told.topic:
        facts.append(f"because you follow “{escape(isolated(fitted(told.topic, LONGEST_TOPIC)))}”")
    text = f"<b>{_title(told, age)}</b>\n{' · '.join(facts)}"
    follow = FOLLOWED if told.is_development else FOLLOW
    story = pressing(follow, "story", told.story) if told.story else ()
    buttons = laid_out((Button("📖 Read", f"read:{told.headline.id}"), *_more([told])), story)
    return Message(text, buttons, told.headline.url if is_web(told.headline.url) else "")


def _rows(alerts: Sequence[Alert], ages: Sequence[Age]) -> list[str]:
    """The rows that one message holds: time and title in one line, where it comes from and why in the next."""
    rows: list[str] = []
    room, size = MOST_UNITS - units("20 new headlines"), MOST_BYTES
    for number, (told, age) in enumerate(zip(alerts, ages, strict=True), 1):
        why = sources_of(told.headline.source, told.tellings)
        if told.topic:
            why.append(f"for “{escape(isolated(fitted(told.topic, LONGEST_TOPIC)))}”")
        row = f"<b>{number}.</b> {_time(told, age)} {_title(told, age)}\n{' · '.join(why)}".rstrip()
        room, size = room - units(row) - 2, size - len(row.encode())
        if room < 0 or size < 0:
            break
        rows.append(row)
    return rows


def _time(told: Alert, age: Age) -> str:
    return tg_time(told.headline.published_at, date=age[0])


def _title(told: Alert, age: Age) -> str:
    mark = "⚡ Breaking: " if age[1] else ""
    return mark + titled(told.headline.title, told.headline.url, LONGEST_TITLE)


def _more(told: Sequence[Alert]) -> tuple[Button, ...]:
    """What else can be done: no more of the topic, or a look at all of them where several met here."""
    topics = {each.topic_id: each.topic for each in told if each.topic}
    if len(topics) > 1:
        return (Button("My topics", "topics"),)
    return tuple(
        button
        for ident, topic in topics.items()
        # A single alert names its topic in the line above; on a telephone the button has no room for it.
        for button in pressing("🔕 Unfollow" if len(told) == 1 else f"🔕 Unfollow “{short(topic)}”", "mute", ident)
    )
