"""One node of a cluster. Owns the connections to it.

Here: a pipeline there and back, of which everything that was answered stays answered; what a node knows of slots.
Not here: which node has a slot, and what to do with an error (cluster).
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from redis.asyncio import BlockingConnectionPool, Connection, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Away
from redis.exceptions import ResponseError, TryAgainError
from redis.exceptions import TimeoutError as TooSlow

from bot.store.replicas import Replicas, standing
from bot.store.server import CONNECTIONS
from bot.store.slots import Address, Command, Value, key_of

Answer = TypeVar("Answer")
LOST = (Away, TooSlow, OSError)
UNANSWERED = object()
ANY_NUMBER = 100
# A node that does not say at once where the slots are is not waited for: another one knows.
LOOK_WITHIN = 1


@dataclass(slots=True)
class Errand:
    """One command on its way: the slot that it goes to, or the node that another sent it to, and what came of it."""

    command: Command
    slot: int
    sent_to: Address | None = None
    answer: Any = UNANSWERED


class Node:
    """A node at an address; connects at the first exchange, and again whenever it must."""

    def __init__(self, address: Address, options: Mapping[str, Any]) -> None:
        host, port = address
        # Who asks in vain looks first where the slots are now, so the connection itself tries only once.
        retry = Retry(NoBackoff(), 0)
        self._pool: Any = BlockingConnectionPool(
            host=host, port=port, max_connections=CONNECTIONS, timeout=10, retry=retry, **options
        )
        self._client: Any = Redis.from_pool(self._pool)
        self.is_lost = False
        self._replicas = ANY_NUMBER  # how many could take its place, as far as we know

    async def slots(self) -> list[Any]:
        """What CLUSTER SLOTS says."""
        try:
            answer: list[Any] = await _within(LOOK_WITHIN, self._client.execute_command("CLUSTER", "SLOTS"))
        except LOST:
            self.is_lost = True
            raise
        self.is_lost = False
        return answer

    async def ask(self, command: Command) -> Any:  # noqa: ANN401 - every command has its own shape
        """The answer to one command, which is about this node and not about a key."""
        return await self._client.execute_command(*command)

    async def visit(self, errands: Sequence[Errand], replicas: Replicas) -> None:
        """One pipeline to the node and back; each errand has its answer afterwards, or the reason why not."""
        try:
            connection, is_read = await self._pool.get_connection(), False
            try:
                lines = _lines(errands, replicas, self._replicas)
                await connection.send_packed_command(connection.pack_commands(lines))
                for errand in errands:
                    errand.answer = await self._answer(connection, errand)
                if replicas.wanted:
                    await self._confirm(connection, errands, replicas)
                is_read = True
            finally:
                if not is_read:  # answers may be on their way, and nobody else must read them
                    await connection.disconnect(nowait=True)
                await self._pool.release(connection)
            self.is_lost = False
        except asyncio.CancelledError:
            self.is_lost = True
            raise
        except LOST as error:
            self.is_lost = True
            for errand in errands:
                if replicas.wanted or errand.answer is UNANSWERED:
                    errand.answer = error

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def _answer(self, connection: Connection, errand: Errand) -> Any:  # noqa: ANN401 - every command has its own
        try:
            if errand.sent_to:
                with suppress(ResponseError):
                    await connection.read_response()
            return await self._client.parse_response(connection, errand.command[0])
        except ResponseError as error:
            return error

    async def _confirm(self, connection: Connection, errands: Iterable[Errand], replicas: Replicas) -> None:
        """Read what WAIT counted; errands whose writes replicas do not have come to nothing."""
        missing: ResponseError | None = None
        try:
            await connection.read_response()
        except ResponseError as refused:  # the slot moved meanwhile, and the proof with it
            missing = TryAgainError(str(refused))
        have = await connection.read_response()
        if have >= replicas.wanted:
            self._replicas = ANY_NUMBER
        elif not missing:
            there_were, self._replicas = self._replicas, standing(await _asked(connection, "CLUSTER", "NODES"))
            if min(there_were, replicas.wanted) < min(self._replicas, replicas.wanted):  # one came back
                have = await _asked(connection, *replicas.waiting(self._replicas))
            missing = replicas.missing(have, self._replicas)
        for errand in errands:
            if missing and not isinstance(errand.answer, Exception):
                errand.answer = missing


async def _asked(connection: Connection, *command: Value) -> Any:  # noqa: ANN401 - every command has its own
    await connection.send_packed_command(connection.pack_command(*command))
    return await connection.read_response()


def _lines(errands: Sequence[Errand], replicas: Replicas, there_are: int) -> Iterator[Command]:
    """What goes over the wire. ASKING counts for the next command on the same connection."""
    for errand in errands:
        if errand.sent_to:
            yield ("ASKING",)
        yield errand.command
    yield from replicas.behind(key_of(errands[0].command) or "", there_are)


async def _within(seconds: float, asked: Coroutine[Any, Any, Answer]) -> Answer:
    """The answer, or TooSlow. Not asyncio.timeout: the library swallows most cancellations on Python 3.11."""
    task = asyncio.create_task(asked)
    try:
        await asyncio.wait([task], timeout=seconds)
        if not task.done():
            raise TooSlow(f"no answer within {seconds} seconds")
        return task.result()
    finally:
        task.cancel()
