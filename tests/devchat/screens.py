"""A browser's page before a small Telegram of its own, and a bot that says what a test lets it say.

Here: Screen, and what every test of the page is marked with.
Not here: the fixtures that open it (page/conftest), the browser (tests/browser).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from bot.devchat.limits import Limits
from bot.devchat.server import DevChat
from tests.browser import needs_chromium

YOU, GROUP, CHANNEL = 1001, -2001, -1002000000001
PLENTY = Limits(per_second=1000, per_chat_burst=1000, per_group_minute=1000)
# One browser for all of them; a context, a page and a server for each.
page_tests = [needs_chromium, pytest.mark.asyncio(loop_scope="session")]


@dataclass
class Screen:
    """A page in Tokyo, the server behind it, and the bot."""

    page: Page
    chat: DevChat
    http: aiohttp.ClientSession
    complaints: list[str] = field(default_factory=list)

    async def bot(self, method: str, **call: Any) -> Any:
        """What a method of the Bot API gives."""
        async with self.http.post(f"{self.chat.url}/bot1:devchat/{method}", json=call) as answer:
            body = await answer.json()
        assert body["ok"], body
        return body["result"]

    async def bot_says(self, text: str, chat: int = YOU, **more: Any) -> int:
        """The id of a message of the bot."""
        return int((await self.bot("sendMessage", chat_id=chat, text=text, parse_mode="HTML", **more))["message_id"])

    async def person_says(self, text: str) -> None:
        """Type it and press Enter."""
        await self.page.fill("#composer", text)
        await self.page.press("#composer", "Enter")

    async def updates(self) -> list[dict[str, Any]]:
        """What the bot has been told."""
        found: list[dict[str, Any]] = await self.bot("getUpdates")
        return found

    def bubble(self, message_id: int) -> Locator:
        """A message on the page."""
        return self.page.locator(f'[data-message-id="{message_id}"]')

    async def opens(self, chat: int, thread: int | None = None) -> None:
        """Go to a chat, or to a topic of it."""
        place = str(chat) if thread is None else f"{chat}/{thread}"
        await self.page.evaluate("place => { location.hash = place }", place)
        await expect(self.page.locator(f'[data-chat-id="{chat}"]')).to_have_class("open")

    async def looks_as(self, person: int) -> Page:
        """Another tab, in which somebody else looks."""
        other = await self.page.context.new_page()
        self.listens(other)
        await other.goto(f"{self.chat.url}/?as={person}")
        await expect(other.locator("#me")).to_contain_text("You are")
        return other

    def listens(self, page: Page) -> None:
        """Whatever a page complains of, fails the test."""
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)


async def shown(context: BrowserContext, chat: DevChat, http: aiohttp.ClientSession) -> Screen:
    """The page as one finds it, the bot's own chat open."""
    screen = Screen(await context.new_page(), chat, http)
    screen.listens(screen.page)
    commands = [
        {"command": "start", "description": "Begin"},
        {"command": "latest", "description": "The newest headlines"},
    ]
    await screen.bot("setMyCommands", commands=commands)
    await screen.page.goto(chat.url)
    await expect(screen.page.locator("#chats a").first).to_be_attached()
    return screen
