"""Sends an announcement to everybody that it is owed to.

Here: one process at a time, a handful of chats at a time, below alerts and answers in urgency, without a sound; ticking
off, and showing how far it is.
Not here: to whom it is owed (store/announcements), how urgent that is (store/permits), what an answer means
(news/verdicts).
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from bot.delivery.render import announce as render
from bot.news.announcements import Announcement, Stage
from bot.news.errors import StoreError
from bot.news.message import Place
from bot.news.said import Tongues
from bot.news.verdicts import ChatGone, ChatMoved, Delivered, Paused, Refused, TryLater, Verdict, retry_at
from bot.ports import Clock, Messenger, Permit, Urgency
from bot.store.announcements import FAILED, GONE, SENT, Announcements
from bot.store.chats import Chats
from bot.store.choices import Choices

# So many chats of each shard are looked at, and so many written to at once.
LOOKED_AT = 4
AT_ONCE = 8
# How far it is, is shown so often; Telegram counts each time as a message.
SHOWN_EVERY = timedelta(seconds=4)
# An announcement never makes a sound: nobody is woken by it, whatever their quiet hours are.
SILENTLY = Place(silent=True)
# So long a step waits for a place in the budget; then it looks again whether the announcement was stopped.
LONGEST_WAIT = timedelta(seconds=1)

log = structlog.get_logger()


class Herald:
    """Carries announcements out."""

    def __init__(
        self,
        announcements: Announcements,
        chats: Chats,
        choices: Choices,
        tongues: Tongues,
        messenger: Messenger,
        clock: Clock,
        process: str,
    ) -> None:
        self._announcements = announcements
        self._chats = chats
        self._choices = choices
        self._tongues = tongues
        self._messenger = messenger
        self._clock = clock
        self._process = process
        self._later: dict[int, datetime] = {}
        self._doubtful: set[int] = set()
        self._shown: datetime | None = None

    async def step(self) -> bool:
        """Tell the next chats; true if there may be more to do at once."""
        job = await self._announcements.job()
        if job is None or job.stage not in {Stage.OWING, Stage.GOING}:
            return False
        if not await self._announcements.is_ours(self._process):
            return False
        announcement, now = job.announcement, self._clock.now()
        if job.stage is Stage.OWING:
            self._later, self._doubtful, self._shown = {}, set(), None
            await self._announcements.owe(announcement, tuple(self._tongues.names))
        owed = await self._announcements.owed(LOOKED_AT)
        if not owed:
            await self._announcements.finish(announcement)
            await self._show(announcement, Stage.DONE)
            return False
        ready = [chat for chat in owed if self._later.get(chat, now) <= now]
        random.shuffle(ready)
        if ready:
            await self._tell(announcement, ready[:AT_ONCE])
        if self._shown is None or self._clock.now() - self._shown >= SHOWN_EVERY:
            await self._show(announcement, Stage.GOING)
        return bool(ready)

    async def _tell(self, announcement: Announcement, chats: Sequence[int]) -> None:
        """Tell those who are still there and have a place in the budget; where nobody has one, wait for it."""
        known = await self._chats.known(chats)
        for chat in set(chats) - set(known):
            await self._announcements.heard(chat, GONE)
        if not known:
            return
        permits = await self._messenger.admit(known, Urgency.ANNOUNCEMENT)
        admitted = [(chat, permit) for chat, permit in zip(known, permits, strict=True) if permit.id]
        async with asyncio.TaskGroup() as group:
            for chat, permit in admitted:
                group.create_task(self._write(announcement, chat, permit))
        if not admitted:
            await self._clock.sleep(min(LONGEST_WAIT, *(permit.wait for permit in permits)))

    async def _write(self, announcement: Announcement, chat: int, permit: Permit) -> None:
        """Tell one chat. A Redis that is away leaves it owed."""
        try:
            say = self._tongues.of((await self._choices.of(chat)).reads)
            verdict = await self._messenger.send(chat, render.announced(say, announcement), permit, SILENTLY)
            await self._settle(chat, verdict)
        except StoreError as error:
            log.warning("announcement not settled", chat=chat, reason=str(error))

    async def _settle(self, chat: int, verdict: Verdict) -> None:
        """Tick off what the verdict ended. What may have arrived is sent once more, and no third time."""
        match verdict:
            case Delivered():
                await self._announcements.heard(chat, SENT)
            case TryLater(maybe_sent=True) if chat in self._doubtful:
                await self._announcements.heard(chat, SENT)
            case TryLater():
                self._later[chat] = retry_at(verdict, 0, self._clock.now())
                if verdict.maybe_sent:
                    self._doubtful.add(chat)
            case ChatGone(reason=reason):
                await self._chats.gone(chat, reason, self._clock.now())
                await self._announcements.heard(chat, GONE)
            case ChatMoved(to=new):
                await self._chats.move(chat, new, self._clock.now())
                await self._announcements.moved(chat, new)
            case Paused(reason=reason) | Refused(reason=reason):
                log.info("announcement not taken", chat=chat, reason=reason)
                await self._announcements.heard(chat, FAILED)

    async def _show(self, announcement: Announcement, stage: Stage) -> None:
        """Show who announced it how far it is; where there is no place for that, the next time."""
        self._shown = self._clock.now()
        if announcement.message is None:
            return
        say = self._tongues.of((await self._choices.of(announcement.by)).reads)
        message = render.going(say, announcement, stage, await self._announcements.progress())
        [permit] = await self._messenger.admit([announcement.by], Urgency.REPLY)
        if permit.id:
            await self._messenger.edit(announcement.by, announcement.message, message, permit)
