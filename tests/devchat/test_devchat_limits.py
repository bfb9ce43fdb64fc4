"""The flood limits, on a ticked clock: what is one too many is answered 429 and does not count."""

from __future__ import annotations

from typing import Any

import pytest

from bot.devchat.limits import Limits, Windows
from bot.devchat.refusals import Refusal

LIMITS = Limits()
YOU, GROUP = 1001, -2001


class Telegram:
    """Windows on a clock of seconds; `passes` is 0, or how long to wait."""

    def __init__(self, **limits: int) -> None:
        self.windows = Windows(Limits(**limits))
        self.now = 1000.0

    def passes(self, chat: int) -> int:
        try:
            self.windows.pass_(chat, is_group=chat < 0, now=self.now)
        except Refusal as refusal:
            return refusal.parameters["retry_after"]
        return 0


def test_the_whole_bot_has_thirty_messages_a_second() -> None:
    telegram = Telegram()
    assert [telegram.passes(chat) for chat in range(1, 32)] == [0] * 30 + [1]
    telegram.now += 0.999
    assert telegram.passes(100) == 1
    telegram.now += 0.001
    assert [telegram.passes(chat) for chat in range(101, 132)] == [0] * 30 + [1]


def test_a_group_has_twenty_messages_a_minute_and_is_told_how_long_to_wait() -> None:
    telegram = Telegram()
    for _ in range(20):
        assert telegram.passes(GROUP) == 0
        telegram.now += 1
    assert telegram.passes(GROUP) == 40
    assert telegram.passes(GROUP - 1) == 0
    telegram.now += 39
    assert telegram.passes(GROUP) == 1
    telegram.now += 1
    assert telegram.passes(GROUP) == 0


def test_one_message_a_second_into_a_chat_always_passes() -> None:
    telegram = Telegram()
    waits = []
    for _ in range(100):
        waits.append(telegram.passes(YOU))
        telegram.now += 1
    assert set(waits) == {0}


def test_a_chat_that_is_written_to_without_pause_is_refused_soon() -> None:
    telegram = Telegram()
    waits = [telegram.passes(YOU) for _ in range(LIMITS.per_chat_burst + 1)]
    assert [wait > 0 for wait in waits] == [False] * LIMITS.per_chat_burst + [True]
    assert telegram.passes(YOU + 1) == 0


def test_a_call_that_was_refused_does_not_count() -> None:
    telegram = Telegram(per_second=1)
    assert telegram.passes(1) == 0
    assert {telegram.passes(chat) for chat in range(2, 50)} == {1}
    telegram.now += 1
    assert telegram.passes(2) == 0


async def test_the_answer_tells_how_long_to_wait(api, clock) -> None:
    answers: list[dict[str, Any]] = [
        await api.call("sendMessage", chat_id=YOU, text="a") for _ in range(LIMITS.per_chat_burst + 1)
    ]
    refused = answers[-1]
    wait = refused["parameters"]["retry_after"]
    assert refused["error_code"] == 429
    assert refused["description"] == f"Too Many Requests: retry after {wait}"
    clock.tick(seconds=wait)
    assert (await api.says("a"))["text"] == "a"


async def test_edits_and_typing_are_not_limited(api) -> None:
    message = (await api.says("0"))["message_id"]
    for number in range(1, 5):
        assert (await api.call("editMessageText", chat_id=YOU, message_id=message, text=str(number)))["ok"]
        assert (await api.call("sendChatAction", chat_id=YOU, action="typing"))["ok"]


@pytest.mark.parametrize("text", ["", "<b>"])
async def test_a_message_that_is_refused_takes_no_place(api, text) -> None:
    for _ in range(LIMITS.per_chat_burst + 1):
        await api.refused(text, parse_mode="HTML")
    assert (await api.says("a"))["text"] == "a"
