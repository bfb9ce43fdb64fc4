"""The outbox: what is owed is told once, in order, and comes back when its sender dies."""

from __future__ import annotations

from datetime import timedelta

from bot.news.alerts import Mailbox, Owed, Wrong
from bot.news.answers import Caller
from bot.news.model import ChatKind, Subscription
from bot.store.codec import ms
from bot.store.database import Database
from bot.store.outbox import MAILBOX_HOLDS, Backlog

LEASE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)


async def follows(chats, clock, chat: int, *topics: str) -> None:
    await chats.meet(Caller(chat, ChatKind.PRIVATE, ""), clock.now())
    for topic in topics:
        await chats.subscribe(Subscription(chat, topic, topic, clock.now()), 50)


async def test_a_headline_is_owed_to_every_chat_that_wants_one_of_its_topics(chats, outbox, clock):
    for chat in range(1, 40):
        await follows(chats, clock, chat, "fed" if chat % 2 else "rates")
    await follows(chats, clock, -100, "sport")
    assert await outbox.owe("h1", ["fed", "rates"], clock.now()) == 39
    drawn = await outbox.draw(100, clock.now(), LEASE)
    assert {mailbox.chat for mailbox in drawn} == set(range(1, 40))
    assert all(len(mailbox.owed) == 1 for mailbox in drawn)


async def test_owing_twice_is_owing_once(chats, outbox, clock):
    await follows(chats, clock, 7, "fed", "rates")
    assert await outbox.owe("h1", ["fed"], clock.now()) == 1
    assert await outbox.owe("h1", ["fed", "rates"], clock.now()) == 0
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    assert [owed.headline for owed in mailbox.owed] == ["h1"]


async def test_a_headline_without_topics_is_owed_to_nobody(outbox, clock):
    assert await outbox.owe("h1", [], clock.now()) == 0


