"""What every released version wrote is opened by this one: people are answered, and told, as if nothing had happened.

tests/data/written holds what each of them left (tests/lived.py); 0.1.0 wrote no version of its data.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import redis

from bot.app import App
from bot.news.errors import ConfigError
from bot.opening import opened_stores
from bot.store.database import Database
from bot.store.schema import CURRENT, STEPS, Schema
from tests.conftest import FakeClock
from tests.lived import ADA, BEN, BLOCKED, GONE, ME, SITE, answering, answers, put, says
from tests.world import World, world_on

WRITTEN = sorted((Path(__file__).parent / "data" / "written").glob("*.jsonl"))


def client_of(url: str) -> redis.Redis:
    return redis.Redis(unix_socket_path=url.removeprefix("unix://"), decode_responses=True)


@pytest.fixture
async def world(redis_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with world_on(redis_url, tmp_path) as world:
        yield world


def written_by(version: Path, redis_url: str, world: World) -> None:
    """Put there what a version left, ten minutes after noon."""
    text = version.read_text(encoding="utf-8").replace(SITE, world.site.url)
    with client_of(redis_url) as client:
        for line in text.splitlines():
            put(client, json.loads(line))
    world.clock.tick(minutes=11)


@pytest.mark.parametrize("version", WRITTEN, ids=lambda version: version.stem)
async def test_people_are_answered_and_told_as_before(version: Path, world: World, redis_url: str):
    written_by(version, redis_url, world)
    async with world.app() as app:
        for chat in (ADA, BEN, GONE, BLOCKED):
            world.devchat.chats.open({"id": chat, "type": "private", "first_name": f"Reader {chat}"})
        said = await answers(world, app)
        await it_is_all_there(said)
        await what_was_owed_is_told(world, app)


async def it_is_all_there(said: dict[str, str]) -> None:
    assert "1. /subscribe fed" in said[f"{ME} /topics"]
    assert "2. /subscribe morocco -football" in said[f"{ME} /topics"]
    assert "Français" in said[f"{ME} /settings"]
    assert "22:00" in said[f"{ME} /settings"]
    assert "18:00" in said[f"{ADA} /settings"]
    for title in ("Rain again in the south", "Rain in Morocco at last", "Fed holds its rate"):
        assert title in said[f"{BEN} /latest"]
    assert "Fed holds its rate" in said[f"{BEN} /latest fed"]


async def what_was_owed_is_told(world: World, app: App) -> None:
    async with answering(app):
        await says(world, GONE, "/start")
    assert [wish.expression for wish in await app.desk.wishes.topics(GONE)] == ["fed"]
    assert [each.ident for each in await app.desk.gate.blocked()] == [BLOCKED]
    assert [each.title for each in await app.desk.managing.chats(ME)] == ["Traders"]
    assert {source.name for source in await app.stores.sources.added()} == {"wire"}
    assert await app.stores.sources.paused() == {"wire"}
    world.site.says("Fed speaks", "speaks")
    world.clock.tick(minutes=30)
    await app.workers.round()
    assert world.told(ME, "Fed speaks") == 1
    world.clock.tick(days=2)
    await app.workers.round()
    assert "Fed holds its rate" in world.devchat.texts(ADA)[-1]
    assert "Rain again in the south" in world.devchat.texts(BEN)[-1]


async def test_whatever_opens_redis_says_which_version_its_data_has(world: World, redis_url: str):
    async with opened_stores(world.settings):
        pass
    with client_of(redis_url) as client:
        assert client.get("schema") == str(CURRENT)


async def test_what_a_newer_version_wrote_is_refused_in_a_sentence_and_left_alone(world: World, redis_url: str):
    with client_of(redis_url) as client:
        client.set("schema", CURRENT + 1)
        with pytest.raises(ConfigError, match=rf"newer headline-bot wrote \(version {CURRENT + 1}"):
            async with opened_stores(world.settings):
                pytest.fail("it was opened")
        assert client.keys("*") == ["schema"]


OLD = {"due": "1795435872964", "failures": "3", "etag": '"abc"', "kind": "rss", "found": "12"}


async def test_the_state_of_a_source_that_had_a_field_for_each_part_is_read_on(redis_url: str, clock: FakeClock):
    with client_of(redis_url) as client:
        client.hset("{sources}:state:wire", mapping=OLD)
        client.expire("{sources}:state:wire", 1000)
        database = Database.connect(redis_url)
        await Schema(database).settle()
        await database.close()
        [(field, text)] = client.hgetall("{sources}:state:wire").items()
        assert (field, json.loads(text)["failures"], json.loads(text)["etag"]) == ("state", 3, '"abc"')
        assert 990 < client.ttl("{sources}:state:wire") <= 1000


def test_a_step_that_is_done_twice_is_done_once():
    for step in STEPS:
        once = step.change(OLD)
        assert step.change(once) == once


class Cut(Exception):
    """The power is off."""


class Fused(Database):
    """A database whose power goes off after `left` exchanges."""

    left = 10**9

    async def trip(self, exchange):
        if not self.left:
            raise Cut
        self.left -= 1
        return await super().trip(exchange)


async def test_a_migration_that_is_cut_off_anywhere_is_begun_again(redis_url: str, empty):
    for cut in range(100):
        empty()
        with client_of(redis_url) as client:
            for number in range(5):
                client.hset(f"{{sources}}:state:{number}", mapping=OLD | {"found": str(number)})
            database = Fused.connect(redis_url)
            database.left = cut
            try:
                await Schema(database).settle()
                done = True
            except Cut:
                assert client.get("schema") is None
                done = False
            database.left = 10**9
            await Schema(database).settle()
            await database.close()
            states = [json.loads(client.hget(f"{{sources}}:state:{number}", "state")) for number in range(5)]
            assert [state.get("found", 0) for state in states] == list(range(5))
            assert client.get("schema") == str(CURRENT)
        if done:
            return
    pytest.fail("it never ended")


class Meanwhile(Database):
    """A database in which somebody else notes a poll just after it was read."""

    was_noted = False

    async def trip(self, exchange):
        answer = await super().trip(exchange)
        if answer == [OLD] and not self.was_noted:
            self.was_noted = True
            await super().trip(lambda: self._server.call(("DEL", "{sources}:state:wire")))
            await super().trip(lambda: self._server.call(("HSET", "{sources}:state:wire", "state", '{"found":99}')))
        return answer


async def test_what_somebody_writes_during_a_migration_is_not_written_over(redis_url: str):
    with client_of(redis_url) as client:
        client.hset("{sources}:state:wire", mapping=OLD)
        database = Meanwhile.connect(redis_url)
        await Schema(database).settle()
        await database.close()
        assert database.was_noted
        assert client.hgetall("{sources}:state:wire") == {"state": '{"found":99}'}
