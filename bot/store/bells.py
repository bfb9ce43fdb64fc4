"""Bells that wake a process as soon as another one has something for it. Owns {bell}:outbox.

Here: ringing the outbox's bell, and waiting for it or for the stream.
Not here: what is done then (workers). Nothing depends on a bell being heard: who sleeps looks twice a second anyway.
"""

from __future__ import annotations

from datetime import timedelta

from bot.store import codec, keys
from bot.store.database import Database

# Shorter than a node may be silent before it is looked after (cluster), and than a stop may take.
LISTENS_FOR = timedelta(milliseconds=500)


class Bells:
    """What can be waited for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._heard: dict[str, str] = {}  # the last entry of each stream

    async def ring(self) -> None:
        """There is something in the outbox."""
        await self._database.call("XADD", keys.BELL.name, "MAXLEN", 1, "*", "owed", 1)

    async def owed(self) -> bool:
        """Wait a while for the outbox's bell; whether it rang."""
        return await self._rings(keys.BELL.name)

    async def news(self) -> bool:
        """Wait a while for an entry of the stream, whoever writes it; whether one came."""
        return await self._rings(keys.STREAM.name)

    async def _rings(self, stream: str) -> bool:
        after, block = self._heard.get(stream, "$"), codec.span_ms(LISTENS_FOR)
        came = await self._database.listen("XREAD", "COUNT", 100, "BLOCK", block, "STREAMS", stream, after)
        if came:
            self._heard[stream] = came[0][1][-1][0]
        return bool(came)
