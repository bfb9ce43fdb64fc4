"""A small newspaper on a local port, for the first minute without a network. Owns its HTTP server.

Here: addresses, conditional answers, starting and stopping.
Not here: what it publishes when (schedule), what it writes (stories), how it looks (pages).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from bot.samples import schedule
from bot.samples.pages import PAPER, ZONE, Pages, address, picture, read
from bot.samples.stories import Story, Writers

_USUAL_PORT, _ANY_PORT = 8082, 0  # 8080 and 8081 are the status page's and the chat page's
_STORY = r"{path:\d{4}/\d\d/\d\d/\d{6}-[a-z0-9-]+}"
_IN_THE_BOX, _IN_THE_FEED, _BESIDE_AN_ARTICLE = 25, 60, 7


@dataclass(frozen=True, slots=True)
class Place:
    """What a reader must know to watch this newspaper."""

    name: str
    title: str
    url: str
    zone: str
    lang: str


class Newsroom:
    """Publishes from `start` to `stop`; `clock` tells the instant, aware. Without a port: the usual one, if free.

    A headline is known by its address: on another port the paper would be another paper, and its old articles gone.
    """

    def __init__(self, host: str = "127.0.0.1", port: int | None = None, *, clock: Callable[[], datetime]) -> None:
        self._host, self._port, self._clock = host, port, clock
        self._opened = clock()
        self._writers = Writers()
        self._runner: web.AppRunner | None = None
        self._pages = Pages("")

    @property
    def url(self) -> str:
        """The newspaper's address, without a slash at the end."""
        return f"http://{self._host}:{self._port}"

    @property
    def sources(self) -> tuple[Place, ...]:
        """What there is to watch: the Latest News box of the front page (the feed holds the same headlines)."""
        return (Place("courier", PAPER, f"{self.url}/", ZONE, "en"),)

    async def start(self) -> None:
        """Open the newspaper; from now on it publishes. Raises OSError where a port that was asked for is taken."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/", self._home),
                web.get(r"/{section:world|sport|science}", self._section),
                web.get("/feed.xml", self._feed),
                web.get("/about", self._about),
                web.get("/style.css", self._style),
                web.get(f"/pictures/{_STORY}.png", self._picture),
                web.get(f"/{_STORY}", self._article),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        try:
            await self._listen(self._runner, _USUAL_PORT if self._port is None else self._port)
        except OSError:
            if self._port is not None:
                await self.stop()
                raise
            await self._listen(self._runner, _ANY_PORT)
        self._port = self._runner.addresses[0][1]
        self._opened = self._clock()
        self._pages = Pages(self.url)

    async def _listen(self, runner: web.AppRunner, port: int) -> None:
        site = web.TCPSite(runner, self._host, port)
        try:
            await site.start()
        except OSError:
            await site.stop()
            raise

    async def stop(self) -> None:
        """Close the newspaper. May be done twice."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    def _standing(self, most: int) -> list[Story]:
        return [self._writers.story(instant) for instant in schedule.standing(self._opened, self._clock(), most)]

    def _story_at(self, request: web.Request) -> Story:
        """The story of an address, whenever this newspaper was started; 404 where there is none."""
        path = "/" + request.match_info["path"]
        try:
            instant = datetime.strptime(path[:18], "/%Y/%m/%d/%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            raise web.HTTPNotFound from None
        story = self._writers.story(instant)
        if instant > self._clock() or address(story) != path:
            raise web.HTTPNotFound
        return story

    async def _home(self, request: web.Request) -> web.StreamResponse:
        return _answer(request, self._pages.home(self._standing(_IN_THE_BOX), self._clock()), "text/html")

    async def _section(self, request: web.Request) -> web.StreamResponse:
        section = request.match_info["section"].capitalize()
        return _answer(request, self._pages.home(self._standing(_IN_THE_BOX), self._clock(), section), "text/html")

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        return _answer(request, self._pages.feed(self._standing(_IN_THE_FEED), self._clock()), "application/rss+xml")

    async def _article(self, request: web.Request) -> web.StreamResponse:
        story = self._story_at(request)
        others = [other for other in self._standing(_BESIDE_AN_ARTICLE + 1) if other != story][:_BESIDE_AN_ARTICLE]
        return _answer(request, self._pages.article(story, others, self._clock()), "text/html")

    async def _about(self, request: web.Request) -> web.StreamResponse:
        return _answer(request, self._pages.about(self._clock()), "text/html")

    async def _style(self, request: web.Request) -> web.StreamResponse:
        return _answer(request, read("style.css"), "text/css")

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        story = self._story_at(request)
        return _answer(request, picture(schedule.number(story.published_at), story.section), "image/png")


def _answer(request: web.Request, content: str | bytes, content_type: str) -> web.StreamResponse:
    """The content, a text compressed where the client reads that; 304 where the client has it already."""
    body = content.encode() if isinstance(content, str) else content
    tag = hashlib.blake2b(body, digest_size=8).hexdigest()
    headers = {"ETag": f'"{tag}"', "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if any(known.value in {tag, "*"} for known in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    if isinstance(content, bytes):
        return web.Response(body=body, content_type=content_type, headers=headers)
    answer = web.Response(body=body, content_type=content_type, charset="utf-8", headers=headers)
    answer.enable_compression()
    return answer
