"""What is kept has a bound, also where nobody comes to take it away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.news.announcements import Announcement
from bot.news.answers import Caller
from bot.news.holding import Hold
from bot.news.model import ChatKind, Source, Subscription
from bot.store import keys
from bot.store.announcements import Announcements
from bot.store.holds import Holds
from bot.store.managed import Managed
from bot.store.outbox import MAILBOX_HOLDS
from bot.store.sources import Sources

READER, PERSON = 7, 9
LEASE, WEEKS = timedelta(seconds=30), timedelta(days=30)


@pytest.fixture
async def reader(chats, topics, clock) -> int:
    """Somebody who follows the Fed."""
    await chats.meet(Caller(READER, ChatKind.PRIVATE), clock.now())
    await topics.register("fed", "fed", clock.now())
    await chats.subscribe(Subscription(READER, "fed", "fed", clock.now()), 50)
    return READER


async def test_a_chat_that_holds_its_mail_for_weeks_keeps_the_newest(reader, outbox, database, clock):
    await outbox.owe("first", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await Holds(database).hold([Hold(reader, clock.now() + WEEKS, "-")], clock.now())
    old = [(f"old{number}", f"{number},fed") for number in range(3 * MAILBOX_HOLDS)]  # what came in weeks
    await database.call("HSET", keys.of_chat(keys.MAIL, reader), *(part for pair in old for part in pair))
    await outbox.owe("last", ["fed"], clock.now())
    await outbox.draw(10, clock.now(), LEASE)
    assert await database.call("HLEN", keys.of_chat(keys.MAIL, reader)) == MAILBOX_HOLDS
    clock.instant += WEEKS
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    assert {"first", "last", old[-1][0]} <= {owed.name for owed in mailbox.owed}
    assert old[0][0] not in {owed.name for owed in mailbox.owed}


async def test_who_blocked_the_bot_manages_nothing_for_ever(chats, database, clock):
    await chats.meet(Caller(PERSON, ChatKind.PRIVATE), clock.now())
    await Managed(database).begin(PERSON, -1001, clock.now())
    await chats.gone(PERSON, "blocked", clock.now())
    assert 0 < await database.call("TTL", keys.of_chat(keys.MANAGES, PERSON)) <= WEEKS.total_seconds()
    await chats.meet(Caller(PERSON, ChatKind.PRIVATE), clock.now())
    assert await database.call("TTL", keys.of_chat(keys.MANAGES, PERSON)) > WEEKS.total_seconds()
    assert await Managed(database).chats(PERSON) == [-1001]


async def test_what_a_chat_was_told_ends_where_it_has_moved_to_as_well(reader, chats, outbox, database, clock):
    await outbox.owe("h1", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.settle(mailbox, ["h1"], 1, clock.now(), clock.now() + LEASE)
    await chats.move(reader, -100500, clock.now())
    assert 0 < await database.call("TTL", keys.of_chat(keys.SENT, -100500)) <= timedelta(days=7).total_seconds()


async def test_an_announcement_that_nobody_finishes_is_forgotten(reader, database, clock):
    announcements, word = Announcements(database), Announcement("a1", "Hello", 7)
    await announcements.begin(word)
    await announcements.owe(word, ["en"])
    await announcements.moved(reader, 8)
    for chat in (reader, 8):
        key = keys.of_shard(keys.HEARS, keys.shard_of(chat))
        assert await database.call("TTL", key) != -1, "it would be there for ever"


async def test_a_source_that_was_removed_is_not_paused_when_it_comes_back(database, clock):
    sources = Sources(database)
    await sources.add(Source("wire", "https://wire.example/feed"))
    await sources.rest("wire")
    await sources.remove("wire")
    assert await sources.paused() == frozenset()
