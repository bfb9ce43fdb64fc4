"""Chats: meeting them, what they want, and how they leave, move and are forgotten."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from bot.news.alerts import Owed
from bot.news.answers import Caller
from bot.news.errors import StoreError, TooManySubscriptions
from bot.news.model import ChatKind, Subscription
from bot.store import keys
from bot.store.chats import GRACE, Chats, Met
from bot.store.database import Database
from bot.store.keys import of_chat
from bot.store.managed import Managed
from bot.store.outbox import Outbox
from bot.store.topics import Topics
from tests.store.conftest import known

LEASE = timedelta(seconds=60)
GROUP = -1001234567890


async def follow(chats: Chats, topics: Topics, chat: int, topic: str, clock) -> Subscription:
    """As the desk does it."""
    wish = Subscription(chat, topic, f"about {topic}", clock.now())
    await topics.register(topic, wish.expression, clock.now())
    await chats.subscribe(wish, 50)
    return wish


@pytest.fixture
def traces(database, every_key):
    """Tells every key that bears a chat's id, or holds it as a member."""

    async def of(chat: int) -> list[str]:
        found = []
        for key in every_key():
            kind = await database.call("TYPE", key)
            read = {"set": ("SMEMBERS",), "zset": ("ZRANGE", 0, -1), "hash": ("HKEYS",)}.get(kind)
            members = await database.call(read[0], key, *read[1:]) if read else []
            if str(chat) in key.split(":") or str(chat) in members:
                found.append(key)
        return found

    return of


async def test_a_chat_is_new_once(chats, clock):
    assert await chats.meet(Caller(7, ChatKind.PRIVATE, "Ada"), clock.now()) is Met.NEW
    assert await chats.meet(Caller(7, ChatKind.PRIVATE, "Ada L."), clock.now()) is Met.KNOWN
    assert await chats.count() == 1


async def test_a_subscription_is_kept_as_it_was_typed(chats, topics, clock):
    wish = await follow(chats, topics, 7, "fed", clock)
    assert await chats.subscriptions(7) == [wish]
    assert await chats.subscribe(wish, 50) is False


async def test_wishes_are_listed_oldest_first(chats, topics, clock):
    for topic in ("zebra", "ant"):
        await follow(chats, topics, 7, topic, clock)
        clock.tick(seconds=1)
    assert [wish.topic for wish in await chats.subscriptions(7)] == ["zebra", "ant"]


async def test_a_chat_can_want_only_so_much(chats, clock):
    assert await chats.subscribe(Subscription(7, "one", "one", clock.now()), 1) is True
    with pytest.raises(TooManySubscriptions):
        await chats.subscribe(Subscription(7, "two", "two", clock.now()), 1)
    assert await chats.subscribe(Subscription(7, "one", "one", clock.now()), 1) is False


async def test_unsubscribing_takes_out_what_is_owed_for_that_topic_alone(chats, topics, outbox, clock):
    for topic in ("fed", "rates"):
        await follow(chats, topics, 7, topic, clock)
    await outbox.owe("h1", ["fed"], clock.now())
    clock.tick(seconds=1)
    await outbox.owe("h2", ["fed", "rates"], clock.now())
    ended = await chats.unsubscribe(7, "fed")
    assert ended is not None
    assert ended.expression == "about fed"
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    assert mailbox.owed == (Owed("h2", "rates", "about rates"),)
    assert await chats.unsubscribe(7, "fed") is None


async def test_after_the_last_wish_nothing_is_due(chats, topics, outbox, clock):
    await follow(chats, topics, 7, "fed", clock)
    await outbox.owe("h1", ["fed"], clock.now())
    await chats.unsubscribe(7, "fed")
    assert (await outbox.backlog()).chats == 0
    assert await outbox.owe("h2", ["fed"], clock.now()) == 0


async def test_nothing_is_owed_to_a_chat_that_is_gone(chats, topics, outbox, clock):
    await chats.meet(Caller(7, ChatKind.PRIVATE, "Ada"), clock.now())
    await follow(chats, topics, 7, "fed", clock)
    await outbox.owe("h1", ["fed"], clock.now())
    await chats.gone(7, "bot was blocked by the user", clock.now())
    assert await outbox.owe("h2", ["fed"], clock.now()) == 0
    assert (await outbox.backlog()).chats == 0
    assert await chats.count() == 0


