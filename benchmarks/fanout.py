"""One headline to a million chats: how long it takes to owe it, and what it and the wishes cost in Redis.

A server of its own, with the append-only file on, holds 1,000,000 chats that all want one topic, and then five wishes
each for 10,000 topics (Zipf). They are filled in by the functions that /subscribe uses, a thousand in a script.
Prints one JSON object: `owed_ms` (until the headline is owed to all, median of five), `drawn_ms` (until a sender has
the first 64 mailboxes), `extra_bytes` (what it is owed with), `bytes_per_subscription` (the topics' side).
"""

from __future__ import annotations

import asyncio
import bisect
import itertools
import json
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bot.news.identity import short_id
from bot.store import keys
from bot.store.database import Database, lua
from bot.store.embedded import Embedded
from bot.store.outbox import Outbox

CHATS, TOPICS, WISHES = 1_000_000, 10_000, 5
EVERYBODY = short_id("everybody")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
AT_ONCE = 500
# ARGV: what the shard's keys begin with, then chat, topic, chat, topic …
JOIN = "for i = 2, #ARGV, 2 do join(ARGV[1], ARGV[i + 1], numbered(ARGV[1], ARGV[i])) end"
# The same, with the wish on the chat's side: whoever is drawn is asked whether it wants the headline still.
WISH = """
for i = 2, #ARGV, 2 do
  redis.call('HSET', ARGV[1] .. ':wishes:' .. ARGV[i], ARGV[i + 1], '0\\t\\teverybody')
  join(ARGV[1], ARGV[i + 1], numbered(ARGV[1], ARGV[i]))
end
"""


async def fill(database: Database, script: str, wishes: Iterable[tuple[int, str]]) -> None:
    """Let chats want topics."""
    source = lua("members.lua") + script
    shards: dict[int, list[int | str]] = {shard: [] for shard in range(keys.SHARDS)}
    for chat, topic in wishes:
        waiting = shards[keys.shard_of(chat)]
        waiting += (chat, topic)
        if len(waiting) == 2 * AT_ONCE:
            await database.call("EVAL", source, 0, keys.shard_tag(keys.shard_of(chat)), *waiting)
            waiting.clear()
    for shard, waiting in shards.items():
        if waiting:
            await database.call("EVAL", source, 0, keys.shard_tag(shard), *waiting)


def zipf() -> Callable[[], str]:
    """Draws topics as people do: the tenth most wanted is wanted a tenth as often as the first."""
    dice, names = random.Random(1), [short_id(f"topic {rank}") for rank in range(TOPICS)]
    bounds = list(itertools.accumulate(1 / rank for rank in range(1, TOPICS + 1)))
    return lambda: names[bisect.bisect_left(bounds, dice.random() * bounds[-1])]


async def memory(database: Database) -> int:
    return int((await database.call("INFO", "memory"))["used_memory"])


async def taken(doing: Awaitable[Any]) -> float:
    began = time.perf_counter()
    await doing
    return (time.perf_counter() - began) * 1000


async def measure(database: Database) -> dict[str, float]:
    outbox, chats = Outbox(database), range(1, CHATS + 1)
    await fill(database, WISH, ((chat, EVERYBODY) for chat in chats))
    await outbox.owe("warm", ["nobody"], NOW)  # the script is known to the server from now on
    before = await memory(database)
    owed = [await taken(outbox.owe("h0", [EVERYBODY], NOW))]
    extra = await memory(database) - before
    drawn = await taken(outbox.draw(64, NOW, timedelta(minutes=1)))
    owed += [await taken(outbox.owe(f"h{n}", [EVERYBODY], NOW)) for n in range(1, 5)]

    draw, before = zipf(), await memory(database)
    wishes = [(chat, topic) for chat in chats for topic in {draw() for _ in range(WISHES)}]
    await fill(database, JOIN, wishes)
    each = (await memory(database) - before) / len(wishes)
    return {
        "owed_ms": round(median(owed), 1),
        "drawn_ms": round(drawn, 1),
        "extra_bytes": extra,
        "bytes_per_subscription": round(each, 2),
        "subscriptions": len(wishes),
    }


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        embedded = Embedded(Path(folder))
        database = Database.connect(await embedded.start())
        try:
            print(json.dumps(await measure(database)))
        finally:
            await database.close()
            await embedded.stop()


if __name__ == "__main__":
    asyncio.run(main())
