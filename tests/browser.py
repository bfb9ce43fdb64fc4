"""The browser that looks at the chat page: the machine's own Chromium, asking nobody on the internet for anything.

Here: finding and opening it. Not here: what is looked at (test_first_minute, test_chat_in_browser, devchat/page).
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, async_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the page cannot be looked at")
_FLAGS = (
    *("--no-sandbox", "--disable-gpu"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@asynccontextmanager
async def opened_browser() -> AsyncIterator[Browser]:
    """A browser without a window, closed in the end."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield browser
        await browser.close()
