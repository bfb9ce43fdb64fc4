"""One headline to a million chats: how long it takes to owe it and to begin to tell it, and what it costs in memory.

A server of its own, with the append-only file on, holds 1,000,000 chats that follow one topic, in 64 shards, and then
five wishes each for 10,000 topics (Zipf); they are filled in as /subscribe does it, some hundreds in a script.
Prints one JSON object: `owed_ms` (until the headline is owed to all, acknowledged by Redis; median of five), `first_ms`
(from XADD to the arrival of the first message at a stub of the Bot API, the running bot in between, its alerter and its
sender a process each; median of five), `extra_bytes` (of Redis's memory, what the headline is owed with), `rss_mb` and
`rss_mb_alerter` (the sender's and the alerter's memory with the headline queued for a million), and
`bytes_per_subscription` (the topics' side).
"""

from __future__ import annotations

import asyncio
import bisect
import itertools
import json
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks._rig import Bot, Store, fill, workplace
from benchmarks._stub import stubbed
from bot.news.identity import short_id, topic_id
from bot.news.topics import canonical, parse
from bot.store.database import Database
from bot.store.outbox import Outbox

CHATS, TOPICS, WISHES, TIMES = 1_000_000, 10_000, 5, 5
EVERYBODY = "everybody"
# ARGV: what the shard's keys begin with, then chat, topic, chat, topic …
JOIN = "for i = 2, #ARGV, 2 do join(ARGV[1], ARGV[i + 1], numbered(ARGV[1], ARGV[i])) end"


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


async def owing(url: str) -> dict[str, float]:
    """What it takes to owe a headline to everybody."""
    database, topic = Database.connect(url), topic_id(canonical(parse(EVERYBODY)))
    outbox, now = Outbox(database), datetime.now(UTC)
    try:
        await outbox.owe("warm", ["nobody"], now)  # the script is known to the server from now on
        before, owed = await memory(database), list[float]()
        for number in range(TIMES):
            owed.append(await taken(outbox.owe(f"owed{number}", [topic], now)))
            extra = await memory(database) - before
            await database.pipeline(
                [("DEL", *(f"{{s{shard:02d}}}:{kind}" for kind in ("casts", "waiting"))) for shard in range(64)]
                + [("DEL", f"{{s{shard:02d}}}:cast:owed{number}") for shard in range(64)]
            )
    finally:
        await database.close()
    return {"owed_ms": round(median(owed), 1), "extra_bytes": extra}


def telling(folder: Path, store: Store) -> dict[str, float]:
    """How soon the running bot begins to tell it, at Telegram's free 30 a second, and what it needs meanwhile."""
    with ExitStack() as stack:
        telegram = stack.enter_context(stubbed())
        alerter = stack.enter_context(Bot(folder / "alerter", store.url, telegram.url, "alert"))
        sender = stack.enter_context(Bot(folder / "sender", store.url, telegram.url, "send"))
        first = []
        for number in range(TIMES):
            time.sleep(1.5)
            telegram.forget()
            began = store.publish(f"told{number}", f"News {number} for everybody")
            telegram.wait(1, within=30)
            first.append((telegram.record().accepted[0].received - began) * 1000)
            store.client.delete(
                *(f"{{s{shard:02d}}}:{kind}" for shard in range(64) for kind in ("casts", "waiting", "due"))
            ) if number < TIMES - 1 else None
        return {
            "first_ms": round(median(first), 1),
            "rss_mb": round(sender.rss_mb()),
            "rss_mb_alerter": round(alerter.rss_mb()),
        }


async def many_wishes(url: str) -> dict[str, float]:
    """What a wish costs on the topics' side."""
    database, draw = Database.connect(url), zipf()
    try:
        before = await memory(database)
        wishes = [(chat, topic) for chat in range(1, CHATS + 1) for topic in {draw() for _ in range(WISHES)}]
        await fill(database, JOIN, wishes)
        each = (await memory(database) - before) / len(wishes)
    finally:
        await database.close()
    return {"bytes_per_subscription": round(each, 2), "subscriptions": len(wishes)}


def main() -> None:
    with workplace() as folder, Store(folder / "store") as store:
        store.fill((chat, EVERYBODY) for chat in range(1, CHATS + 1))
        figures = asyncio.run(owing(store.url)) | telling(folder, store)
        print(json.dumps(figures | asyncio.run(many_wishes(store.url))))


if __name__ == "__main__":
    main()
