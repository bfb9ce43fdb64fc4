"""Telegram's budget: never exceeded, shared by all, with a part kept for people who wait."""

from __future__ import annotations

from datetime import timedelta

from bot.ports import Permit, Urgency
from bot.store.permits import Limits, RedisPermits

GROUP = -1001234567890
SECOND = timedelta(seconds=1)


async def taken(permits: RedisPermits, chats, urgency: Urgency, now) -> list[Permit]:
    asked = [await permits.take(chat, urgency, now) for chat in chats]
    return [permit for permit in asked if permit.id]


async def test_the_whole_bot_makes_thirty_calls_a_second(database, clock):
    permits = RedisPermits(database)
    assert len(await taken(permits, range(1, 60), Urgency.REPLY, clock.now())) == 30


async def test_processes_share_one_budget(database, clock):
    one, other = RedisPermits(database), RedisPermits(database)
    got = await taken(one, range(1, 21), Urgency.REPLY, clock.now())
    got += await taken(other, range(21, 60), Urgency.REPLY, clock.now())
    assert len(got) == 30


async def test_alerts_leave_a_share_to_replies(database, clock):
    permits = RedisPermits(database)
    assert len(await taken(permits, range(1, 60), Urgency.ALERT, clock.now())) == 27
    assert len(await taken(permits, range(100, 160), Urgency.REPLY, clock.now())) == 3


async def test_a_place_is_free_one_second_after_the_answer_and_not_before(database, clock):
    permits = RedisPermits(database, Limits(per_second=1))
    first = await permits.take(1, Urgency.REPLY, clock.now())
    assert first.wait == timedelta(0)
    clock.tick(seconds=5)  # still under way: it may reach Telegram this very moment
    refused = await permits.take(2, Urgency.REPLY, clock.now())
    assert (refused.id, refused.wait) == ("", SECOND)
    await permits.answered(first, clock.now())
    clock.tick(seconds=0.4)
    assert (await permits.take(2, Urgency.REPLY, clock.now())).wait == timedelta(seconds=0.6)
    clock.tick(seconds=0.6)
    assert (await permits.take(2, Urgency.REPLY, clock.now())).id


async def test_a_call_whose_process_died_is_given_up_after_half_a_minute(database, clock):
    permits = RedisPermits(database, Limits(per_second=1))
    await permits.take(1, Urgency.REPLY, clock.now())
    clock.tick(seconds=31)
    assert (await permits.take(2, Urgency.REPLY, clock.now())).id


async def test_who_waits_as_long_as_told_gets_the_permit(database, clock):
    permits = RedisPermits(database, Limits(per_second=3, reply_share=0.3))
    for chat in range(1, 30):
        permit = await permits.take(chat, Urgency.ALERT, clock.now())
        while not permit.id:
            assert permit.wait > timedelta(0)
            await clock.sleep(permit.wait)
            permit = await permits.take(chat, Urgency.ALERT, clock.now())
        await permits.answered(permit, clock.now())
    assert clock.now().minute == 0
    assert clock.now().second == 14  # two a second


async def test_a_chat_is_alerted_once_a_second(database, clock):
    permits = RedisPermits(database)
    first = await permits.take(7, Urgency.ALERT, clock.now())
    await permits.answered(first, clock.now())
    assert (await permits.take(7, Urgency.ALERT, clock.now())).wait == SECOND
    assert (await permits.take(8, Urgency.ALERT, clock.now())).id
    clock.tick(seconds=1)
    assert (await permits.take(7, Urgency.ALERT, clock.now())).id


async def test_somebody_who_asks_five_things_is_answered_at_once_and_then_once_a_second(database, clock):
    permits = RedisPermits(database)
    for _ in range(5):
        await permits.answered(await permits.take(7, Urgency.REPLY, clock.now()), clock.now())
        clock.tick(seconds=0.1)
    assert (await permits.take(7, Urgency.REPLY, clock.now())).wait == timedelta(seconds=4.5)
    clock.tick(seconds=4.5)
    assert (await permits.take(7, Urgency.REPLY, clock.now())).id


async def test_a_refused_permit_takes_nothing_from_the_budget(database, clock):
    permits = RedisPermits(database, Limits(per_second=2))
    await permits.answered(await permits.take(7, Urgency.ALERT, clock.now()), clock.now())
    for _ in range(10):
        assert not (await permits.take(7, Urgency.ALERT, clock.now())).id
    assert (await permits.take(8, Urgency.REPLY, clock.now())).id


async def test_a_group_is_written_to_twenty_times_a_minute(database, clock):
    permits = RedisPermits(database)
    start = clock.now()
    for _ in range(20):
        permit = await permits.take(GROUP, Urgency.REPLY, clock.now())
        assert permit.id
        await permits.answered(permit, clock.now())
        clock.tick(seconds=1)
    refused = await permits.take(GROUP, Urgency.REPLY, clock.now())
    assert clock.now() + refused.wait == start + timedelta(minutes=1)


async def test_calls_that_write_to_no_chat_count_for_the_bot_alone(database, clock):
    permits = RedisPermits(database)
    assert len(await taken(permits, [None] * 40, Urgency.REPLY, clock.now())) == 30


async def test_silence_in_one_chat_leaves_the_others_alone(database, clock):
    permits = RedisPermits(database)
    await permits.hold(7, clock.now() + 30 * SECOND, clock.now())
    assert (await permits.take(7, Urgency.REPLY, clock.now())).wait == 30 * SECOND
    assert (await permits.take(8, Urgency.ALERT, clock.now())).id
    clock.tick(seconds=30)
    assert (await permits.take(7, Urgency.REPLY, clock.now())).id


async def test_silence_everywhere_holds_replies_too(database, clock):
    permits = RedisPermits(database)
    await permits.hold(None, clock.now() + 30 * SECOND, clock.now())
    await permits.hold(None, clock.now() + 3 * SECOND, clock.now())
    for chat in (None, 7):
        assert (await permits.take(chat, Urgency.REPLY, clock.now())).wait == 30 * SECOND


async def test_an_answer_without_a_permit_is_no_error(database, clock):
    await RedisPermits(database).answered(Permit("", SECOND), clock.now())
