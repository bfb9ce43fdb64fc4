"""Pictures for the docs, of a read article and of the status page: `python -m tests.screenshots [folder]`.

Here: the small Telegram with an article in it, the operator's server, and a browser that looks at them.
Not here: the articles (articles_told), how the bot stands (statuses), the pages (devchat, bot/ops/page).
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from playwright.async_api import Browser

from bot.app import SystemClock
from bot.delivery.render.reading import shown
from bot.delivery.request import AiohttpRequest
from bot.delivery.wire import WireBot
from bot.devchat.chats import YOU
from bot.devchat.server import DevChat
from bot.news.answers import Reading
from bot.news.article import Article
from bot.news.message import Message, Style
from bot.news.said import ENGLISH
from bot.ops.http import serving
from bot.samples.drawing import drawing
from tests.articles_told import AT, from_the_left, from_the_right, headline
from tests.browser import opened_browser
from tests.ops.conftest import SmallHouse
from tests.pictures import DOCS, keep
from tests.statuses import busy

TOKEN = "1:screenshots"
WIDTH = 520
# What surrounds the chat on the page, and room enough for the message above its buttons.
TALL = 2600


@asynccontextmanager
async def picture_server() -> AsyncIterator[str]:
    """A server with one picture; gives its origin."""

    async def picture(request: web.Request) -> web.Response:
        return web.Response(body=drawing(5, "#1f4e79", "#6fa8c9", "#f2e3cf"), content_type="image/png")

    app = web.Application()
    app.router.add_get("/harbour.png", picture)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def shot(browser: Browser, message: Message, near: str) -> bytes:
    """Put the message into an empty chat; gives what its bubble and buttons look like."""
    devchat, calls = DevChat(token=TOKEN, near=[near], clock=AT.timestamp), AiohttpRequest()
    await devchat.start()
    bot = WireBot(TOKEN, base_url=f"{devchat.url}/bot", request=calls, get_updates_request=calls, clock=SystemClock())
    written = await bot.write(YOU["id"], message)
    context = await browser.new_context(
        locale="en-GB", timezone_id="Africa/Casablanca", viewport={"width": WIDTH, "height": TALL}
    )
    page = await context.new_page()
    await page.goto(f"{devchat.url}/#{YOU['id']}")
    bubble = page.locator(f'[data-message-id="{written}"]')
    await bubble.wait_for()
    await page.wait_for_load_state("networkidle")
    box = await bubble.bounding_box()
    assert box
    clip = {"x": 0, "y": box["y"] - 12, "width": WIDTH, "height": box["height"] + 18}
    taken = await page.screenshot(clip=clip)
    await context.close()
    await devchat.stop()
    await calls.shutdown()
    return taken


async def take_status(browser: Browser, file: Path) -> None:
    """Keep what the status page of a busy bot looks like: on a desk by day, and beside it on a phone by night."""
    seen: list[bytes] = []
    async with serving("127.0.0.1", 0, SmallHouse(status=busy()).doors()) as url:
        height = 0
        for width, scheme in ((1000, "light"), (360, "dark")):
            page = await browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            await page.goto(url)
            await page.locator("#live.on").wait_for()
            height = height or await page.evaluate("document.documentElement.scrollHeight")
            clip = {"x": 0, "y": 0, "width": width, "height": height}
            seen.append(await page.screenshot(full_page=True, clip=clip))
            await page.close()
    keep(file, *seen)


async def main(folder: Path) -> None:
    """Take the five pictures."""
    async with picture_server() as near, opened_browser() as browser:
        await take_status(browser, folder / "status.png")
        articles: dict[str, Article] = {
            "ltr": from_the_left(f"{near}/harbour.png", f"{near}/story"),
            "rtl": from_the_right(f"{near}/harbour.png", f"{near}/story"),
        }
        for side, article in articles.items():
            told = headline(article, "harbour-post", "ferry-times")
            for style in (Style.RICH, Style.PAGES):
                message = shown(ENGLISH, Reading(told, article), style, others=told.tellings)
                keep(folder / f"reading-{style}-{side}.png", await shot(browser, message, near))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS))
