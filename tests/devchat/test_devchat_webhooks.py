"""Updates that are brought to the bot, as Telegram brings them: one chat's in order, again until they are taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from tests.devchat.conftest import GROUP, YOU


@dataclass
class Bot:
    """A bot's HTTP server: what was brought, and what it answers."""

    url: str = ""
    brought: list[tuple[int, str]] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    answers: list[web.Response] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    something: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        message: dict[str, Any] = (await request.json())["message"]
        self.brought.append((message["chat"]["id"], message["text"]))
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        self.something.set()
        if message["chat"]["id"] == GROUP:
            await self.open.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    async def was_brought(self, *expected: tuple[int, str]) -> None:
        async with asyncio.timeout(10):
            while self.brought != list(expected):
                self.something.clear()
                await self.something.wait()


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot()
    app = web.Application()
    app.router.add_post("/telegram", bot.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    bot.url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    yield bot
    bot.open.set()
    await runner.cleanup()


async def test_updates_are_brought_with_the_secret_and_polling_is_refused(devchat, ptb, api, bot) -> None:
    await ptb.set_webhook(bot.url, secret_token="shown")
    devchat.people.says(YOU, "one")
    await bot.was_brought((YOU, "one"))
    assert bot.secrets == {"shown"}
    assert "can't use getUpdates method while webhook is active" in await api.complaint("getUpdates")
    info = await ptb.get_webhook_info()
    assert (info.url, info.max_connections) == (bot.url, 40)


async def test_one_that_is_not_taken_comes_again_before_the_next_of_its_chat(devchat, ptb, bot) -> None:
    bot.answers = [web.Response(status=503, headers={"Retry-After": "0"}), web.Response(status=500)]
    devchat.people.says(YOU, "one")
    devchat.people.says(YOU, "two")
    await ptb.set_webhook(bot.url)
    await bot.was_brought((YOU, "one"), (YOU, "one"), (YOU, "one"), (YOU, "two"))
    await devchat.wait_for(lambda: not devchat.has_news)
    assert (
        await ptb.get_webhook_info()
    ).last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_chat_whose_update_takes_long_holds_up_no_other(devchat, ptb, bot) -> None:
    await ptb.set_webhook(bot.url)
    devchat.people.says(GROUP, "/slow")
    devchat.people.says(GROUP, "/slower")
    devchat.people.says(YOU, "quick")
    await bot.was_brought((GROUP, "/slow"), (YOU, "quick"))
    bot.open.set()
    await bot.was_brought((GROUP, "/slow"), (YOU, "quick"), (GROUP, "/slower"))


async def test_a_webhook_that_is_taken_away_leaves_what_waits_to_whoever_asks(devchat, ptb, bot) -> None:
    await ptb.set_webhook(bot.url)
    await ptb.delete_webhook()
    devchat.people.says(YOU, "one")
    (update,) = await ptb.get_updates(timeout=0)
    assert update.message.text == "one"
    assert bot.brought == []


async def test_an_address_that_is_none_is_refused(api) -> None:
    assert "An HTTPS URL must be provided" in await api.complaint("setWebhook", url="ftp://bot.example/")
