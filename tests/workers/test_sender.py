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


async def test_a_corrected_title_is_corrected_where_it_stands_and_told_to_nobody_anew(world: World) -> None:
    await rounds(world, 1)
    world.site.says("Rates were cut")
    world.site.corrects("story-1", "Fed raises its rate")
    await rounds(world, 2)

    [message] = [message for message in world.devchat.chats.by_id[READER].messages.values() if message.get("edit_date")]
    assert "Fed raises its rate" in message["text"]
    assert world.told(READER, SAID) == 0
    assert world.told(READER, "Fed raises its rate") == 1


async def test_of_several_headlines_in_one_message_only_the_corrected_one_changes(world: World) -> None:
    world.site.says("Fed chair speaks", "speech")
    await rounds(world, 1)
    world.site.corrects("speech", "Fed chair keeps silent")
    await rounds(world, 2)

    assert world.told(READER, SAID) == world.told(READER, "Fed chair keeps silent") == 1
    assert len(world.devchat.texts(READER)) == 1


async def test_a_correction_of_a_message_that_is_gone_is_not_told_anew(world: World) -> None:
    await rounds(world, 1)
    world.devchat.breaks(Fault(Refusal(400, "Bad Request: message to edit not found"), "editMessageText"))
    world.site.corrects("story-1", "Fed raises its rate")
    await rounds(world, 3)

    assert world.told(READER, "Fed raises its rate") == 0
