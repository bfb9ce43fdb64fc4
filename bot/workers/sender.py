"""Empties the mailboxes that are due into messages.

Here: draw, render, send, and settle what the verdict ended.
Not here: how fast (delivery/pace), what an answer means (news/verdicts), how it looks (delivery/render).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from bot.delivery.render.alert import alert
from bot.news.errors import StoreError
from bot.news.model import Alert, Mailbox
from bot.news.verdicts import ChatGone, ChatMoved, Delivered, Refused, TryLater, next_due, retry_at
from bot.ops.metrics import Metrics
from bot.ports import Clock, Messenger
from bot.store.chats import Chats
from bot.store.headlines import Headlines
from bot.store.outbox import Outbox
from bot.workers.hands import Hands

# How long a chat stays with the sender that drew it before another may draw it: longer than any send can take
# (delivery/request: 15 s, and as much again for a second try in plain text), as after a crash the chat waits for it.
LEASE = timedelta(seconds=40)
# New chats are drawn when so much of what may be under way still is.
REFILL = 0.75

log = structlog.get_logger()


class Sender:
    """Writes to up to `at_once` chats at a time; `mail` is set when there may be more to write, or room for it."""

    def __init__(
        self,
        outbox: Outbox,
        headlines: Headlines,
        chats: Chats,
        messenger: Messenger,
        clock: Clock,
        metrics: Metrics,
        at_once: int,
        mail: asyncio.Event,
    ) -> None:
        self._outbox = outbox
        self._headlines = headlines
        self._chats = chats
        self._messenger = messenger
        self._clock = clock
        self._metrics = metrics
        self._at_once = at_once
        self._mail = mail
        self._writing: set[asyncio.Task[None]] = set()

    async def step(self, hands: Hands) -> bool:
        """Begin to write to the chats that are due, as tasks of their own; true if there were any."""
        free = self._at_once - len(self._writing)
        if free <= 0:
            return False
        drawn = await self._outbox.draw(free, self._clock.now(), LEASE)
        for mailbox in drawn:
            task = hands.create_task(self._write(mailbox))
            self._writing.add(task)
            task.add_done_callback(self._written)
        return bool(drawn)

    def _written(self, task: asyncio.Task[None]) -> None:
        """There is a place for the next chat; drawing looks at every shard, so it is done for several at once."""
        self._writing.discard(task)
        if len(self._writing) <= self._at_once * REFILL:
            self._mail.set()

    async def _write(self, mailbox: Mailbox) -> None:
        """Write one message. A Redis that is away leaves the chat's lease to run out: it is drawn again then."""
        try:
            alerts = await self._alerts(mailbox)
            if alerts:
                message, fitted = alert(alerts, self._clock.now())
                verdict = await self._messenger.send(mailbox.chat, message)
                self._metrics.verdict(verdict)
                await self._settle(mailbox, alerts[:fitted], verdict)
        except StoreError as error:
            log.warning("message not settled", chat=mailbox.chat, reason=str(error))

    async def _alerts(self, mailbox: Mailbox) -> list[Alert]:
        """What the mailbox holds, as it is told; headlines that Redis has forgotten are taken out."""
        known = await self._headlines.get([owed.headline for owed in mailbox.owed])
        forgotten = [owed.headline for owed in mailbox.owed if owed.headline not in known]
        if forgotten:
            await self._outbox.drop(mailbox, forgotten)
        return [Alert(known[owed.headline], owed.shown, owed.topic) for owed in mailbox.owed if owed.headline in known]

    async def _settle(
        self, mailbox: Mailbox, alerts: Sequence[Alert], verdict: Delivered | TryLater | ChatGone | ChatMoved | Refused
    ) -> None:
        now = self._clock.now()
        told = [alert.headline.id for alert in alerts]
        match verdict:
            case Delivered(message_id=message_id):
                await self._outbox.settle(mailbox, told, message_id, now, next_due(mailbox.chat, now))
                self._metrics.delivered([now - alert.headline.seen_at for alert in alerts])
            case TryLater():
                await self._try_later(mailbox, told, verdict, now)
            case ChatGone(reason=reason):
                await self._chats.gone(mailbox.chat, reason, now)
                log.info("chat gone", chat=mailbox.chat, reason=reason)
            case ChatMoved(to=new):
                await self._chats.move(mailbox.chat, new, now)
                log.info("chat moved", chat=mailbox.chat, to=new)
            case Refused(reason=reason):
                await self._outbox.drop(mailbox, told)
                self._metrics.refused(len(told))
                log.error("message refused: a bug of ours", chat=mailbox.chat, headlines=told, reason=reason)

    async def _try_later(self, mailbox: Mailbox, told: Sequence[str], verdict: TryLater, now: datetime) -> None:
        """Come back to the chat. What may have arrived is sent once more, and no third time: lost answers repeat."""
        log.info("chat waits", chat=mailbox.chat, reason=verdict.reason)
        doubtful = set(mailbox.doubtful)
        if verdict.maybe_sent:
            twice = [headline for headline in told if headline in doubtful]
            if twice:
                log.warning("answer lost twice, taken for delivered", chat=mailbox.chat, headlines=twice)
                await self._outbox.settle(mailbox, twice, None, now, next_due(mailbox.chat, now))
            doubtful = doubtful - set(twice) | (set(told) - set(twice))
        await self._outbox.postpone(mailbox, retry_at(verdict, mailbox.tries, now), sorted(doubtful))
