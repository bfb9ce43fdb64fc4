"""The index that a process keeps of all topics: all of them at its first look, then every change."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.news.evidence import Around
from bot.news.model import Headline
from bot.store.database import Database
from bot.store.topics import TOPICS_A_READ, Topics
from bot.workers.index import TopicIndex

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def says(title: str) -> Headline:
    return Headline("h", title, "https://example.org/", "bbc", NOON, NOON, lang="en")


@pytest.fixture
async def database(redis_url: str) -> AsyncIterator[Database]:
    database = Database.connect(redis_url)
    yield database
    await database.close()


@pytest.fixture
def topics(database: Database) -> Topics:
    return Topics(database)


async def test_an_index_has_every_topic_after_its_first_look(topics: Topics) -> None:
    many = {f"t{number}": f"word{number}" for number in range(3 * TOPICS_A_READ)}
    await topics.register_all(many.items(), NOON)
    index = TopicIndex(topics, ())
    await index.follow()
    for number in (0, TOPICS_A_READ, len(many) - 1):
        assert index.match(says(f"Of word{number}")) == {f"t{number}"}
    assert gc.isenabled()


async def test_the_process_does_other_things_while_the_index_loads(topics: Topics) -> None:
    await topics.register_all(((f"t{number}", f"word{number}") for number in range(5 * TOPICS_A_READ)), NOON)
    index, turns, loaded = TopicIndex(topics, ()), 0, asyncio.Event()

    async def do_other_things() -> None:
        nonlocal turns
        while not loaded.is_set():
            turns += 1
            await asyncio.sleep(0)

    other = asyncio.create_task(do_other_things())
    await index.follow()
    loaded.set()
    await other
    assert turns >= 5


async def test_the_process_does_other_things_while_a_language_is_made_ready(topics: Topics) -> None:
    await topics.register_all(((f"t{number}", f"word{number}") for number in range(3000)), NOON)
    index, turns, ready = TopicIndex(topics, ()), 0, asyncio.Event()
    await index.follow()

    async def do_other_things() -> None:
        nonlocal turns
        while not ready.is_set():
            turns += 1
            await asyncio.sleep(0)

    other = asyncio.create_task(do_other_things())
    await index.prepare(["en"])
    ready.set()
    await other
    assert turns >= 5
    assert index.match(says("Of word1999")) == {"t1999"}


async def test_an_index_follows_what_comes_goes_and_comes_again(topics: Topics) -> None:
    index = TopicIndex(topics, ())
    await index.follow()
    await topics.register_all([("fed", "fed"), ("rates", "rates or yields")], NOON)
    await index.follow()
    assert index.match(says("Fed and yields")) == {"fed", "rates"}
    assert await topics.prune(NOON + timedelta(days=2)) == 2
    await index.follow()
    assert index.match(says("Fed and yields")) == set()
    await topics.register("fed", "fed", NOON)
    await index.follow()
    assert index.match(says("Fed and yields")) == {"fed"}


async def test_an_index_that_missed_too_much_loads_everything_again(topics: Topics, database: Database) -> None:
    index = TopicIndex(topics, ())
    await topics.register("fed", "fed", NOON)
    await index.follow()
    await topics.register_all([("rates", "rates"), ("cpi", "cpi")], NOON)
    await database.call("XTRIM", "{topics}:changes", "MAXLEN", 1)
    await index.follow()
    assert index.match(says("Fed rates after CPI")) == {"fed", "rates", "cpi"}


async def test_a_topic_of_another_version_is_passed_over_and_the_others_are_found(topics: Topics) -> None:
    await topics.register_all([("odd", '"never closed'), ("fed", "fed")], NOON)
    index = TopicIndex(topics, ())
    await index.follow()
    assert index.match(says("Fed never closed")) == {"fed"}


async def test_an_index_tells_which_meanings_to_look_for(topics: Topics) -> None:
    await topics.register_all([("climate", '~"climate policy"'), ("fed", "fed")], NOON)
    index = TopicIndex(topics, ())
    await index.follow()
    (meaning,) = index.meanings
    assert index.match(says("Green"), Around(meanings=frozenset({meaning}))) == {"climate"}
    assert index.match(says("Green")) == set()
