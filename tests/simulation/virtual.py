"""Time that passes only when everybody waits: an event loop whose clock jumps to the next thing that is to happen.

Here: the loop, and the house's Clock on it.
Not here: what happens.
"""

from __future__ import annotations

import asyncio
import selectors
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.app import SystemClock

BEGIN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Asleep(selectors.SelectSelector):
    """Waits for nothing outside; where the loop would wait for so long, so long has passed."""

    loop: VirtualLoop

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("everybody waits for somebody else, for ever")
        self.loop.instant += max(timeout, 0.0)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """asyncio as it is, but for the clock."""

    def __init__(self) -> None:
        self.instant = 0.0
        selector = Asleep()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        return self.instant


class VirtualClock(SystemClock):
    """The system's clock, where the system is the loop."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop

    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=self._loop.instant)
