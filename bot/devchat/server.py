"""The small Telegram, served. Owns DevChat: starting, stopping, and the levers of tests.

Here: HTTP calls of the Bot API -> methods -> answers, and faults done to connections.
Not here: the chat page's own routes (pageroutes), what a method does (methods).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web

from bot.devchat.calls import parameters
from bot.devchat.chats import Chats, Object
from bot.devchat.desk import Desk
from bot.devchat.faults import Cut, Fault, Page, Wrong
from bot.devchat.files import MOST_SENT, Files
from bot.devchat.hooks import Postman
from bot.devchat.keep import Keeper
from bot.devchat.limits import STRICT, Limits, Windows
from bot.devchat.methods import METHODS, Method
from bot.devchat.pageroutes import PageRoutes
from bot.devchat.people import People
from bot.devchat.profile import Profile
from bot.devchat.refusals import Refusal, bad, forbidden
from bot.devchat.rich import plain_text
from bot.devchat.updates import Updates
from bot.devchat.views import View

_SENDING = frozenset({"sendmessage", "sendrichmessage", "sendphoto", "senddocument", "sendlocation"})


class DevChat:
    """A Bot API server with one bot, and the people who chat with it. `clock` gives seconds since the epoch.

    Pictures come from public hosts, as with Telegram, and from the origins `near`, as in http://127.0.0.1:8082.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        token: str = "1:devchat",  # noqa: S107 - opens nothing but this server
        *,
        clock: Callable[[], float] = time.time,
        keep: Path | None = None,
        limits: Limits = STRICT,
        near: Iterable[str] = (),
    ) -> None:
        self._host, self._port, self._token = host, port, token
        bot = _bot(token)
        self.chats = Chats(clock)
        self._updates = Updates(self.chats)
        profile, files = Profile(), Files(keep.with_suffix(".files") if keep else None)
        self._keeper = Keeper(keep, self.chats, self._updates, profile, files) if keep else None
        self.people = People(self.chats, self._updates, bot, profile, files)
        self._desk = Desk(bot, self.chats, self._updates, self.people, Windows(limits), profile, files, frozenset(near))
        self._faults: list[Fault] = []
        self.sent: list[Object] = []
        self._closing = asyncio.Event()
        self._postman = Postman(self.chats, self._updates, lambda: self._desk.webhook)
        self._beside: list[asyncio.Task[None]] = []
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The address of the page, and the root of the Bot API."""
        return f"http://{self._host}:{self._port}"

    async def start(self) -> None:
        """Listen. Raises OSError where the port is taken."""
        self._closing = asyncio.Event()
        if self._keeper:
            self._keeper.read()
        app = web.Application(client_max_size=2 * MOST_SENT)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.add_routes(PageRoutes(self._desk, self._closing).routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        self._port = self._runner.addresses[0][1]
        self._beside.append(asyncio.create_task(self._postman.carry(self._closing)))
        if self._keeper:
            self._beside.append(asyncio.create_task(self._keeper.keep(self._closing)))

    async def stop(self) -> None:
        """Stop listening; stopping twice is allowed."""
        self._closing.set()
        self._updates.close()  # wakes everybody who waits
        if self._runner:
            await self._runner.cleanup()
            self._runner = None
        while self._beside:
            await self._beside.pop()

    def breaks(self, *faults: Fault) -> None:
        """Let the next calls that these faults concern go wrong, one fault a call."""
        self._faults += faults

    def mends(self) -> None:
        """Let nothing go wrong any more."""
        self._faults.clear()

    @property
    def bot(self) -> Object:
        """The bot as getMe tells of it; what people set with BotFather can be changed here."""
        return self._desk.bot

    @property
    def profile(self) -> Profile:
        """What the bot says of itself, and its menus."""
        return self._desk.profile

    @property
    def has_news(self) -> bool:
        """Whether there are updates that the bot has not taken."""
        return bool(self._updates.queue)

    def texts(self, chat: int, person: int | None = None) -> list[str]:
        """What stands in a chat, in order; as one person sees it, if one is named."""
        seen = View(self._desk, person).messages(self.chats.find(chat))
        return [said_in(message) for message in seen]

    async def wait_for(self, predicate: Callable[[], bool], seconds: float = 10) -> None:
        """Wait until something that happens here makes the predicate true. Raises TimeoutError."""
        if not await self.chats.until(predicate, seconds):
            raise TimeoutError

    async def _call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        if "Origin" in request.headers or "Sec-Fetch-Site" in request.headers:
            return _answer(403, forbidden("this is for bots; a browser has no business here").body)
        if request.match_info["token"] != self._token:
            return _answer(401, Refusal(401, "Unauthorized").body)
        method = METHODS.get(name.lower())
        if method is None:
            return _answer(404, Refusal(404, "Not Found").body)
        return await self._carry_out(name, method, request)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """A file that getFile gave the path of; for faults this is the method "file"."""
        if request.match_info["token"] != self._token:
            return _answer(401, Refusal(401, "Unauthorized").body)
        fault = self._fault("file", {})
        if fault:
            return await self._go_wrong(request, fault)
        file = self._desk.files.at(request.match_info["path"])
        if file is None:
            return _answer(404, Refusal(404, "Not Found").body)
        return web.Response(body=file.data, content_type="application/octet-stream")

    async def _carry_out(self, name: str, method: Method, request: web.Request) -> web.StreamResponse:
        try:
            call = await parameters(request)
            fault = self._fault(name, call)
            if fault and fault not in {Cut.AFTER, Cut.HALF}:
                return await self._go_wrong(request, fault)
            result = await method(self._desk, call)
        except Refusal as refusal:
            return _answer(refusal.code, refusal.body)
        except (AttributeError, KeyError, TypeError, ValueError):  # a parameter of another shape than the method's
            return _answer(400, bad("can't parse parameters of the request").body)
        if name.lower() in _SENDING:
            self.sent.append(result)
        return await self._go_wrong(request, fault) if fault else _answer(200, {"ok": True, "result": result})

    def _fault(self, name: str, call: Mapping[str, Any]) -> Wrong | None:
        chat = call.get("chat_id")
        for fault in self._faults:
            if fault.concerns(name, str(chat)):
                if not fault.lasts:
                    self._faults.remove(fault)
                return fault.how
        return None

    async def _go_wrong(self, request: web.Request, how: Wrong) -> web.StreamResponse:
        """Answer what the fault says, or break the connection."""
        if isinstance(how, Refusal):
            return _answer(how.code, how.body)
        if isinstance(how, Page):
            return web.Response(status=how.status, text=how.html, content_type="text/html")
        return await self._break(request, how)

    async def _break(self, request: web.Request, cut: Cut) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
        if cut is Cut.SILENT:
            await self._closing.wait()
        if cut is Cut.HALF:
            await answer.prepare(request)
            with suppress(ConnectionError):
                await answer.write(b'{"ok": true, "resu')
        if request.transport:
            request.transport.abort() if cut is not Cut.HALF else request.transport.close()
        return answer


def said_in(message: Mapping[str, Any]) -> str:
    """The words of a message; of a rich one those of its blocks, of a picture or a file its caption."""
    if "rich_message" in message:
        return plain_text(message["rich_message"])
    return str(message.get("text") or message.get("caption") or "")


def _bot(token: str) -> Object:
    return {
        "id": int(token.partition(":")[0]),
        "is_bot": True,
        "first_name": "Headline Bot",
        "username": "local_headline_bot",
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _answer(status: int, body: Mapping[str, object]) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(body), content_type="application/json")
