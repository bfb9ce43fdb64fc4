"""People in chats with the bot, seen through browsers: the house and the small Telegram with a clock that is ticked.

Here: a room that answers while people look at it, and what they see and do there.
Not here: the world behind it (world), what should be seen (test_chat_in_browser…), pictures of it (chat_screenshots).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from bot.app import App
from tests.browser import needs_chromium
from tests.world import World, world_on

# How long a browser on a busy machine may take for what takes it a tenth of a second.
PATIENCE = 15_000
# What is seen does not depend on the kind of Redis behind it.
in_browser = [
    needs_chromium,
    pytest.mark.timeout(120),
    pytest.mark.parametrize("redis_server", ["valkey"], indirect=True),
]
# Clocks there have not been changed for long, and every list of zones knows so.
HOME = "Africa/Tunis"
READY_TOPICS = Path(__file__).parents[1] / "config" / "topics.toml"


@dataclass
class Room:
    """The house at work. `look` opens the page as a person sees it."""

    world: World
    app: App
    browser: Browser
    opened: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def meets(self, name: str, lang: str = "en") -> int:
        """Somebody new; gives their id, which is that of their private chat as well."""
        return int(self.world.devchat.people.meets(name, language_code=lang)["id"])

    def opens(self, kind: str, title: str, *members: int, is_forum: bool = False) -> int:
        """You open a group, supergroup or channel with the bot in it, and these members; gives its id."""
        people = self.world.devchat.people
        made = people.opens(kind, title, is_forum=is_forum).id
        for member in members:
            people.joins(made, member)
        return made

    async def look(self, chat: int, person: int = 1001, *, thread: int | None = None, **context: Any) -> Seen:
        """The page of a person in a window of their own, with a chat open, or a thread of it."""
        window = await self.browser.new_context(
            **{"timezone_id": HOME, "locale": "en-GB", "viewport": {"width": 1000, "height": 900}} | context
        )
        self.opened.append(window)
        await window.clock.set_fixed_time(self.world.clock.now())
        page = await window.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        seen = Seen(page)
        await page.goto(f"{self.world.devchat.url}/?as={person}#{chat}{'' if thread is None else f'/{thread}'}")
        await seen.is_open()
        return seen

    async def passes(self, **span: float) -> None:
        """Time passes, in the browsers too, and the workers do what is due then."""
        self.world.clock.tick(**span)
        for window in self.opened:
            await window.clock.set_fixed_time(self.world.clock.now())
        await self.app.workers.round()
        # Who was answered in this very second is told in the next one.
        self.world.clock.tick(seconds=2)
        await self.app.workers.round()
        while await self.app.desk.library.step():
            pass

    async def until(self, hour: int, minute: int = 0) -> None:
        """Time passes until the clocks at home show this."""
        now = self.world.clock.now().astimezone(ZoneInfo(HOME))
        then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        await self.passes(seconds=((then - now) % timedelta(days=1)).total_seconds())

    async def hears(self, title: str, slug: str = "") -> None:
        """The news site says something, and the bot asks it."""
        self.world.site.says(title, slug)
        await self.passes(minutes=2)


@dataclass
class Seen:
    """What a person sees and does."""

    page: Page

    async def starts(self) -> None:
        """Press the button that stands where one writes, as long as one has said nothing."""
        await self.page.click("#start")

    async def says(self, text: str) -> None:
        """Type it and send it."""
        await self.page.fill("#composer", text)
        await self.page.click("#send")

    async def goes(self, chat: int, thread: int | None = None) -> None:
        """Open another chat from the list, or a thread of one."""
        await self.page.click(f'[data-chat-id="{chat}"]')
        if thread is not None:
            await self.page.click(f'[data-thread-id="{thread}"]')

    async def asks_inline(self, words: str) -> Locator:
        """Type the bot's name and some words; gives what is offered above the field, once there is something."""
        await self.page.fill("#composer", f"@local_headline_bot {words}")
        offered = self.page.locator("#results")
        await offered.locator("[role=option]").first.wait_for()
        return offered

    def message(self, text: str) -> Locator:
        """The newest message of others with this text."""
        return self.page.locator(".message.in", has_text=text).last

    async def reads(self, text: str) -> Locator:
        """The newest message of others with this text, once it is there."""
        found = self.message(text)
        await found.wait_for()
        return found

    async def taps(self, text: str, label: str) -> None:
        """Tap a button under the newest message with this text."""
        await self.key(text, label).click()

    async def turns(self, text: str, label: str, into: str) -> None:
        """Tap a button, and the very message that it stands under becomes another."""
        ident = await self.message(text).get_attribute("data-message-id", timeout=PATIENCE)
        await self.taps(text, label)
        await self.page.locator(f'[data-message-id="{ident}"]', has_text=into).wait_for()

    def key(self, text: str, label: str) -> Locator:
        """The button with this label under the newest message with this text; one that leads to a page is a link."""
        return self.message(text).locator(".key").filter(has=self.page.get_by_text(label, exact=True))

    async def keys(self, text: str) -> list[str]:
        """What stands on the buttons under the newest message with this text."""
        return await self.message(text).locator(".key .label").all_inner_texts()

    async def is_told(self, text: str) -> None:
        """It is said over the chat."""
        await self.page.locator("#toast.shown, dialog[open]", has_text=text).wait_for()

    async def sees_no(self, text: str) -> None:
        """However hard one looks, no message has this text."""
        await self.page.reload()
        await self.is_open()
        assert await self.message(text).count() == 0, text

    async def is_open(self) -> None:
        """Everything that stands in the chat is shown."""
        await expect(self.page.locator("#head-name")).not_to_be_empty()


@asynccontextmanager
async def room_in(world: World, browser: Browser) -> AsyncIterator[Room]:
    """The house, answering until the room is left."""
    expect.set_options(timeout=PATIENCE)
    async with world.app() as app:
        stop = asyncio.Event()
        answering = asyncio.create_task(app.intake.answer(stop, webhook="", secret=""))
        # The menus are there in every language: they say whose answers are seen by who asked alone.
        await world.devchat.wait_for(lambda: "zh" in world.devchat.profile.texts["short_description"], PATIENCE / 1000)
        room = Room(world, app, browser)
        await room.passes(seconds=0)  # what stands on the news site already is known
        yield room
        for window in room.opened:
            await window.close()
        stop.set()
        await answering
        assert not room.complaints


@asynccontextmanager
async def room_on(redis_url: str, folder: Path, browser: Browser) -> AsyncIterator[Room]:
    """A room in a new world, whose bot has the ready topics."""
    topics = READY_TOPICS.read_text(encoding="utf-8")
    async with world_on(redis_url, folder, topics=topics) as world, room_in(world, browser) as room:
        yield room
