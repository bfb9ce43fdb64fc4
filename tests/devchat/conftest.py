"""A small Telegram with a ticked clock, and two ways to call it: bare HTTP and python-telegram-bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.devchat.server import DevChat

TOKEN = "1:for-tests"
YOU, GROUP, CHANNEL = 1001, -2001, -1002000000001


@dataclass
class Api:
    """The Bot API over bare HTTP."""

    url: str
    session: aiohttp.ClientSession

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The whole answer to a call."""
        async with self.session.post(f"{self.url}/bot{TOKEN}/{method}", json=parameters) as answer:
            body = await answer.json()
            assert answer.status == body.get("error_code", 200)
            return body

    async def says(self, text: str, chat: int | str = YOU, **parameters: Any) -> dict[str, Any]:
        """The message that was sent."""
        return (await self.call("sendMessage", chat_id=chat, text=text, **parameters))["result"]

    async def complaint(self, method: str, **parameters: Any) -> str:
        """Why a call is refused."""
        body = await self.call(method, **parameters)
        assert not body["ok"]
        return body["description"]

    async def refused(self, text: str, chat: int | str = YOU, **parameters: Any) -> str:
        """Why a message is refused."""
        return await self.complaint("sendMessage", chat_id=chat, text=text, **parameters)


@pytest.fixture
async def devchat(clock) -> AsyncIterator[DevChat]:
    devchat = DevChat(token=TOKEN, clock=lambda: clock.now().timestamp())
    await devchat.start()
    yield devchat
    await devchat.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(devchat, session) -> Api:
    return Api(devchat.url, session)


@pytest.fixture
async def ptb(devchat) -> AsyncIterator[Bot]:
    """python-telegram-bot as it comes, with its own transport."""
    async with Bot(TOKEN, f"{devchat.url}/bot", request=HTTPXRequest(), get_updates_request=HTTPXRequest()) as bot:
        yield bot
