"""Telegram's budget: never exceeded, shared by all, and a person's answer comes next."""

from __future__ import annotations

import itertools
import random
from datetime import datetime, timedelta

from bot.news.verdicts import Scope
from bot.ports import Permit, Urgency
from bot.store.permits import SPREAD, Budget, Counting, Limits, RedisPermits

GROUP = -1001234567890
SECOND = timedelta(seconds=1)
NO_TIME = timedelta()


async def taken(permits: RedisPermits, chats, urgency: Urgency, now) -> list[Permit]:
    """The permits for calls that may be made now."""
    asked = await permits.take(list(chats), urgency, now)
    return [permit for permit in asked if permit.id and not permit.wait]


async def one(permits: RedisPermits, chat: int | None, urgency: Urgency, now: datetime) -> Permit:
    [permit] = await permits.take([chat], urgency, now)
    return permit


async def test_the_whole_bot_makes_thirty_calls_a_second(database, clock):
    permits = RedisPermits(database)
    assert len(await taken(permits, range(1, 60), Urgency.REPLY, clock.now())) == 30


async def test_processes_share_one_budget(database, clock):
    first, other = RedisPermits(database), RedisPermits(database)
    got = await taken(first, range(1, 21), Urgency.REPLY, clock.now())
    got += await taken(other, range(21, 60), Urgency.REPLY, clock.now())
    assert len(got) == 30


async def test_how_much_of_the_budget_is_used_can_be_seen(database, clock):
    permits = RedisPermits(database, Limits(per_second=20))
    assert await permits.budget(clock.now()) == Budget(0, 20, None)
    for permit in await permits.take(range(1, 8), Urgency.REPLY, clock.now()):
        permits.answered(permit, NO_TIME, clock.now())
    await permits.note()
    await permits.hold(None, clock.now() + 5 * SECOND, clock.now())
    assert await permits.budget(clock.now()) == Budget(7, 20, clock.now() + 5 * SECOND)
    clock.tick(seconds=1)
    assert (await permits.budget(clock.now())).taken == 0


async def test_alerts_are_spread_evenly_over_the_second(database, clock):
    permits = RedisPermits(database)
    first, second, *_ = await permits.take(range(1, 60), Urgency.ALERT, clock.now())
    assert (bool(first.id), first.wait, second.id) == (True, NO_TIME, "")
    clock.tick(milliseconds=20)
    [second] = await permits.take([2], Urgency.ALERT, clock.now())
    assert timedelta(0) <= second.wait - (SPREAD * SECOND / 30 - timedelta(milliseconds=20)) < timedelta(milliseconds=1)


async def test_a_place_is_free_one_second_after_the_answer_and_not_before(database, clock):
    permits = RedisPermits(database, Limits(per_second=1))
    first = await one(permits, 1, Urgency.REPLY, clock.now())
    assert first.wait == NO_TIME
    clock.tick(seconds=3)  # still under way: it may reach Telegram this very moment
    refused = await one(permits, 2, Urgency.ALERT, clock.now())
    assert not refused.id
    assert NO_TIME < refused.wait < SECOND  # whoever waits looks again soon
    permits.answered(first, NO_TIME, clock.now())
    clock.tick(seconds=0.4)
    assert (await one(permits, 2, Urgency.REPLY, clock.now())).wait == timedelta(seconds=0.6)


async def test_a_call_whose_process_died_is_given_up_after_some_seconds(database, clock):
    permits = RedisPermits(database, Limits(per_second=1))
    await one(permits, 1, Urgency.REPLY, clock.now())
    clock.tick(seconds=10)
    assert (await one(permits, 2, Urgency.REPLY, clock.now())).wait == NO_TIME


async def test_a_server_that_counts_every_second_strictly_never_sees_too_much(database, clock):
    """Calls need 20 to 40 ms to arrive, and the answers as long again; places are given as early as may be."""
    permits, dice = RedisPermits(database, Limits(per_second=5)), random.Random(4)
    arrivals: list[datetime] = []
    answers: list[tuple[datetime, timedelta, Permit]] = []
    chats = itertools.count(1)
    began = clock.now()
    while clock.now() < began + 60 * SECOND:
        for permit in await permits.take([next(chats)], Urgency.ALERT, clock.now()):
            if permit.id:
                there, back = (timedelta(milliseconds=dice.uniform(20, 40)) for _ in range(2))
                arrivals.append(clock.now() + permit.wait + there)
                answers.append((arrivals[-1] + back, there + back, permit))
        clock.tick(milliseconds=5)
        for answer in [answer for answer in answers if answer[0] <= clock.now()]:
            answers.remove(answer)
            permits.answered(answer[2], answer[1], answer[0])
    arrivals.sort()
    assert all(later - earlier >= SECOND for earlier, later in zip(arrivals, arrivals[5:], strict=False))
    assert len(arrivals) >= 0.96 * 5 * 60


async def test_a_steady_server_is_given_every_place_each_second(database, clock):
    permits = RedisPermits(database, Limits(per_second=5, counting=Counting.BUCKET))
    made, chats, began = 0, itertools.count(1), clock.now()
    while clock.now() < began + 20 * SECOND:
        made += sum(bool(permit.id) for permit in await permits.take([next(chats)], Urgency.ALERT, clock.now()))
        clock.tick(milliseconds=5)
    assert 100 <= made <= 101


