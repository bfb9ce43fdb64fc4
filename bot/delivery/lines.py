"""Kept-alive HTTP connections to a Bot API server, for the one call that is made millions of times.

Here: one POST and its answer's bytes, and telling apart what never left us and what may have arrived.
Not here: what an answer means (send), all other calls (request, which is python-telegram-bot's transport on aiohttp).

An HTTP client for every purpose spends 0.14 ms of processor on a request, most of it on what a call to the Bot API
never has: redirects, cookies, compression, streaming. This one writes a request in one piece and has httptools, the
parser of uvloop's authors, read the answer (docs/decisions/0006-alerts-have-lines-of-their-own.md).
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast
from urllib.parse import urlsplit

import httptools

from bot.delivery.request import CONNECT_TIMEOUT, KEEP_ALIVE, READ_TIMEOUT, AnswerLostError, NotSentError, reason

# Telegram's answer to a message has some kilobytes. Headers, and answers that only say "go on", count as well.
LONGEST_ANSWER = 1 << 20
# While an answer is awaited, its time is looked at so often: it is given up late by a part of that, and twice within
# the time that a chat is its sender's (store/outbox).
LOOKS = 20
# More are never under way at once: the sender's own bound is lower.
MOST_IDLE = 1024


class Line(asyncio.Protocol):
    """One connection; one call at a time."""

    _transport: asyncio.Transport  # there before anybody has the line

    def __init__(self) -> None:
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._parser: httptools.HttpResponseParser | None = None
        self._body = bytearray()
        self._read = 0
        self._is_closed = False
        self.idle_since = 0.0
        self.answers_by = 0.0

    def ask(self, request: bytes) -> asyncio.Future[tuple[int, bytes]]:
        """Write a request; its status and body come, or AnswerLostError."""
        self._answer = asyncio.get_running_loop().create_future()
        self._parser, self._body, self._read = httptools.HttpResponseParser(self), bytearray(), 0
        self._transport.write(request)
        return self._answer

    @property
    def is_open(self) -> bool:
        """Whether a call may be written: neither side has hung up, as far as is known here."""
        return not self._is_closed and not self._transport.is_closing()

    @property
    def is_idle(self) -> bool:
        """Whether every call on it has its answer."""
        return self._answer is None or (self._answer.done() and not self._answer.cancelled())

    def close(self) -> None:
        """Hang up."""
        self._is_closed = True
        self._transport.abort()

    def give_up(self, why: str) -> None:
        """Hang up; whoever waits for an answer is told that it is lost."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(AnswerLostError(f"Telegram's answer was lost: {why}"))
        self.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if self._parser is None or self._answer is None or self._answer.done():
            return self.close()  # it speaks without being asked
        self._read += len(data)
        if self._read > LONGEST_ANSWER:
            return self.give_up("it does not end")
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self.give_up("it is no HTTP")
        return None

    def connection_lost(self, exc: Exception | None) -> None:
        self.give_up(reason(exc) if exc else "the connection was closed")

    def on_body(self, body: bytes) -> None:
        """Part of an answer's body, from the parser."""
        self._body += body

    def on_message_begin(self) -> None:
        """An answer begins; behind one that is whole nobody asked for another, and the next call must not get it."""
        if self._answer is not None and self._answer.done():
            self.close()

    def on_message_complete(self) -> None:
        """The whole answer is here, says the parser."""
        if self._parser is None or self._answer is None or self._answer.done():
            return
        status = self._parser.get_status_code()
        if status < HTTPStatus.OK:
            return  # "go on" and the like: the answer comes yet
        if not self._parser.should_keep_alive():
            self.close()
        self._answer.set_result((status, bytes(self._body)))


@dataclass(frozen=True, slots=True)
class Server:
    """Where calls go: the host, and what a request begins with up to the method's name."""

    host: str
    port: int
    tls: ssl.SSLContext | None
    path: str
    named: str

    def request(self, method: str, body: bytes) -> bytes:
        """A whole request."""
        head = (
            f"POST {self.path}/{method} HTTP/1.1\r\nHost: {self.named}\r\nContent-Type: application/json\r\n"
            f"Accept: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def server(root: str, *, tls: ssl.SSLContext | None = None) -> Server:
    """The server whose methods lie under `root`, as in https://api.telegram.org/bot<token>. Raises ValueError."""
    parts = urlsplit(root)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    context = (tls or ssl.create_default_context()) if secure else None
    return Server(parts.hostname or "", port, context, parts.path.rstrip("/"), parts.netloc.rpartition("@")[2])


class Lines:
    """As many connections to one server as calls are under way at once; those that are idle are used again."""

    def __init__(
        self, to: Server, *, connect_timeout: float = CONNECT_TIMEOUT, read_timeout: float = READ_TIMEOUT
    ) -> None:
        self._server = to
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._idle: deque[Line] = deque(maxlen=MOST_IDLE)
        self._lines: set[Line] = set()
        self._watch: asyncio.TimerHandle | None = None

    async def post(self, method: str, body: bytes) -> tuple[int, bytes]:
        """Call a method with a JSON body; status and body of the answer. Raises NotSentError or AnswerLostError."""
        line = self._free() or await self._connect()
        loop = asyncio.get_running_loop()
        line.answers_by = loop.time() + self._read_timeout
        if self._watch is None:
            self._watch = loop.call_later(self._read_timeout / LOOKS, self._look)
        try:
            return await line.ask(self._server.request(method, body))
        finally:
            self._leave(line)

    async def close(self) -> None:
        """Hang up everywhere; closing twice is allowed."""
        for line in list(self._lines):
            line.close()
        self._lines.clear()
        self._idle.clear()
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None

    def _look(self) -> None:
        """Give up the answers that did not come in time: one timer for all calls costs less than one for each."""
        loop, self._watch = asyncio.get_running_loop(), None
        for line in list(self._lines):
            if not line.is_idle and line.answers_by < loop.time():
                line.give_up("it did not come in time")
        if any(not line.is_idle for line in self._lines):
            self._watch = loop.call_later(self._read_timeout / LOOKS, self._look)

    def _free(self) -> Line | None:
        """An open line that was not idle for too long: a call must not meet the server's good-bye."""
        young = asyncio.get_running_loop().time() - KEEP_ALIVE
        while self._idle:
            line = self._idle.pop()
            if line.is_open and line.idle_since > young:
                return line
            self._hang_up(line)
        return None

    async def _connect(self) -> Line:
        to, loop = self._server, asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._connect_timeout):
                _, line = await loop.create_connection(Line, to.host, to.port, ssl=to.tls)
        except (OSError, TimeoutError, UnicodeError, OverflowError) as error:
            fault = NotSentError(f"Telegram cannot be reached: {reason(error)}")
        else:
            self._lines.add(line)
            return line
        raise fault  # out here, where the library's error is no longer part of its history

    def _leave(self, line: Line) -> None:
        """After a call: a line whose answer is whole is used again, another one is hung up."""
        if line.is_open and line.is_idle:
            line.idle_since = asyncio.get_running_loop().time()
            self._idle.append(line)
        else:
            self._hang_up(line)

    def _hang_up(self, line: Line) -> None:
        line.close()
        self._lines.discard(line)
