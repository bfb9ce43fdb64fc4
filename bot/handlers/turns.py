"""Handles updates: those of one chat one after the other, those of different chats at once.

Here: whose turn it is, and how long whoever brought an update waits for it.
Not here: where updates come from (intake), what one does (register).
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from weakref import WeakValueDictionary

from structlog.contextvars import bound_contextvars
from telegram import Update

from bot.handlers.context import House

# One person's slow page must not make the others wait.
AT_ONCE = 256
# Telegram is told that an update has been taken in when it was handled: what a person asked for is then written down,
# and a crash before that brings the update again. Only what takes longer than this, reading an article for example,
# is ticked off while it is under way: it can be asked for again, and nobody else should wait for it.
WORTH_WAITING = timedelta(milliseconds=500)
# By the webhook Telegram brings the updates of one chat one after the other, perhaps to different processes, and no
# other chat waits meanwhile. So each may take longer there, and the next command comes when this one was answered.
WORTH_MORE = timedelta(seconds=5)
# Where so many updates of one chat stand in line, those behind them are not waited for: a person who floods a chat must
# not hold up what the others ask, and gets no more answers soon anyway (desk/gate).
IN_LINE = 5


class Turns:
    """Every update that is being handled."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._free = asyncio.Semaphore(AT_ONCE)
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._in_line: Counter[int] = Counter()
        self._in_hand: set[asyncio.Task[None]] = set()

    async def take(self, updates: Sequence[Update], wait: timedelta = WORTH_WAITING) -> None:
        """Have updates handled, in their order; returns when they are, or when that takes longer than the `wait`."""
        awaited = []
        for update in updates:
            chat = update.effective_chat.id if update.effective_chat else 0
            self._in_line[chat] += 1
            task = asyncio.create_task(self._handle(update, chat))
            self._in_hand.add(task)
            task.add_done_callback(self._in_hand.discard)
            if self._in_line[chat] <= IN_LINE:
                awaited.append(task)
        if awaited:
            await asyncio.wait(awaited, timeout=wait.total_seconds())

    async def finish(self) -> None:
        """Return when everything in hand has been handled."""
        if self._in_hand:
            await asyncio.wait(self._in_hand)

    async def _handle(self, update: Update, chat: int) -> None:
        lock = self._chats.setdefault(chat, asyncio.Lock())
        try:
            async with lock, self._free:
                with bound_contextvars(chat=chat, update=update.update_id):
                    await self._house.process_update(update)
        finally:
            self._in_line[chat] -= 1
            if not self._in_line[chat]:
                del self._in_line[chat]
