"""The bells: who waits hears of what another process did, on a cluster too, and misses nothing in between."""

from __future__ import annotations

import asyncio

import pytest

from bot.store.bells import Bells

SOON = 4  # seconds; a cluster looks for a lost slot for five


@pytest.fixture
def bells(database) -> Bells:
    return Bells(database)


async def heard_while(listening, act) -> bool:
    """Whether a listener heard what was done while it waited."""
    async with asyncio.timeout(SOON):
        task = asyncio.create_task(listening())
        while not task.done():
            await act()
        return await task


async def test_who_waits_for_the_outbox_hears_its_bell(bells):
    assert await heard_while(bells.owed, bells.ring)


async def test_who_waits_for_news_hears_of_it_whoever_writes_it(bells, database):
    assert await heard_while(bells.news, lambda: database.call("XADD", "news:latest", "*", "title", "Fed"))


async def test_a_bell_that_rang_between_two_waits_is_heard(bells):
    assert await heard_while(bells.owed, bells.ring)
    await bells.ring()
    assert await bells.owed()


async def test_where_nothing_rings_the_wait_ends_by_itself(bells):
    async with asyncio.timeout(SOON):
        assert not await bells.owed()
