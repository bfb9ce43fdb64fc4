"""Empties the mailboxes that are due into messages.

Here: draw, render, send, and settle what the verdict ended.
Not here: how fast (delivery/pace), what an answer means (news/verdicts), how it looks (delivery/render).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from structlog.contextvars import bound_contextvars

from bot.news.alerts import Mailbox, Wrong
from bot.news.errors import StoreError
from bot.news.verdicts import (
    NO_RIGHTS_WAIT,
    ChatGone,
    ChatMoved,
    Delivered,
    Paused,
    Refused,
    Scope,
    Shut,
    TryLater,
    Verdict,
    next_due,
    retry_at,
)
from bot.ops.metrics import Lost, Metrics
from bot.ops.traces import Traces
from bot.ports import Clock, Messenger, Permit
from bot.store.chats import Chats
from bot.store.outbox import LEASE, Outbox
from bot.workers.admins import Admins
from bot.workers.hands import Hands
from bot.workers.letters import Letter, Letters

# So many chats are drawn at once to begin with, and as long as the budget has no room for more; then twice as many
# each time, up to MOST. Whoever has been drawn waits for its place here, where breaking news cannot overtake it.
FEWEST = 4
MOST = 64
# The budget gives places some 20 ms ahead (store/permits). Where it gave several, it is asked again only after this,
# and gives several again: with a thousand places a second, asking for each would cost more than sending.
BREATH = timedelta(milliseconds=10)
# For so long what was drawn waits for its place in the bot's budget; for longer it goes back.
LONGEST_WAIT = timedelta(seconds=1)

log = structlog.get_logger()


class Sender:
    """Writes to up to `at_once` chats at a time; `mail` is set when there may be more to write, or room for it."""

    def __init__(
        self,
        outbox: Outbox,
        letters: Letters,
        chats: Chats,
        messenger: Messenger,
        clock: Clock,
        metrics: Metrics,
        traces: Traces,
        at_once: int,
        mail: asyncio.Event,
        admins: Admins,
    ) -> None:
        self._outbox = outbox
        self._letters = letters
        self._chats = chats
        self._messenger = messenger
        self._clock = clock
        self._metrics = metrics
        self._traces = traces
        self._at_once = at_once
        self._mail = mail
        self._admins = admins
        self._begun = 0
        self._wires = asyncio.Semaphore(at_once)
        self._ready: list[Letter] = []
        self._unticked: deque[tuple[Letter, Verdict]] = deque()
        self._portion = FEWEST

    async def step(self, hands: Hands) -> bool:
        """Begin to write to chats that are due, as tasks of their own; true if there may be more to do at once."""
        if self._begun > self._at_once:
            return False
        await self._tick_off()
        now = self._clock.now()
        if not self._ready or now > self._ready[0].fresh_until:
            drawn = await self._outbox.draw(self._portion, now, LEASE)
            self._ready = await self._letters.of(drawn)
            if not self._ready:
                await self._messenger.rest()
                return bool(drawn)
        permits = await self._messenger.admit([letter.mailbox.chat for letter in self._ready])
        admitted = list(zip(self._ready, permits, strict=True))
        for letter, permit in admitted:
            if permit.id:
                self._begin(hands, letter, permit)
        return await self._wait(len(admitted), [pair for pair in admitted if not pair[1].id])

    async def _tick_off(self) -> None:
        """What was delivered while Redis could not be told comes first: else it would be drawn, and sent again."""
        while self._unticked:
            await self._settle(*self._unticked[0])
            self._unticked.popleft()

    async def put_back(self) -> None:
        """Whoever has been drawn and not been written to is due again: another sender takes over.

        What was drawn long ago, while Redis was away, may be another's by now.
        """
        await self._tick_off()
        ready, self._ready, now = self._ready, [], self._clock.now()
        await self._outbox.defer({letter.mailbox.chat: now for letter in ready if now <= letter.fresh_until})

    def _begin(self, hands: Hands, letter: Letter, permit: Permit) -> None:
        self._begun += 1
        hands.create_task(self._write(letter, permit))

    async def _wait(self, asked: int, refused: Sequence[tuple[Letter, Permit]]) -> bool:
        """Keep what the bot's budget has no place for yet, put back what has to wait for long, and wait for a place."""
        now = self._clock.now()
        kept, later = list[Letter](), dict[int, datetime]()
        for letter, permit in refused:
            if permit.scope is Scope.BOT and permit.wait <= LONGEST_WAIT:
                kept.append(letter)
            else:
                later[letter.mailbox.chat] = now + permit.wait
        self._ready = kept  # before Redis may fail: what has been begun must not be begun again
        if later:
            await self._outbox.defer(later)
        granted = asked - len(refused)
        self._portion = min(2 * self._portion, MOST) if not refused else max(FEWEST, 2 * granted)
        if kept and granted != 1:
            await self._clock.sleep(BREATH if granted else min(permit.wait for _, permit in refused))
        return bool(granted or kept)

    async def _write(self, letter: Letter, permit: Permit) -> None:
        """Write one message. A Redis that is away leaves the chat's lease to run out: it is drawn again then."""
        verdict = None
        began = self._clock.now()
        try:
            with bound_contextvars(chat=letter.mailbox.chat):
                verdict = await self._told(letter, permit)
            if verdict is None:
                await self._outbox.defer({letter.mailbox.chat: self._clock.now()})
            elif letter.corrects is None:
                self._metrics.verdict(verdict)
                await self._settle(letter, verdict)
                self._trace(letter, verdict, began)
            else:
                await self._corrected(letter, letter.corrects, verdict)
        except StoreError as error:
            log.warning("message not settled", chat=letter.mailbox.chat, reason=str(error))
            if isinstance(verdict, Delivered) and letter.corrects is None:
                self._unticked.append((letter, verdict))

    def _trace(self, letter: Letter, verdict: Verdict, began: datetime) -> None:
        """Tell the traces that it was sent, which has just been settled."""
        now, chat, said = self._clock.now(), letter.mailbox.chat, type(verdict).__name__
        for alert in letter.told:
            self._traces.step("send", alert.headline.id, began, now, chat=chat, verdict=said)

    async def _told(self, letter: Letter, permit: Permit) -> Verdict | None:
        """Telegram's verdict, and no later than that another chat may be written to; None where all wires were busy."""
        chat, corrects = letter.mailbox.chat, letter.corrects
        try:
            async with self._wires:
                if self._clock.now() > letter.fresh_until:
                    return None
                if corrects is None:
                    return await self._messenger.send(chat, letter.message, permit, letter.place)
                return await self._messenger.edit(chat, corrects.message, letter.message, permit)
        finally:
            self._begun -= 1
            if self._begun <= self._at_once:
                self._mail.set()

    async def _corrected(self, letter: Letter, wrong: Wrong, verdict: Verdict) -> None:
        """Tick off a correction; where the message is gone, nothing is said anew."""
        mailbox, now = letter.mailbox, self._clock.now()
        match verdict:
            case Delivered() | Refused():
                same = [each.correction for each in mailbox.wrong if each.message == wrong.message]
                await self._outbox.drop(mailbox, same)
                await self._outbox.defer({mailbox.chat: next_due(mailbox.chat, now)})
                self._metrics.corrected(isinstance(verdict, Delivered))
            case _:
                await self._settle(letter, verdict)

    async def _settle(self, letter: Letter, verdict: Verdict) -> None:
        mailbox, now = letter.mailbox, self._clock.now()
        told = [alert.name for alert in letter.told]
        match verdict:
            case Delivered(message_id=message_id):
                due = next_due(mailbox.chat, now)
                await self._outbox.settle(mailbox, told, message_id, now, due, letter.form, again=letter.again)
                self._metrics.delivered([now - alert.headline.seen_at for alert in letter.told], letter.waits(now))
                log.debug("delivered", chat=mailbox.chat, headlines=told, message=message_id)
            case TryLater():
                await self._try_later(letter, told, verdict, now)
            case Paused(reason=reason, shut=Shut.THREAD) if letter.place.thread:
                word = await self._admins.hear_of_thread(mailbox, letter.place.thread, now)
                await self._outbox.defer({mailbox.chat: next_due(mailbox.chat, now)})
                log.warning("thread closed or gone", chat=mailbox.chat, reason=reason, admins=word)
            case Paused(reason=reason, shut=shut):
                await self._pause(mailbox, shut, reason, now)
            case ChatGone(reason=reason):
                await self._chats.gone(mailbox.chat, reason, now)
                log.info("chat gone", chat=mailbox.chat, reason=reason)
            case ChatMoved(to=new):
                await self._chats.move(mailbox.chat, new, now)
                log.info("chat moved", chat=mailbox.chat, to=new)
            case Refused(reason=reason):
                await self._outbox.drop(mailbox, told)
                self._metrics.lost(Lost.REFUSED, len(told))
                log.error("message refused: a bug of ours", chat=mailbox.chat, headlines=told, reason=reason)

    async def _pause(self, mailbox: Mailbox, shut: Shut, reason: str, now: datetime) -> None:
        """The chat does not let us write: what it is owed waits; where only General is closed, not what threads get."""
        await self._outbox.postpone(mailbox, now + NO_RIGHTS_WAIT, sorted(mailbox.doubtful))
        if shut is Shut.THREAD and mailbox.preferences.threads:
            followed = [wish.topic for wish in await self._chats.subscriptions(mailbox.chat)]
            await self._letters.hold_for_threads(mailbox, followed, now)
        word = await self._admins.hear_of_pause(mailbox, shut, now)
        self._metrics.paused(word)
        log.warning("chat does not let us write", chat=mailbox.chat, reason=reason, admins=word)

    async def _try_later(self, letter: Letter, told: Sequence[str], verdict: TryLater, now: datetime) -> None:
        """Come back to the chat. What may have arrived is sent once more, and no third time: lost answers repeat."""
        mailbox = letter.mailbox
        if verdict.scope is Scope.CHAT:  # what is Telegram's own trouble is said once, and not for every chat
            log.info("chat waits", chat=mailbox.chat, reason=verdict.reason)
        doubtful = set(mailbox.doubtful)
        if verdict.maybe_sent:
            twice = [headline for headline in told if headline in doubtful]
            if twice:
                log.warning("answer lost twice, taken for delivered", chat=mailbox.chat, headlines=twice)
                self._metrics.lost(Lost.DOUBTFUL, len(twice))
                due = next_due(mailbox.chat, now)
                await self._outbox.settle(mailbox, twice, None, now, due, letter.form, again=letter.again)
            doubtful = doubtful - set(twice) | (set(told) - set(twice))
        await self._outbox.postpone(mailbox, retry_at(verdict, mailbox.tries, now), sorted(doubtful))
