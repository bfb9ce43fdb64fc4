"""Looking at the house for everybody who has the status page open.

Here: one look for all of them at a time, how often, and how much less often while Redis is away; nobody is there, and
nobody looks.
Not here: what is seen (status), how it travels (statuspage).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.news.errors import StoreError
from bot.ops.status import Status, parts, parts_without_facts

Parts = Mapping[str, str]
NOTHING: Parts = {}


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the house is looked at, and how much those who watch may ask for.

    `every` is between two looks, up to `longest` while they fail. After a `heartbeat` without news a watcher is told
    that we are still there: proxies close what is silent for a minute. Who takes nothing in for as long as `patience`
    is given up. There is room for `most`: each one holds a connection, and nobody has more operators.
    """

    every: timedelta = timedelta(seconds=3)
    longest: timedelta = timedelta(seconds=10)
    heartbeat: timedelta = timedelta(seconds=15)
    patience: timedelta = timedelta(seconds=10)
    most: int = 32


class Lookout:
    """Looks for all who wait. A look that fails tells why, and the next one comes later."""

    def __init__(self, look: Callable[[], Awaitable[Status]], pace: Pace) -> None:
        self._look = look
        self._pace = pace
        self._rest = pace.every
        self._looking: asyncio.Task[Parts] | None = None
        self.is_closed = False

    async def next(self) -> Parts:
        """The parts of the page as they are seen next; none after a heartbeat without any, or when we close."""
        if self.is_closed:
            return NOTHING
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look_soon())
        looking = self._looking  # whoever is the first to have it begins another one
        await asyncio.wait([looking], timeout=self._pace.heartbeat.total_seconds())
        return looking.result() if looking.done() and not looking.cancelled() else NOTHING

    async def close(self) -> None:
        """Nobody waits any longer."""
        self.is_closed = True
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait([self._looking])

    async def _look_soon(self) -> Parts:
        await asyncio.sleep(self._rest.total_seconds())
        try:
            seen = parts(await self._look())
        except StoreError as error:
            self._rest = min(2 * self._rest, self._pace.longest)
            return parts_without_facts(str(error))
        self._rest = self._pace.every
        return seen
