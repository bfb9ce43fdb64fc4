"""The chat page's own door: the page, the state, the events, and what a person does on it.

Here: HTTP -> people's acts; only the page itself may come in (no other site can, by name or by form).
Not here: the Bot API (server), the page (page/).
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web

from bot.devchat.chats import Chats, picture
from bot.devchat.desk import Desk
from bot.devchat.methods import profile
from bot.devchat.refusals import Refusal

PAGE = Path(__file__).parent / "page"
# Pictures of messages come from where Telegram would fetch them, safely, and from what runs beside this page.
POLICY = "default-src 'self'; img-src 'self' data: https: {near}; frame-ancestors 'none'; base-uri 'none'"
HEARTBEAT = 15.0

Act = Callable[[dict[str, Any]], object]


class PageRoutes:
    """The routes of the page of one DevChat; streams end when `closing` is set."""

    def __init__(self, desk: Desk, closing: asyncio.Event) -> None:
        people = desk.people
        self._desk = desk
        self._closing = closing
        self._acts: dict[str, Act] = {
            "say": lambda asked: people.says(asked["chat"], str(asked["text"]), reply_to=asked.get("reply_to")),
            "tap": lambda asked: people.taps_button(asked["chat"], asked["message_id"], asked["data"]),
            "chats": lambda asked: people.opens(asked["type"], str(asked["title"])[:100]),
            "block": lambda asked: people.blocks(asked["chat"], blocked=bool(asked["blocked"])),
            "clear": lambda asked: people.clears(asked["chat"]),
        }

    def routes(self) -> list[web.RouteDef]:
        """The table for aiohttp."""
        return [
            web.get("/", _guarded(self._index)),
            web.get("/page/state", _guarded(self._state)),
            web.get("/page/events", _guarded(self._events)),
            web.get(r"/page/{name:[\w.-]+}", _guarded(self._file)),
            web.post(r"/page/{act:\w+}", _guarded(self._act)),
        ]

    async def _index(self, request: web.Request) -> web.StreamResponse:
        return self._served("index.html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return self._served(request.match_info["name"])

    def _served(self, name: str) -> web.StreamResponse:
        path = PAGE / name
        if not path.is_file():
            raise web.HTTPNotFound
        policy = POLICY.format(near=" ".join(sorted(self._desk.near)))
        return web.FileResponse(path, headers={"Content-Security-Policy": policy, "Cache-Control": "no-cache"})

    async def _state(self, request: web.Request) -> web.StreamResponse:
        chats = [picture(chat) for chat in self._desk.chats.by_id.values()]
        return _json({"bot": profile(self._desk), "chats": chats, "n": self._desk.chats.last_event})

    async def _act(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["act"]
        if name not in self._acts:
            raise web.HTTPNotFound
        try:
            self._acts[name](orjson.loads(await request.read()))
        except (KeyError, TypeError, ValueError) as error:
            return _json({"error": f"Wrong request: {error}."}, 400)
        except Refusal as refusal:
            return _json({"error": refusal.description}, 400)
        return _json({})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Every event after `since`, as it happens, until the page or the server goes."""
        chats, closing = self._desk.chats, self._closing
        since = request.headers.get("Last-Event-ID") or request.query.get("since") or ""
        sent = int(since) if since.isdecimal() else 0
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
        await stream.prepare(request)
        if sent != chats.last_event and (
            not chats.events or sent > chats.last_event or sent + 1 < chats.events[0]["n"]
        ):
            await stream.write(b'data: {"kind":"reload"}\n\n')
            sent = chats.last_event
        while not closing.is_set():
            fresh = [event for event in chats.events if event["n"] > sent]
            lines = [b"id: %d\ndata: %b\n\n" % (event["n"], orjson.dumps(event)) for event in fresh]
            try:
                await stream.write(b"".join(lines) or b": still here\n\n")
            except ConnectionError:
                break
            sent = chats.last_event if not fresh else fresh[-1]["n"]
            await chats.until(partial(_is_news, chats, sent, closing), HEARTBEAT)
        return stream


def _is_news(chats: Chats, sent: int, closing: asyncio.Event) -> bool:
    return chats.last_event > sent or closing.is_set()


def _guarded(handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> Any:  # noqa: ANN401 - aiohttp's handler
    """Answer only the page: a foreign name (rebinding) or another site's form gets nothing."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if not _is_named(request.url.host or ""):
            raise web.HTTPForbidden(text="Open this page by its number or as localhost.")
        if request.method == "POST" and request.headers.get("X-Devchat") != "1":
            raise web.HTTPForbidden(text="Only the page itself may do this.")
        return await handler(request)

    return answer


def _is_named(host: str) -> bool:
    """A name that no stranger's DNS can point here: a number, or localhost."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return True


def _json(body: object, status: int = 200) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(body), content_type="application/json")
