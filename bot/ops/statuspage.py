"""The status page over HTTP: the page, its two files, and its news while it is open.

Here: headers, what a watcher is told, and that watchers end when the server does.
Not here: what the page tells (status), how often it is looked (live), the route table (http).

News travel as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): each is one JSON
object, the ids of places on the page with what stands there now, of those places that have changed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import orjson
from aiohttp import web

from bot.news.errors import StoreError
from bot.ops.live import Lookout, Pace
from bot.ops.status import Status, page, page_without_facts, shown

# Only our own two files, and the icon that the page brings along; so nothing that slipped through could run.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_HEADERS = {"Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
_FRESH = {"Cache-Control": "no-store"}
# A proxy that gathers answers before it passes them on would keep the news.
_STREAM = {"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
STYLE, SCRIPT = "text/css", "text/javascript"
HEARTBEAT = b":\n\n"


class StatusPage:
    """The answers of the page's routes."""

    def __init__(self, look: Callable[[], Awaitable[Status]], pace: Pace) -> None:
        self._look = look
        self._pace = pace
        self._lookout = Lookout(look, pace)
        self._watching = 0

    async def show(self, request: web.Request) -> web.Response:
        """The page as it is now, for a browser that runs scripts or none."""
        try:
            code, text = 200, page(await self._look())
        except StoreError as error:
            code, text = 503, page_without_facts(str(error))
        return web.Response(status=code, text=text, content_type="text/html", headers={**_HEADERS, **_FRESH})

    async def style(self, request: web.Request) -> web.Response:
        """How it looks."""
        return web.Response(text=shown("status.css"), content_type=STYLE, headers={**_HEADERS, **_FRESH})

    async def script(self, request: web.Request) -> web.Response:
        """What keeps it up to date."""
        return web.Response(text=shown("status.js"), content_type=SCRIPT, headers={**_HEADERS, **_FRESH})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """News for one watcher, until it leaves or the server ends; 503 where there is no room."""
        if self._watching >= self._pace.most or self._lookout.is_closed:
            return web.Response(status=503, headers={"Retry-After": "30"}, text="Too many watch this page already.\n")
        response = web.StreamResponse(headers={**_HEADERS, **_FRESH, **_STREAM})
        self._watching += 1
        try:
            with suppress(ConnectionError):  # it left
                await response.prepare(request)
                await self._tell(response)
        except TimeoutError:  # it takes nothing in, not even an end
            if request.transport:
                request.transport.abort()
        finally:
            self._watching -= 1
        return response

    async def close(self, application: web.Application) -> None:
        """End what every watcher is told: a stop is not to wait for them."""
        await self._lookout.close()

    async def _tell(self, response: web.StreamResponse) -> None:
        known: dict[str, str] = {}
        while not self._lookout.is_closed:
            seen = await self._lookout.next()
            news = {place: part for place, part in seen.items() if known.get(place) != part}
            known |= news
            async with asyncio.timeout(self._pace.patience.total_seconds()):
                await response.write(b"data: %b\n\n" % orjson.dumps(news) if news else HEARTBEAT)
