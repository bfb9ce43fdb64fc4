"""How much of Telegram's budget a broadcast uses, and whether anything is refused or lost on the way.

10,000 chats get one headline each at 30 messages a second, from a server that counts a request 20 to 40 ms after it was
sent and answers at once: in a strict sliding window, or as a bucket of tokens. Every run has a server, a store and
processes of its own; all of them run at the same time.

Utilisation is (messages accepted) / (limit x seconds from the first accepted message to the last). Nothing is left out:
the bot meets the first message as cold as it was started. Prints one JSON object:
- `utilisation_window`, `utilisation_bucket_default` (the bot as it is configured by default) and `utilisation_bucket`
  (with delivery.counting = "bucket"; null where the bot has no such option), `n429` (answers 429), `lost` (chats that
  did not get the headline) and `doubled` (that got it twice), in these runs together; `cpu` (of one core, of the bot's
  process in the first run);
- the same with `_three`: three processes that send, one for the rest; and with `_groups`: every tenth chat is a group;
- `reply_p99_ms`, `reply_p50_ms`: while a headline goes to 1,000,000 other chats, 200 people send /latest at random
  moments, two a second: from the moment that the update leaves the server (the bot has it at once) to the moment that
  the answer is counted, less the mean way of 30 ms; and `reply_utilisation` of the broadcast meanwhile;
- `burst`: ten headlines within a minute (one every 6 seconds) to 3,000 chats: `messages_per_chat`, `lost` (headlines
  that a chat did not get), `n429`. With `--burst` these alone.
`machine_late_…` is how late the machine woke a sleeper while the broadcasts ran. `--quick`: fewer chats.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from benchmarks._rig import Bot, Lateness, Store, knows_counting, workplace
from benchmarks._stub import Counting, Record, Rules, Stub, message, stubbed

LIMIT = 30
WAY = (0.020, 0.040)
CHATS, BURST_CHATS, MANY, ASKING = 10_000, 3_000, 1_000_000, 200
# People who ask are none of those who are told.
STRANGERS = 2_000_000_000
# Without a message for so long, what has not come does not come: longer than a lease (40 s) and a wait of a group.
SILENCE = 100.0


@dataclass(frozen=True, slots=True)
class Run:
    """One broadcast: how the server counts, what bot.toml says, and who sends to whom."""

    counting: Counting
    delivery: Mapping[str, Any]
    senders: int = 0  # processes beside the one that does the rest; 0: one process does everything
    groups: bool = False


@contextmanager
def house(run: Run, chats: Sequence[int]) -> Iterator[tuple[Stub, Store, Bot]]:
    """A server, a store in which the chats follow "bench", and the bot; gives the process that alerts."""
    with ExitStack() as stack:
        telegram = stack.enter_context(stubbed(Rules(limit=LIMIT, counting=run.counting, way_in=WAY)))
        folder = stack.enter_context(workplace())
        store = stack.enter_context(Store(folder / "store"))
        store.fill((chat, "bench") for chat in chats)

        def bot(name: str, roles: str) -> Bot:
            return stack.enter_context(Bot(folder / name, store.url, telegram.url, roles, run.delivery))

        for number in range(run.senders):
            bot(f"sender{number}", "send")
        yield telegram, store, bot("bot", "poll,alert,chat" if run.senders else "")


def silence(telegram: Stub, expected: int) -> None:
    """Wait until so many messages are accepted, or until nothing has come for long."""
    last, since = -1, time.monotonic()
    while last < expected:
        accepted = telegram.counts().accepted
        if accepted != last:
            last, since = accepted, time.monotonic()
        if time.monotonic() - since > SILENCE:
            return
        time.sleep(0.5)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a broadcast went."""

    utilisation: float
    n429: int
    lost: int
    doubled: int
    cpu: float


def broadcast(run: Run, count: int) -> Outcome:
    """One headline to `count` chats."""
    chats = [-chat if run.groups and chat % 10 == 0 else chat for chat in range(1, count + 1)]
    with house(run, chats) as (telegram, store, bot):
        began, spent = store.publish("h1", "News of the bench"), bot.cpu()
        silence(telegram, count)
        time.sleep(2)  # what comes twice comes soon after
        cpu = (bot.cpu() - spent) / (time.monotonic() - began)
        record = telegram.record()
    told = Counter(sent.chat for sent in record.accepted)
    return Outcome(
        utilisation=utilisation(record),
        n429=record.refused_with(429),
        lost=len(set(chats) - told.keys()),
        doubled=sum(times - 1 for times in told.values()),
        cpu=round(cpu, 3),
    )


