"""The one way to Redis: addresses, scripts, and errors that hold no secret."""

from __future__ import annotations

import asyncio
import socket

import pytest

from bot.news.errors import ConfigError, StoreError
from bot.store.database import Database, lua
from bot.store.replicas import CONFIRMED, Replicas
from bot.store.topics import Topics
from tests.store.conftest import known


async def test_a_script_that_the_server_forgot_is_sent_again(database, topics, clock):
    await topics.register("t1", "fed", clock.now())
    await database.call("SCRIPT", "FLUSH")
    await topics.register("t2", "rates", clock.now())
    assert set(await known(topics)) == {"t1", "t2"}


async def test_what_the_server_refuses_is_a_store_error(database):
    await database.call("SET", "article:x", "text")
    for refused in (database.call("HGETALL", "article:x"), database.pipeline([("HGETALL", "article:x")])):
        with pytest.raises(StoreError, match="WRONGTYPE"):
            await refused
    with pytest.raises(StoreError, match="WRONGTYPE"):
        await database.run("told", ["article:x"], [1, "h", 1, 1])


async def test_hundreds_of_exchanges_at_once_wait_for_their_turn(database):
    await asyncio.gather(*(database.ping() for _ in range(500)))


@pytest.mark.parametrize(
    "url",
    [
        "redis://user:hunter2/x@host:6379",
        "redis://user:hunter2@host:hunter2",
        "redis+cluster://user:hunter2@host:hunter2",
        "http://user:hunter2@host",
        "redis+cluster://",
        "redis://user:hunter2@host?no_such_option=1",
    ],
)
def test_an_address_that_is_none_is_a_sentence_without_the_password(url):
    with pytest.raises(ConfigError) as told:
        Database.connect(url)
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize("scheme", ["redis", "redis+cluster"])
async def test_a_server_that_is_away_is_a_store_error_without_the_password(scheme):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        database = Database.connect(f"{scheme}://user:hunter2@127.0.0.1:{nobody.getsockname()[1]}")
        for exchange in (
            database.ping(),
            database.pipeline([("PING",)]),
            database.run("hold", ["{pace}:hold"], [1, 1]),
        ):
            with pytest.raises(StoreError) as told:
                await exchange
            assert "hunter2" not in str(told.value)
        await database.close()


async def test_a_wrong_password_is_not_repeated(redis_url):
    scheme, _, place = redis_url.partition("://")
    database = Database.connect(f"{scheme}://user:hunter%21two@{place}")
    with pytest.raises(StoreError) as told:
        await database.ping()
    assert "hunter" not in str(told.value)
    await database.close()
    await database.close()


async def test_a_write_counts_when_every_replica_that_could_take_over_has_it(redis_url, clock):
    careful = Database.connect(redis_url, Replicas(wanted=1, within_ms=1))
    registered = Topics(careful).register("fed", "fed", clock.now())
    if redis_url.startswith("redis+cluster"):  # which knows that nobody could
        await registered
    else:
        with pytest.raises(StoreError, match="0 of 1 replicas"):
            await registered
    await careful.close()


def test_every_step_that_is_confirmed_is_a_script_of_ours():
    assert all(lua(f"{script}.lua") for script in CONFIRMED)
