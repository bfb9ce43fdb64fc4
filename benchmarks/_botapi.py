"""The process of the stub: `python -m benchmarks._botapi RULES [CERTIFICATE]`; prints its two ports, plain and TLS.

Here: HTTP as far as a Bot API client speaks it, the methods that the bot calls, and the routes of _stub.Stub.
Not here: the limits (_counting).
"""

from __future__ import annotations

import asyncio
import random
import re
import ssl
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import orjson

from benchmarks._counting import Bucket, Limits, Window
from benchmarks._stub import Rules

# What Telegram counts: everything that puts something into a chat or changes it there.
COUNTED = ("send", "edit", "copy", "forward", "delete")
NOT_COUNTED = frozenset({"sendChatAction", "deleteWebhook", "deleteMyCommands"})
LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
READ = re.compile(r'"read:([^"\\]+)')
ME = {"id": 1, "is_bot": True, "first_name": "Headline Bot", "username": "headline_bot"}
TROUBLES = (500, 502, 503, 504)
# What a message of the bot looks like when it comes back.
AS_SENT = {
    "from": ME,
    "entities": [{"type": "bold", "offset": 0, "length": 4}],
    "reply_markup": {"inline_keyboard": [[{"text": "Read", "callback_data": "read:1"}]]},
}
SENT = b'{"ok":true,"result":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"%b"},"text":%b,%b}}'
REST = orjson.dumps(AS_SENT)[1:-1]
HEAD = b"HTTP/1.1 %d %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
DONE = b'{"ok":true,"result":true}'
REASONS = {200: b"OK", 404: b"Not Found", 429: b"Too Many Requests"}
Reply = Callable[[int, bytes], None]


class Telegram:
    """What the server knows."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.accepted: list[tuple[Any, ...]] = []
        self.refused: list[tuple[Any, ...]] = []
        self.delivered: dict[int, float] = {}
        self._dice = random.Random(rules.seed)
        self._limits = None
        if rules.counting != "none":
            self._limits = Limits(Window(rules.limit) if rules.counting == "window" else Bucket(rules.limit))
        self._updates: list[dict[str, Any]] = []
        self._news = asyncio.Event()
        self._last = 0.0
        self._message_id = 0

    def call(self, method: str, body: bytes, connection: Connection) -> None:
        """One call of the Bot API; the answer comes when it comes."""
        if method.startswith(COUNTED) and method not in NOT_COUNTED:
            received, low, high = time.monotonic(), *self.rules.way_in
            if high:
                delay = self._dice.uniform(low, high)
                asyncio.get_running_loop().call_later(delay, self._count, method, body, connection, received)
            else:
                self._count(method, body, connection, received)
        elif method == "getUpdates":
            connection.keep(asyncio.ensure_future(self._bring(body, connection)))
        else:
            connection.answer(200, orjson.dumps({"ok": True, "result": ME}) if method == "getMe" else DONE)

    def _count(self, method: str, body: bytes, connection: Connection, received: float) -> None:
        now, rules = time.monotonic(), self.rules
        asked, told = _asked(body)
        chat, die = int(asked.get("chat_id") or 0), self._dice.random()
        code, wait = 0, 0
        if die < rules.flood:
            code, wait = 429, rules.retry_after
        elif die < rules.flood + rules.trouble:
            code = self._dice.choice(TROUBLES)
        elif self._limits and (wait := self._limits.refuse(chat, now)):
            code = 429
        if code:
            fault = die < rules.flood + rules.trouble
            self.refused.append((received, now, method, chat, code, fault, told))
            connection.later(code, _refusal(code, wait))
            return
        was_cut = rules.flood + rules.trouble <= die < rules.flood + rules.trouble + rules.cut
        self._message_id += 1
        text = str(asked.get("text", ""))
        kept = text if rules.keep_texts else ""
        self.accepted.append((received, now, method, chat, self._message_id, told, was_cut, connection.via, kept))
        self._last = now
        if was_cut:
            connection.cut()
        else:
            kind = b"private" if chat >= 0 else b"supergroup"
            parts = (self._message_id, int(time.time()), chat, kind, orjson.dumps(text), REST)
            connection.later(200, SENT % parts)

    async def _bring(self, body: bytes, connection: Connection) -> None:
        """getUpdates: what came after `offset`, or nothing when nothing comes in time."""
        asked, _ = _asked(body)
        offset, limit = int(asked.get("offset") or 0), int(asked.get("limit") or 100)
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        until = time.monotonic() + int(asked.get("timeout") or 0)
        while not self._updates and (left := until - time.monotonic()) > 0:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), left)
            except TimeoutError:
                break
        found = self._updates[:limit]
        for update in found:
            self.delivered.setdefault(update["update_id"], time.monotonic())
        connection.answer(200, orjson.dumps({"ok": True, "result": found}))

    def control(self, path: str, body: bytes) -> bytes:
        """The routes of _stub.Stub."""
        match path:
            case "/record":
                kept = {"accepted": self.accepted, "refused": self.refused, "delivered": self.delivered}
                return orjson.dumps(kept, option=orjson.OPT_NON_STR_KEYS)
            case "/counts":
                return orjson.dumps({"accepted": len(self.accepted), "refused": len(self.refused), "last": self._last})
            case "/forget":
                self.accepted, self.refused, self.delivered, self._last = [], [], {}, 0.0
            case "/updates":
                self._updates += orjson.loads(body)
                self._news.set()
        return DONE

    def way_back(self) -> float:
        """Seconds that an answer is under way."""
        return self._dice.uniform(*self.rules.way_back) if self.rules.way_back[1] else 0.0


class Connection(asyncio.Protocol):
    """One client's connection, kept alive."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self.via = ""
        self._read = b""
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def connection_lost(self, _: Exception | None) -> None:
        self._transport = None  # whoever was asking is gone, and what was counted stays counted
        if self._waiting:
            self._waiting.cancel()

    def data_received(self, data: bytes) -> None:
        self._read = self._read + data if self._read else data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            length = LENGTH.search(self._read, 0, end + 2)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._read) < whole:
                return
            head, body, self._read = self._read[:end], self._read[end + 4 : whole], self._read[whole:]
            self._asked(head.split(b" ", 2)[1].decode(), body)

    def _asked(self, path: str, body: bytes) -> None:
        via, is_call, _ = path.partition("/bot")
        if is_call:
            self.via = via[1:]
            self._telegram.call(path.partition("?")[0].rpartition("/")[2], body, self)
        else:
            self.answer(200, self._telegram.control(path, body))

    def keep(self, waiting: asyncio.Future[None]) -> None:
        """An answer that waits ends with the connection."""
        self._waiting = waiting

    def answer(self, code: int, body: bytes) -> None:
        """Answer now."""
        if self._transport:
            self._transport.write(HEAD % (code, REASONS.get(code, b"Trouble"), len(body), body))

    def later(self, code: int, body: bytes) -> None:
        """Answer after the way back."""
        delay = self._telegram.way_back()
        if delay:
            asyncio.get_running_loop().call_later(delay, self.answer, code, body)
        else:
            self.answer(code, body)

    def cut(self) -> None:
        """Close without a word."""
        if self._transport:
            self._transport.close()


