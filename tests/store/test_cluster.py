"""The bot on a real Redis Cluster: three masters with a replica each, one of which dies, and slots that move."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.app import App
from bot.news.errors import StoreError
from bot.store.cluster import GRACE
from bot.store.database import Database
from bot.store.keys import DUE, SHARDS, STREAM, TOPICS, of_shard, shard_of
from bot.store.replicas import NONE, Replicas
from bot.store.server import PATIENCE
from bot.store.topics import Topics
from tests.clusters import Member, MovingSlot, RealCluster, cluster_of, until
from tests.conftest import SERVERS
from tests.world import World, world_on

SAID = "Fed holds its rate"
WAITS = "[redis]\nwait_replicas = 1\nwait_ms = 500\n"
# cluster-node-timeout is 0.5 s in these clusters: a replica that was promoted is in its place within some two seconds.
FAILED_OVER = 15
# What is about our own patience alone need not be tried on every kind of server.
on_one_kind = pytest.mark.parametrize("formed", ["valkey"], indirect=True, scope="session")


@pytest.fixture(scope="session", params=[name for name, path in SERVERS.items() if path])
def formed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealCluster]:
    """Six processes of each kind that is installed."""
    with cluster_of(str(SERVERS[request.param]), tmp_path_factory.mktemp("six"), masters=3, replicas=1) as made:
        yield made


@pytest.fixture
def cluster(formed: RealCluster) -> RealCluster:
    """A cluster that is whole and empty."""
    formed.whole()
    formed.empty()
    return formed


@pytest.fixture
async def connect(cluster: RealCluster) -> AsyncIterator[Callable[..., Database]]:
    """Opens databases on the cluster."""
    async with AsyncExitStack() as stack:

        def connected(replicas: Replicas = NONE) -> Database:
            database = Database.connect(cluster.url, replicas)
            stack.push_async_callback(database.close)
            return database

        yield connected


@pytest.fixture
async def world(cluster: RealCluster, tmp_path: Path) -> AsyncIterator[World]:
    """A small working world whose Redis is the cluster; what is owed has to be on a replica."""
    async with world_on(cluster.url, tmp_path, bot=WAITS) as world:
        yield world


def readers(cluster: RealCluster) -> dict[int, Member]:
    """Three chats in different shards, each on another master than the stream's or another's."""
    found: dict[int, Member] = {}
    for chat in range(101, 101 + SHARDS):
        master = cluster.master_of(of_shard(DUE, shard_of(chat)))
        if master not in found.values():
            found[chat] = master
    assert len(found) == 3
    return found


async def said(world: World, app: App, chats: dict[int, Member]) -> None:
    """The chats follow the Fed, the site has been looked at once, and now it tells of the Fed."""
    for chat in chats:
        await world.joins(app, chat)
        await world.follows(app, chat, "fed")
    await app.workers.round()
    world.clock.tick(minutes=10)
    world.site.says(SAID)


async def going_on(world: World, app: App, done: Callable[[], bool]) -> float:
    """Let the bot go on as its loops would until something has come true; how many seconds that took."""
    begun = time.monotonic()
    while not done():
        assert time.monotonic() - begun < FAILED_OVER, "the bot does not go on by itself"
        try:
            await app.workers.round()
        except* StoreError:
            pass
        world.clock.tick(minutes=1)
    return time.monotonic() - begun


def told(world: World, chats: Iterable[int]) -> dict[int, int]:
    return {chat: world.told(chat, SAID) for chat in chats}


async def test_a_headline_reaches_chats_on_every_master(cluster, world):
    chats = readers(cluster)
    async with world.app() as app:
        await said(world, app, chats)
        await app.workers.round()
        await app.workers.gardener.step()
    assert set(told(world, chats).values()) == {1}


async def test_a_script_that_one_node_does_not_know_is_sent_to_it_again(cluster, connect):
    database = connect()
    runs = [([f"{{s{shard:02d}}}:tries:1"], [shard, 60_000]) for shard in range(SHARDS)]
    assert await database.run_each("hold", runs) == [1] * SHARDS
    cluster.master_of(runs[0][0][0]).do("SCRIPT", "FLUSH")
    assert await database.run_each("hold", runs) == [1] * SHARDS


@on_one_kind
async def test_what_one_command_of_many_is_refused_for_does_not_lose_the_others(connect):
    database = connect()
    await database.pipeline([("SET", f"{{s{shard:02d}}}:tries:1", shard) for shard in range(SHARDS)])
    await database.call("DEL", "{s07}:tries:1")
    await database.call("ZADD", "{s07}:tries:1", 1, "one")
    gets = [("GET", f"{{s{shard:02d}}}:tries:1") for shard in range(SHARDS)]
    found = await database.pipeline_reachable(gets)
    assert found == [None if shard == 7 else str(shard) for shard in range(SHARDS)]
    with pytest.raises(StoreError, match="WRONGTYPE"):
        await database.pipeline(gets)


async def test_a_slot_that_moves_during_the_walk_delays_it_and_breaks_no_step_in_two(cluster, world):
    chats = readers(cluster)
    moving = MovingSlot(cluster, of_shard(DUE, shard_of(min(chats))))
    async with world.app() as app:
        await said(world, app, chats)
        moving.begin()
        before = cluster.everything(of_slot=moving.slot)
        refused = moving.refused()
        moving.bring(moving.keys()[::2])
        walk = asyncio.create_task(going_on(world, app, lambda: min(told(world, chats).values()) > 0))
        await asyncio.to_thread(until, lambda: moving.refused() > refused)
        assert cluster.everything(of_slot=moving.slot) == before
        moving.finish()
        await walk
    assert set(told(world, chats).values()) == {1}


async def test_single_commands_follow_a_key_that_has_moved_already_over_any_connection(cluster, connect):
    database = connect()
    keys = [f"{{s07}}:tries:{number}" for number in range(20)]
    await asyncio.gather(*(database.call("SET", key, key) for key in keys))
    moving = MovingSlot(cluster, keys[0])
    moving.begin()
    moving.bring(keys[::2])
    assert await asyncio.gather(*(database.call("GET", key) for key in keys)) == keys
    assert await database.pipeline([("GET", key) for key in keys]) == keys
    moving.finish()
    assert await asyncio.gather(*(database.call("GET", key) for key in keys)) == keys


@pytest.mark.parametrize("whose", ["stream", "chat"])
async def test_a_master_that_is_killed_in_the_middle_of_the_walk_loses_nothing(cluster, world, whose):
    chats = readers(cluster)
    chat = next(chat for chat, master in chats.items() if master is not cluster.master_of(STREAM.name))
    async with world.app() as app:
        await said(world, app, chats)
        async with asyncio.TaskGroup() as group:
            await app.workers.poller.step(group)
        if whose == "chat":
            await app.workers.alerter.step()
        (chats[chat] if whose == "chat" else cluster.master_of(STREAM.name)).kill()
        await going_on(world, app, lambda: min(told(world, chats).values()) > 0)
        await app.workers.round()
    assert set(told(world, chats).values()) == {1}


@on_one_kind
async def test_a_master_that_hangs_is_given_up_for_the_replica_that_was_promoted(cluster, connect):
    database = connect()
    gets = [("GET", f"{{s{shard:02d}}}:tries:1") for shard in range(SHARDS)]
    await database.pipeline([("SET", key, "here") for _, key in gets])
    hanging = cluster.master_of(gets[0][1])
    hanging.freeze()
    try:
        begun = time.monotonic()
        assert await database.pipeline(gets) == ["here"] * SHARDS
        assert time.monotonic() - begun < PATIENCE + GRACE
    finally:
        hanging.thaw()


@on_one_kind
async def test_the_others_answers_do_not_wait_for_a_master_that_is_away(cluster, connect):
    database = connect()
    runs = [([f"{{s{shard:02d}}}:tries:1"], [shard, 60_000]) for shard in range(SHARDS)]
    await database.run_each("hold", runs)
    cluster.master_of(runs[0][0][0]).kill()
    begun = time.monotonic()
    assert set(await database.run_reachable("hold", runs)) == {1, None}
    assert time.monotonic() - begun < 1
    assert await database.run_each("hold", runs) == [1] * SHARDS  # patiently


async def test_what_must_not_be_lost_fails_until_a_replica_confirms_it(cluster, connect, clock):
    careful = Topics(connect(Replicas(wanted=1, within_ms=500)))
    await careful.register("fed", "fed", clock.now())
    with cluster.apart(cluster.master_of(TOPICS.name)):
        for _ in range(2):  # the second time there is nothing left to write; it is as unconfirmed as before
            with pytest.raises(StoreError, match="0 of 1 replicas"):
                await careful.register("rates", "rates", clock.now())
        await Topics(connect()).register("gold", "gold", clock.now())
    cluster.whole()
    await careful.register("rates", "rates", clock.now())


@pytest.mark.parametrize("waits", [True, False], ids=["confirmed", "unconfirmed"])
async def test_a_failover_to_a_replica_that_lags_loses_what_was_not_confirmed_and_nothing_else(
    cluster, tmp_path, waits
):
    chats = readers(cluster)
    chat = next(chat for chat, master in chats.items() if master is not cluster.master_of(STREAM.name))
    async with world_on(cluster.url, tmp_path, bot=WAITS if waits else "") as world, world.app() as app:
        await said(world, app, chats)
        async with asyncio.TaskGroup() as group:
            await app.workers.poller.step(group)
        with cluster.apart(chats[chat]):
            if waits:
                with pytest.raises(StoreError, match="0 of 1 replicas"):
                    await app.workers.alerter.step()
            else:
                await app.workers.alerter.step()
            chats[chat].kill()
        others = [other for other in chats if other != chat]
        await going_on(world, app, lambda: min(told(world, chats if waits else others).values()) > 0)
        await app.workers.round()
    assert told(world, chats) == dict.fromkeys(chats, 1) | ({} if waits else {chat: 0})


@on_one_kind
async def test_an_exchange_that_is_cancelled_leaves_no_answer_for_the_next(connect):
    database = connect()
    await database.pipeline([("SET", f"article:{number}", number) for number in range(50)])
    for _ in range(20):
        task = asyncio.create_task(database.pipeline([("GET", f"article:{number}") for number in range(50)]))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
    assert await database.pipeline([("GET", f"article:{number}") for number in range(50)]) == [
        str(number) for number in range(50)
    ]