async def test_who_comes_back_finds_every_topic_again(chats, topics, outbox, clock):
    await chats.meet(Caller(7, ChatKind.PRIVATE, "Ada"), clock.now())
    wish = await follow(chats, topics, 7, "fed", clock)
    await chats.gone(7, "blocked", clock.now())
    clock.tick(days=2)
    await topics.prune(clock.now())
    assert await known(topics) == {}

    assert await chats.meet(Caller(7, ChatKind.PRIVATE, "Ada"), clock.now()) is Met.RESTORED
    assert await known(topics) == {"fed": "about fed"}
    assert await chats.subscriptions(7) == [wish]
    assert await outbox.owe("h1", ["fed"], clock.now()) == 1
    assert await chats.meet(Caller(7, ChatKind.PRIVATE, "Ada"), clock.now()) is Met.KNOWN


async def test_a_chat_that_comes_back_is_not_told_again_what_it_was_told_before(chats, topics, outbox, clock):
    await follow(chats, topics, 7, "fed", clock)
    await outbox.owe("h1", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.settle(mailbox, ["h1"], 41, clock.now(), clock.now())
    await chats.gone(7, "blocked", clock.now())
    await chats.meet(Caller(7, ChatKind.PRIVATE, ""), clock.now())
    await outbox.owe("h1", ["fed"], clock.now())
    assert await outbox.draw(10, clock.now() + LEASE, LEASE) == []


async def test_what_somebody_managed_is_forgotten_in_time_after_they_blocked_us_unless_they_come_back(
    chats, database, clock
):
    managed, ada = Managed(database), Caller(7, ChatKind.PRIVATE)
    await chats.meet(ada, clock.now())
    await managed.begin(7, GROUP, clock.now())

    await chats.gone(7, "blocked", clock.now())
    assert 0 < await database.call("TTL", of_chat(keys.MANAGES, 7)) <= GRACE.total_seconds()
    await chats.meet(ada, clock.now())
    assert await database.call("TTL", of_chat(keys.MANAGES, 7)) > GRACE.total_seconds()
    assert await managed.chats(7) == [GROUP]


async def test_the_wishes_of_a_chat_that_is_gone_are_forgotten_in_time(chats, topics, database, clock, traces):
    await chats.meet(Caller(7, ChatKind.PRIVATE, "Ada"), clock.now())
    await follow(chats, topics, 7, "fed", clock)
    await chats.gone(7, "blocked", clock.now())
    lives = [await database.call("TTL", key) for key in await traces(7)]
    assert lives
    assert all(0 < life <= 30 * 86400 for life in lives)


async def busy(chats: Chats, topics: Topics, outbox, chat: int, clock) -> None:
    """A chat that leaves a trace everywhere."""
    await chats.meet(Caller(chat, ChatKind.GROUP, "The desk"), clock.now())
    for topic in ("fed", "rates"):
        await follow(chats, topics, chat, topic, clock)
    await outbox.owe("h1", ["fed"], clock.now())
    await outbox.owe("h2", ["fed", "rates"], clock.now())
    mailbox = next(box for box in await outbox.draw(10, clock.now(), LEASE) if box.chat == chat)
    await outbox.postpone(mailbox, clock.now())
    await outbox.settle(mailbox, ["h1"], 41, clock.now(), clock.now())
    await outbox.postpone(mailbox, clock.now())
    await chats.shown(chat, ["h1", "h2"])
    await chats.remember(chat, 40, ["h1"])


async def test_a_chat_that_is_forgotten_leaves_no_trace(chats, topics, outbox, database, clock, traces):
    await busy(chats, topics, outbox, GROUP, clock)
    assert len(await traces(GROUP)) >= 9
    await chats.forget(GROUP)
    assert await traces(GROUP) == []
    await chats.forget(GROUP)


async def test_settling_after_the_chat_was_forgotten_writes_nothing(chats, topics, outbox, database, clock, traces):
    await chats.meet(Caller(7, ChatKind.PRIVATE, "Ada"), clock.now())
    await follow(chats, topics, 7, "fed", clock)
    await outbox.owe("h1", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await chats.forget(7)
    await outbox.settle(mailbox, ["h1"], 41, clock.now(), clock.now() + timedelta(seconds=1))
    await outbox.postpone(mailbox, clock.now())
    await outbox.drop(mailbox, ["h1"])
    assert await traces(7) == []


async def test_everything_of_a_group_moves_with_it(chats, topics, outbox, database, clock, traces):
    await busy(chats, topics, outbox, -7, clock)
    await chats.move(-7, GROUP, clock.now())
    assert await traces(-7) == []
    assert [wish.topic for wish in await chats.subscriptions(GROUP)] == ["fed", "rates"]
    assert await chats.last_shown(GROUP) == ("h1", "h2")
    assert await chats.count() == 1
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    assert (mailbox.chat, mailbox.owed) == (GROUP, (Owed("h2", "fed", "about fed", ("rates",)),))
    await outbox.owe("h1", ["fed"], clock.now())
    assert await outbox.draw(10, clock.now() + timedelta(hours=1), LEASE) == [mailbox], "h1 was told before the move"
    assert await chats.meet(Caller(GROUP, ChatKind.SUPERGROUP, "The desk"), clock.now()) is Met.KNOWN


async def test_moving_a_chat_that_nobody_knows_makes_none(chats, database, clock, traces):
    await chats.move(-7, GROUP, clock.now())
    assert await traces(GROUP) == []


@pytest.mark.parametrize("trips", range(1, 8))
async def test_a_move_that_was_cut_short_is_finished_by_moving_again(fused, clock, trips, traces):
    chats, topics, outbox = Chats(fused), Topics(fused), Outbox(fused)
    await busy(chats, topics, outbox, -7, clock)
    fused.left = trips
    with suppress(fused.cut):
        await chats.move(-7, GROUP, clock.now())
    fused.left = 10**9
    assert await outbox.owe("h3", ["rates"], clock.now()) >= 1
    await chats.move(-7, GROUP, clock.now())
    assert await traces(-7) == []
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    assert (mailbox.chat, set(mailbox.owed)) == (
        GROUP,
        {Owed("h2", "fed", "about fed", ("rates",)), Owed("h3", "rates", "about rates")},
    )


@pytest.mark.parametrize("trips", range(1, 5))
async def test_a_chat_that_comes_back_while_the_power_goes_is_restored_the_next_time(fused, clock, trips):
    chats, topics, outbox = Chats(fused), Topics(fused), Outbox(fused)
    await chats.meet(Caller(7, ChatKind.PRIVATE, "Ada"), clock.now())
    await follow(chats, topics, 7, "fed", clock)
    await chats.gone(7, "blocked", clock.now())
    clock.tick(days=2)
    await topics.prune(clock.now())
    fused.left = trips
    with suppress(fused.cut):
        await chats.meet(Caller(7, ChatKind.PRIVATE, "Ada"), clock.now())
    fused.left = 10**9
    await chats.meet(Caller(7, ChatKind.PRIVATE, "Ada"), clock.now())
    assert await known(topics) == {"fed": "about fed"}
    assert await outbox.owe("h1", ["fed"], clock.now()) == 1


async def test_what_a_message_showed_is_known_for_the_newest_messages(chats):
    for message in range(120):
        await chats.remember(7, message, ["h1", f"h{message}"])
    assert await chats.told(7, 119) == ("h1", "h119")
    assert await chats.told(7, 19) == ()
    await chats.remember(7, 119, ["h5"])
    assert await chats.told(7, 119) == ("h5",)
    await chats.remember(7, 118, ["h5"])
    assert await chats.told(7, 119) == ("h5",)


async def test_the_rows_last_shown_are_remembered(chats):
    assert await chats.last_shown(7) == ()
    await chats.shown(7, ["h1", "h2"])
    assert await chats.last_shown(7) == ("h1", "h2")


async def test_a_redis_that_is_away_is_a_store_error_without_the_password(tmp_path, clock):
    away = Database.connect(f"unix://user:hunter2@{tmp_path}/nobody")
    with pytest.raises(StoreError) as told:
        await Chats(away).count()
    assert "hunter2" not in str(told.value)
    await away.close()
