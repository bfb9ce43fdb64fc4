"""What chats are told next, from what was drawn for them.

Here: a mailbox -> the message that it becomes, in the chat's language; what is to be told later is held, and what is no
longer known or wanted taken out.
Not here: what is told now (news/holding), how a message is worded (delivery/render), when it is sent (sender).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.render.alert import alert
from bot.delivery.render.channels import for_readers, without_reasons
from bot.delivery.render.digest import ROWS, Look, digest
from bot.news.alerts import Alert, Form, Mailbox, Wrong
from bot.news.digest import in_sections
from bot.news.holding import Hold, Share, Waiting, holds, share, waiting_of
from bot.news.message import ANYWHERE, Message, Place
from bot.news.model import Headline
from bot.news.preferences import Preferences
from bot.news.said import Tongue, Tongues
from bot.news.threads import of_one_thread, without_general
from bot.ops.metrics import Lost, Metrics
from bot.ports import Clock
from bot.store.headlines import Headlines
from bot.store.holds import Holds
from bot.store.outbox import MAILBOX_HOLDS, Outbox

# For so long what was drawn may wait until it is sent; the sender's lease is for longer.
FRESH_FOR = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that is ready for a chat: what it was drawn from, and the alerts that it tells, in which form.

    `place` is where in the chat it goes. `corrects` is the older message in whose place it is to stand, None where it
    is a new one. After `fresh_until` it is not begun with any more: the chat may be another sender's before it is done.
    """

    mailbox: Mailbox
    fresh_until: datetime
    message: Message
    told: tuple[Alert, ...] = ()
    form: Form = Form.ALERT
    place: Place = ANYWHERE
    corrects: Wrong | None = None

    def waits(self, now: datetime) -> list[timedelta]:
        """How long each alert has been owed; nothing where the chat has chosen to be told later."""
        if holds(self.mailbox.preferences):
            return []
        owed = {each.name: each.at for each in self.mailbox.owed}
        return [now - owed[alert.name] for alert in self.told]

    @property
    def again(self) -> bool:
        """Whether a digest is to tell the same once more."""
        wanted = self.mailbox.preferences.digest
        return wanted is not None and wanted.again and self.form is not Form.DIGEST


class Letters:
    """Words what is owed."""

    def __init__(
        self, outbox: Outbox, holds: Holds, headlines: Headlines, tongues: Tongues, clock: Clock, metrics: Metrics
    ) -> None:
        self._outbox = outbox
        self._holds = holds
        self._headlines = headlines
        self._tongues = tongues
        self._clock = clock
        self._metrics = metrics

    async def of(self, drawn: Sequence[Mailbox]) -> list[Letter]:
        """What the mailboxes hold, as it is told; headlines that Redis has forgotten are taken out."""
        wanted = dict.fromkeys(
            ident
            for mailbox in drawn
            for owed in [*mailbox.owed, *(each for wrong in mailbox.wrong for each in wrong.tells)]
            for ident in (owed.headline, owed.story)
        )
        known = await self._headlines.for_alerts(list(wanted)) if wanted else {}
        held: list[Hold] = []
        letters = [letter for mailbox in drawn if (letter := await self._letter(mailbox, known, held))]
        if held:
            await self._holds.hold(held, self._clock.now())
        return letters

    async def _letter(self, mailbox: Mailbox, known: Mapping[str, Headline], held: list[Hold]) -> Letter | None:
        """What a chat is told next: what is owed to it; after that, what has to be corrected, a message at a time.

        What is left then is to be told later; that is noted in `held`.
        """
        now = self._clock.now()
        forgotten = [owed for owed in mailbox.owed if owed.headline not in known]
        shared = share(mailbox, waiting_of(mailbox.owed, known), now)
        if gone := [*(owed.name for owed in forgotten), *shared.dropped]:
            await self._outbox.drop(mailbox, gone)
            self._metrics.lost(Lost.FORGOTTEN, sum(not owed.told for owed in forgotten))
        if shared.told:
            return self._told(mailbox, shared, now)
        for wrong in mailbox.wrong:
            again = [each.alert for each in waiting_of(wrong.tells, known)]
            if again and len(again) == len(wrong.tells):
                message, _ = self._worded(mailbox, again, now, wrong.form)
                return Letter(mailbox, now + FRESH_FOR, message, corrects=wrong)
            await self._outbox.drop(mailbox, [wrong.correction])  # not all of it is known any more
        if shared.until:
            held.append(Hold(mailbox.chat, shared.until, shared.wakes))
        return None

    async def hold_for_threads(self, mailbox: Mailbox, followed: Iterable[str], now: datetime) -> None:
        """A forum's General topic is closed: what goes there waits, and what goes into threads does not."""
        await self._holds.hold([without_general(mailbox, followed, now)], now)

    def _told(self, mailbox: Mailbox, shared: Share, now: datetime) -> Letter:
        chosen = mailbox.preferences
        thread, form, told = of_one_thread(shared, mailbox)
        alerts = in_sections(told, now) if form in _SORTED else _newest_first(told)
        cut = len(mailbox.owed) >= MAILBOX_HOLDS
        message, fitted = self._worded(mailbox, alerts, now, form, cut=cut)
        return Letter(mailbox, now + FRESH_FOR, message, tuple(alerts[:fitted]), form, Place(thread, chosen.silent))

    def _worded(
        self, mailbox: Mailbox, alerts: Sequence[Alert], now: datetime, form: Form, *, cut: bool = False
    ) -> tuple[Message, int]:
        """The message that tells the alerts, in the chat's language, and how many of them it tells.

        In a channel nobody turns pages: what one has no room for comes with the next message.
        """
        say, chosen = self._tongues.of(mailbox.preferences.reads), mailbox.preferences
        if not mailbox.is_channel:
            return _worded(say, alerts, now, form, chosen, cut=cut)
        shown = alerts[:ROWS] if form in _SORTED else without_reasons(alerts)
        message, fitted = _worded(say, shown, now, form, chosen, cut=cut)
        return for_readers(say, message, alerts[:fitted]), fitted


_SORTED = frozenset({Form.HELD, Form.DIGEST})


def _worded(
    say: Tongue, alerts: Sequence[Alert], now: datetime, form: Form, chosen: Preferences, *, cut: bool = False
) -> tuple[Message, int]:
    """The message that tells the alerts in this form, and how many of them it tells."""
    if form in _SORTED:
        pictured = form is Form.DIGEST and chosen.pictures and chosen.previews
        return digest(say, alerts, now, Look(form, pictured, cut)), len(alerts)
    return alert(say, alerts, now, previews=chosen.previews, offers=form is Form.OFFER)


def _newest_first(waiting: Sequence[Waiting]) -> list[Alert]:
    """Headlines as a chat is told them at once."""
    alerts = [each.alert for each in waiting]
    return sorted(alerts, key=lambda told: told.headline.published_at, reverse=True) if len(alerts) > 1 else alerts
