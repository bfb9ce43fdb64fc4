"""What the sender makes of answers that were lost, and of chats that come back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.devchat.faults import Cut, Fault
from bot.devchat.refusals import Refusal
from bot.news.answers import Caller
from bot.news.model import ChatKind
from tests.world import World, world_on

READER = 101
SAID = "Fed holds its rate"


@pytest.fixture
async def world(redis_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A reader who follows the Fed, and a source that has been looked at once."""
    async with world_on(redis_url, tmp_path) as world:
        async with world.app() as app:
            await world.joins(app, READER)
            await world.follows(app, READER, "fed")
            await app.workers.round()
        world.clock.tick(minutes=10)
        world.site.says(SAID)
        yield world


async def rounds(world: World, times: int) -> None:
    """So many processes, some minutes apart."""
    for _ in range(times):
        async with world.app() as app:
            await app.workers.round()
        world.clock.tick(minutes=20)


async def test_a_message_whose_answer_is_lost_every_time_stands_there_twice_and_not_for_ever(world: World) -> None:
    world.devchat.breaks(*(Fault(Cut.AFTER) for _ in range(6)))
    await rounds(world, 6)
    assert world.told(READER, SAID) == 2


async def test_what_comes_after_a_lost_answer_is_not_taken_for_delivered_with_it(world: World) -> None:
    world.devchat.breaks(Fault(Cut.AFTER), Fault(Cut.BEFORE))
    await rounds(world, 1)
    world.site.says("Fed chair speaks")
    await rounds(world, 3)
    assert world.told(READER, "Fed chair speaks") >= 1


async def test_a_chat_that_lets_us_write_again_is_written_to_at_once(world: World) -> None:
    world.devchat.breaks(Fault(Refusal(400, "Bad Request: not enough rights to send text messages to the chat")))
    await rounds(world, 3)
    assert world.told(READER, SAID) == 0
    async with world.app() as app:
        await app.desk.door.arrive(Caller(READER, ChatKind.PRIVATE))
        await app.workers.round()
    assert world.told(READER, SAID) == 1


async def test_a_chat_that_was_taken_for_gone_and_speaks_is_told_again(world: World) -> None:
    world.devchat.breaks(Fault(Refusal(400, "Bad Request: chat not found")))
    await rounds(world, 1)
    async with world.app() as app:
        await app.desk.door.hear(Caller(READER, ChatKind.PRIVATE))
    world.site.says("Fed chair speaks")
    await rounds(world, 1)
    assert world.told(READER, "Fed chair speaks") == 1
