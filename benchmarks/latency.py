"""How soon a headline that a program writes to news:latest is with its first and with its last reader.

1,000 topics have 1,000 readers each: 1,000,000 subscriptions. The whole bot runs in one process, as `run` starts it,
against a Bot API server without a limit, with `delivery.per_second` at the most that bot.toml allows. One headline at
a time, at random moments, is for one of the topics; the next comes when all its readers have it, or after 30 seconds.
Prints one JSON object: `first_p50_ms` and `first_p99_ms` (from just before XADD to the arrival of the first message at
the server, over all headlines, the first after the start as well), `all_ms` (to the arrival of the last of the 1,000,
median), `headlines`, `lost` (readers that a headline did not reach), `cpu_us` (processor time of the bot a message, all
that it does meanwhile), `rss_mb`, and `machine_late_…`: how late the machine woke a sleeper meanwhile, which tells how
busy it was otherwise. `--quick`: 100 topics and 20 headlines.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median, quantiles

from benchmarks._rig import Bot, Lateness, Store, most_per_second, workplace
from benchmarks._stub import Record, Stub, stubbed

TOPICS, READERS, HEADLINES = 1000, 1000, 120
IN_TIME = 30.0


def spread(store: Store, topics: int) -> None:
    """Let everybody follow one topic."""
    store.fill((chat, f"bench{chat // READERS}") for chat in range(READERS, (topics + 1) * READERS))


def told(store: Store, telegram: Stub, topic: int, dice: random.Random) -> tuple[float, float, int]:
    """Seconds from one headline's XADD to its first and to its last reader, and how many it did not reach."""
    time.sleep(dice.uniform(0.2, 1.2))  # what idle workers wait for is met at any moment of their rest
    telegram.forget()
    began = store.publish(f"h{topic}", f"News of bench{topic}")
    telegram.wait(READERS, IN_TIME)
    record: Record = telegram.record()
    arrivals = sorted(message.received for message in record.accepted)
    missing = READERS - len(record.reached(f"h{topic}"))
    return (arrivals[0] - began, arrivals[-1] - began, missing) if arrivals else (IN_TIME, IN_TIME, missing)


def measure(topics: int, headlines: int) -> dict[str, float]:
    """The figures."""
    dice = random.Random(1)
    with ExitStack() as stack:
        telegram = stack.enter_context(stubbed())
        folder = stack.enter_context(workplace())
        store = stack.enter_context(Store(folder / "store"))
        spread(store, topics)
        delivery = {"per_second": most_per_second()}
        bot = stack.enter_context(Bot(folder / "bot", store.url, telegram.url, delivery=delivery))
        late = stack.enter_context(Lateness())
        spent = bot.cpu()
        found = [told(store, telegram, 1 + turn % topics, dice) for turn in range(headlines)]
        cpu = 1e6 * (bot.cpu() - spent) / (headlines * READERS)
        rest = {"cpu_us": round(cpu), "rss_mb": round(bot.rss_mb()), **late.figures()}
    return {**_figures(found), "subscriptions": topics * READERS, **rest}


def _figures(found: Sequence[tuple[float, float, int]]) -> dict[str, float]:
    first = [1000 * each[0] for each in found]
    return {
        "first_p50_ms": round(median(first), 1),
        "first_p99_ms": round(quantiles(first, n=100, method="inclusive")[98], 1),
        "all_ms": round(1000 * median(each[1] for each in found)),
        "lost": sum(each[2] for each in found),
        "headlines": len(found),
    }


if __name__ == "__main__":
    quick = "--quick" in sys.argv
    print(json.dumps(measure(100, 20) if quick else measure(TOPICS, HEADLINES)))
