"""The registry of topics: every index hears of every change, and nobody keeps what nobody wants."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.news.errors import StoreError
from bot.news.model import Subscription
from bot.store.topics import TOPICS_A_READ, Change
from tests.store.conftest import known


async def test_a_topic_is_registered_once(topics, clock):
    await topics.register("t1", "fed", clock.now())
    await topics.register("t1", "FED", clock.now())
    position = await topics.position()
    assert await known(topics) == {"t1": "fed"}
    assert (await topics.changes("0-0")).changes == (Change("t1", "fed"),)
    assert (await topics.changes(position)).changes == ()


async def test_an_index_hears_of_what_came_after_it_was_loaded(topics, clock):
    empty = await topics.position()
    await topics.register("t1", "fed", clock.now())
    position = await topics.position()
    await topics.register("t2", "rates", clock.now())
    heard = await topics.changes(position)
    assert heard.changes == (Change("t2", "rates"),)
    assert (await topics.changes(heard.position)).changes == ()
    assert len((await topics.changes(empty)).changes) == 2


async def test_an_index_that_missed_too_much_is_told_to_load_again(topics, database, clock):
    await topics.register("t1", "fed", clock.now())
    position = await topics.position()
    await topics.register("t2", "rates", clock.now())
    await database.call("XTRIM", "{topics}:changes", "MAXLEN", 1)
    assert await topics.changes(position) is None
    assert await topics.changes("99999999999999-0") is None


async def test_what_no_chat_wants_is_forgotten_after_a_day(topics, chats, clock):
    await topics.register("wanted", "fed", clock.now())
    await topics.register("unwanted", "rates", clock.now())
    await chats.subscribe(Subscription(7, "wanted", "fed", clock.now()), 50)
    position = await topics.position()
    clock.tick(hours=23)
    assert await topics.prune(clock.now()) == 0
    clock.tick(hours=2)
    assert await topics.prune(clock.now()) == 1
    assert await known(topics) == {"wanted": "fed"}
    assert (await topics.changes(position)).changes == (Change("unwanted", None),)
    await chats.unsubscribe(7, "wanted")
    clock.tick(days=2)
    assert await topics.prune(clock.now()) == 1


async def test_a_topic_that_is_wanted_is_not_looked_at_every_time(topics, chats, database, clock):
    await topics.register("wanted", "fed", clock.now())
    await chats.subscribe(Subscription(7, "wanted", "fed", clock.now()), 50)
    clock.tick(days=2)
    await topics.prune(clock.now())
    since = clock.now() - timedelta(days=1)
    assert await database.call("ZCOUNT", "{topics}:checked", "-inf", int(since.timestamp() * 1000)) == 0


async def test_whoever_registers_a_topic_has_a_day_to_subscribe(topics, clock):
    await topics.register("t1", "fed", clock.now())
    clock.tick(days=2)
    await topics.register("t1", "fed", clock.now())
    assert await topics.prune(clock.now()) == 0


async def test_a_million_topics_come_in_parts(topics, clock):
    many = {f"t{number}": f"word{number}" for number in range(2 * TOPICS_A_READ + 1)}
    await topics.register_all(many.items(), clock.now())
    parts = [part async for part in topics.everything()]
    assert len(parts) > 1
    assert {topic_id: expression for part in parts for topic_id, expression in part.items()} == many


async def test_what_changes_while_everything_is_read_is_heard_of_after_it(topics, clock):
    await topics.register_all([(f"t{number}", "fed") for number in range(2 * TOPICS_A_READ)], clock.now())
    position = await topics.position()
    async for _ in topics.everything():
        await topics.register("late", "rates", clock.now())
    assert (await topics.changes(position)).changes == (Change("late", "rates"),)


async def test_topics_that_go_away_while_they_are_read_are_missed_and_not_taken_for_all(topics, database, clock):
    await topics.register_all([(f"t{number}", "fed") for number in range(5 * TOPICS_A_READ)], clock.now())
    reading = topics.everything()
    assert await anext(reading)
    await database.call("DEL", "{topics}:expressions")
    with pytest.raises(StoreError, match="topics went away"):
        [part async for part in reading]
