"""Operators hear in their own language what there is to hear, once, and apart from what found it out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.news.said import said
from bot.store.words import LEASE, Words
from tests.world import world_on

ADMIN = 9
WORD = said("{name} ({url}) is gone, its server says; I ask it no more.", name="small", url="https://small.example/")


@pytest.fixture
async def world(redis_url: str, tmp_path: Path):
    async with world_on(redis_url, tmp_path) as world:
        world.settings = replace(world.settings, admins=frozenset({ADMIN}))
        async with world.app() as app:
            await world.joins(app, ADMIN)
        yield world


async def test_a_word_is_owed_and_told_once_by_whichever_process(world):
    async with world.app() as app:
        await app.workers.operators.owe(WORD)
        await app.workers.operators.owe(WORD)
        assert world.devchat.texts(ADMIN) == []
    async with world.app() as app:
        assert await app.workers.operators.step()
        assert not await app.workers.operators.step()
    assert world.devchat.texts(ADMIN) == ["small (https://small.example/) is gone, its server says; I ask it no more."]


async def test_a_word_whose_teller_died_comes_back(world):
    async with world.app() as app:
        words = Words(app.stores.database)
        await words.owe([ADMIN], WORD, world.clock.now())
        taken = await words.take(world.clock.now())
        assert taken is not None
        assert taken.sentence == WORD
        assert await words.take(world.clock.now()) is None
        world.clock.tick(seconds=LEASE.total_seconds())
        assert await words.take(world.clock.now()) == taken