def _asked(body: bytes) -> tuple[dict[str, Any], list[str]]:
    """A call's parameters, as JSON or as a form, and the headlines that its buttons offer to read."""
    if body.startswith(b"{"):
        return orjson.loads(body), READ.findall(body.decode())
    form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    return form, READ.findall(form.get("reply_markup", ""))


def _refusal(code: int, wait: int) -> bytes:
    if code != 429:
        return orjson.dumps({"ok": False, "error_code": code, "description": "Internal Server Error"})
    said = f"Too Many Requests: retry after {wait}"
    return orjson.dumps({"ok": False, "error_code": code, "description": said, "parameters": {"retry_after": wait}})


async def serve(rules: Rules, certificate: str) -> None:
    """Serve until killed; TLS as well where there is a certificate."""
    telegram, loop = Telegram(rules), asyncio.get_running_loop()
    plain = await loop.create_server(lambda: Connection(telegram), "127.0.0.1", 0, backlog=1024)
    ports = [plain.sockets[0].getsockname()[1], 0]
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        secret = await loop.create_server(lambda: Connection(telegram), "127.0.0.1", 0, ssl=context, backlog=1024)
        ports[1] = secret.sockets[0].getsockname()[1]
    print(*ports, flush=True)
    await plain.serve_forever()


def main() -> None:
    given: dict[str, Any] = orjson.loads(sys.argv[1])
    rules = Rules(**{**given, "way_in": tuple(given["way_in"]), "way_back": tuple(given["way_back"])})
    try:
        import uvloop
    except ImportError:
        asyncio.run(serve(rules, sys.argv[2]))
    else:
        uvloop.run(serve(rules, sys.argv[2]))


if __name__ == "__main__":
    main()
