"""Redis away, or out of disk, for five minutes in full swing: what people hear, what is lost, how soon all is well.

The bot runs as the five processes of soak on a private store, and sends 30 messages a second, which a server allows in
a strict window. 3,000 chats are owed a headline, and every second another one is published, to 30 chats. Every two
seconds somebody who was not there before asks for /latest. After 20 seconds the trouble begins, and 300 seconds later
it is over. Whoever publishes keeps what Redis does not take meanwhile, and writes it then. There are two troubles, with
a run of all this for each: `stopped`: the server is stopped, as by its operator (soak kills it), and started on its
file; `full`: its append-only file cannot grow, so that it still tells what it knows, and takes nothing in.

Prints one JSON object for each trouble. Seconds count from the moment at which the server takes writes again:
- `back_s`, the largest of `alerts_s` (until an alert is sent), `fresh_s` (until somebody is told a headline that was
  published then, in front of all that had waited) and `answers_s` (until somebody who asks is shown the news);
- `asked` people while it was away, `kind` of them told so in a sentence, `served` shown the news all the same, within
  `answer_p50_s` and `answer_p99_s`, and `unanswered` of all;
- `owed` (chat and headline), `lost`, `doubled`, `n429`, `away_s`, `died`
  (processes that ended: none has to be started again).
`machine_late_…` is how late the machine woke a sleeper meanwhile. `--quick`: 30 seconds, 600 chats.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from redis import RedisError

from benchmarks._breakage import SILENCE, House
from benchmarks._rig import Lateness, Store, workplace
from benchmarks._stub import Accepted, Record, Rules, message, stubbed

LIMIT, TOPICS = 30, 20
CHATS_A_TOPIC = 30
BEFORE, AFTER = 20.0, 30.0
PUBLISH_EVERY, ASK_EVERY = 1.0, 2.0
# People who ask are none of those who are told.
STRANGERS = 2_000_000_000
SENTENCE = "I can't reach my memory"
READY_WITHIN = 300.0


@dataclass
class Swing:
    """The load: headlines that are published, or wait for that, and people who ask; instants are time.monotonic().

    Titles are of so few words that no two of them tell one story, of which people hear but once.
    """

    house: House
    waiting: deque[int] = field(default_factory=deque)
    published: dict[str, float] = field(default_factory=dict)
    asked: dict[int, float] = field(default_factory=dict)
    _publish_at: float = 0.0
    _ask_at: float = 0.0
    _number: int = 0

    def run(self, seconds: float) -> None:
        """Go on for so long."""
        end = time.monotonic() + seconds
        while (now := time.monotonic()) < end:
            if now >= self._publish_at:
                self._publish_at = now + PUBLISH_EVERY
                self._number += 1
                self.waiting.append(self._number)
            if now >= self._ask_at:
                self._ask_at = now + ASK_EVERY
                person = STRANGERS + len(self.asked)
                self.asked[person] = now
                self.house.telegram.inject([message(person, "/latest")])
            with suppress(RedisError):
                while self.waiting:
                    number = self.waiting[0]
                    self.house.store.publish(f"h{number}", f"News{number} bench{number % TOPICS}")
                    self.published[f"h{self.waiting.popleft()}"] = time.monotonic()
            time.sleep(0.05)

    def owed(self, chats: int) -> set[tuple[int, str]]:
        """Chat and headline."""
        few = {
            (chat, ident)
            for ident in self.published
            for chat in range(1, TOPICS * CHATS_A_TOPIC + 1)
            if chat % TOPICS == int(ident[1:]) % TOPICS
        }
        return few | {(chat, "all") for chat in range(1, chats + 1)}


def drained(house: House, owed: set[tuple[int, str]]) -> Record:
    """Everything that happened, when all is told or nothing comes any more."""
    began = time.monotonic()
    while True:
        record = house.telegram.record()
        told = {(sent.chat, headline) for sent in record.accepted for headline in sent.told}
        if owed <= told or time.monotonic() > max(began, house.telegram.counts().last) + SILENCE:
            return record
        time.sleep(1)


def answers(record: Record, swing: Swing) -> dict[int, Accepted]:
    """The first answer to everybody who asked."""
    return {sent.chat: sent for sent in reversed(record.accepted) if sent.chat in swing.asked}


def back(record: Record, swing: Swing, since: float) -> dict[str, float]:
    """How soon everything goes on."""
    told = [sent for sent in record.accepted if sent.counted > since and sent.chat < STRANGERS]
    fresh = {ident for ident, at in swing.published.items() if at > since}
    shown = [sent.counted for sent in answers(record, swing).values() if SENTENCE not in sent.text]
    moments = {
        "alerts_s": min(sent.counted for sent in told),
        "fresh_s": min(sent.counted for sent in told if fresh & set(sent.told)),
        "answers_s": min(at for at in shown if at > since),
    }
    seconds = {name: round(at - since, 2) for name, at in moments.items()}
    return {"back_s": max(seconds.values()), **seconds}


def kindness(record: Record, swing: Swing, began: float, back_at: float) -> dict[str, float]:
    """What people heard who asked while the store was in trouble."""
    asked = {person: at for person, at in swing.asked.items() if began < at < back_at - 1}
    first = answers(record, swing)
    heard = {person: first[person] for person in asked if person in first}
    kind = sum(SENTENCE in answer.text for answer in heard.values())
    parts = quantiles((answer.counted - asked[person] for person, answer in heard.items()), n=100, method="inclusive")
    return {
        "asked": len(asked),
        "kind": kind,
        "served": len(heard) - kind,
        "answer_p50_s": round(parts[49], 2),
        "answer_p99_s": round(parts[98], 2),
        "unanswered": len(swing.asked.keys() - first.keys()),
    }


@contextmanager
def stopped(store: Store) -> Iterator[None]:
    """It is stopped, and started on its file."""
    store.stop()
    yield
    store.__enter__()


@contextmanager
def full(store: Store) -> Iterator[None]:
    """Its append-only file cannot grow."""
    size = max(file.stat().st_size for file in store.folder.glob("appendonlydir/*.incr.aof"))
    resource.prlimit(store.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    wait_for(lambda: store.client.info("persistence")["aof_last_write_status"] != "ok")
    yield
    resource.prlimit(store.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    wait_for(lambda: store.client.info("persistence")["aof_last_write_status"] == "ok")


def wait_for(true: Callable[[], bool]) -> None:
    """Until it is."""
    give_up = time.monotonic() + READY_WITHIN
    while not true():
        assert time.monotonic() < give_up, "it does not come about in time"
        time.sleep(0.1)


def under(trouble: Callable[[Store], AbstractContextManager[None]], chats: int, seconds: float) -> dict[str, Any]:
    """All of it, with one trouble for so long."""
    with ExitStack() as stack:
        rules = Rules(limit=LIMIT, counting="window", way_in=(0.02, 0.04))
        telegram = stack.enter_context(stubbed(rules))
        folder = stack.enter_context(workplace())
        store = stack.enter_context(Store(folder / "store"))
        store.fill((chat, "everybody") for chat in range(1, chats + 1))
        store.fill((chat, f"bench{chat % TOPICS}") for chat in range(1, TOPICS * CHATS_A_TOPIC + 1))
        house = stack.enter_context(House(folder, store, telegram, {"per_second": LIMIT}))
        late = stack.enter_context(Lateness())
        wait_for(lambda: all("is ready" in bot.said for bot in house.bots.values()))
        swing = Swing(house)
        store.publish("all", "News for everybody")
        swing.run(BEFORE)
        with trouble(store):
            began = time.monotonic()
            swing.run(seconds)
        back_at = time.monotonic()
        swing.run(AFTER)
        owed = swing.owed(chats)
        record = drained(house, owed)
        came = Counter((sent.chat, headline) for sent in record.accepted for headline in sent.told)
        return {
            **back(record, swing, back_at),
            **kindness(record, swing, began, back_at),
            "owed": len(owed),
            "lost": len(owed - came.keys()),
            "doubled": sum(came[pair] - 1 for pair in owed & came.keys()),
            "n429": record.refused_with(429),
            "away_s": round(back_at - began, 1),
            "died": [name for name, bot in house.bots.items() if not bot.runs],
            **late.figures(),
        }


if __name__ == "__main__":
    size = (600, 30.0) if "--quick" in sys.argv else (3000, 300.0)
    print(json.dumps({trouble.__name__: under(trouble, *size) for trouble in (stopped, full)}))
