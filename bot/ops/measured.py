"""Telegram's budget, counted. Owns what the metrics know of permits.

Here: the same permits, with every one that was given and every answer told to the metrics.
Not here: the budget itself (store/permits), the names of the metrics (metrics).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.ops.metrics import Metrics
from bot.ports import Permit, Permits, Urgency


class MeasuredPermits(Permits):
    """The Permits that everybody in this process asks."""

    def __init__(self, permits: Permits, metrics: Metrics) -> None:
        self._permits = permits
        self._metrics = metrics

    async def take(self, chats: Sequence[int | None], urgency: Urgency, now: datetime) -> list[Permit]:
        """Ask for one call into each chat."""
        permits = await self._permits.take(chats, urgency, now)
        self._metrics.permitted(urgency, sum(bool(permit.id) for permit in permits))
        return permits

    def answered(self, permit: Permit, took: timedelta | None, now: datetime) -> None:
        """The call was answered, or never."""
        if took is not None:
            self._metrics.answered(took)
        self._permits.answered(permit, took, now)

    async def note(self) -> None:
        """Tell others which calls were answered."""
        await self._permits.note()

    async def hold(self, chat: int | None, until: datetime, now: datetime) -> None:
        """Telegram asked for silence."""
        await self._permits.hold(chat, until, now)
