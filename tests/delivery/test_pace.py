"""The valve: alerts and answers share Telegram's budget, and nobody stands still for one chat."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from telegram.error import RetryAfter

from bot.devchat.faults import Fault
from bot.devchat.refusals import bad, flood
from bot.news.errors import StoreError
from bot.news.message import Message
from bot.news.verdicts import Delivered, Scope, TryLater
from bot.ports import Urgency
from bot.store.database import Database
from bot.store.permits import RedisPermits

NEWS, ANSWER = Message("news"), Message("answer")
GROUP = -2001


@pytest.fixture
def bot(connect, permits):
    return connect(permits)


@pytest.fixture
def messenger(alerting, permits):
    return alerting(permits)


class Forgetful(RedisPermits):
    """Redis goes away while Telegram answers."""

    async def note(self) -> None:
        raise StoreError("Redis went away")


async def test_alerts_are_spread_over_the_second_and_none_is_told_to_wait(messenger, devchat, clock):
    began = clock.now()
    for chat in range(1, 61):
        verdict = await messenger.send(chat, NEWS)
        while isinstance(verdict, TryLater):
            await clock.sleep(verdict.after)
            verdict = await messenger.send(chat, NEWS)

    assert len(devchat.sent) == 60
    assert timedelta(seconds=1.9) < clock.now() - began < timedelta(seconds=2.1)


async def test_a_second_alert_to_a_chat_has_to_wait_for_a_second(messenger, devchat, clock):
    assert isinstance(await messenger.send(1, NEWS), Delivered)
    again = await messenger.send(1, NEWS)
    assert again == TryLater("no permit", timedelta(seconds=1), Scope.CHAT)
    clock.tick(seconds=1)
    assert isinstance(await messenger.send(1, NEWS), Delivered)


async def test_an_alert_goes_back_where_the_chat_has_to_wait_long(messenger, devchat, clock):
    for _ in range(20):
        assert isinstance(await messenger.send(GROUP, NEWS), Delivered)
        clock.tick(seconds=1)

    began = clock.now()
    verdict = await messenger.send(GROUP, NEWS)

    assert isinstance(verdict, TryLater)
    assert verdict.after is not None
    assert timedelta(seconds=1) < verdict.after <= timedelta(seconds=60)
    assert clock.now() == began
    assert len(devchat.sent) == 20


async def test_an_answer_waits_where_an_alert_would_go_back(bot, permits, devchat, clock):
    await permits.hold(1, clock.now() + timedelta(seconds=10), clock.now())

    assert await bot.write(1, ANSWER)
    await permits.hold(1, clock.now() + timedelta(minutes=10), clock.now())
    with pytest.raises(RetryAfter, match="the budget has no place for"):
        await bot.write(1, ANSWER)
    assert devchat.texts(1) == ["answer"]


async def test_a_flood_wait_puts_the_alert_back_for_exactly_as_long(messenger, devchat, clock):
    devchat.breaks(Fault(flood(37)))
    assert await messenger.send(1, NEWS) == TryLater(
        "Too Many Requests: retry after 37", timedelta(seconds=37), is_flood=True
    )

    clock.tick(seconds=30)
    again = await messenger.send(1, NEWS)

    assert isinstance(again, TryLater)
    assert again.after == timedelta(seconds=7)
    assert devchat.sent == []
    clock.tick(seconds=7)
    assert isinstance(await messenger.send(1, NEWS), Delivered)


async def test_one_chats_flood_wait_does_not_silence_the_others(messenger, devchat, clock):
    devchat.breaks(Fault(flood(37), chat=1))
    await messenger.send(1, NEWS)
    clock.tick(seconds=0.1)

    assert isinstance(await messenger.send(2, NEWS), Delivered)


async def test_when_several_chats_are_told_to_wait_the_whole_bot_waits(messenger, devchat, clock):
    devchat.breaks(*(Fault(flood(37), chat=chat) for chat in (1, 2, 3)))
    for chat in (1, 2, 3):
        await messenger.send(chat, NEWS)
        clock.tick(seconds=0.1)

    verdict = await messenger.send(4, NEWS)

    assert isinstance(verdict, TryLater)
    assert timedelta(seconds=36.8) < verdict.after < timedelta(seconds=37)
    assert verdict.scope is Scope.BOT
    assert devchat.sent == []


async def test_an_answer_is_tried_again_after_a_short_flood_wait(bot, devchat, clock):
    before = clock.now()
    devchat.breaks(Fault(flood(3)))

    assert await bot.write(1, ANSWER)
    assert clock.now() - before >= timedelta(seconds=3)


async def test_an_answer_is_given_up_where_telegram_asks_for_a_long_wait(bot, devchat):
    devchat.breaks(Fault(flood(30)))

    with pytest.raises(RetryAfter):
        await bot.write(1, ANSWER)
    assert devchat.sent == []


async def test_an_answer_is_tried_again_once_and_no_more(bot, devchat):
    devchat.breaks(Fault(flood(1)), Fault(flood(1)))

    with pytest.raises(RetryAfter):
        await bot.write(1, ANSWER)


async def test_an_answer_takes_the_next_place_ahead_of_all_alerts(bot, permits, clock):
    for _ in range(40):  # a broadcast has been going on for a while
        for permit in await permits.take(range(100, 110), Urgency.ALERT, clock.now()):
            if permit.id:
                permits.answered(permit, timedelta(), clock.now() + permit.wait)
        clock.tick(seconds=0.05)
    before = clock.now()

    await bot.write(1, ANSWER)

    assert clock.now() - before <= timedelta(seconds=0.1)


async def test_what_writes_nothing_needs_no_permit(bot, permits, devchat, clock):
    await permits.hold(None, clock.now() + timedelta(hours=1), clock.now())

    await bot.get_me()
    await bot.send_chat_action(1, "typing")
    with pytest.raises(RetryAfter):
        await bot.delete_message(1, 1)


async def test_a_call_that_telegram_refuses_gives_its_permit_back_all_the_same(bot, permits, devchat, clock):
    devchat.breaks(Fault(bad("chat not found")))
    with pytest.raises(Exception, match="Chat not found"):
        await bot.write(1, ANSWER)

    clock.tick(seconds=1)
    [permit] = await permits.take([1], Urgency.ALERT, clock.now())
    assert permit.id


async def test_what_was_delivered_counts_even_if_redis_goes_away_meanwhile(alerting, database, devchat):
    assert isinstance(await alerting(Forgetful(database)).send(1, NEWS), Delivered)


async def test_without_redis_people_are_answered_and_alerts_stay(connect, alerting, devchat, clock, tmp_path: Path):
    nowhere = Database.connect(f"unix://{tmp_path / 'nobody'}")
    permits = RedisPermits(nowhere)
    bot = connect(permits)

    with pytest.raises(StoreError):
        await alerting(permits).send(1, NEWS)
    assert devchat.sent == []

    before = clock.now()
    devchat.breaks(Fault(flood(2)))
    assert await bot.write(1, ANSWER)
    assert clock.now() - before == timedelta(seconds=2)
    await nowhere.close()