async def test_what_was_delivered_is_never_owed_again(chats, outbox, clock):
    await follows(chats, clock, 7, "fed")
    await outbox.owe("h1", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.settle(mailbox, ["h1"], 41, clock.now(), clock.now() + SECOND)
    await outbox.owe("h1", ["fed"], clock.now())
    assert await outbox.draw(10, clock.now() + LEASE, LEASE) == []
    assert await chats.told(7, 41) == ("h1",)
    assert (await outbox.backlog()).chats == 0


async def test_settling_twice_is_settling_once(chats, outbox, clock):
    await follows(chats, clock, 7, "fed")
    await outbox.owe("h1", ["fed"], clock.now())
    await outbox.owe("h2", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    for _ in range(2):
        await outbox.settle(mailbox, ["h1"], 41, clock.now(), clock.now() + SECOND)
    clock.tick(seconds=1)
    [left] = await outbox.draw(10, clock.now(), LEASE)
    assert left == Mailbox(7, (Owed("h2", "fed", "fed"),))


async def test_the_newest_headline_lies_on_top(chats, outbox, clock):
    await follows(chats, clock, 7, "fed")
    for headline in ("first", "second", "third"):
        await outbox.owe(headline, ["fed"], clock.now())
        clock.tick(seconds=1)
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    assert [owed.headline for owed in mailbox.owed] == ["third", "second", "first"]


async def test_a_chat_whose_sender_died_comes_back_when_the_lease_has_run_out(chats, outbox, clock):
    await follows(chats, clock, 7, "fed")
    await outbox.owe("h1", ["fed"], clock.now())
    first = await outbox.draw(10, clock.now(), LEASE)
    clock.tick(seconds=59)
    assert await outbox.draw(10, clock.now(), LEASE) == []
    clock.tick(seconds=1)
    assert await outbox.draw(10, clock.now(), LEASE) == first


async def test_what_is_owed_while_a_chat_is_being_written_to_waits_for_its_next_due_time(chats, outbox, clock):
    await follows(chats, clock, 7, "fed")
    await outbox.owe("h1", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.owe("h2", ["fed"], clock.now())
    assert await outbox.draw(10, clock.now(), LEASE) == []
    await outbox.settle(mailbox, ["h1"], 41, clock.now(), clock.now() + SECOND)
    assert await outbox.draw(10, clock.now(), LEASE) == []
    clock.tick(seconds=1)
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    assert mailbox.owed == (Owed("h2", "fed", "fed"),)


async def test_a_chat_that_was_just_written_to_rests_until_it_may_be_written_to_again(chats, outbox, clock):
    await follows(chats, clock, 7, "fed")
    await outbox.owe("h1", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.settle(mailbox, ["h1"], 41, clock.now(), clock.now() + 3 * SECOND)
    clock.tick(seconds=1)
    await outbox.owe("h2", ["fed"], clock.now())
    assert await outbox.draw(10, clock.now(), LEASE) == []
    clock.tick(seconds=2)
    assert len(await outbox.draw(10, clock.now(), LEASE)) == 1


async def test_a_failed_send_is_tried_again_at_its_time_and_counted(chats, outbox, clock):
    await follows(chats, clock, 7, "fed")
    await outbox.owe("h1", ["fed"], clock.now())
    for tries in range(3):
        [mailbox] = await outbox.draw(10, clock.now(), LEASE)
        assert mailbox.tries == tries
        await outbox.postpone(mailbox, clock.now() + 30 * SECOND)
        await outbox.postpone(mailbox, clock.now() + 30 * SECOND)
        clock.tick(seconds=29)
        await outbox.owe("h1", ["fed"], clock.now())
        assert await outbox.draw(10, clock.now(), LEASE) == []
        clock.tick(seconds=1)
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.settle(mailbox, ["h1"], 41, clock.now(), clock.now())
    await outbox.owe("h2", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    assert mailbox.tries == 0


async def test_what_is_dropped_is_not_owed_and_an_empty_mailbox_is_not_due(chats, outbox, clock):
    await follows(chats, clock, 7, "fed")
    await outbox.owe("h1", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.drop(mailbox, [])
    assert (await outbox.backlog()).chats == 1
    await outbox.drop(mailbox, ["h1"])
    assert (await outbox.backlog()).chats == 0
    clock.tick(seconds=60)
    assert await outbox.draw(10, clock.now(), LEASE) == []


async def test_who_has_waited_longest_is_drawn_first_whatever_the_shard(chats, outbox, clock):
    order = [33, 1, 18, 2, -5, 17, 900]
    for chat in order:
        await follows(chats, clock, chat, "fed")
    await outbox.owe("h1", ["fed"], clock.now())
    drawn = {mailbox.chat: mailbox for mailbox in await outbox.draw(10, clock.now(), LEASE)}
    for chat in order:
        clock.tick(seconds=1)
        await outbox.postpone(drawn[chat], clock.now())
    assert (await outbox.backlog()).chats == len(order)
    assert (await outbox.backlog()).oldest_due == clock.now() - (len(order) - 1) * SECOND
    first = await outbox.draw(3, clock.now(), LEASE)
    second = await outbox.draw(10, clock.now(), LEASE)
    assert [mailbox.chat for mailbox in first + second] == order


async def test_an_idle_outbox_has_nothing_to_draw(outbox, clock):
    assert await outbox.draw(10, clock.now(), LEASE) == []
    assert (await outbox.backlog()).oldest_due is None


async def test_a_mailbox_keeps_the_newest_headlines_when_it_overflows(chats, outbox, clock):
    await follows(chats, clock, 7, "fed")
    for number in range(MAILBOX_HOLDS + 5):
        await outbox.owe(f"h{number}", ["fed"], clock.now())
        clock.tick(seconds=1)
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    assert [owed.headline for owed in mailbox.owed] == [f"h{n}" for n in range(MAILBOX_HOLDS + 4, 4, -1)]


async def test_what_may_have_arrived_is_remembered_until_it_is_settled(chats, outbox, clock):
    await follows(chats, clock, 7, "fed")
    await outbox.owe("h1", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.postpone(mailbox, clock.now(), ["h1"])
    [again] = await outbox.draw(10, clock.now(), LEASE)
    assert (again.tries, again.doubtful) == (1, {"h1"})


async def test_a_chat_that_is_hurried_is_due_now_and_one_to_whom_nothing_is_owed_is_not(chats, outbox, clock):
    await follows(chats, clock, 7, "fed")
    await outbox.hurry(7, clock.now())
    assert await outbox.draw(10, clock.now(), LEASE) == []
    await outbox.owe("h1", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.postpone(mailbox, clock.now() + timedelta(days=1))
    await outbox.hurry(7, clock.now())
    assert await outbox.draw(10, clock.now(), LEASE) == [mailbox]


async def test_a_chat_that_is_hurried_remembers_what_may_have_arrived(chats, outbox, clock):
    await follows(chats, clock, 7, "fed")
    await outbox.owe("h1", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.postpone(mailbox, clock.now() + timedelta(days=1), ["h1"])
    await outbox.hurry(7, clock.now())
    [again] = await outbox.draw(10, clock.now(), LEASE)
    assert (again.tries, again.doubtful) == (0, {"h1"})


# Chats of one shard, as members of a topic: as few, some and many.
CROWD = range(64, 64 * 700, 64)


async def crowd(chats, clock, topic: str, members: range) -> None:
    for chat in members:
        await follows(chats, clock, chat, topic)


async def all_drawn(outbox, clock) -> list[Mailbox]:
    """Draw until nothing comes any more."""
    drawn: list[Mailbox] = []
    while more := await outbox.draw(100, clock.now(), LEASE):
        drawn += more
    return drawn


async def test_a_topic_is_the_same_for_few_some_and_many_chats(chats, outbox, clock):
    joined: set[int] = set()
    for members in (CROWD[:20], CROWD[20:21], CROWD[21:512], CROWD[512:]):
        await crowd(chats, clock, "fed", members)
        joined |= set(members)
        headline = f"h{len(joined)}"
        assert await outbox.owe(headline, ["fed"], clock.now()) == len(joined)
        drawn = await all_drawn(outbox, clock)
        assert sorted(mailbox.chat for mailbox in drawn) == sorted(joined)
        for mailbox in drawn:
            await outbox.settle(mailbox, [headline], None, clock.now(), clock.now())
    for chat in CROWD[1:]:
        await chats.unsubscribe(chat, "fed")
    assert await outbox.owe("last", ["fed"], clock.now()) == 1
    [mailbox] = await all_drawn(outbox, clock)
    assert mailbox.chat == CROWD[0]
    await chats.unsubscribe(CROWD[0], "fed")
    assert await outbox.owe("never", ["fed"], clock.now()) == 0


async def test_whoever_is_drawn_gets_everything_that_waits_for_it_at_once(chats, outbox, clock):
    await crowd(chats, clock, "fed", CROWD[:50])
    for headline in ("h1", "h2", "h3"):
        await outbox.owe(headline, ["fed"], clock.now())
        clock.tick(seconds=1)
    drawn = await all_drawn(outbox, clock)
    assert len(drawn) == 50
    assert {tuple(owed.headline for owed in mailbox.owed) for mailbox in drawn} == {("h3", "h2", "h1")}
    assert await outbox.backlog() == Backlog(50, clock.now() + LEASE)


async def test_few_do_not_wait_for_many_and_many_do_not_wait_for_ever(chats, outbox, clock):
    await crowd(chats, clock, "everything", CROWD)
    await outbox.owe("large", ["everything"], clock.now())
    small = range(64 * 1000, 64 * 1060, 64)
    await crowd(chats, clock, "rates", small)
    await outbox.owe("small", ["rates"], clock.now())
    first: list[str] = []
    for _ in range(40):
        clock.tick(milliseconds=1)
        first += [mailbox.owed[0].headline for mailbox in await outbox.draw(1, clock.now(), LEASE)]
    assert (first.count("small"), first.count("large")) == (30, 10)


async def test_a_chat_that_does_not_want_it_any_more_is_passed(chats, outbox, clock):
    await crowd(chats, clock, "fed", CROWD[:30])
    await outbox.owe("h1", ["fed"], clock.now())
    await chats.unsubscribe(CROWD[3], "fed")
    await chats.gone(CROWD[4], "blocked", clock.now())
    await chats.forget(CROWD[5])
    assert (await outbox.backlog()).chats == 27
    assert {mailbox.chat for mailbox in await all_drawn(outbox, clock)} == set(CROWD[:30]) - set(CROWD[3:6])


async def test_a_number_that_is_given_again_brings_nothing_of_the_chat_before(chats, outbox, clock):
    await crowd(chats, clock, "fed", CROWD[:3])
    await outbox.owe("h1", ["fed"], clock.now())
    await chats.forget(CROWD[1])
    await follows(chats, clock, CROWD[9], "rates")
    assert {mailbox.chat for mailbox in await all_drawn(outbox, clock)} == {CROWD[0], CROWD[2]}
    await outbox.owe("h2", ["rates"], clock.now())
    assert {mailbox.chat for mailbox in await all_drawn(outbox, clock)} == {CROWD[9]}


async def test_what_is_owed_to_many_moves_with_one_of_them(chats, outbox, clock):
    await crowd(chats, clock, "fed", CROWD[:3])
    await outbox.owe("h1", ["fed"], clock.now())
    await chats.move(CROWD[1], -1001234567890, clock.now())
    assert {mailbox.chat for mailbox in await all_drawn(outbox, clock)} == {CROWD[0], CROWD[2], -1001234567890}


async def test_one_that_rests_is_drawn_when_it_may_be_written_to(chats, outbox, clock):
    await crowd(chats, clock, "fed", CROWD[:2])
    await outbox.owe("h1", ["fed"], clock.now())
    for mailbox in await all_drawn(outbox, clock):
        await outbox.settle(mailbox, ["h1"], None, clock.now(), clock.now() + mailbox.chat // 64 * SECOND)
    await outbox.owe("h2", ["fed"], clock.now())
    for chat in CROWD[:2]:
        assert await all_drawn(outbox, clock) == []
        clock.tick(seconds=1)
        [mailbox] = await outbox.draw(1, clock.now(), LEASE)
        assert (mailbox.chat, mailbox.owed[0].headline) == (chat, "h2")


async def test_who_was_told_is_owed_the_correction_of_the_message_that_told_it(chats, outbox, clock):
    for chat in (7, 71):
        await follows(chats, clock, chat, "fed")
    await outbox.owe("h1", ["fed"], clock.now())
    [mailbox] = await outbox.draw(1, clock.now(), LEASE)
    await outbox.settle(mailbox, ["h1"], 41, clock.now(), clock.now() + SECOND)
    clock.tick(minutes=10)

    assert await outbox.correct("h1", ["fed"], clock.now()) == 2

    drawn = {box.chat: box for box in await outbox.draw(10, clock.now(), LEASE)}
    told, untold = drawn[mailbox.chat], drawn[78 - mailbox.chat]
    assert told == Mailbox(told.chat, (), wrong=(Wrong(f"h1! {ms(clock.now())}", 41, (Owed("h1", "fed", "fed"),)),))
    assert untold == Mailbox(untold.chat, (Owed("h1", "fed", "fed"),))  # it is told as it is now
    await outbox.drop(told, [told.wrong[0].correction])
    await outbox.settle(untold, ["h1"], 42, clock.now(), clock.now() + SECOND)
    assert (await outbox.backlog()).chats == 0


async def test_a_title_that_is_corrected_while_it_is_being_told_is_corrected_where_it_stands(chats, outbox, clock):
    await follows(chats, clock, 7, "fed")
    await outbox.owe("h1", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.correct("h1", ["fed"], clock.now())
    assert await outbox.draw(10, clock.now(), LEASE) == []
    await outbox.settle(mailbox, ["h1"], 41, clock.now(), clock.now() + SECOND)
    clock.tick(seconds=1)
    [told] = await outbox.draw(10, clock.now(), LEASE)
    assert [(wrong.message, wrong.tells) for wrong in told.wrong] == [(41, (Owed("h1", "fed", "fed"),))]


async def test_a_title_that_is_corrected_again_meanwhile_is_corrected_again(chats, outbox, clock):
    await follows(chats, clock, 7, "fed")
    await outbox.owe("h1", ["fed"], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.settle(mailbox, ["h1"], 41, clock.now(), clock.now() + SECOND)
    clock.tick(seconds=1)
    await outbox.correct("h1", ["fed"], clock.now())
    [first] = await outbox.draw(10, clock.now(), LEASE)
    clock.tick(seconds=1)
    await outbox.correct("h1", ["fed"], clock.now())
    assert await outbox.draw(10, clock.now(), LEASE) == []
    await outbox.drop(first, [first.wrong[0].correction])
    clock.tick(minutes=1)
    [second] = await outbox.draw(10, clock.now(), LEASE)
    await outbox.drop(second, [second.wrong[0].correction])
    assert (await outbox.backlog()).chats == 0


async def test_an_old_message_and_one_that_nobody_remembers_are_not_corrected(chats, outbox, clock):
    await follows(chats, clock, 7, "fed")
    for headline, message in (("old", 41), ("unknown", None)):
        await outbox.owe(headline, ["fed"], clock.now())
        [mailbox] = await outbox.draw(1, clock.now(), LEASE)
        await outbox.settle(mailbox, [headline], message, clock.now(), clock.now() + SECOND)
        clock.tick(hours=13 if headline == "old" else 1)
        await outbox.correct(headline, ["fed"], clock.now())
        assert await outbox.draw(10, clock.now(), LEASE) == []
    assert (await outbox.backlog()).chats == 0


async def test_a_correction_is_owed_even_to_a_chat_that_gives_up_another_topic(chats, outbox, clock):
    await follows(chats, clock, 7, "fed", "rates")
    await outbox.owe("h1", ["fed"], clock.now())
    [mailbox] = await outbox.draw(1, clock.now(), LEASE)
    await outbox.settle(mailbox, ["h1"], 41, clock.now(), clock.now() + SECOND)
    clock.tick(minutes=1)
    await outbox.correct("h1", ["fed"], clock.now())
    [drawn] = await outbox.draw(1, clock.now(), LEASE)
    await chats.unsubscribe(7, "rates")
    clock.tick(minutes=2)
    assert await outbox.draw(1, clock.now(), LEASE) == [drawn]


async def test_a_group_that_moves_while_a_headline_is_owed_is_owed_it(chats, outbox, database, clock, monkeypatch):
    old, new = -35, -58  # the old id's shard (29) comes after the new one's (6)
    await follows(chats, clock, old, "fed")
    run_each, passed = Database.run_each, 0

    async def moving(self, script, runs):
        nonlocal passed
        passed += script == "owe"
        if script == "owe" and passed == 3:
            await chats.move(old, new, clock.now())
        return await run_each(self, script, runs)

    monkeypatch.setattr(Database, "run_each", moving)
    await outbox.owe("h1", ["fed"], clock.now())
    assert [mailbox.chat for mailbox in await outbox.draw(10, clock.now(), LEASE)] == [new]
