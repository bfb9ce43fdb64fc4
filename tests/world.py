"""A small working world: a news site that says things, Telegram as devchat, the app between them, a ticked clock.

Here: `world_on`, which builds it, and the few things that happen in it.
Not here: what it should lead to (the tests).
"""

from __future__ import annotations

import asyncio
import hashlib
import html
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from aiohttp import web

from bot.app import App, opened
from bot.devchat.server import DevChat
from bot.news.answers import Caller
from bot.news.model import ChatKind, Source
from bot.opening import opened_stores
from bot.options import MeaningOptions
from bot.settings import Settings, load
from tests.conftest import FakeClock

TOKEN = "1:the-world"


@dataclass
class NewsSite:
    """A small news site on the loopback: says() puts a headline into its feed, corrects() changes one.

    `pages` are other pages of it, by their slugs.

    Whoever names what it has read already is not shown it again: a headline that was noted and not kept is lost.
    """

    now: Callable[[], datetime]
    items: list[tuple[str, str, datetime]] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    url: str = ""
    _asked: asyncio.Event = field(default_factory=asyncio.Event)
    _runner: web.AppRunner | None = None

    async def start(self) -> None:
        site = web.Application()
        site.router.add_get("/feed.xml", self._feed)
        site.router.add_get("/{slug}", self._article)
        self._runner = web.AppRunner(site)
        await self._runner.setup()
        port = web.TCPSite(self._runner, "127.0.0.1", 0)
        await port.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    def says(self, title: str, slug: str = "") -> str:
        """Publish a headline now; gives its address."""
        slug = slug or f"story-{len(self.items) + 1}"
        self.items.insert(0, (slug, title, self.now()))
        return f"{self.url}/{slug}"

    async def is_asked(self) -> None:
        """Return when somebody asks for the feed from now on: after a crash that is when a lease has run out."""
        self._asked.clear()
        async with asyncio.timeout(60):
            await self._asked.wait()

    def corrects(self, slug: str, title: str) -> None:
        """Change the title of what was said under `slug`."""
        self.items = [(s, title if s == slug else t, at) for s, t, at in self.items]

    async def _feed(self, request: web.Request) -> web.Response:
        self._asked.set()
        rows = "".join(
            f"<item><title>{html.escape(title)}</title><link>{self.url}/{slug}</link>"
            f"<pubDate>{format_datetime(at)}</pubDate></item>"
            for slug, title, at in self.items
        )
        feed = f'<rss version="2.0"><channel><title>Small News</title><language>en</language>{rows}</channel></rss>'
        answer = web.Response(text=feed, content_type="application/rss+xml")
        tag = hashlib.sha256(feed.encode()).hexdigest()
        answer.etag = tag
        if tag in {known.value for known in request.if_none_match or ()}:
            return web.Response(status=304, headers={"ETag": answer.headers["ETag"]})
        return answer

    async def _article(self, request: web.Request) -> web.Response:
        titles = {slug: title for slug, title, _ in self.items}
        slug = request.match_info["slug"]
        if slug in self.pages:
            return web.Response(text=self.pages[slug], content_type="text/html")
        if slug not in titles:
            raise web.HTTPNotFound
        sentence = "The talks went on until late in the evening, and both sides said that they would meet again soon. "
        body = "".join(f"<p>Paragraph {number}. {sentence * 3}</p>" for number in range(1, 5))
        title = html.escape(titles[slug])
        head = f"<html lang='en'><head><title>{title}</title></head>"
        page = f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>"
        return web.Response(text=page, content_type="text/html")


@dataclass
class World:
    """Everything that a test can touch. Each `app()` is a process of its own, with nothing in its memory."""

    clock: FakeClock
    site: NewsSite
    devchat: DevChat
    settings: Settings

    @asynccontextmanager
    async def app(self) -> AsyncIterator[App]:
        async with opened_stores(self.settings) as stores, opened(self.settings, stores, self.clock) as app:
            yield app

    async def joins(self, app: App, chat: int) -> None:
        """A chat that Telegram knows meets the bot."""
        if chat not in self.devchat.chats.by_id:
            self.devchat.chats.open({"id": chat, "type": "private", "first_name": f"Reader {chat}"})
        await app.desk.door.arrive(Caller(chat, ChatKind.PRIVATE))

    async def follows(self, app: App, chat: int, topic: str) -> None:
        """A chat subscribes to a topic."""
        await app.desk.wishes.subscribe(Caller(chat, ChatKind.PRIVATE), topic)

    async def waits_for(self, app: App, chat: int, topic: str) -> None:
        """A new chat follows a topic, and some time passes."""
        await self.joins(app, chat)
        await self.follows(app, chat, topic)
        await app.workers.round()
        self.clock.tick(minutes=5)

    async def hears(self, app: App) -> None:
        """The bot takes in what Telegram has to tell; then nobody answers any more."""
        stop = asyncio.Event()
        answering = asyncio.create_task(app.intake.answer(stop, webhook="", secret=""))
        await self.devchat.wait_for(lambda: not self.devchat.has_news)
        stop.set()
        await answering

    def told(self, chat: int, title: str) -> int:
        """How many messages of a chat hold a title."""
        return sum(title in text for text in self.devchat.texts(chat))


@asynccontextmanager
async def world_on(redis_url: str, folder: Path, **files: str) -> AsyncIterator[World]:
    """A world on an empty Redis; `files` are the contents of config files."""
    clock = FakeClock()
    site = NewsSite(clock.now)
    devchat = DevChat(token=TOKEN, clock=lambda: clock.now().timestamp())
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text)
    await site.start()
    await devchat.start()
    environ = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": devchat.url, "REDIS_URL": redis_url}
    settings = load({**environ, "HEADLINE_BOT_CONFIG": str(folder), "HEADLINE_BOT_DATA": str(folder / "var")})
    source = Source("small", f"{site.url}/feed.xml", "Small News", lang="en", every=timedelta(minutes=1))
    try:
        # Each app would load the model anew.
        options = settings.options.model_copy(update={"meaning": MeaningOptions(stories=False)})
        yield World(clock, site, devchat, replace(settings, sources=(source,), options=options))
    finally:
        await devchat.stop()
        await site.stop()
