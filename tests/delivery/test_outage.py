"""Telegram as a whole is away: nothing is hammered, nothing risked, and it is noticed soon that it is back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.devchat.faults import Cut, Fault, Page
from bot.devchat.refusals import bad, flood, forbidden, said
from bot.news.message import Message
from bot.news.verdicts import Delivered, Scope, TryLater

NEWS = Message("news")
AWAY = [said("bad gateway"), said("no token"), Page(502), Cut.BEFORE, Cut.HALF, Cut.SILENT]


@pytest.fixture
def messenger(alerting):
    return alerting(read_timeout=0.1).messenger


def named(value):
    return str(getattr(value, "description", value))


async def sends(messenger, *chats) -> list:
    """Write to these chats as the sender does: those that are not admitted are not written to."""
    permits = await messenger.admit(chats)
    return [await messenger.send(chat, NEWS, permit) for chat, permit in zip(chats, permits, strict=True) if permit.id]


@pytest.mark.parametrize("how", AWAY, ids=named)
async def test_while_telegram_is_away_it_is_asked_seldom_and_no_headline_is_risked(messenger, devchat, clock, how):
    devchat.breaks(Fault(how, "", lasts=True))
    for chat in (1, 2, 3):
        await sends(messenger, chat)
    sent = len(devchat.sent)

    asked = 0
    for _ in range(600):
        [one, two] = await messenger.admit([4, 5])
        assert not one.id
        assert not two.id
        assert one.scope is Scope.BOT
        assert timedelta() < one.wait <= timedelta(seconds=30)
        asked += 1
        clock.tick(seconds=one.wait.total_seconds())
        if clock.now().hour >= 13:
            break

    assert asked <= 130  # in an hour
    assert len(devchat.sent) == sent

    devchat.mends()
    assert await sends(messenger, 4, 5, 6) == [Delivered(devchat.sent[-1]["message_id"])]
    assert len(await sends(messenger, 5, 6)) == 2


@pytest.mark.parametrize("how", AWAY, ids=named)
async def test_it_is_said_once_that_telegram_is_away_and_once_that_it_is_back(messenger, devchat, clock, how):
    devchat.breaks(Fault(how, "", lasts=True))
    with capture_logs() as log:
        for chat in range(1, 50):
            await sends(messenger, chat)
            clock.tick(seconds=5)
        devchat.mends()
        for chat in range(1, 5):
            await sends(messenger, chat)
            clock.tick(seconds=30)

    assert [line["event"].partition(":")[0] for line in log] == ["Telegram is away", "Telegram is back"]


async def test_a_server_that_cannot_be_reached_is_tried_again_and_found(alerting, devchat, clock):
    messenger = alerting().messenger
    await devchat.stop()
    for chat in (1, 2, 3):
        [verdict] = await sends(messenger, chat)
        assert isinstance(verdict, TryLater)
        assert not verdict.maybe_sent
    assert await sends(messenger, 4) == []

    await devchat.start()
    clock.tick(seconds=1)
    assert len(await sends(messenger, 4)) == 1


async def test_a_single_failure_pauses_nobody(messenger, devchat):
    devchat.breaks(Fault(said("error"), chat=1, lasts=True))
    for chat in (1, 2, 1, 3, 1, 4, 1, 5):
        assert len(await sends(messenger, chat)) == 1
    assert len(devchat.sent) == 4


async def test_a_server_that_fails_half_the_time_is_written_to_all_the_same(messenger, devchat, clock):
    with capture_logs() as log:
        for chat in range(1, 61):
            devchat.breaks(*[Fault(said("bad gateway"))] * (chat % 7 > 2))
            assert len(await sends(messenger, chat)) == 1
            devchat.mends()
            clock.tick(seconds=0.1)
    assert log == []


@pytest.mark.parametrize(
    "answer", [forbidden("bot was blocked by the user"), bad("CHAT_RESTRICTED"), flood(7)], ids=named
)
async def test_what_telegram_says_about_chats_pauses_nobody(messenger, devchat, answer):
    devchat.breaks(*(Fault(answer, chat=chat) for chat in range(1, 10)))
    for chat in range(1, 10):
        assert len(await sends(messenger, chat)) == 1


async def test_where_only_messages_fail_one_is_tried_after_each_pause_and_pauses_grow(messenger, devchat, clock):
    devchat.breaks(Fault(said("error"), lasts=True))
    for chat in (1, 2, 3):
        await sends(messenger, chat)

    tried = []
    began = clock.now()
    while clock.now() - began < timedelta(minutes=10):
        verdicts = await sends(messenger, 4, 5, 6)
        tried += verdicts
        clock.tick(seconds=1)

    assert 20 <= len(tried) <= 30
    devchat.mends()
    clock.tick(seconds=30)
    assert len(await sends(messenger, 4, 5, 6)) == 1
    assert len(await sends(messenger, 5, 6)) == 2


async def test_a_message_that_hangs_after_a_pause_lets_only_few_follow(messenger, devchat, clock):
    devchat.breaks(Fault(said("no token")))
    await sends(messenger, 1)
    clock.tick(seconds=1)

    [first, *rest] = await messenger.admit([1, 2, 3])
    assert first.id
    assert not any(permit.id for permit in rest)
    assert not any(permit.id for permit in await messenger.admit([2, 3]))
    clock.tick(seconds=1)
    assert [bool(permit.id) for permit in await messenger.admit([2, 3])] == [True, False]


async def test_admins_are_people_and_the_owner_comes_first(messenger, devchat):
    assert await messenger.administrators(-2001) == [1001]
    devchat.breaks(Fault(bad("member list is inaccessible"), "getChatAdministrators"))
    assert await messenger.administrators(-2001) == []
    await devchat.stop()
    assert await messenger.administrators(-2001) == []
