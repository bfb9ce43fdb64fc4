"""The chat page's own door: the page, the state, the events, and what a person does on it.

Here: HTTP -> people's acts; only the page itself may come in (no other site can, by name or by form).
Not here: what a person sees, and how it looks (views); the acts (people, pageacts); the Bot API (server).

    GET  /page/state?as=ID               the State
    GET  /page/events?as=ID&since=N      Server-sent Events after N
    GET  /page/file/FILE_ID              a picture or a file
    POST /page/ACT        JSON           {"result": …} or {"error": a sentence} with 400; the acts: see pageacts
    POST /page/upload?as=ID&chat=ID&name=a.opml[&caption=][&thread=][&reply_to=][&as_file=1]
                          the file itself, with its Content-Type  {"result": Message}; a picture becomes a photo, unless
                          as_file

Every POST has the header X-Devchat: 1. `as` is who acts and looks, by user id; without it the page sees everything,
and acts as whose private chat it is, or as the first person.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
from aiohttp import web

from bot.devchat.chats import Chats
from bot.devchat.desk import Desk
from bot.devchat.pageacts import ACTS, upload
from bot.devchat.pictures import measured
from bot.devchat.refusals import Refusal
from bot.devchat.views import View

PAGE = Path(__file__).parent / "page"
# Pictures of messages come from where Telegram would fetch them, safely, and from what runs beside this page.
POLICY = "default-src 'self'; img-src 'self' data: https: {near}; frame-ancestors 'none'; base-uri 'none'"
HEARTBEAT = 15.0

_MIME = re.compile(r"[a-z]+/[\w.+-]+")


class PageRoutes:
    """The routes of the page of one DevChat; streams end when `closing` is set."""

    def __init__(self, desk: Desk, closing: asyncio.Event) -> None:
        self._desk = desk
        self._closing = closing

    def routes(self) -> list[web.RouteDef]:
        """The table for aiohttp."""
        return [
            web.get("/", _guarded(self._index)),
            web.get("/page/state", _guarded(self._state)),
            web.get("/page/events", _guarded(self._events)),
            web.get(r"/page/file/{file:\w+}", _guarded(self._sent_file)),
            web.get(r"/page/{name:[\w.-]+}", _guarded(self._file)),
            web.post("/page/upload", _guarded(self._upload)),
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

    async def _sent_file(self, request: web.Request) -> web.StreamResponse:
        """A file of a message; only pictures are shown, so that no file can act in the page's name."""
        try:
            file = self._desk.files.get(request.match_info["file"])
        except Refusal:
            raise web.HTTPNotFound from None
        if file.url:
            raise web.HTTPFound(file.url)
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        if measured(file.data) is None:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        mime = file.mime if _MIME.fullmatch(file.mime) else "application/octet-stream"
        return web.Response(body=file.data, content_type=mime, headers=headers)

    async def _state(self, request: web.Request) -> web.StreamResponse:
        return _json(self._view(request).state())

    def _view(self, request: web.Request) -> View:
        person = request.query.get("as", "")
        if person and (not person.isdecimal() or int(person) not in self._desk.chats.people):
            raise web.HTTPNotFound(text="There is no such person.")
        return View(self._desk, int(person) if person else None)

    async def _act(self, request: web.Request) -> web.StreamResponse:
        act = ACTS.get(request.match_info["act"])
        if act is None:
            raise web.HTTPNotFound
        body = await request.read()
        return _done(lambda: act(self._desk.people, orjson.loads(body)))

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        data = await request.read()
        asked = dict(request.query)
        return _done(lambda: upload(self._desk.people, asked, request.content_type, data))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Every event after `since`, as it happens, until the page or the server goes."""
        chats, closing, view = self._desk.chats, self._closing, self._view(request)
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
            seen = [view.event(event) for event in fresh]
            lines = [b"id: %d\ndata: %b\n\n" % (event["n"], orjson.dumps(event)) for event in seen if event]
            try:
                await stream.write(b"".join(lines) or b": still here\n\n")
            except ConnectionError:
                break
            sent = chats.last_event if not fresh else fresh[-1]["n"]
            await chats.until(partial(_is_news, chats, sent, closing), HEARTBEAT)
        return stream


def _done(act: Callable[[], object]) -> web.Response:
    """Do something, and tell what came of it, or in a sentence why not."""
    try:
        return _json({"result": act()})
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return _json({"error": f"Wrong request: {error}."}, 400)
    except Refusal as refusal:
        return _json({"error": refusal.description}, 400)


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
