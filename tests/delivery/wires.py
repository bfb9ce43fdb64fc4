"""A server on the loopback whose every byte a test decides: a connection can break anywhere.

Not here: Telegram as it behaves (devchat).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

TOKEN = "1:a-SECRET_that-nobody-sees"
Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def http(status: int, body: str | bytes, *headers: str) -> bytes:
    """An HTTP answer, byte for byte."""
    body = body.encode() if isinstance(body, str) else body
    head = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


@dataclass
class Wire:
    """A server on the loopback that reads calls and then does what it is told to."""

    answer: Answer | None = None
    greeting: bytes = b""
    calls: list[bytes] = field(default_factory=list)
    url: str = ""
    _clients: list[asyncio.StreamWriter] = field(default_factory=list)
    _done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def connections(self) -> int:
        """How many connections were made."""
        return len(self._clients)

    def says(self, payload: bytes) -> None:
        """Answer every call with these bytes."""

        async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(payload)

        self.answer = answer

    def greets(self, greeting: bytes) -> None:
        """Speak before anything is asked."""
        self.greeting = greeting

    def tells(self, payload: bytes) -> None:
        """Say something on every connection that nobody asked for."""
        for client in self._clients:
            client.write(payload)

    def hangs_up(self, after: bytes = b"") -> None:
        """Close the connection when a call was read and these bytes were written."""

        async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(after)
            await writer.drain()
            writer.close()

        self.answer = answer

    def is_silent(self, after: bytes = b"") -> None:
        """Never answer more than these bytes."""

        async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(after)
            await self._done.wait()

        self.answer = answer

    def drips(self, payload: bytes, every: float) -> None:
        """Answer a byte at a time."""

        async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            for byte in payload:
                writer.write(bytes([byte]))
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._done.wait(), every)

        self.answer = answer

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        self._done.set()
        self._server.close()
        for client in self._clients:
            client.close()
        await asyncio.gather(*(client.wait_closed() for client in self._clients), return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._clients.append(writer)
        writer.write(self.greeting)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while not writer.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                length = next((int(line[15:]) for line in head.split(b"\r\n") if line[:15] == b"Content-Length:"), 0)
                self.calls.append(head + await reader.readexactly(length))
                assert self.answer
                await self.answer(reader, writer)
                await writer.drain()
        writer.close()
