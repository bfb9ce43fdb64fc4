"""An announcement goes to every chat once, without a sound, behind everything else, and whatever the power does."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.news.announcements import Announcement, Stage
from bot.news.model import ChatKind
from bot.ports import Urgency
from bot.store.database import Database
from bot.store.keys import HEARS, of_shard, shard_of
from bot.store.permits import Limits, RedisPermits
from bot.workers.herald import Herald
from tests.test_power_cuts import Mains, PowerCut, mains  # noqa: F401 - a fixture
from tests.world import World, world_on

BY = 9
READERS = (101, 102, 103, 104)
TEXT = "We move tonight"
SPOKEN = ("en", "fr")


@pytest.fixture
async def database(redis_url: str):
    database = Database.connect(redis_url)
    yield database
    await database.close()


@pytest.fixture
async def world(redis_url: str, tmp_path: Path):
    async with world_on(redis_url, tmp_path) as world:
        async with world.app() as app:
            for chat in (BY, *READERS):
                await world.joins(app, chat)
        yield world


async def begun(world: World, **to) -> None:
    async with world.app() as app:
        assert await app.stores.announcements.begin(Announcement("a1", f"<b>{TEXT}</b>", BY, **to))


async def carried_out(world: World) -> None:
    """A process sends what is left, to the end."""
    async with world.app() as app:
        while (await app.stores.announcements.job()).stage is not Stage.DONE:
            await app.workers.herald.step()
            world.clock.tick(seconds=1)


def told(world: World) -> dict[int, int]:
    return {chat: world.told(chat, TEXT) for chat in (BY, *READERS) if chat in world.devchat.chats.by_id}


async def test_everybody_hears_it_once_and_without_a_sound(world):
    await begun(world)
    await carried_out(world)
    assert set(told(world).values()) == {1}
    assert all(len(world.devchat.chats.find(chat).silent) == 1 for chat in READERS)
    async with world.app() as app:
        progress = await app.stores.announcements.progress()
    assert (progress.sent, progress.left) == (5, 0)


async def test_a_chat_that_wants_none_hears_none_and_one_language_may_be_chosen(world):
    async with world.app() as app:
        chats = app.stores.database
        await chats.call("HSET", "{s37}:chat:101", "choices", '{"announcements":false}')
        await chats.call("HSET", "{s38}:chat:102", "choices", '{"lang":"fr"}')
        await chats.call("HSET", "{s39}:chat:103", "lang", "fr")
        audience = await app.stores.announcements.audience(SPOKEN)
    assert audience.counts == {(ChatKind.PRIVATE, "fr"): 2, (ChatKind.PRIVATE, "en"): 2}
    await begun(world, lang="fr")
    await carried_out(world)
    assert [chat for chat, times in told(world).items() if times] == [102, 103]


async def test_channels_hear_it_only_if_that_is_said(world):
    async with world.app() as app:
        await app.stores.database.call("HSET", "{s37}:chat:101", "kind", "channel")
    await begun(world)
    await carried_out(world)
    assert told(world)[101] == 0


async def test_it_can_be_stopped_and_is_not_sent_twice_at_once(world):
    await begun(world)
    async with world.app() as app:
        store = app.stores.announcements
        assert await store.begin(Announcement("a1", TEXT, BY))  # the same tap, brought again
        assert not await store.begin(Announcement("a2", TEXT, BY))
        await store.stop(Announcement("a1", TEXT, BY))
        assert not await app.workers.herald.step()
        assert (await store.progress()).left == 0
        assert await store.begin(Announcement("a2", TEXT, BY))
    assert set(told(world).values()) == {0}


async def test_who_was_forgotten_meanwhile_hears_nothing_and_leaves_no_trace(world):
    await begun(world)
    async with world.app() as app:
        await app.stores.announcements.owe(Announcement("a1", TEXT, BY), SPOKEN)
        await app.desk.door.forget(101)
        left = await app.stores.database.call("SMEMBERS", of_shard(HEARS, shard_of(101)))
    assert not left
    await carried_out(world)
    assert told(world)[101] == 0


async def test_two_processes_tell_nobody_twice(world):
    await begun(world)
    async with world.app() as one, world.app() as other:
        rivals = [one.workers.herald, _as_another_process(other)]
        for _ in range(6):
            for herald in rivals:
                await herald.step()
            world.clock.tick(seconds=1)
    assert set(told(world).values()) == {1}


def _as_another_process(app) -> Herald:
    stores = app.stores
    return Herald(
        stores.announcements, stores.chats, stores.choices, app.workers.herald._tongues,
        app.workers.herald._messenger, app.clock, "elsewhere:1",
    )  # fmt: skip


async def test_alerts_leave_no_place_to_announcements_where_they_fill_the_budget(database, clock):
    permits, now = RedisPermits(database, Limits(per_second=30)), clock.now()
    alerts = 0
    for _ in range(40):  # a second of alerts, as many as there are places
        given = await permits.take(range(1000 + alerts, 1010 + alerts), Urgency.ALERT, clock.now())
        alerts += sum(bool(permit.id) for permit in given)
        clock.tick(milliseconds=25)
    [permit] = await permits.take([1], Urgency.ANNOUNCEMENT, clock.now())
    assert alerts >= 20
    assert not permit.id
    assert clock.now() > now


async def test_announcements_leave_places_to_whoever_comes(database, clock):
    permits = RedisPermits(database, Limits(per_second=30))
    given = await permits.take(range(1, 60), Urgency.ANNOUNCEMENT, clock.now())
    assert sum(bool(permit.id) for permit in given) == 20
    replies = await permits.take(range(100, 110), Urgency.REPLY, clock.now())
    assert all(permit.id and not permit.wait for permit in replies)


@pytest.mark.timeout(600)
async def test_a_power_cut_at_any_call_loses_nobody_and_doubles_only_what_was_on_the_wire(
    redis_url: str,
    empty,
    tmp_path: Path,
    mains: Mains,  # noqa: F811 - the fixture
) -> None:
    number = 0
    while True:
        for side in ("before", "after"):
            empty()
            mains.calls, mains.cut_at = [], (number, side)
            async with world_on(redis_url, tmp_path / f"{number}-{side}") as world:
                async with world.app() as app:
                    for chat in (BY, *READERS[:2]):
                        await world.joins(app, chat)
                    await app.stores.announcements.begin(Announcement("a1", TEXT, BY))
                    mains.counting = True
                    try:
                        for _ in range(3):
                            await app.workers.herald.step()
                            world.clock.tick(seconds=1)
                    except (PowerCut, BaseExceptionGroup):
                        pass
                    mains.counting = mains.off = False
                    owed = {chat for chat in told(world) if await _is_owed(app, chat)}  # on the wire, or not begun
                    done = len(mains.calls) <= number
                    await app.stores.database.call("DEL", "{announce}:herald")  # its lease has run out
                await carried_out(world)
                counts = told(world)
                where = f"a cut {side} call {number}: {counts}"
                assert min(counts.values()) >= 1, where
                assert {chat for chat, times in counts.items() if times > 1} <= owed, where
                assert max(counts.values()) <= 2, where
            if done:
                assert number > 10
                return
        number += 1


async def _is_owed(app, chat: int) -> bool:
    return bool(await app.stores.database.call("SISMEMBER", of_shard(HEARS, shard_of(chat)), chat))
