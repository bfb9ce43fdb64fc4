"""How much there was in each hour: headlines, and what was told of them.

Reads {sNN}:hours, which lua/settle.lua counts.

Here: both, over all shards.
Not here: counting (outbox settles, headlines keeps them by their time), what is made of it (desk/overview).

What was told is counted in the step that ticks it off, so never twice; a message that came twice, because an answer of
Telegram's was lost, counts once. Headlines are counted by when they say that they were published, as long as they are
kept.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from bot.store import codec, keys
from bot.store.database import Database
from bot.store.keys import of_shard

HOUR = timedelta(hours=1)


class Hours:
    """Counts by the hour; the last one has only begun."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def headlines(self, count: int, now: datetime) -> tuple[int, ...]:
        """How many headlines were published in each of the last hours, oldest first."""
        bounds = [codec.ms(each) for each in _hours(count, now)]
        length = codec.span_ms(HOUR)
        commands = [("ZCOUNT", keys.BY_TIME.name, begin, f"({begin + length}") for begin in bounds]
        return tuple(await self._database.pipeline(commands))

    async def told(self, count: int, now: datetime) -> tuple[int, ...]:
        """How many headlines were told to chats in each of them; one that went to ten chats counts ten times."""
        shards = [("HGETALL", of_shard(keys.HOURS, shard)) for shard in range(keys.SHARDS)]
        sums = Counter[int]()
        for shard in await self._database.pipeline(shards):
            for hour, told in shard.items():
                sums[int(hour)] += int(told)
        return tuple(sums[codec.ms(begin) // codec.span_ms(HOUR)] for begin in _hours(count, now))


def _hours(count: int, now: datetime) -> list[datetime]:
    """When each of the last hours began, the one that has begun last."""
    last = now.replace(minute=0, second=0, microsecond=0)
    return [last - HOUR * back for back in range(count - 1, -1, -1)]