def utilisation(record: Record) -> float:
    """As the module says."""
    instants = [sent.counted for sent in record.accepted]
    if len(instants) < 2:
        return 0.0
    return round(len(instants) / (LIMIT * (max(instants) - min(instants))), 4)


def broadcasts(count: int) -> dict[str, Any]:
    """All of them at once, and their figures."""
    bucket = {"counting": "bucket"} if knows_counting() else {}
    runs = {
        ("window", suffix): Run("window", {}, senders, groups)
        for suffix, senders, groups in (("", 0, False), ("_three", 3, False), ("_groups", 0, True))
    }
    runs["bucket_default", ""] = Run("bucket", {})
    if bucket:
        for suffix, senders, groups in (("", 0, False), ("_three", 3, False), ("_groups", 0, True)):
            runs["bucket", suffix] = Run("bucket", bucket, senders, groups)
    with ThreadPoolExecutor(len(runs)) as pool:
        outcomes = dict(zip(runs, pool.map(lambda run: broadcast(run, count), runs.values()), strict=True))
    figures: dict[str, Any] = {"utilisation_bucket": None}
    for (name, suffix), outcome in outcomes.items():
        figures[f"utilisation_{name}{suffix}"] = outcome.utilisation
        for key, value in (("n429", outcome.n429), ("lost", outcome.lost), ("doubled", outcome.doubled)):
            figures[f"{key}{suffix}"] = figures.get(f"{key}{suffix}", 0) + value
    return {**figures, "cpu": outcomes["window", ""].cpu}


def replies(many: int, asking: int) -> dict[str, float]:
    """How long people wait for /latest while `many` others are told a headline."""
    dice = random.Random(1)
    with house(Run("window", {}), range(1, many + 1)) as (telegram, store, _):
        store.publish("h1", "News of the bench")
        telegram.wait(3 * LIMIT, within=60)
        asked: dict[int, int] = {}
        for person in range(STRANGERS, STRANGERS + asking):
            time.sleep(dice.uniform(0, 1))
            update = message(person, "/latest")
            asked[person] = update["update_id"]
            telegram.inject([update])
        time.sleep(10)
        record = telegram.record()
    answered = {sent.chat: sent.counted for sent in reversed(record.accepted) if sent.chat in asked}
    waits = [1000 * (at - record.delivered[asked[person]] - sum(WAY) / 2) for person, at in answered.items()]
    parts = quantiles(waits, n=100, method="inclusive")
    return {
        "reply_p50_ms": round(parts[49], 1),
        "reply_p99_ms": round(parts[98], 1),
        "replies_missing": asking - len(answered),
        "reply_n429": record.refused_with(429),
        "reply_utilisation": utilisation(record),
    }


def burst(count: int) -> dict[str, float]:
    """Ten headlines within a minute to 3,000 chats; within less to fewer, so that they meet the same backlog."""
    chats, headlines = range(1, count + 1), [f"h{number}" for number in range(10)]
    apart = 6 * count / BURST_CHATS
    with house(Run("window", {}), chats) as (telegram, store, _):
        began = time.monotonic()
        for number, headline in enumerate(headlines):
            time.sleep(max(0.0, began + apart * number - time.monotonic()))
            store.publish(headline, f"News {number} of the bench")
        while _missing(telegram.record(), headlines, chats):
            if time.monotonic() - max(began, telegram.counts().last) > SILENCE:
                break
            time.sleep(1)
        record = telegram.record()
    return {
        "messages_per_chat": round(len(record.accepted) / count, 3),
        "lost": _missing(record, headlines, chats),
        "n429": record.refused_with(429),
        "utilisation": utilisation(record),
    }


def _missing(record: Record, headlines: Sequence[str], chats: Sequence[int]) -> int:
    """How many headlines have not come to a chat, over all chats."""
    told = {(sent.chat, headline) for sent in record.accepted for headline in sent.told}
    return len(headlines) * len(chats) - len(told & {(chat, headline) for chat in chats for headline in headlines})


def main(asked: Sequence[str]) -> dict[str, Any]:
    """What was asked for."""
    quick = "--quick" in asked
    bursts = 300 if quick else BURST_CHATS
    if "--burst" in asked:
        return burst(bursts)
    with ThreadPoolExecutor(1) as pool, Lateness() as late:
        beside = pool.submit(burst, bursts)
        figures = broadcasts(600 if quick else CHATS)
        figures |= late.figures()
    return {**figures, **replies(20_000 if quick else MANY, 40 if quick else ASKING), "burst": beside.result()}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
