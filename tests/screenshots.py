"""Pictures for the docs, of a read article and of the status page: `python -m tests.screenshots [folder]`.

Here: the small Telegram with an article in it, the operator's server, and a browser that looks at them.
Not here: the articles (articles_told), how the bot stands (statuses), the pages (devchat, bot/ops/page).
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from PIL import Image
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
from tests.statuses import busy

TOKEN = "1:screenshots"
DOCS = Path(__file__).parent.parent / "docs"
WIDTH = 520
# What surrounds the chat on the page, and room enough for the message above its buttons.
TALL = 2600
# A page of letters and bars needs few; with all of them its picture is three times as large.
COLOURS = 160


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


async def take(browser: Browser, message: Message, near: str, file: Path) -> None:
    """Put the message into an empty chat, and keep what its bubble and buttons look like."""
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
    await page.screenshot(path=file, clip=clip)
    await context.close()
    await devchat.stop()
    await calls.shutdown()


async def take_status(browser: Browser, file: Path) -> None:
    """Keep what the status page of a busy bot looks like: on a desk by day, and beside it on a phone by night."""
    seen: list[Image.Image] = []
    async with serving("127.0.0.1", 0, SmallHouse(status=busy()).doors()) as url:
        for width, scheme in ((1000, "light"), (360, "dark")):
            page = await browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            await page.goto(url)
            await page.locator("#live.on").wait_for()
            seen.append(Image.open(io.BytesIO(await page.screenshot(full_page=True))))
            await page.close()
    desk, phone = seen
    both = Image.new("RGB", (desk.width + phone.width, desk.height))
    both.paste(desk, (0, 0))
    both.paste(phone.crop((0, 0, phone.width, desk.height)), (desk.width, 0))
    both.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def told_size(file: Path) -> None:
    """Say what was taken."""
    sys.stdout.write(f"{file}: {file.stat().st_size // 1000} kB\n")


async def main(folder: Path) -> None:
    """Take the five pictures."""
    async with picture_server() as near, opened_browser() as browser:
        status = folder / "status.png"
        await take_status(browser, status)
        told_size(status)
        articles: dict[str, Article] = {
            "ltr": from_the_left(f"{near}/harbour.png", f"{near}/story"),
            "rtl": from_the_right(f"{near}/harbour.png", f"{near}/story"),
        }
        for side, article in articles.items():
            told = headline(article, "harbour-post", "ferry-times")
            for style in (Style.RICH, Style.PAGES):
                message = shown(ENGLISH, Reading(told, article), style, others=told.tellings)
                file = folder / f"reading-{style}-{side}.png"
                await take(browser, message, near, file)
                told_size(file)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS))
