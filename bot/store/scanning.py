"""Every key of one server that fits a glob. Owns what SCAN promises, and what it does not.

Here: a walk over the keys of one server, and how we notice that it was another server before the end.
Not here: which servers there are (server, cluster), what is done with the keys (backup, schema).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from redis.exceptions import RedisError

from bot.store.slots import Command

Ask = Callable[[Command], Awaitable[Any]]
# So many places of the server's table are looked at in one exchange: a fraction of a millisecond of its time.
LOOKS_AT = 1000


class Interrupted(RedisError):
    """Keys may be missing: who answered first does not answer any more."""

    def __init__(self) -> None:
        super().__init__("the server was restarted, or another one took over, while its keys were read; begin again")


async def scanned(ask: Ask, glob: str) -> AsyncIterator[list[str]]:
    """Keys, some at a time: each that is there all the while comes, now and then one twice.

    A cursor means nothing to a server that was restarted, and it would not say so: hence its run_id is compared.
    """
    begun, cursor = await _run_id(ask), None
    while cursor != 0:
        answer = await ask(("SCAN", cursor or 0, "MATCH", glob, "COUNT", LOOKS_AT))
        cursor, keys = int(answer[0]), answer[1]
        if keys:
            yield keys
    if await _run_id(ask) != begun:
        raise Interrupted


async def _run_id(ask: Ask) -> str:
    return str((await ask(("INFO", "server")))["run_id"])
