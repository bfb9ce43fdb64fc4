"""One browser for every test of the page; a context, a page and a server for each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.devchat.server import DevChat
from tests.browser import opened_browser
from tests.devchat.screens import PLENTY, Screen, shown


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with opened_browser() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def server() -> AsyncIterator[DevChat]:
    chat = DevChat(limits=PLENTY)
    await chat.start()
    yield chat
    await chat.stop()


@pytest.fixture
def looks() -> dict[str, Any]:
    """How the browser is set up; a test may say otherwise with parametrize."""
    return {}


@pytest_asyncio.fixture(loop_scope="session")
async def screen(browser: Browser, server: DevChat, looks: dict[str, Any]) -> AsyncIterator[Screen]:
    usual = {"timezone_id": "Asia/Tokyo", "locale": "en-GB", "viewport": {"width": 1200, "height": 800}}
    context = await browser.new_context(**{**usual, **looks})
    async with aiohttp.ClientSession() as http:
        screen = await shown(context, server, http)
        yield screen
        await context.close()
    assert not screen.complaints
