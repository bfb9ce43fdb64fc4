"""The door of the operator's HTTP server: who may come in at once, and how long a visitor may say nothing.

Here: connections: from where, how many, for how long, and which of their mistakes is not worth a line in the log.
Not here: routes, and what one request may bring (http).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.news.addresses import is_of_this_machine
from bot.news.errors import ConfigError

# A connection has one request at a time, so there are no more of these either; each may hold 1 MB. Prometheus, probes,
# a reverse proxy and some open status pages need a few dozen.
MOST_AT_ONCE = 200
# For so many seconds a visitor may take to say what it wants, or keep a connection for its next wish: a little longer
# than reverse proxies keep theirs.
PATIENCE = 75.0
# Answers that are under way when everything else has stopped have so many seconds.
LAST_ANSWERS = 2.0
FULL = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

log = structlog.get_logger()


@asynccontextmanager
async def doorway(house: web.Application, host: str, port: int) -> AsyncIterator[str]:
    """Let visitors in while the context is open; gives the address. Raises ConfigError where it cannot listen."""
    if not is_of_this_machine(host):
        log.warning("the operator's pages can be reached from other machines; only a reverse proxy should", host=host)
    logger = logging.getLogger("bot.ops.doorway")
    logger.addFilter(is_worth_a_line)
    runner = web.AppRunner(
        house, access_log=None, logger=logger, keepalive_timeout=PATIENCE, shutdown_timeout=LAST_ANSWERS
    )
    await runner.setup()
    rooms = cast("web.Server", runner.server)

    def let_in() -> asyncio.Protocol:
        return rooms() if len(rooms.connections) < MOST_AT_ONCE else _TurnedAway()

    try:
        server = await asyncio.get_running_loop().create_server(let_in, host, port)
    except OSError as error:
        await runner.cleanup()
        why = str(error.strerror or error).rpartition(": ")[2]
        raise ConfigError(
            [f"The operator's HTTP server cannot listen on {host}:{port} ({why}); set HEADLINE_BOT_HTTP."]
        ) from None
    try:
        shown = f"[{host}]" if ":" in host else host
        yield f"http://{shown}:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await runner.cleanup()


def is_worth_a_line(record: logging.LogRecord) -> bool:
    """Whether a line tells of us: what is no HTTP at all tells of a visitor, who could fill the log with it."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError)


class _TurnedAway(asyncio.Protocol):
    """One visitor too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Say so, and close."""
        visitor = cast("asyncio.Transport", transport)
        visitor.write(FULL)
        visitor.close()
