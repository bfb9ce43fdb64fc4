"""The world of the sender's tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.news.answers import Caller
from bot.news.model import ChatKind
from tests.workers.walks import CHANNEL, GROUP, OTHER, READER, SAID_FIRST
from tests.world import World, world_on


@pytest.fixture
async def world(redis_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Two readers, a group and a channel that follow the Fed, and a source that has been looked at once."""
    async with world_on(redis_url, tmp_path) as world:
        async with world.app() as app:
            for chat in (READER, OTHER):
                await world.joins(app, chat)
                await world.follows(app, chat, "fed")
            for chat, kind, title in ((GROUP, ChatKind.GROUP, "Traders"), (CHANNEL, ChatKind.CHANNEL, "The wire")):
                await app.desk.wishes.subscribe(Caller(chat, kind, title), "fed")
            await app.workers.round()
        world.clock.tick(minutes=10)
        world.site.says(SAID_FIRST)
        yield world
