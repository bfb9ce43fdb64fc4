"""People in chats with the bot, seen through browsers: the house and the small Telegram with a clock that is ticked.

Here: a room that answers while people look at it, and what happens in it.
Not here: the world behind it (world), what should be seen (test_chat_in_browser).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, BrowserContext, Locator, Page

from bot.app import App
from tests.world import World

# How long a browser on a busy machine may take for what takes it a tenth of a second.
PATIENCE = 10_000


@dataclass
class Room:
    """The house at work. `look` opens the page as a person sees it."""

    world: World
    app: App
    browser: Browser
    opened: list[BrowserContext] = field(default_factory=list)

    async def look(self, chat: int, person: int = 1001, **context: Any) -> Seen:
        """The page of a person in a window of their own, with a chat open."""
        window = await self.browser.new_context(
            **{"timezone_id": "Africa/Casablanca", "locale": "en-GB", "viewport": {"width": 1000, "height": 900}}
            | context
        )
        self.opened.append(window)
        page = await window.new_page()
        page.set_default_timeout(PATIENCE)
        await page.goto(f"{self.world.devchat.url}/?as={person}#{chat}")
        return Seen(page)

    async def passes(self, **span: float) -> None:
        """Time passes, and the workers do what is due then."""
        self.world.clock.tick(**span)
        await self.app.workers.round()

    async def hears(self, title: str, slug: str = "") -> None:
        """The news site says something, and the bot asks it."""
        self.world.site.says(title, slug)
        await self.passes(minutes=2)


@dataclass
class Seen:
    """What a person sees and does."""

    page: Page

    async def says(self, text: str) -> None:
        """Type it and send it."""
        await self.page.fill("#composer", text)
        await self.page.click("#send")

    def message(self, text: str) -> Locator:
        """The newest message with this text."""
        return self.page.locator("[data-message-id]", has_text=text).last

    async def reads(self, text: str) -> Locator:
        """The newest message with this text, once it is there."""
        found = self.message(text)
        await found.wait_for()
        return found

    async def taps(self, text: str, label: str) -> None:
        """Tap a button under the newest message with this text."""
        await self.message(text).get_by_role("button", name=label).click()


@asynccontextmanager
async def room_in(world: World, browser: Browser) -> AsyncIterator[Room]:
    """The house, answering until the room is left."""
    async with world.app() as app:
        stop = asyncio.Event()
        answering = asyncio.create_task(app.intake.answer(stop, webhook="", secret=""))
        room = Room(world, app, browser)
        await app.workers.round()  # what stands on the news site already is known
        yield room
        for window in room.opened:
            await window.close()
        stop.set()
        await answering
