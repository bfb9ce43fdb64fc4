"""Ten thousand feeds behind one server, in a process of its own: fast enough not to be what is measured.

    with newsstand() as stand:
        stand.url(source)           # a feed; sources lie on as many addresses of the loopback as `hosts` says

A feed answers 304 to whoever shows its tag, but for one poll in a hundred; else 200 with a few rows.

Here: the server and starting it. Not here: who asks (poll).
"""

from __future__ import annotations

import asyncio
import itertools
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import uvloop

from benchmarks._stub import certificate

ROOT = Path(__file__).parent.parent
# One poll in so many finds something new.
NEWS_EVERY = 100
_numbers = itertools.count(1)


class _Counter(asyncio.Protocol):
    """One connection; requests have no body, so each ends with an empty line."""

    def __init__(self) -> None:
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        *requests, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for request in requests:
            self._transport.write(_answer(request))


def _answer(request: bytes) -> bytes:
    number = next(_numbers)
    head = b"Server: newsstand\r\nDate: Thu, 26 Nov 2026 12:00:00 GMT\r\nCache-Control: max-age=60\r\n"
    if b"if-none-match:" in request.lower() and number % NEWS_EVERY:
        return b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n' + head + b"\r\n"
    path = request.split(b" ", 2)[1].decode()
    rows = "".join(
        f"<item><title>Row {row} of {path}</title><link>https://news.example{path}/{row}</link></item>"
        for row in (number, 1, 2, 3, 4)
    )
    body = f'<rss version="2.0"><channel><title>News of {path}</title>{rows}</channel></rss>'.encode()
    return (
        b'HTTP/1.1 200 OK\r\nETag: "v1"\r\nContent-Type: application/rss+xml\r\n'
        + head
        + (f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
    )


@dataclass(frozen=True, slots=True)
class Stand:
    """A server that runs; `certificate` is what a client of its TLS has to trust."""

    port: int
    pid: int
    certificate: str

    def url(self, source: int, hosts: int) -> str:
        """Where a source is."""
        host = source % hosts
        scheme = "https" if self.certificate else "http"
        name = "localhost" if self.certificate else f"127.1.{host // 250}.{1 + host % 250}"
        return f"{scheme}://{name}:{self.port}/feeds/{source}"


@contextmanager
def newsstand(*, tls: bool = False) -> Iterator[Stand]:
    """The server, for as long as the context lasts."""
    with tempfile.TemporaryDirectory() as folder:
        trusted = certificate(Path(folder)) if tls else ""
        command = [sys.executable, "-m", "benchmarks._newsstand", trusted]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
            try:
                assert process.stdout
                yield Stand(int(process.stdout.readline()), process.pid, trusted)
            finally:
                process.kill()


async def _serve(trusted: str) -> None:
    context = None
    if trusted:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(trusted)
    server = await asyncio.get_running_loop().create_server(_Counter, "0.0.0.0", 0, ssl=context, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve(sys.argv[1]))