async def test_paid_calls_are_made_as_long_as_the_day_s_stars_last(database, clock):
    permits = RedisPermits(database, Limits(per_second=10, paid_per_second=50, stars_per_day=2))
    first = await permits.take(range(1, 200), Urgency.REPLY, clock.now())
    now = [permit for permit in first if permit.id and not permit.wait]
    assert [permit.paid for permit in now] == [False] * 10 + [True] * 20  # a tenth of a Star each
    clock.tick(days=1)
    assert len(await taken(permits, range(1, 200), Urgency.REPLY, clock.now())) == 30


async def test_alerts_are_spread_over_the_second_when_the_day_s_stars_are_spent_too(database, clock):
    permits = RedisPermits(database, Limits(paid_per_second=1000, stars_per_day=1))
    for _ in range(20):  # far more than ten paid messages
        await permits.take(range(1, 101), Urgency.ALERT, clock.now())
        clock.tick(seconds=0.02)
    clock.tick(minutes=1)
    given = await permits.take(range(101, 201), Urgency.ALERT, clock.now())
    assert sum(bool(permit.id) for permit in given) == 1


async def test_a_chat_is_alerted_once_a_second(database, clock):
    permits = RedisPermits(database)
    first = await one(permits, 7, Urgency.ALERT, clock.now())
    permits.answered(first, NO_TIME, clock.now())
    again, other = await permits.take([7, 8], Urgency.ALERT, clock.now())
    assert (again.id, again.wait, again.scope) == ("", SECOND, Scope.CHAT)
    assert other.scope is Scope.BOT  # it has to wait for an instant, as all alerts
    clock.tick(seconds=1)
    assert (await one(permits, 7, Urgency.ALERT, clock.now())).id


async def test_somebody_who_asks_five_things_is_answered_at_once_and_then_once_a_second(database, clock):
    permits = RedisPermits(database)
    for _ in range(5):
        permits.answered(await one(permits, 7, Urgency.REPLY, clock.now()), NO_TIME, clock.now())
        clock.tick(seconds=0.1)
    assert (await one(permits, 7, Urgency.REPLY, clock.now())).wait == timedelta(seconds=4.5)
    clock.tick(seconds=4.5)
    assert (await one(permits, 7, Urgency.REPLY, clock.now())).id


async def test_a_refused_permit_takes_nothing_from_the_budget(database, clock):
    permits = RedisPermits(database, Limits(per_second=2))
    permits.answered(await one(permits, 7, Urgency.ALERT, clock.now()), NO_TIME, clock.now())
    for _ in range(10):
        assert not (await one(permits, 7, Urgency.ALERT, clock.now())).id
    assert (await one(permits, 8, Urgency.REPLY, clock.now())).wait == NO_TIME


async def test_a_group_is_written_to_twenty_times_a_minute(database, clock):
    permits = RedisPermits(database)
    start = clock.now()
    for _ in range(20):
        permit = await one(permits, GROUP, Urgency.REPLY, clock.now())
        assert permit.id
        permits.answered(permit, NO_TIME, clock.now())
        clock.tick(seconds=1)
    refused = await one(permits, GROUP, Urgency.REPLY, clock.now())
    assert clock.now() + refused.wait == start + timedelta(minutes=1)


async def test_calls_that_write_to_no_chat_count_for_the_bot_alone(database, clock):
    permits = RedisPermits(database)
    assert len(await taken(permits, [None] * 40, Urgency.REPLY, clock.now())) == 30


async def test_silence_in_one_chat_leaves_the_others_alone(database, clock):
    permits = RedisPermits(database)
    await permits.hold(7, clock.now() + 30 * SECOND, clock.now())
    held, free = await permits.take([7, 8], Urgency.REPLY, clock.now())
    assert (held.id, held.wait, held.scope) == ("", 30 * SECOND, Scope.CHAT)
    assert free.id
    clock.tick(seconds=30)
    assert (await one(permits, 7, Urgency.REPLY, clock.now())).id


async def test_silence_everywhere_holds_replies_too(database, clock):
    permits = RedisPermits(database)
    await permits.hold(None, clock.now() + 30 * SECOND, clock.now())
    await permits.hold(None, clock.now() + 3 * SECOND, clock.now())
    for chat in (None, 7):
        assert await one(permits, chat, Urgency.REPLY, clock.now()) == Permit("", 30 * SECOND)


async def test_an_answer_without_a_permit_is_no_error(database, clock):
    permits = RedisPermits(database)
    permits.answered(Permit("", SECOND), NO_TIME, clock.now())
    await permits.note()


async def test_others_hear_of_an_answer_when_it_is_noted(database, clock):
    mine, theirs = (RedisPermits(database, Limits(per_second=1)) for _ in range(2))
    mine.answered(await one(mine, 7, Urgency.REPLY, clock.now()), NO_TIME, clock.now())
    await mine.note()
    clock.tick(seconds=1)
    assert (await one(theirs, 8, Urgency.ALERT, clock.now())).wait == NO_TIME
