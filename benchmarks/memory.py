"""What a million chats with five topics each take: of the bot, of its Redis, and of the time until it runs.

1,000,000 chats of the size that Telegram's numbers have follow five topics each, drawn from 500,000 as people draw them
(Zipf: the tenth most wanted is wanted a tenth as often as the first), which are made of the words of real headlines
(_wishes). They are filled in as /subscribe does it. Then the bot starts as its users start it: one process with all
roles, which starts the embedded Valkey on a data folder that holds them all, and a headline that nobody was told of
yet. 500 real headlines are matched while alerts go out at Telegram's free 30 a second.

Prints one JSON object: `start_s` (from the start of the process until the first reader was told: Valkey has read its
file, the bot all topics) and `ready_s` (until it says that it is ready); `bot_rss` and `redis_rss` (MB; the largest
that was seen once it ran, before and after the headlines), `bot_rss_start` and `redis_rss_start` (when the first reader
was told), `redis_used` (MB, by its own account), `chats`, `wishes`, `topics` (that somebody wants), `owed` and `told`.
`--quick`: a hundredth. `--store FOLDER`: fill that folder, and next time take it as it is.
"""

from __future__ import annotations

import bisect
import itertools
import json
import random
import shutil
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import redis

from benchmarks._rig import Bot, Store, rss_of, workplace
from benchmarks._stub import stubbed
from benchmarks._wishes import DATA, headlines, wishes

CHATS, TOPICS, WISHES, HEADLINES = 1_000_000, 500_000, 5, 500
# Nobody else wants what the reader wants who is told first.
FIRST, ALONE = 77, "firstbenchmark"
IN_TIME = 300.0
LOOK_EVERY = 0.05


def drawn(chats: int, topics: int) -> Iterator[tuple[int, str]]:
    """Who wants what."""
    dice, texts = random.Random(1), [wish.text for wish in wishes(headlines()[0], topics)]
    bounds = list(itertools.accumulate(1 / rank for rank in range(1, len(texts) + 1)))
    yield FIRST, ALONE
    for chat in dice.sample(range(10**8, 8 * 10**9), chats - 1):
        wanted = set[int]()
        while len(wanted) < WISHES:
            wanted.add(bisect.bisect_left(bounds, dice.random() * bounds[-1]))
        yield from ((chat, texts[rank]) for rank in wanted)


def filled(folder: Path, chats: int, topics: int) -> None:
    """A data folder with all of them, its file as short as the server makes it by itself."""
    with Store(folder) as store:
        store.fill(drawn(chats, topics))
        store.client.bgrewriteaof()
        while store.client.info("persistence")["aof_rewrite_in_progress"]:
            time.sleep(LOOK_EVERY)


def measured(folder: Path, filled_in: Path) -> dict[str, float]:
    """The figures of a bot that starts on a copy of a filled folder."""
    shutil.copytree(filled_in / "appendonlydir", folder / "bot" / "var" / "appendonlydir")
    with Store(folder / "bot" / "var") as store:
        store.publish("first", f"News of the {ALONE}")
    with ExitStack() as stack:
        telegram = stack.enter_context(stubbed())
        began = time.monotonic()
        bot = stack.enter_context(Bot(folder / "bot", "", telegram.url))
        ready = time.monotonic() - began
        assert telegram.wait(1, IN_TIME), bot.said[-2000:]
        started = telegram.record().accepted[0].received - began
        client = stack.enter_context(
            redis.Redis(unix_socket_path=str(folder / "bot" / "var" / "valkey.sock"), decode_responses=True)
        )
        stack.callback(client.shutdown, nosave=True)
        server = int(client.info("server")["process_id"])
        sizes = [(bot.rss_mb(), rss_of(server))]
        publish(client)
        while not settled(client):
            time.sleep(LOOK_EVERY)
            sizes.append((bot.rss_mb(), rss_of(server)))
        bots, servers = zip(*sizes, strict=True)
        return {
            "start_s": round(started, 1),
            "ready_s": round(ready, 1),
            "bot_rss": round(max(bots)),
            "redis_rss": round(max(servers)),
            "bot_rss_start": round(bots[0]),
            "redis_rss_start": round(servers[0]),
            "redis_used": round(client.info("memory")["used_memory"] / 1e6),
            "topics": int(client.hlen("{topics}:expressions")),
            "told": telegram.counts().accepted,
            "owed": int(sum(client.zcard(f"{{s{shard:02d}}}:waiting") for shard in range(64))),
        }


def publish(client: redis.Redis) -> None:
    """Real headlines, as a publisher writes them."""
    for number, headline in enumerate(headlines()[1][:HEADLINES]):
        url = f"https://news.example/{number}"
        client.xadd("news:latest", {"title": headline.title, "url": url, "lang": headline.lang})


def settled(client: redis.Redis) -> bool:
    """Whether all that was published was matched and is owed."""
    groups: Any = client.xinfo_groups("news:latest")
    return bool(groups) and not groups[0]["pending"] and not groups[0]["lag"]


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--store", type=Path)
    given = parser.parse_args()
    if not DATA.is_dir():
        print(json.dumps({"skipped": "the real headlines of ../shared/data/headlines are not here"}))
        return
    part = 100 if given.quick else 1
    with workplace() as folder:
        source = given.store or folder / "filled"
        if not source.exists():
            filled(source, CHATS // part, TOPICS // part)
        print(json.dumps({**measured(folder, source), "chats": CHATS // part, "wishes": CHATS // part * WISHES}))


if __name__ == "__main__":
    main()
