"""Handles updates: those of one chat one after the other, those of different chats at once.

Here: whose turn it is, and how long whoever brought an update waits for it.
Not here: where updates come from (intake), what one does (register).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from weakref import WeakValueDictionary

from telegram import Update

from bot.handlers.context import House

# One person's slow page must not make the others wait.
AT_ONCE = 256
# Telegram is told that an update has been taken in when it was handled: what a person asked for is then written down,
# and a crash before that brings the update again. Only what takes longer than this, reading an article for example,
# is ticked off while it is under way: it can be asked for again, and nobody else should wait for it.
WORTH_WAITING = timedelta(milliseconds=500)


class Turns:
    """Every update that is being handled."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._free = asyncio.Semaphore(AT_ONCE)
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._in_hand: set[asyncio.Task[None]] = set()

    async def take(self, updates: Sequence[Update]) -> None:
        """Have updates handled, in their order; returns when they are, or when that takes too long to wait for."""
        tasks = [asyncio.create_task(self._handle(update)) for update in updates]
        for task in tasks:
            self._in_hand.add(task)
            task.add_done_callback(self._in_hand.discard)
        if tasks:
            await asyncio.wait(tasks, timeout=WORTH_WAITING.total_seconds())

    async def finish(self) -> None:
        """Return when everything in hand has been handled."""
        if self._in_hand:
            await asyncio.wait(self._in_hand)

    async def _handle(self, update: Update) -> None:
        turn = update.effective_chat or update.effective_user  # who types our name elsewhere is in no chat with us
        lock = self._chats.setdefault(turn.id if turn else 0, asyncio.Lock())
        async with lock, self._free:
            await self._house.process_update(update)
