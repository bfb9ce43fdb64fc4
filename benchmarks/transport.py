"""How many messages a second leave: our transport and wire against python-telegram-bot's default.

A stub Bot API server in a process of its own answers at once, so what is measured is our side of the connection:
building the request, the pool, reading the answer. The two take turns, on the same event loop, 64 calls under way.
Prints one JSON object: `msgs_per_s`, `msgs_per_s_default` (medians of the rounds), `ratio`.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import statistics
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from multiprocessing.connection import Connection

import uvloop
from telegram import Bot, LinkPreviewOptions
from telegram.request import HTTPXRequest

from bot.app import SystemClock
from bot.delivery.pace import Valve
from bot.delivery.request import AiohttpRequest
from bot.delivery.wire import WireBot
from bot.news.message import Button, Message
from bot.ports import Permit, Urgency

TOKEN = "1:for-the-benchmark"
CHAT = 1001
ROUNDS, UNDER_WAY = 5, 64
MESSAGES, MESSAGES_DEFAULT = 3000, 600
ALERT = Message(
    '<b><a href="https://news.example/story">Ministers agree on the budget after a night of talks</a></b>\n'
    '<tg-time unix="1795435200" format="t">12:00</tg-time> · <i>small</i> · because you follow “budget”',
    ((Button("📖 Read", "read:0123456789abcdef"),), (Button("🔕 Unfollow “budget”", "mute:0123456789abcdef"),)),
    "https://news.example/story",
)
SENT = {
    "message_id": 7,
    "date": 1795435200,
    "from": {"id": 1, "is_bot": True, "first_name": "Headline Bot", "username": "headline_bot"},
    "chat": {"id": CHAT, "type": "private", "first_name": "Reader", "username": "reader"},
    "text": "Ministers agree on the budget after a night of talks\n12:00 · small · because you follow “budget”",
    "entities": [
        {"type": "bold", "offset": 0, "length": 52},
        {"type": "text_link", "offset": 0, "length": 52, "url": "https://news.example/story"},
        {"type": "italic", "offset": 61, "length": 5},
    ],
}


class Stub(asyncio.Protocol):
    """Answers every request as soon as the whole of it has come."""

    BODY = json.dumps({"ok": True, "result": SENT}).encode()
    ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)

    def __init__(self) -> None:
        self._unread = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        head, end, rest = (self._unread + data).partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0) if end else 0
        if not end or len(rest) < length:
            self._unread += data
            return
        self._unread = rest[length:]
        self._transport.write(self.ANSWER)


class Unlimited:
    """A budget without end: what Redis costs is not ours to measure here."""

    async def take(self, chat: int | None, urgency: Urgency, now: datetime) -> Permit:
        return Permit("", timedelta())

    async def answered(self, permit: Permit, now: datetime) -> None: ...

    async def hold(self, chat: int | None, until: datetime, now: datetime) -> None: ...


def serve(ready: Connection) -> None:
    """The stub's process: tells its port, and serves until it is terminated."""

    async def forever() -> None:
        server = await asyncio.get_running_loop().create_server(Stub, "127.0.0.1", 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    uvloop.run(forever())


async def rate(send: Callable[[], Awaitable[object]], messages: int) -> float:
    """Messages a second, with so many under way."""
    left = iter(range(messages))

    async def one_after_the_other() -> None:
        for _ in left:
            await send()

    began = time.perf_counter()
    await asyncio.gather(*(one_after_the_other() for _ in range(UNDER_WAY)))
    return messages / (time.perf_counter() - began)


async def measure(url: str) -> dict[str, float]:
    """Both in turn, a round of each unmeasured first."""
    buttons = {"inline_keyboard": [[{"text": row[0].label, "callback_data": row[0].action}] for row in ALERT.buttons]}
    async with AiohttpRequest() as aiohttp, HTTPXRequest() as httpx:
        valve = Valve(Unlimited(), SystemClock())
        wire = WireBot(TOKEN, f"{url}/bot", request=aiohttp, rate_limiter=valve)
        default = Bot(TOKEN, f"{url}/bot", request=httpx)

        async def ours() -> object:
            return await wire.write(CHAT, ALERT)

        async def theirs() -> object:
            preview = LinkPreviewOptions(url=ALERT.preview)
            return await default.send_message(
                CHAT,
                ALERT.html,
                "HTML",
                reply_markup=buttons,
                link_preview_options=preview,  # type: ignore[arg-type]
            )

        rates = [(await rate(ours, MESSAGES), await rate(theirs, MESSAGES_DEFAULT)) for _ in range(ROUNDS + 1)][1:]
    fast, slow = (statistics.median(column) for column in zip(*rates, strict=True))
    return {"msgs_per_s": round(fast), "msgs_per_s_default": round(slow), "ratio": round(fast / slow, 1)}


def main() -> None:
    """Start the stub, measure, print."""
    spawn = multiprocessing.get_context("spawn")
    ready, told = spawn.Pipe()
    stub = spawn.Process(target=serve, args=(told,), daemon=True)
    stub.start()
    try:
        print(json.dumps(uvloop.run(measure(f"http://127.0.0.1:{ready.recv()}"))))
    finally:
        stub.terminate()
        stub.join()


if __name__ == "__main__":
    main()
