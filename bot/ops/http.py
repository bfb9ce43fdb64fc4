"""The operator's HTTP server: health, metrics, the status page, and the doors for publishers, Telegram and hubs.

Here: routes, who may come in, how much may be brought, and which answer means what.
Not here: what is behind a door (injected as Doors), the answers of the status page's routes (statuspage).
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web

from bot.news.errors import BadHeadline, Behind, StoreError
from bot.news.page import Page
from bot.ops.callers import EVERYBODY, Callers
from bot.ops.doorway import doorway
from bot.ops.live import Pace
from bot.ops.status import Status
from bot.ops.statuspage import StatusPage

# What one POST may bring. A headline with its whole article has some ten thousand bytes.
MOST_BYTES = 1024 * 1024
MOST_HEADLINES = 1000
# And how many seconds that may take.
BROUGHT_WITHIN = 20
# Redis that is away is back within seconds, or an operator has to come.
AWAY = {"Retry-After": "5"}
# Ten thousand headlines are read in about as many seconds as this.
BEHIND = {"Retry-After": "10"}
EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Doors:
    """What is behind the routes.

    `ready` lists what is wrong. `publish` gives the ids or raises BadHeadline or Behind, and then nothing was
    published. Without a token nobody may publish; without `webhook` no updates come in here, and with it only from
    its `callers`. `challenged` says what a hub of ours wants to hear (source, token, question), `brought` takes in
    what it brings (source, token, signature, page); without them no hub is known.
    """

    ready: Callable[[], Awaitable[list[str]]]
    metrics: Callable[[], bytes]
    status: Callable[[], Awaitable[Status]]
    publish: Callable[[list[Mapping[str, object]]], Awaitable[list[str]]]
    publish_token: str = field(default="", repr=False)
    webhook: Callable[[Mapping[str, Any]], Awaitable[bool]] | None = None
    webhook_secret: str = field(default="", repr=False)
    callers: Callers = EVERYBODY
    challenged: Callable[[str, str, Mapping[str, str]], Awaitable[str | None]] | None = None
    brought: Callable[[str, str, str, Page], Awaitable[bool]] | None = None


@asynccontextmanager
async def serving(host: str, port: int, doors: Doors, pace: Pace = Pace()) -> AsyncIterator[str]:
    """Serve while the context is open; gives the server's address. Raises ConfigError where it cannot listen."""
    house = web.Application(client_max_size=MOST_BYTES)
    status = StatusPage(doors.status, pace)
    house.add_routes(_Routes(doors, status).table())
    house.on_shutdown.append(status.close)
    async with doorway(house, host, port) as address:
        yield address


