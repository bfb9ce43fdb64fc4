"""A poller as the bot has it, on a private Redis, for benchmarks.

Here: the house around it, sources that were polled before, and polling them all once.
Not here: who is asked (_newsstand), what is measured (poll).
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.app import SystemClock
from bot.ingest.reader import Reader
from bot.ingest.robots import Robots
from bot.ingest.web import HttpWeb
from bot.news.cadence import Paces
from bot.news.model import Source
from bot.news.page import NO_TAGS, Page, Tags
from bot.news.sourcestate import SourceState
from bot.ops.metrics import Metrics
from bot.ops.traces import NoTraces
from bot.store.database import Database
from bot.store.headlines import Headlines
from bot.store.pushes import PushLog
from bot.store.sources import Noted, Sources
from bot.workers.hands import Hands
from bot.workers.harvest import Harvest
from bot.workers.operators import Operators
from bot.workers.poller import Poller
from bot.workers.pushes import Pushes
from bot.workers.watched import Watched

AT_ONCE = 64
TAGS = Tags('"v1"', "Thu, 26 Nov 2026 11:00:00 GMT")
CLOCK = SystemClock()


class _Counted:
    """The web, counting how often it was asked."""

    def __init__(self, web: HttpWeb) -> None:
        self._web, self.asked = web, 0

    async def get(self, url: str, tags: Tags = NO_TAGS) -> Page:
        self.asked += 1
        return await self._web.get(url, tags)


class House:
    """A poller as the bot has it, on a private Redis, over sources that are all due when it is told."""

    def __init__(self, database: Database, web: HttpWeb, listed: tuple[Source, ...], spacing: timedelta) -> None:
        self.sources, self.listed, metrics = Sources(database, spacing), listed, Metrics()
        harvest = Harvest(Headlines(database), metrics, NoTraces(), asyncio.Event())
        watched, self.reader = Watched(listed, self.sources), Reader()
        pushes = Pushes(PushLog(database), watched.find, web.post, self.reader, harvest, CLOCK, "")
        self.web = _Counted(web)
        operators = Operators((), None)  # type: ignore[arg-type] - there is nobody to tell
        self.poller = Poller(
            watched,
            self.sources,
            harvest,
            pushes,
            operators,
            self.web,
            Robots(web.get, CLOCK),
            self.reader,
            CLOCK,
            metrics,
            Paces(),
            AT_ONCE,
        )

    async def known(self) -> None:
        """All sources were polled before: they have tags and a habit."""
        now = CLOCK.now()
        await self.sources.enlist(self.listed, now)
        state = SourceState(due=now, last_ok=now, read=now, etag=TAGS.etag, modified=TAGS.modified)
        went = [Noted(each, replace(state, configured=each.url), now) for each in self.listed]
        for start in range(0, len(went), 500):
            await self.sources.note(went[start : start + 500])

    async def all_due(self) -> None:
        """Make all of them due now."""
        await self.sources.hurry([source.name for source in self.listed], CLOCK.now())

    async def round(self) -> None:
        """Poll all of them once."""
        async with asyncio.TaskGroup() as group:
            hands, asked = Hands(group), self.web.asked + len(self.listed)
            while self.web.asked < asked:
                if not await self.poller.step(hands):
                    await asyncio.sleep(0.002)
        await self.poller.note()
