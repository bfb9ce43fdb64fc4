"""One Redis or Valkey. Owns the connections to it.

Here: one pipeline there and back.
Not here: a cluster of them (cluster), what is sent (database).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff

from bot.store.replicas import Replicas
from bot.store.scanning import scanned
from bot.store.slots import Command, key_of

# One process has some hundred exchanges under way at the most (senders, pollers, answers to people); the server
# works them off one by one anyway, so more connections would only wait there instead of here.
CONNECTIONS = 64
# For so many seconds an exchange is tried again. A cluster with a longer cluster-node-timeout fails over behind it:
# the loops try again after a rest.
PATIENCE = 5
# And one server, which may hang and not break, has so many for all its tries together.
LONGEST = 10
OPTIONS: dict[str, Any] = {
    "protocol": 2,  # the same shapes of answers from every server that we support
    "decode_responses": True,
    "encoding_errors": "replace",  # other programs write to the stream; their bytes must not jam it
    "socket_timeout": 5,
    "socket_connect_timeout": 3,
    "health_check_interval": 30,
    "client_name": "headline-bot",
    "driver_info": None,  # servers before 7.2 do not know it, nor can their users be allowed it
}


class Server:
    """A server at redis://, rediss:// or unix://; connects at the first exchange, and again whenever it must."""

    def __init__(self, url: str) -> None:
        retry = Retry(ExponentialBackoff(cap=0.5, base=0.05), retries=2)
        pool = BlockingConnectionPool.from_url(url, max_connections=CONNECTIONS, timeout=10, retry=retry, **OPTIONS)
        pool.connection_class(**pool.connection_kwargs)  # an option that does not exist is a TypeError here, not later
        self._client: Any = Redis.from_pool(pool)

    async def call(self, command: Command) -> Any:  # noqa: ANN401 - every command has its own shape
        """The answer to one command."""
        async with asyncio.timeout(LONGEST):
            return await self._client.execute_command(*command)

    def scan(self, glob: str) -> AsyncIterator[list[str]]:
        """Every key that fits, some at a time."""
        return scanned(self.call, glob)

    async def send(self, commands: Sequence[Command], replicas: Replicas, patience: float) -> list[Any]:
        """The answers in order; what the server refused is an exception in its place.

        There is no other server to turn to, so patience is what the connection's own limits are.
        """
        pipeline = self._client.pipeline(transaction=False)
        for command in commands:
            pipeline.execute_command(*command)
        answers: list[Any]
        behind = replicas.behind(key_of(commands[0]) or "", replicas.wanted) if replicas.wanted else ()
        for command in behind:
            pipeline.execute_command(*command)
        async with asyncio.timeout(LONGEST):
            answers = await pipeline.execute(raise_on_error=False)
        if not behind:
            return answers
        *answers, written, have = answers
        for failed in (written, have):
            if isinstance(failed, Exception):
                raise failed
        missing = replicas.missing(have, replicas.wanted)  # one server does not know of replicas that are away
        if missing:
            raise missing
        return answers

    async def close(self) -> None:
        """Close every connection; closing twice is allowed."""
        await self._client.aclose()
