"""How updates come in: whatever Telegram answers, nobody is left unheard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest

from bot.devchat.chats import YOU
from bot.devchat.faults import Fault
from bot.devchat.refusals import Refusal
from bot.handlers import intake
from bot.handlers.intake import Intake
from bot.news.errors import ConfigError
from bot.ops.metrics import Metrics

ME = int(str(YOU["id"]))
WEBHOOK = {"webhook": "https://bot.example/telegram", "secret": "s"}
POLLING = {"webhook": "", "secret": ""}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "AGAIN", timedelta(milliseconds=20))


@asynccontextmanager
async def answering(talk) -> AsyncIterator[asyncio.Task[None]]:
    stop = asyncio.Event()
    task = asyncio.create_task(Intake(talk.house, Metrics()).answer(stop, **POLLING))
    yield task
    stop.set()
    await task


def replies(talk) -> list[str]:
    return [text for text in talk.devchat.texts(ME) if not text.startswith("/")]


@pytest.mark.parametrize("code", [401, 404, 409, 429, 500, 502])
async def test_whatever_telegram_answers_once_people_are_heard_again(talk, code) -> None:
    async with answering(talk):
        talk.devchat.people.says(ME, "/about")
        await talk.devchat.wait_for(lambda: len(replies(talk)) == 1)
        talk.devchat.breaks(Fault(Refusal(code, "Something is wrong"), method="getUpdates"))
        talk.devchat.people.says(ME, "/privacy")
        talk.devchat.people.says(ME, "/help")
        await talk.devchat.wait_for(lambda: len(replies(talk)) == 3)


async def test_telegram_that_stumbles_at_the_start_is_waited_for(talk) -> None:
    await talk.house.shutdown()
    for method in ("getMe", "getMe", "deleteWebhook", "setMyCommands"):
        talk.devchat.breaks(Fault(Refusal(502, "Bad Gateway"), method=method))
    async with answering(talk):
        talk.devchat.people.says(ME, "/about")
        await talk.devchat.wait_for(lambda: len(replies(talk)) == 1)


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (Fault(Refusal(401, "Unauthorized"), method="getMe"), "does not know this TELEGRAM_BOT_TOKEN"),
        (
            Fault(Refusal(400, "Bad Request: bad webhook: https url must be provided"), method="setWebhook"),
            "Telegram refuses TELEGRAM_WEBHOOK_URL: Bad webhook: https url must be provided.",
        ),
    ],
)
async def test_what_the_operator_has_to_mend_is_said_in_a_sentence(talk, fault, why) -> None:
    await talk.house.shutdown()
    talk.devchat.breaks(fault)
    with pytest.raises(ConfigError, match=why):
        await Intake(talk.house, Metrics()).answer(asyncio.Event(), **WEBHOOK)


async def test_one_chat_is_answered_in_its_order(talk) -> None:
    said = [f"/{verb} fed" for _ in range(2) for verb in ("subscribe", "unsubscribe")]
    for text in said:
        talk.devchat.people.says(ME, text)
    async with answering(talk):
        await talk.devchat.wait_for(lambda: len(replies(talk)) == len(said))
    begins = [text.split(" “")[0] for text in replies(talk)]
    assert begins[0] == begins[2] != begins[1] == begins[3]


async def test_what_is_not_handled_yet_comes_again_after_a_crash(talk, desk, monkeypatch) -> None:
    talk.devchat.people.says(ME, "/subscribe fed")
    begun = asyncio.Event()

    async def stuck(*_: object) -> None:
        begun.set()
        await asyncio.Event().wait()

    with monkeypatch.context() as patched:
        patched.setattr(desk.wishes, "subscribe", stuck)
        crashed = asyncio.create_task(Intake(talk.house, Metrics()).answer(asyncio.Event(), **POLLING))
        await begun.wait()
        crashed.cancel()
        with suppress(asyncio.CancelledError):
            await crashed  # both are of one house, which the first one closes
    async with answering(talk):
        await talk.devchat.wait_for(lambda: len(replies(talk)) == 1)
