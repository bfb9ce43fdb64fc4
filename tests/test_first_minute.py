"""The first minute of a newcomer, in a real browser: one command, a page, a pushed headline, an article.

The bot runs as `headline-bot run` does with nothing configured, but for its ports and its data folder.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser import needs_chromium
from tests.chatroom import Seen

ROOT = Path(__file__).parent.parent

pytestmark = needs_chromium


@pytest.fixture
async def ready(browser: Browser, tmp_path: Path) -> AsyncIterator[tuple[str, float]]:
    """The chat page's address, as the ready bot prints it, and when it did so; the browser is open already."""
    environ = {
        **os.environ,
        "HEADLINE_BOT_DATA": str(tmp_path),
        "HEADLINE_BOT_DEVCHAT": "127.0.0.1:0",
        "HEADLINE_BOT_HTTP": "127.0.0.1:0",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"), env=environ, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    async with asyncio.timeout(30):
        while not (found := re.search(rb"Chat page: (\S+)", line := await process.stdout.readline())):
            assert line, "the bot stopped before it was ready"
    yield found[1].decode(), time.monotonic()
    process.send_signal(signal.SIGTERM)
    await process.stdout.read()
    assert await process.wait() == 0


@pytest.fixture
async def me(browser: Browser, ready: tuple[str, float]) -> Seen:
    context = await browser.new_context(timezone_id="Africa/Casablanca", locale="en-GB")
    page = await context.new_page()
    await page.goto(ready[0])
    return Seen(page)


async def turns_the_topics(me: Seen) -> None:
    """There and back through the ready topics, in the place of the first."""
    welcome = me.message("Tap a topic to follow it")
    await welcome.get_by_role("button", name="More ›").click()
    await welcome.get_by_role("button", name="⚔️ Conflicts").wait_for(timeout=3000)
    await welcome.get_by_role("button", name="‹ Back").click()
    await welcome.get_by_role("button", name="🌐 World").wait_for(timeout=3000)


@pytest.mark.timeout(90)
async def test_a_newcomer_is_pushed_a_timestamped_headline_and_reads_an_article(
    me: Seen, ready: tuple[str, float]
) -> None:
    await me.page.click("#start")
    await me.message("Tap a topic to follow it").wait_for(timeout=3000)
    await turns_the_topics(me)
    await me.says("/subscribe morocco")
    await me.message("From now on I tell you about").wait_for(timeout=3000)

    pushed = me.page.locator("[data-message-id]:has(time)", has_text="because you follow").last
    await pushed.wait_for(timeout=15_000)
    assert time.monotonic() - ready[1] < 15, "from the ready line to the first headline took too long"
    assert re.search(r"\d\d:\d\d", await pushed.locator("time").first.inner_text())

    # Both take a tenth of a second, and on a machine that has other things to do no more than a person waits for.
    await me.says("/latest")
    await me.message("Latest headlines").wait_for(timeout=3000)
    await me.says("/read 1")
    picture = me.page.locator("[data-message-id] .rich figure img").last
    await picture.wait_for(timeout=3000)
    await me.page.wait_for_function("node => node.naturalWidth > 0", arg=await picture.element_handle(), timeout=3000)
