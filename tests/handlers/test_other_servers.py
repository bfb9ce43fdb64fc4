"""A Bot API server that is less than Telegram: it knows few methods, answers at once, and leaves out what it can."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from telegram.ext import ApplicationBuilder, ContextTypes

from bot.delivery.pace import Valve
from bot.delivery.request import AiohttpRequest
from bot.delivery.wire import WireBot
from bot.handlers import intake, register
from bot.handlers.context import Context
from bot.handlers.intake import Intake
from bot.news.model import Source
from bot.ops.metrics import Metrics
from bot.store.permits import RedisPermits
from bot.store.sources import Sources
from bot.tongues import spoken

ME = {"id": 1, "first_name": "Somebody", "is_bot": False}
CHAT = {"id": 1, "first_name": "Somebody", "type": "private"}


class HastyServer:
    """Holds no answer back, gives no message when it has changed one, and answers the unknown as nobody else does."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.said: list[str] = []
        self.waiting: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}
        self.happened = asyncio.Condition()
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{name}", self._file)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        assert self._runner
        await self._runner.cleanup()

    def hears(self, **content: Any) -> None:
        self.waiting.append({"update_id": len(self.waiting) + self.asked.total() + 1, **content})

    async def wait_for(self, is_so: Any) -> None:
        async with asyncio.timeout(10), self.happened:
            await self.happened.wait_for(is_so)

    async def _file(self, request: web.Request) -> web.Response:
        return web.Response(body=self.files[request.match_info["name"]])

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        call = await request.json() if request.can_read_body else {}
        async with self.happened:
            self.asked[method] += 1
            self.happened.notify_all()
            match method:
                case "getMe":
                    result: Any = {"id": 666, "is_bot": True, "first_name": "A bot", "username": "ABot"}
                case "getUpdates":
                    result, self.waiting = self.waiting, []
                case "sendMessage":
                    self.said.append(call["text"])
                    result = {"message_id": 100 + len(self.said), "chat": CHAT}
                case "getFile" if call["file_id"] in self.files:
                    result = {"file_id": call["file_id"], "file_unique_id": "u", "file_path": call["file_id"]}
                case "deleteWebhook" | "getMyCommands":  # the second is no list: its menu cannot be read
                    result = True
                case "editMessageText":
                    self.said.append(call["text"])
                    result = None
                case "editMessageReplyMarkup" | "answerCallbackQuery":
                    result = None
                case _:
                    return web.json_response({"message": f"API method {method!r} is not supported."}, status=500)
        return web.json_response({"ok": True, "result": result})


@pytest.fixture
async def server() -> AsyncIterator[HastyServer]:
    server = HastyServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def bot(server, desk, database, clock) -> AsyncIterator[HastyServer]:
    """The server, with our bot at work on it."""
    calls, updates = AiohttpRequest(), AiohttpRequest()
    wire = WireBot(
        "1:x",
        base_url=f"{server.url}/bot",
        base_file_url=f"{server.url}/file/bot",
        request=calls,
        get_updates_request=updates,
        rate_limiter=Valve(RedisPermits(database), clock),
        clock=clock,
    )
    house = ApplicationBuilder().bot(wire).updater(None).context_types(ContextTypes(context=Context)).build()
    register(house, desk, spoken(), frozenset({ME["id"]}))
    stop = asyncio.Event()
    task = asyncio.create_task(Intake(house, Metrics()).answer(stop, webhook="", secret=""))
    yield server
    stop.set()
    await task
    await calls.shutdown()
    await updates.shutdown()


async def test_whoever_writes_there_is_answered(bot) -> None:
    bot.hears(message={"message_id": 1, "date": 1, "from": ME, "chat": CHAT, "text": "/about"})
    await bot.wait_for(lambda: bot.said)


async def test_it_is_not_asked_without_a_breath_in_between(bot) -> None:
    clock = asyncio.get_running_loop()
    began = clock.time()
    await bot.wait_for(lambda: bot.asked["getUpdates"] >= 6)
    assert clock.time() - began >= 4 * intake.REST.total_seconds()


START = {"inline_keyboard": [[{"text": "Morocco", "callback_data": "sub:morocco"}]]}


@pytest.mark.parametrize(
    "message",
    [
        {"chat": CHAT},
        {"chat": CHAT, "message_id": 101},
        {"chat": CHAT, "message_id": 101, "date": 1, "text": "Hello", "reply_markup": START},
    ],
    ids=["only its chat", "its chat and its number", "all of it"],
)
async def test_a_tap_is_heard_whatever_the_server_tells_of_its_message(bot, desk, message) -> None:
    bot.hears(callback_query={"id": "1", "from": ME, "message": message, "data": "sub:morocco"})
    await bot.wait_for(lambda: bot.asked["answerCallbackQuery"])
    bot.hears(message={"message_id": 2, "date": 1, "from": ME, "chat": CHAT, "text": "/topics"})
    await bot.wait_for(lambda: bot.said)
    assert "Morocco" in bot.said[0]


def file(name: str, size: int, sender: dict[str, Any] = ME) -> dict[str, Any]:
    document = {"file_id": name, "file_unique_id": "u", "file_name": f"{name}.OPML", "file_size": size}
    return {"message_id": 3, "date": 1, "from": sender, "chat": CHAT, "document": document}


OPML = (
    b'<opml version="2.0"><body><outline text="World"><outline text="One" xmlUrl="https://one.example/feed"/></outline>'
    b'<outline text="Small" xmlUrl="https://small.example/feed"/><outline text="Mine" xmlUrl="http://10.0.0.1/feed"/>'
    b"</body></opml>"
)


async def test_a_feed_readers_list_that_is_sent_as_a_file_is_watched(bot, database) -> None:
    bot.files["feeds"] = OPML
    bot.hears(message=file("feeds", len(OPML)))
    await bot.wait_for(lambda: len(bot.said) == 2)
    assert bot.said[-1] == (
        "✅ I watch one source of that list from now on.\nOne I watched already.\nOne I refused:\n"
        "• Mine: http://10.0.0.1/feed is not asked. That address is not on the public internet."
    )
    assert await Sources(database).added() == [Source("one", "https://one.example/feed", "One", folder="World")]


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (file("novel", 30), "That is no OPML."),
        (file("lost", 30), "Telegram does not give me that file just now."),
        (file("huge", 1_000_001), "larger than 1 MB"),
        (file("feeds", 300, {"id": 60, "is_bot": False, "first_name": "Somebody"}), "Only those who run this bot"),
    ],
    ids=["no list", "not there", "too large", "by somebody else"],
)
async def test_a_file_that_is_not_taken_in_says_why(bot, database, message, told) -> None:
    bot.files |= {"novel": b"Call me Ishmael.", "feeds": OPML}
    bot.hears(message=message)
    await bot.wait_for(lambda: any(told in said for said in bot.said))
    assert await Sources(database).added() == []
