"""What a chat holds for later by its own wish, and what wakes it before that."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.news.alerts import Form
from bot.news.answers import Caller
from bot.news.holding import MANY_A_DAY, Hold
from bot.news.model import ChatKind, Subscription
from bot.store.choices import Choices
from bot.store.holds import Holds

LEASE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)
NIGHT = timedelta(hours=9)
READER = 7


@pytest.fixture
def holds(database) -> Holds:
    return Holds(database)


@pytest.fixture
async def held(chats, outbox, holds, clock):
    """Holds what a reader of two topics is owed, until the morning."""
    await chats.meet(Caller(READER, ChatKind.PRIVATE, ""), clock.now())
    for topic in ("fed", "oil"):
        await chats.subscribe(Subscription(READER, topic, topic, clock.now()), 50)
    await outbox.owe("h1", ["fed"], clock.now())

    async def hold(wakes: str = "-") -> None:
        [mailbox] = await outbox.draw(10, clock.now(), LEASE)
        await holds.hold([Hold(mailbox.chat, clock.now() + NIGHT, wakes)], clock.now())

    return hold


async def drawn(outbox, clock) -> set[str]:
    return {owed.name for box in await outbox.draw(10, clock.now(), LEASE) for owed in box.owed}


async def test_what_is_held_is_drawn_when_its_time_has_come_with_all_that_came_since(held, outbox, clock):
    await held()
    clock.tick(hours=1)
    await outbox.owe("h2", ["oil"], clock.now())
    assert await drawn(outbox, clock) == set()
    clock.tick(hours=8)
    assert await drawn(outbox, clock) == {"h1", "h2"}


async def test_what_breaks_wakes_whom_it_may_wake_and_nobody_else(held, outbox, clock):
    await held("!")
    await outbox.owe("h2", ["oil"], clock.now())
    assert await drawn(outbox, clock) == set()
    await outbox.owe("h3", ["oil"], clock.now(), breaks=True)
    assert await drawn(outbox, clock) == {"h1", "h2", "h3"}


async def test_a_pause_is_not_broken(held, outbox, clock):
    await held("-")
    await outbox.owe("h3", ["oil"], clock.now(), breaks=True)
    assert await drawn(outbox, clock) == set()


async def test_a_story_that_begins_to_break_while_it_is_held_wakes(held, outbox, clock):
    await held("!")
    await outbox.correct("h1", ["fed"], clock.now())
    assert await drawn(outbox, clock) == set()
    await outbox.correct("h1", ["fed"], clock.now(), breaks=True)
    assert await drawn(outbox, clock) == {"h1"}


async def test_what_another_topic_brings_wakes_whoever_holds_some_topics(held, outbox, clock):
    await held("*,fed,")
    await outbox.owe("h2", ["fed"], clock.now())
    assert await drawn(outbox, clock) == set()
    await outbox.owe("h2", ["oil"], clock.now())
    assert await drawn(outbox, clock) == {"h1", "h2"}


async def test_who_was_woken_is_nobody_elses_before_the_lease_has_run_out(held, outbox, clock):
    await held("*,fed,")
    await outbox.owe("h2", ["oil"], clock.now())
    assert await drawn(outbox, clock) == {"h1", "h2"}
    await outbox.owe("h3", ["oil"], clock.now())
    assert await drawn(outbox, clock) == set()
    clock.tick(seconds=60)
    assert await drawn(outbox, clock) == {"h1", "h2", "h3"}


async def test_what_comes_while_it_is_decided_what_is_held_is_looked_at(held, outbox, holds, clock):
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.owe("h2", ["oil"], clock.now())
    assert await drawn(outbox, clock) == set()
    await holds.hold([Hold(mailbox.chat, clock.now() + NIGHT, "*,fed,")], clock.now())
    assert await drawn(outbox, clock) == {"h1", "h2"}


async def test_who_chooses_anew_is_looked_at_at_once(held, outbox, database, clock):
    choices = Choices(database)
    await held("-")
    await choices.change(READER, lambda now: replace(now, silent=True), clock.now())
    assert await drawn(outbox, clock) == {"h1"}


async def test_who_chooses_anew_while_it_is_decided_what_is_held_is_looked_at(held, outbox, holds, database, clock):
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await Choices(database).change(READER, lambda now: replace(now, silent=True), clock.now())
    assert await drawn(outbox, clock) == set()
    await holds.hold([Hold(mailbox.chat, clock.now() + NIGHT, "-")], clock.now())
    assert await drawn(outbox, clock) == {"h1"}


async def test_of_a_chat_that_was_forgotten_nothing_is_held(held, chats, outbox, holds, database, clock):
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await chats.forget(READER)
    await holds.hold([Hold(mailbox.chat, clock.now() + NIGHT, "-")], clock.now())
    assert await database.call("EXISTS", "{s07}:chat:7", "{s07}:mail:7") == 0


async def test_what_a_group_holds_moves_with_it_and_is_looked_at_anew(chats, outbox, holds, clock):
    old, new = -7, -100500
    for chat in (old, new):
        await chats.meet(Caller(chat, ChatKind.GROUP, ""), clock.now())
        await chats.subscribe(Subscription(chat, "fed", "fed", clock.now()), 50)
    await outbox.owe("h1", ["fed"], clock.now())
    boxes = await outbox.draw(10, clock.now(), LEASE)
    await holds.hold([Hold(box.chat, clock.now() + NIGHT, "-") for box in boxes], clock.now())
    await chats.move(old, new, clock.now())
    assert [box.chat for box in await outbox.draw(10, clock.now(), LEASE)] == [new]


async def test_what_was_told_and_is_to_be_repeated_stays_and_is_known_as_told(held, outbox, clock):
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.settle(mailbox, ["h1"], 41, clock.now(), clock.now() + SECOND, again=True)
    clock.tick(seconds=1)
    await outbox.owe("h1", ["fed", "oil"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    assert [(owed.name, owed.topics, owed.told) for owed in mailbox.owed] == [("h1", ("fed",), True)]
    await outbox.settle(mailbox, ["h1"], 42, clock.now(), clock.now() + SECOND, Form.DIGEST)
    assert (await outbox.backlog()).chats == 0


async def test_a_topic_that_is_given_up_takes_along_what_was_to_be_repeated(held, chats, outbox, clock):
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.settle(mailbox, ["h1"], 41, clock.now(), clock.now() + SECOND, again=True)
    await chats.unsubscribe(READER, "fed")
    assert (await outbox.backlog()).chats == 0


async def test_a_message_is_corrected_in_the_form_in_which_it_was_told(held, chats, outbox, clock):
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.settle(mailbox, ["h1"], 41, clock.now(), clock.now() + SECOND, Form.DIGEST)
    assert await chats.told(READER, 41) == ("h1",)
    clock.tick(seconds=1)
    await outbox.correct("h1", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    assert [(wrong.message, wrong.form) for wrong in mailbox.wrong] == [(41, Form.DIGEST)]


async def told_so_often(outbox, clock, times: int) -> None:
    for number in range(times):
        await outbox.owe(f"at-{clock.now():%d-%H-%M}", ["fed"], clock.now())
        [mailbox] = await outbox.draw(10, clock.now(), LEASE)
        names = [owed.name for owed in mailbox.owed]
        await outbox.settle(mailbox, names, number, clock.now(), clock.now() + SECOND)
        clock.tick(minutes=10)


async def test_the_messages_of_a_day_are_counted_for_those_who_want_a_limit(held, outbox, database, clock):
    await Choices(database).change(READER, lambda now: replace(now, most_a_day=2), clock.now())
    clock.tick(seconds=61)
    await told_so_often(outbox, clock, 3)
    clock.tick(days=2)
    await told_so_often(outbox, clock, 2)
    await outbox.owe("last", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    assert [clock.now() - at for at in mailbox.told_at] == [timedelta(minutes=20), timedelta(minutes=10)]


async def test_others_are_counted_only_when_they_are_told_very_much_and_only_until_they_were_asked(held, outbox, clock):
    await told_so_often(outbox, clock, MANY_A_DAY - 1)
    await outbox.owe("last", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    assert len(mailbox.told_at) == MANY_A_DAY - 1
    await outbox.settle(mailbox, ["last"], 99, clock.now(), clock.now() + SECOND, Form.OFFER)
    clock.tick(seconds=1)
    await outbox.owe("more", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    assert mailbox.told_at == ()
