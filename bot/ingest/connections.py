"""Who is connected to, and for how long a connection is kept. Owns every connection of the web.

Here: names resolved once, and exactly the checked addresses connected to; keeping connections where a host is asked
often, closing them where it is asked rarely.
Not here: an answer on a connection (connection), which addresses are public (news/addresses), what is asked (web).

A new TLS connection costs ten times the poll that goes over it. So a connection is kept for a little longer than its
host let us wait lately; where there is no room for all, those go first that would be needed last.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import os
import re
import resource
import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple, cast

import aiohappyeyeballs

from bot.ingest.connection import Answer, Bounds, Connection, StaleError
from bot.news.addresses import Allowed, may_connect, tidy_host
from bot.news.errors import FetchFailed
from bot.news.said import Said, said

SECONDS_TO_CONNECT = 10.0
# How long another address of a host is left untried while the first one does not answer (RFC 8305 says 250 ms).
_NEXT_ADDRESS_AFTER = 0.25
# A connection is kept for so long where we do not know how often its host is asked: for a redirect, or a second page.
_BRIEFLY = 15.0
# Hosts that are asked less often than this get a new connection each time; few servers wait so long.
_RARELY = 900.0
# Idle connections are kept to so many, and to a part of the files that this process may have open.
_MOST_IDLE = 1000
_PART_OF_FILES = 4
_MOST_IDLE_OF_ONE = 4
_SWEEP_EVERY = 5.0
# So many names are looked up at once, in threads of their own: where a name server is slow, the few threads that
# asyncio has for everything else must not wait for it.
_RESOLVERS = 32
# Of so many hosts it is remembered how often they are asked.
_MOST_HOSTS = 20_000
_KEEP_ALIVE = re.compile(r"timeout\s*=\s*(\d{1,6})")
_AddressInfo = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]


class Origin(NamedTuple):
    """Where a connection leads: over TLS or not, to which host (as it goes over the wire) and port."""

    is_secure: bool
    host: str
    port: int


class Connections:
    """Connections to any host; only those that are `allowed` by name and port may be private."""

    def __init__(self, allowed: Allowed, tls: ssl.SSLContext | None = None) -> None:
        self._allowed = allowed
        self._tls = tls
        self._idle: dict[Origin, list[Connection]] = {}
        self._busy: set[Connection] = set()
        self._asked: dict[Origin, tuple[float, float]] = {}
        self._sweep: asyncio.TimerHandle | None = None
        self._resolvers = ThreadPoolExecutor(_RESOLVERS, "resolver")
        files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        self._most_idle = min(_MOST_IDLE, files // _PART_OF_FILES) if files > 0 else _MOST_IDLE

    async def ask(self, origin: Origin, request: bytes, bounds: Bounds) -> Answer:
        """Write a request that may be repeated, and read its answer. Raises FetchFailed, TimeoutError, OSError."""
        self._remember(origin)
        kept = self._kept(origin)
        if kept is not None:
            with contextlib.suppress(StaleError):
                return await self._ask(kept, origin, request, bounds)
        try:
            return await self._ask(await self._connect(origin), origin, request, bounds)
        except StaleError:
            raise FetchFailed(said("The answer of {host} broke off.", host=origin.host)) from None

    async def close(self) -> None:
        """Hang up everywhere; closing twice is allowed."""
        for connection in [*self._busy, *self._all_idle()]:
            connection.close()
        self._idle.clear()
        if self._sweep is not None:
            self._sweep.cancel()
            self._sweep = None
        self._resolvers.shutdown(wait=False, cancel_futures=True)

    async def _ask(self, connection: Connection, origin: Origin, request: bytes, bounds: Bounds) -> Answer:
        self._busy.add(connection)
        answer = None
        try:
            answer = await connection.ask(request, bounds)
            return answer
        finally:
            self._busy.discard(connection)
            if answer is not None and connection.is_free:
                self._keep(connection, origin, answer)
            else:
                connection.close()

    def _remember(self, origin: Origin) -> None:
        """How long this host was left alone before now."""
        now = asyncio.get_running_loop().time()
        last, _ = self._asked.pop(origin, (0.0, 0.0))
        self._asked[origin] = now, now - last if last else 0.0
        if len(self._asked) > _MOST_HOSTS:
            del self._asked[next(iter(self._asked))]

    def _kept(self, origin: Origin) -> Connection | None:
        """A connection that is open still, and not older than it may be."""
        now, kept = asyncio.get_running_loop().time(), self._idle.get(origin, [])
        while kept:
            connection = kept.pop()
            if not kept:
                del self._idle[origin]
            if connection.is_free and connection.kept_until > now:
                return connection
            connection.close()
        return None

    def _keep(self, connection: Connection, origin: Origin, answer: Answer) -> None:
        now = asyncio.get_running_loop().time()
        _, between = self._asked.get(origin, (0.0, 0.0))
        is_often = 0.0 < between < _RARELY
        wait = _BRIEFLY + 1.2 * between if is_often else _BRIEFLY
        offered = _KEEP_ALIVE.search(answer.headers.get("keep-alive", ""))
        if offered:  # a second less, lest our request meets the server's good-bye
            wait = min(wait, int(offered[1]) - 1.0)
        kept = self._idle.setdefault(origin, [])
        connection.kept_until = now + wait
        connection.needed_at = now + between if is_often else math.inf
        kept.append(connection)
        if len(kept) > _MOST_IDLE_OF_ONE:
            kept.pop(0).close()
        if self._sweep is None:
            self._sweep = asyncio.get_running_loop().call_later(_SWEEP_EVERY, self._clear)
        if len(self._idle) > self._most_idle:
            self._make_room()

    def _make_room(self) -> None:
        """Hang up a tenth: those that are needed last."""
        last = sorted(self._idle, key=lambda origin: self._idle[origin][-1].needed_at)
        for origin in last[-max(1, self._most_idle // 10) :]:
            for connection in self._idle.pop(origin):
                connection.close()

    def _clear(self) -> None:
        """Hang up what has not been needed in time; one timer for all."""
        loop, self._sweep = asyncio.get_running_loop(), None
        for origin, kept in list(self._idle.items()):
            still = [each for each in kept if each.is_free and each.kept_until > loop.time()]
            for connection in set(kept) - set(still):
                connection.close()
            if still:
                self._idle[origin] = still
            else:
                del self._idle[origin]
        if self._idle:
            self._sweep = loop.call_later(_SWEEP_EVERY, self._clear)

    def _all_idle(self) -> Iterator[Connection]:
        return (connection for kept in self._idle.values() for connection in kept)

    async def _connect(self, origin: Origin) -> Connection:
        """A new connection to a checked address. Raises FetchFailed."""
        host, loop = origin.host, asyncio.get_running_loop()
        try:
            async with asyncio.timeout(SECONDS_TO_CONNECT):
                found = await self._addresses(origin)
                place = await aiohappyeyeballs.start_connection(
                    found, happy_eyeballs_delay=_NEXT_ADDRESS_AFTER, interleave=1, loop=loop
                )
                _, connection = await loop.create_connection(
                    lambda: Connection(tidy_host(host)),
                    sock=place,
                    ssl=self._context() if origin.is_secure else None,
                    server_hostname=tidy_host(host) if origin.is_secure else None,
                )
        except TimeoutError:
            raise FetchFailed(said("{host} took too long to answer.", host=tidy_host(host))) from None
        except ssl.SSLError:
            raise FetchFailed(
                said(
                    "No safe connection to {host} is possible: its certificate or encryption is not in order.",
                    host=tidy_host(host),
                )
            ) from None
        except (OSError, ValueError) as error:
            raise FetchFailed(
                said("{host} could not be reached ({reason}).", host=tidy_host(host), reason=_reason(error))
            ) from None
        return connection

    async def _addresses(self, origin: Origin) -> list[_AddressInfo]:
        """Where a host is: its public addresses, private ones too where the operator named it. Raises FetchFailed."""
        host, port = origin.host, origin.port
        try:
            asked = partial(socket.getaddrinfo, host.strip("[]"), port, type=socket.SOCK_STREAM)
            found = await asyncio.get_running_loop().run_in_executor(self._resolvers, asked)
        except (socket.gaierror, UnicodeError):
            raise FetchFailed(said("The name {host} could not be found.", host=tidy_host(host))) from None
        named = self._allowed(tidy_host(host), port)
        found = [info for info in found if may_connect(str(info[4][0]), named=named)]
        if not found:
            raise FetchFailed(said("{host} is not on the public internet.", host=tidy_host(host)))
        return cast("list[_AddressInfo]", found)

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
            self._tls.set_alpn_protocols(["http/1.1"])
        return self._tls


def _reason(error: Exception) -> str | Said:
    """The system's own words; the library's quote addresses and Python."""
    number = getattr(error, "errno", None)
    return os.strerror(number).lower() if isinstance(number, int) and number > 0 else said("no connection")
