"""What chats are told next, from what was drawn for them.

Here: a mailbox -> the message that it becomes, and what is no longer known taken out of it.
Not here: how a message is worded (delivery/render), when it is sent (sender).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.render.alert import alert
from bot.news.alerts import Alert, Mailbox, Owed, Wrong
from bot.news.message import ANYWHERE, Message, Place
from bot.news.model import Headline
from bot.news.threads import next_thread
from bot.ports import Clock
from bot.store.headlines import Headlines
from bot.store.outbox import Outbox

# For so long what was drawn may wait until it is sent; the sender's lease is for longer.
FRESH_FOR = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that is ready for a chat: what it was drawn from, and the alerts that it tells.

    `place` is where in the chat it goes. `corrects` is the older message in whose place it is to stand, None where it
    is a new one. After `fresh_until` it is not begun with any more: the chat may be another sender's before it is done.
    """

    mailbox: Mailbox
    fresh_until: datetime
    message: Message
    told: tuple[Alert, ...] = ()
    place: Place = ANYWHERE
    corrects: Wrong | None = None


class Letters:
    """Words what is owed."""

    def __init__(self, outbox: Outbox, headlines: Headlines, clock: Clock) -> None:
        self._outbox = outbox
        self._headlines = headlines
        self._clock = clock

    async def of(self, drawn: Sequence[Mailbox]) -> list[Letter]:
        """What the mailboxes hold, as it is told; headlines that Redis has forgotten are taken out."""
        wanted = dict.fromkeys(
            ident
            for mailbox in drawn
            for owed in [*mailbox.owed, *(each for wrong in mailbox.wrong for each in wrong.tells)]
            for ident in (owed.headline, owed.story)
        )
        known = await self._headlines.for_alerts(list(wanted)) if wanted else {}
        return [letter for mailbox in drawn if (letter := await self._letter(mailbox, known))]

    async def _letter(self, mailbox: Mailbox, known: Mapping[str, Headline]) -> Letter | None:
        """What a chat is told next: what is owed to it; after that, what has to be corrected, a message at a time."""
        now = self._clock.now()
        forgotten = [owed.name for owed in mailbox.owed if owed.headline not in known]
        if forgotten:
            await self._outbox.drop(mailbox, forgotten)
        thread, owed = next_thread([owed for owed in mailbox.owed if owed.headline in known], mailbox.preferences)
        alerts = _alerts(owed, known)
        if alerts:
            message, fitted = alert(alerts, now)
            return Letter(mailbox, now + FRESH_FOR, message, tuple(alerts[:fitted]), Place(thread))
        for wrong in mailbox.wrong:
            again = _alerts(wrong.tells, known)
            if again and len(again) == len(wrong.tells):
                return Letter(mailbox, now + FRESH_FOR, alert(again, now)[0], corrects=wrong)
            await self._outbox.drop(mailbox, [wrong.correction])  # not all of it is known any more
        return None


def _alerts(owed: Sequence[Owed], known: Mapping[str, Headline]) -> list[Alert]:
    """Headlines as a chat is told them, newest first."""
    alerts = [_alert(each, known) for each in owed if each.headline in known]
    return sorted(alerts, key=lambda told: told.headline.published_at, reverse=True) if len(alerts) > 1 else alerts


def _alert(owed: Owed, known: Mapping[str, Headline]) -> Alert:
    """The headline with those who tell its story."""
    headline = known[owed.headline]
    began = known.get(owed.story)
    return Alert(headline, owed.shown, owed.topic, owed.name, owed.story, began.tellings if began else ())
