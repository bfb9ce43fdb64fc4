"""What people see of the bot in a real browser, with a clock that is moved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser import needs_chromium, opened_browser
from tests.chatroom import Room, room_in
from tests.world import world_on

pytestmark = [needs_chromium, pytest.mark.timeout(120)]
ME = 1001


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with opened_browser() as browser:
        yield browser


@pytest.fixture
async def room(redis_url: str, tmp_path: Path, browser: Browser) -> AsyncIterator[Room]:
    async with world_on(redis_url, tmp_path) as world, room_in(world, browser) as room:
        yield room


async def test_who_follows_a_topic_is_told_and_reads(room: Room) -> None:
    me = await room.look(ME)
    await me.page.click("#start")
    await me.says("/subscribe morocco")
    await me.reads("From now on I tell you about")
    await room.hears("Morocco opens a new port", "port")
    await me.taps("Morocco opens a new port", "📖 Read")
    await me.reads("Paragraph 1.")