class _Routes:
    """The answers."""

    def __init__(self, doors: Doors, status: StatusPage) -> None:
        self._doors = doors
        self._status = status

    def table(self) -> list[web.RouteDef]:
        """The table for aiohttp."""
        return [
            web.get("/", self._status.show),
            web.get("/status.css", self._status.style),
            web.get("/status.js", self._status.script),
            web.get("/events", self._status.events, allow_head=False),
            web.get("/healthz", self._alive),
            web.get("/readyz", self._ready),
            web.get("/metrics", self._metrics),
            web.post("/headlines", self._publish),
            web.post("/telegram", self._webhook),
            web.get("/websub/{source}/{token}", self._challenge),
            web.post("/websub/{source}/{token}", self._push),
        ]

    async def _alive(self, request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _ready(self, request: web.Request) -> web.Response:
        problems = await self._doors.ready()
        if problems:
            return web.Response(status=503, headers=AWAY, text="".join(f"{problem}\n" for problem in problems))
        return web.Response(text="ok\n")

    async def _metrics(self, request: web.Request) -> web.Response:
        return web.Response(body=self._doors.metrics(), headers={"Content-Type": EXPOSITION})

    async def _publish(self, request: web.Request) -> web.Response:
        if not self._doors.publish_token:
            raise web.HTTPNotFound
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not _same(token.strip(), self._doors.publish_token):
            return _refused(401, "The bearer token is missing or wrong.", {"WWW-Authenticate": "Bearer"})
        try:
            entries = _entries(await _json(request))
        except _RefusedError as error:
            return _refused(error.status, str(error))
        try:
            ids = await self._doors.publish(entries)
        except BadHeadline as error:
            return _refused(400, f"Headline {error.item + 1} of {len(entries)}: {error}")
        except Behind as error:
            return _refused(429, str(error), BEHIND)
        except StoreError as error:
            return _refused(503, str(error), AWAY)
        return web.json_response({"ids": ids}, status=202)

    async def _webhook(self, request: web.Request) -> web.Response:
        doors = self._doors
        if doors.webhook is None:
            raise web.HTTPNotFound
        if not doors.callers.admits(request.remote or "", request.headers.getall("X-Forwarded-For", ())):
            return _refused(403, "Updates do not come from there.")
        if not _same(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), doors.webhook_secret):
            return _refused(403, "The secret token is missing or wrong.")
        try:
            update = await _json(request)
        except _RefusedError as error:
            return _refused(error.status, str(error))
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return _refused(400, "This is no update of Telegram's.")
        if not await doors.webhook(update):
            return _refused(503, "Nobody answers yet.", AWAY)
        return web.Response()

    async def _challenge(self, request: web.Request) -> web.Response:
        if self._doors.challenged is None:
            raise web.HTTPNotFound
        try:
            heard = await self._doors.challenged(*_subscription(request), dict(request.query))
        except StoreError as error:
            return _refused(503, str(error), AWAY)
        return web.Response(text=heard) if heard is not None else _refused(404, "Nobody asked for that.")

    async def _push(self, request: web.Request) -> web.Response:
        if self._doors.brought is None:
            raise web.HTTPNotFound
        signature = request.headers.get("X-Hub-Signature", "")
        try:
            page = Page("", await _body(request), request.content_type, request.charset or "")
            taken = await self._doors.brought(*_subscription(request), signature, page)
        except _RefusedError as error:
            return _refused(error.status, str(error))
        except StoreError as error:
            return _refused(503, str(error), AWAY)
        return web.Response() if taken else _refused(403, "Nobody asked for that, or its signature is wrong.")


class _RefusedError(Exception):
    """What was brought cannot be taken in; the text says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def _subscription(request: web.Request) -> tuple[str, str]:
    """The source and the token that an address of ours names."""
    return request.match_info["source"], request.match_info["token"]


def _same(given: str, secret: str) -> bool:
    """Whether the two are the same, in a time that tells nothing; an empty secret is nobody's."""
    return bool(secret) and hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())


async def _json(request: web.Request) -> Any:  # noqa: ANN401 - whatever was brought
    """The request's JSON. Raises _RefusedError."""
    if request.content_type != "application/json":
        raise _RefusedError(415, "Send JSON, with Content-Type: application/json.")
    try:
        return orjson.loads(await _body(request))
    except orjson.JSONDecodeError as error:
        raise _RefusedError(400, f"This is not JSON: {error}.") from None


async def _body(request: web.Request) -> bytes:
    """What the request brings. Raises _RefusedError where that is too much, or takes too long."""
    try:
        async with asyncio.timeout(BROUGHT_WITHIN):
            return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise _RefusedError(413, f"Send at most {MOST_BYTES} bytes at once.") from None
    except TimeoutError:
        raise _RefusedError(408, f"Send it within {BROUGHT_WITHIN} seconds.") from None


def _entries(brought: object) -> list[Mapping[str, object]]:
    """One object or an array of objects as a list. Raises _RefusedError."""
    entries: list[Any] = brought if isinstance(brought, list) else [brought]
    if len(entries) > MOST_HEADLINES:
        raise _RefusedError(413, f"Send at most {MOST_HEADLINES} headlines at once.")
    for place, entry in enumerate(entries):
        if not isinstance(entry, dict):
            raise _RefusedError(400, f"Headline {place + 1} of {len(entries)}: it is no JSON object.")
    return entries


def _refused(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.json_response({"error": sentence}, status=status, headers=headers)
