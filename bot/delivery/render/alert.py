"""An alert, worded: one headline, or as many as a mailbox holds and a message fits.

Here: how an alert looks, and how many headlines one message takes.
Not here: which headlines (store/outbox), when (workers/sender).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery.render.html import MOST_UNITS, escape, link, tg_time, units
from bot.delivery.render.pressing import laid_out, pressing, rows_of, short
from bot.news.message import Button, Message
from bot.news.model import Alert
from bot.news.text import clean

# Each row needs up to three entities (time, link, italics) of the hundred that a message may have.
MOST_ROWS = 20
LONGEST_TITLE = 300
LONGEST_SOURCE = 40
ABREAST = 5


def alert(alerts: Sequence[Alert]) -> tuple[Message, int]:
    """The message for what is owed, newest first, and how many of `alerts` (at least one) it tells."""
    if len(alerts) == 1:
        return _one(alerts[0]), 1
    lines = [f"<b>{len(alerts)} new headlines</b>"]
    fitted: list[Alert] = []
    room = MOST_UNITS - units(lines[0])
    for told in alerts[:MOST_ROWS]:
        line = f"<b>{len(fitted) + 1}.</b> {_row(told)}"
        room -= units(line) + 2
        if room < 0:
            break
        fitted.append(told)
        lines.append(line)
    lines[0] = f"<b>{len(fitted)} new headlines</b>"
    reads = [Button(str(number), f"read:{told.headline.id}") for number, told in enumerate(fitted, 1)]
    return Message("\n\n".join(lines), laid_out(*rows_of(reads, ABREAST), _more(fitted[0]))), len(fitted)


def _one(told: Alert) -> Message:
    return Message(
        _row(told), laid_out((Button("📖 Read", f"read:{told.headline.id}"), *_more(told))), told.headline.url
    )


def _row(told: Alert) -> str:
    """Time and title in one line, where it comes from and why it came in the next."""
    headline = told.headline
    title = link(clean(headline.title, LONGEST_TITLE), headline.url)
    why = [f"<i>{escape(clean(headline.source, LONGEST_SOURCE))}</i>"] if headline.source else []
    if told.topic:
        why.append(f"for “{escape(short(told.topic))}”")
    return f"{tg_time(headline.published_at)} {title}\n{' · '.join(why)}".rstrip()


def _more(told: Alert) -> tuple[Button, ...]:
    """What else can be done about an alert: for now, no more of this topic."""
    if not told.topic:
        return ()
    return pressing(f"🔕 Unfollow “{short(told.topic)}”", "mute", told.topic_id)
