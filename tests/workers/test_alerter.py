"""The alerter outlives a headline that it cannot work with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.news.model import Headline
from bot.workers.alerter import Alerter
from bot.workers.loop import forever
from bot.workers.understanding import Understanding, Understood
from tests.world import World, world_on

READER = 101


class Stumbling:
    """Understands everything but one headline, which brings out a bug."""

    def __init__(self, real: Understanding) -> None:
        self._real = real

    async def of(self, headlines: Sequence[Headline]) -> list[Understood]:
        if any("stumbling block" in headline.title for headline in headlines):
            raise IndexError("string index out of range")
        return await self._real.of(headlines)


@pytest.fixture
async def world(redis_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with world_on(redis_url, tmp_path) as world:
        yield world


async def worked_off(app: App, understanding: Stumbling) -> None:
    """Let the alerter run until nothing is left for it."""
    workers, stores, stop = app.workers, app.stores, asyncio.Event()
    metrics, traces = workers.metrics, workers.traces
    alerter = Alerter(
        *(stores.headlines, understanding, stores.outbox, stores.bells),
        *(app.clock, metrics, traces, "a", workers.to_send),
    )

    async def step() -> bool:
        busy = await alerter.step()
        if not busy:
            stop.set()
        return busy

    async with asyncio.timeout(60):
        wake = asyncio.Event()
        await forever(step, idle=timedelta(), name="alerter", stop=stop, wake=wake, mend=alerter.mend)


async def test_one_headline_that_brings_out_a_bug_keeps_no_other_from_its_readers(world: World) -> None:
    titles = [
        "Harbour of Agadir opens a new gate",
        "Storm closes the harbour of Porto",
        "Two ships collide near a Danish harbour",
        "A harbour for the stumbling block",
        "Strike paralyses every harbour in Chile",
        "Museum shows paintings of the old harbour",
    ]
    async with world.app() as app:
        await world.joins(app, READER)
        await world.follows(app, READER, "harbour")
        for number, title in enumerate(titles):
            await app.desk.publishing.publish([{"title": title, "url": f"https://a{number}.example/{number}"}])
        await worked_off(app, Stumbling(app.workers.alerter._understanding))
        await app.workers.round()
        told = "\n".join(world.devchat.texts(READER))
        assert [title in told for title in titles] == [True, True, True, False, True, True]
        stats = await app.stores.headlines.stats()
        assert (stats.pending, stats.rejected) == (0, 1)
        [(_, kept)] = await app.stores.database.call("XRANGE", "news:rejected", "-", "+")
        assert (kept["reason"], kept["title"]) == ("a bug of ours: IndexError.", "A harbour for the stumbling block")
