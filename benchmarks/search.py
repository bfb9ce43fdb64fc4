"""What a search over a full stream costs, and what it does to others who ask for the latest headlines meanwhile.

100,000 headlines (the default of `stream.length`) of the last seven days, with summaries, in English, are read into the
index as the bot reads them. Then questions of several kinds are asked, one after the other, while somebody else asks
for /latest every 20 ms on the same event loop. Prints one JSON object: `p50_ms`, `p99_ms` and `slowest_ms` of the
searches, `latest_alone_p99_ms` and `latest_meanwhile_p99_ms`, `loop_held_ms` (the longest that the loop was held, by
an alarm every 5 ms), `read_s` (processor time to read all of it), `index_mb`, `headlines`. `--quick`: a tenth.
"""

from __future__ import annotations

import asyncio
import json
import random
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles

import uvloop

from benchmarks._rig import Store, workplace
from bot.app import SystemClock
from bot.desk.library import Library
from bot.desk.searching import Searching
from bot.meaning.meanings import Meanings
from bot.news import languages
from bot.news.model import Headline
from bot.news.ranking import Order
from bot.store.database import Database
from bot.store.headlines import Headlines
from bot.store.readalong import ReadAlong

MANY = 100_000
VOCABULARY = 40_000
# What is looked for: rare and frequent words, several, a phrase, a choice, an exception, a beginning, a language.
ASKED = ("w77", "w3", "w3 w5", '"w9 w4"', "w12 OR w40", "w8 -w2", "w39*", "lang:en w6", "nothing")
EACH = 12


def headlines(many: int) -> list[Headline]:
    """Made-up headlines whose words are as unevenly frequent as those of a language are."""
    dice, now = random.Random(1), datetime.now(UTC)
    weights = [1 / (rank + 10) for rank in range(VOCABULARY)]
    words = dice.choices([f"w{rank}" for rank in range(VOCABULARY)], weights, k=many * 35)
    told = []
    for number in range(many):
        here = words[number * 35 : (number + 1) * 35]
        at = now - timedelta(days=6.9 * (many - number) / many)
        url = f"https://news.example/{number}"
        told.append(
            Headline(
                f"h{number}", " ".join(here[:10]), url, "news", at, at, " ".join(here[10:]), lang="en", backlog=True
            )
        )
    return told


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds that something took."""
    began = time.perf_counter()
    await work()
    return 1000 * (time.perf_counter() - began)


async def again(work: Callable[[], Awaitable[object]], every: float, took: list[float], stop: asyncio.Event) -> None:
    """Somebody who asks again and again."""
    while not stop.is_set():
        took.append(await timed(work))
        await asyncio.sleep(every)


async def alarm(late: list[float], stop: asyncio.Event) -> None:
    """How late the loop wakes somebody who sleeps for 5 ms."""
    while not stop.is_set():
        began = time.perf_counter()
        await asyncio.sleep(0.005)
        late.append(1000 * (time.perf_counter() - began) - 5)


async def measure(url: str, many: int) -> dict[str, float]:
    database, meanings, clock = Database.connect(url), Meanings(50), SystemClock()
    store, along = Headlines(database), ReadAlong(database)
    for start in range(0, many, 5000):
        await store.add_all(headlines_of[start : start + 5000], clock.now())
    headlines_of.clear()
    languages.warm()
    await meanings.dictionaries.know(["en"])
    library = Library(along, meanings.dictionaries, store.keep, clock)
    before, began = _megabytes(), time.process_time()
    while await library.step():
        pass
    read, grown = time.process_time() - began, _megabytes() - before
    searching = Searching(library, along, meanings, (), clock)

    async def latest() -> None:
        await store.for_alerts((await store.rows(120))[:10])

    alone, meanwhile, late, took = list[float](), list[float](), list[float](), list[float]()
    for noted, asked in ((alone, ()), (meanwhile, ASKED * EACH)):
        stop = asyncio.Event()
        others = asyncio.create_task(again(latest, 0.02, noted, stop))
        watch = asyncio.create_task(alarm(late if asked else [], stop))
        for words in asked:
            order = Order.BEST if len(took) % 2 else Order.NEWEST
            took.append(await timed(lambda words=words, order=order: searching.search(words, order)))  # type: ignore[misc]
            await asyncio.sleep(0.01)
        if not asked:
            await asyncio.sleep(4)
        stop.set()
        await asyncio.gather(others, watch)
    await database.close()
    return {
        "p50_ms": median(took),
        "p99_ms": _p99(took),
        "slowest_ms": max(took),
        "latest_alone_p99_ms": _p99(alone),
        "latest_meanwhile_p99_ms": _p99(meanwhile),
        "loop_held_ms": max(late),
        "read_s": read,
        "index_mb": grown,
        "headlines": len(library),
    }


def _p99(took: list[float]) -> float:
    return quantiles(took, n=100, method="inclusive")[98]


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    headlines_of = headlines(MANY // 10 if "--quick" in sys.argv else MANY)
    with (
        workplace() as folder,
        Store(folder / "store") as kept,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as run,
    ):
        figures = run.run(measure(kept.url, len(headlines_of)))
        print(json.dumps({name: round(value, 1) for name, value in figures.items()}))
