"""Handles updates: those of one chat one after the other, those of different chats at once; and so inline queries.

Here: whose turn it is, and how long whoever brought an update waits for it.
Not here: where updates come from (intake), what one does (register).
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import TypeAlias
from weakref import WeakValueDictionary

from structlog.contextvars import bound_contextvars
from telegram import Update

from bot.handlers.context import House
from bot.ops.metrics import Metrics

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


# Whose updates are handled one after the other.
Line: TypeAlias = tuple[str, int]


class Turns:
    """Every update that is being handled."""

    def __init__(self, house: House, metrics: Metrics) -> None:
        self._house = house
        self._metrics = metrics
        self._free = asyncio.Semaphore(AT_ONCE)
        self._lines: WeakValueDictionary[Line, asyncio.Lock] = WeakValueDictionary()
        self._in_line: Counter[Line] = Counter()
        self._in_hand: set[asyncio.Task[None]] = set()

    async def take(self, updates: Sequence[Update], wait: timedelta = WORTH_WAITING) -> None:
        """Have updates handled, in their order; returns when they are, or when that takes longer than the `wait`."""
        awaited = []
        for update in updates:
            line = _line(update)
            self._in_line[line] += 1
            task = asyncio.create_task(self._handle(update, line))
            self._in_hand.add(task)
            task.add_done_callback(self._in_hand.discard)
            if self._in_line[line] <= IN_LINE:
                awaited.append(task)
        if awaited:
            await asyncio.wait(awaited, timeout=wait.total_seconds())

    async def finish(self) -> None:
        """Return when everything in hand has been handled."""
        if self._in_hand:
            await asyncio.wait(self._in_hand)

    async def _handle(self, update: Update, line: Line) -> None:
        lock = self._lines.setdefault(line, asyncio.Lock())
        try:
            with self._metrics.replying(_kind(update)):
                async with lock, self._free:
                    with bound_contextvars(chat=line[1], update=update.update_id):
                        await self._house.process_update(update)
        finally:
            self._in_line[line] -= 1
            if not self._in_line[line]:
                del self._in_line[line]


def _line(update: Update) -> Line:
    """Where an update stands in line: with those of its chat.

    What comes from no chat (an inline query) stands with that of its person, beside their private chat: an article that
    is being fetched there must not hold it up.
    """
    chat, person = update.effective_chat, update.effective_user
    return ("chat", chat.id) if chat else ("person", person.id if person else 0)


def _kind(update: Update) -> str:
    """What a person did."""
    if update.effective_message and not update.callback_query:
        return "message"
    return "tap" if update.callback_query else "inline" if update.inline_query else "other"
