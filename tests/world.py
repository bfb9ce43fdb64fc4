"""A small working world: a news site that says things, Telegram as devchat, and the app between them on a ticked clock."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime

from aiohttp import web


@dataclass
class NewsSite:
    """A small news site on the loopback: says() puts a headline into its feed, corrects() changes one."""

    now: object
    items: list[tuple[str, str, datetime]] = field(default_factory=list)
    url: str = ""
    asked: int = 0
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

    def corrects(self, slug: str, title: str) -> None:
        """Change the title of what was said under `slug`."""
        self.items = [(s, title if s == slug else t, at) for s, t, at in self.items]

    async def _feed(self, request: web.Request) -> web.Response:
        self.asked += 1
        rows = "".join(
            f"<item><title>{html.escape(title)}</title><link>{self.url}/{slug}</link>"
            f"<pubDate>{format_datetime(at)}</pubDate></item>"
            for slug, title, at in self.items
        )
        feed = f'<rss version="2.0"><channel><title>Small News</title><language>en</language>{rows}</channel></rss>'
        return web.Response(text=feed, content_type="application/rss+xml")

    async def _article(self, request: web.Request) -> web.Response:
        titles = {slug: title for slug, title, _ in self.items}
        slug = request.match_info["slug"]
        if slug not in titles:
            raise web.HTTPNotFound
        sentence = "The talks went on until late in the evening, and both sides said that they would meet again soon. "
        body = "".join(f"<p>Paragraph {number}. {sentence * 3}</p>" for number in range(1, 5))
        title = html.escape(titles[slug])
        page = f"<html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
        return web.Response(text=page, content_type="text/html")
