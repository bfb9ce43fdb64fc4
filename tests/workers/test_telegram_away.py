"""An hour without Telegram, in every way in which it can be away, through the running walk."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.devchat.faults import Cut, Fault, Page
from bot.devchat.refusals import Refusal, said
from bot.store.keys import MAIL, of_chat
from tests.workers.walks import CHANNEL, GROUP, OTHER, READER, SAID_FIRST, counted, walk
from tests.world import World

AWAY = {
    **{matter: said(matter) for matter in ("error", "bad gateway", "unavailable", "late gateway", "two polls")},
    "no token": said("no token"),
    "no method": said("no method"),
    **{f"page {status}": Page(status) for status in (400, 403, 404, 502)},
}


@pytest.mark.parametrize("how", AWAY.values(), ids=AWAY)
async def test_an_hour_without_telegram_loses_nothing_and_its_end_is_noticed_soon(
    world: World, how: Refusal | Page
) -> None:
    world.devchat.breaks(Fault(how, "", lasts=True))
    with capture_logs() as log:
        async with world.app() as app:
            for _ in range(60):
                await app.workers.round()
                world.clock.tick(minutes=1)
            assert world.told(OTHER, SAID_FIRST) == 0
            world.devchat.mends()
            for _ in range(3):
                world.clock.tick(seconds=15)
                await app.workers.round()

    for chat in (READER, OTHER, GROUP, CHANNEL):
        assert world.told(chat, SAID_FIRST) == 1
    loud = [line["event"] for line in log if line["log_level"] not in {"info", "debug"}]
    assert [event.partition(":")[0] for event in loud] == ["Telegram is away", "Telegram is back"]
    assert len(log) < 20


async def test_an_hour_without_a_connection_loses_nothing_and_doubles_nothing(world: World) -> None:
    await world.devchat.stop()
    with capture_logs() as log:
        async with world.app() as app:
            for _ in range(60):
                await app.workers.round()
                world.clock.tick(minutes=1)
            await world.devchat.start()
            for _ in range(3):
                world.clock.tick(seconds=15)
                await app.workers.round()

    for chat in (READER, OTHER, GROUP, CHANNEL):
        assert world.told(chat, SAID_FIRST) == 1
    assert len(log) < 20


@pytest.mark.parametrize("how", [Cut.BEFORE, Cut.AFTER, Cut.HALF], ids=str)
async def test_an_hour_of_lost_answers_loses_nothing_and_doubles_only_what_was_on_the_wire(
    world: World, how: Cut
) -> None:
    world.devchat.breaks(Fault(how, "", lasts=True))
    async with world.app() as app:
        for _ in range(60):
            await app.workers.round()
            world.clock.tick(minutes=1)
        world.devchat.mends()
        for _ in range(3):
            world.clock.tick(seconds=15)
            await app.workers.round()
        metrics = app.workers.metrics.exposition().decode()

    for chat in (READER, OTHER, GROUP, CHANNEL):
        assert 1 <= world.told(chat, SAID_FIRST) <= 2
    assert 3 <= counted(metrics, "messages_doubtful_total") <= 5


async def test_a_lost_answer_is_sent_once_more_and_counted(world: World) -> None:
    world.devchat.breaks(Fault(Cut.AFTER, chat=READER))
    metrics = await walk(world)
    await walk(world)
    await walk(world)
    assert world.told(READER, SAID_FIRST) == 2
    assert counted(metrics, "messages_doubtful_total") == 1


async def test_a_token_that_is_revoked_is_seen_at_the_door_and_what_is_owed_waits(world: World) -> None:
    world.devchat.breaks(Fault(said("no token"), "", lasts=True))
    async with world.app() as app:
        await app.workers.round()
        assert await app.intake.trouble() == "Telegram does not know the token."
        assert (await app.stores.outbox.backlog()).chats == 4
        assert await app.stores.database.call("HLEN", of_chat(MAIL, READER)) == 1
        world.devchat.mends()
        world.clock.tick(seconds=30)
        await app.workers.round()
        assert await app.intake.trouble() == ""
        world.clock.tick(seconds=30)
        await app.workers.round()
    assert world.told(READER, SAID_FIRST) == 1
