"""How many messages a second leave through our transport, against python-telegram-bot's own.

A stub of the Bot API runs in a process of its own and answers every call with one Message; 64 calls are under way at
a time, without any limit. The ways take turns, so that a busy machine slows all of them alike; medians of the rounds.
Prints one JSON object: `msgs_per_s` (as the house sends: WireBot on AiohttpRequest), `msgs_per_s_default` (the
library's bot on its HTTPXRequest), `ratio` (the first by the second), and `msgs_per_s_transport`, `ratio_transport`:
the library's bot on AiohttpRequest, objects and all, which shows the transport alone. `cpu_ms` and `cpu_ms_default`
are the client's processor time for one message.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median

os.environ.setdefault("PTB_TIMEDELTA", "1")

from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.delivery.pace import Valve
from bot.delivery.request import AiohttpRequest
from bot.delivery.wire import WireBot
from bot.news.message import Button, Message
from bot.ports import Clock, Permit, Permits, Urgency

TOKEN = "1:benchmark"
ROUNDS = 5
IN_FLIGHT = 64
# Enough to take a good half second each way.
MESSAGES, MESSAGES_DEFAULT = 1500, 200
HTML = '<b><a href="https://news.example/story">Morocco hailed as “important partner”</a></b>\n12:15 · Morning Post'
ALERT = Message(HTML, ((Button("Read", "read:1"),),), "https://news.example/story")
SENT = {
    "message_id": 1,
    "date": 1795436100,
    "chat": {"id": 1, "type": "private", "first_name": "Reader"},
    "from": {"id": 1, "is_bot": True, "first_name": "Headline Bot", "username": "headline_bot"},
    "text": "Morocco hailed as “important partner”\n12:15 · Morning Post",
    "entities": [{"type": "bold", "offset": 0, "length": 37}],
    "reply_markup": {"inline_keyboard": [[{"text": "Read", "callback_data": "read:1"}]]},
}


class Plenty(Permits):
    """A budget without limits: the valve itself is measured, its Redis is not."""

    async def take(self, chat: int | None, urgency: Urgency, now: datetime) -> Permit:
        return Permit("", timedelta())

    async def answered(self, permit: Permit, now: datetime) -> None:
        """Nothing is counted."""

    async def hold(self, chat: int | None, until: datetime, now: datetime) -> None:
        """The stub never asks for it."""


class WallClock(Clock):
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, wait: timedelta) -> None:
        await asyncio.sleep(wait.total_seconds())


class Stub(asyncio.Protocol):
    """Answers each call on a connection at once."""

    body = json.dumps({"ok": True, "result": SENT}).encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport, self._read = transport, b""

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head = self._read[:end].lower()
            length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
            if len(self._read) < end + 4 + length:
                return
            self._read = self._read[end + 4 + length :]
            self._transport.write(self.answer)  # type: ignore[attr-defined]


async def serve() -> None:
    server = await asyncio.get_running_loop().create_server(Stub, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def stub() -> Iterator[str]:
    """The stub's address, for as long as the context lasts."""
    with subprocess.Popen([sys.executable, __file__, "serve"], stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/bot"
        finally:
            process.terminate()


@dataclass
class Way:
    """One way to send, and how it fared."""

    send: Callable[[], Awaitable[object]]
    messages: int
    per_second: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    async def run(self) -> None:
        left = iter(range(self.messages))

        async def sender() -> None:
            for _ in left:
                await self.send()

        wall, processor = time.perf_counter(), time.process_time()
        await asyncio.gather(*(sender() for _ in range(IN_FLIGHT)))
        self.per_second.append(self.messages / (time.perf_counter() - wall))
        self.cpu_ms.append((time.process_time() - processor) / self.messages * 1000)


async def measure(root: str) -> dict[str, float]:
    default, ours = HTTPXRequest(connection_pool_size=256, pool_timeout=30), AiohttpRequest()
    library = ExtBot(TOKEN, base_url=root, request=default, get_updates_request=default)
    transport = ExtBot(TOKEN, base_url=root, request=ours, get_updates_request=ours)
    house = WireBot(
        TOKEN, base_url=root, request=ours, get_updates_request=ours, rate_limiter=Valve(Plenty(), WallClock())
    )
    async with default, ours:
        ways = [
            Way(lambda: house.write(1, ALERT, urgency=Urgency.ALERT), MESSAGES),
            Way(lambda: transport.send_message(1, HTML, "HTML"), MESSAGES),
            Way(lambda: library.send_message(1, HTML, "HTML"), MESSAGES_DEFAULT),
        ]
        for _ in range(ROUNDS):
            for way in ways:
                await way.run()
    wire, aiohttp, httpx = (median(way.per_second) for way in ways)
    return {
        "msgs_per_s": round(wire),
        "msgs_per_s_transport": round(aiohttp),
        "msgs_per_s_default": round(httpx),
        "ratio": round(wire / httpx, 1),
        "ratio_transport": round(aiohttp / httpx, 1),
        "cpu_ms": round(median(ways[0].cpu_ms), 3),
        "cpu_ms_default": round(median(ways[2].cpu_ms), 3),
    }


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
    else:
        with stub() as root:
            print(json.dumps(asyncio.run(measure(root))))
