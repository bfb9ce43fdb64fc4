"""What soak does to a bot: kill its processes and its store, start them again, and publish all the time.

Here: who is killed when, by dice, and the memory of it.
Not here: what follows from it (soak), the processes (_rig).
"""

from __future__ import annotations

import math
import random
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from redis import RedisError

from benchmarks._rig import Bot, Process, Store
from benchmarks._stub import Stub

ROLES = {"poll": "poll", "alert": "alert", "send1": "send", "send2": "send", "chat": "chat"}
STORE = "store"
# Seconds between two deaths, between a death and the next start, and between two headlines.
BETWEEN_KILLS, DOWN, BETWEEN_HEADLINES = (2.0, 8.0), (0.0, 3.0), (0.1, 0.9)
# Without a message for so long, what has not come does not come: a claimed entry lies 60 s, a lease runs for 40 s.
SILENCE = 120.0
DRAINS_WITHIN = 600.0


class House:
    """The store and the processes of the bot, by name; all of them are ended with it."""

    def __init__(self, folder: Path, store: Store, telegram: Stub, delivery: Mapping[str, Any]) -> None:
        self.store = store
        self.telegram = telegram
        self.bots = {
            name: Bot(folder / name, store.url, f"{telegram.url}/{name}", role, delivery)
            for name, role in ROLES.items()
        }

    def __enter__(self) -> Self:
        for bot in self.bots.values():
            bot.start()
        return self

    def __exit__(self, *_: object) -> None:
        for bot in self.bots.values():
            bot.kill()

    @property
    def everything(self) -> dict[str, Process]:
        """Whatever can be killed, by name."""
        return {**self.bots, STORE: self.store}


@dataclass
class Breakage:
    """One soak under way; instants are time.monotonic()."""

    house: House
    dice: random.Random
    topics: int
    published: dict[str, int] = field(default_factory=dict)  # headline -> its topic
    kills: Counter[str] = field(default_factory=Counter)
    died: list[str] = field(default_factory=list)
    drained: float = 0.0
    # Of each name, when it was killed and when it answered again; of a process of the bot the same instant twice.
    _outages: list[tuple[str, float, float]] = field(default_factory=list)
    _starts: dict[str, float] = field(default_factory=dict)
    _store_down: float | None = None

    def run(self, seconds: float) -> None:
        """Publish and kill for so long; then everything runs again."""
        now = time.monotonic()
        end, kill, publish = now + seconds, now + self._span(BETWEEN_KILLS), now
        while (now := time.monotonic()) < end:
            self._look_after(now)
            if now >= kill:
                self._kill(now)
                kill = now + self._span(BETWEEN_KILLS)
            if now >= publish and self._publish():
                publish = now + self._span(BETWEEN_HEADLINES)
            time.sleep(0.01)
        self._starts = dict.fromkeys(self._starts, 0.0)

    def drain(self, owed: set[tuple[int, str]]) -> None:
        """Wait until everything that is owed was told, or nothing is any more."""
        began = time.monotonic()
        while time.monotonic() < began + DRAINS_WITHIN:
            self._look_after(time.monotonic())
            told = {(sent.chat, headline) for sent in self.house.telegram.record().accepted for headline in sent.told}
            last = max(began, self.house.telegram.counts().last)
            if owed <= told or time.monotonic() > last + SILENCE:
                break
            self._rest(1.0)
        self.drained = time.monotonic() - began
        self._rest(5.0)  # what comes twice comes soon after

    def hit(self, via: str, since: float, until: float) -> bool:
        """Whether the process that sent something, or the store, was killed or down in this time."""
        down = math.inf if self._store_down is None else self._store_down
        outages = [*self._outages, (STORE, down, math.inf)]
        return any(name in {via, STORE} and began <= until and ended >= since for name, began, ended in outages)

    def _kill(self, now: float) -> None:
        name = self.dice.choice([*ROLES, STORE])
        process = self.house.everything[name]
        if not process.runs:
            return
        process.kill()
        self.kills[name] += 1
        self._starts[name] = now + self._span(DOWN)
        if name == STORE:
            self._store_down = now
        else:
            self._outages.append((name, now, time.monotonic()))

    def _look_after(self, now: float) -> None:
        """Start what was killed long enough ago, and what has ended by itself."""
        for name, process in self.house.everything.items():
            if process.runs:
                continue
            if name not in self._starts:
                self._mourn(name, process, now)
            elif now >= self._starts[name]:
                del self._starts[name]
                process.start()
        if self._store_down is not None and self.house.store.runs and self.house.store.answers():
            self._outages.append((STORE, self._store_down, time.monotonic()))
            self._store_down = None

    def _mourn(self, name: str, process: Process, now: float) -> None:
        """It ended by itself: without a store a process may give up at its start, else that is a fault."""
        self._starts[name] = now + 0.5
        self._outages.append((name, now - 1.0, now))
        if self._store_down is None and not self.hit(STORE, now - 10.0, now):
            self.died.append(f"{name}: {process.said.strip()[-500:]}")

    def _publish(self) -> bool:
        """Write the next headline; once more with the same id if the store did not answer."""
        number = len(self.published) + 1
        topic = self._topic_of(number)
        with suppress(RedisError):
            self.house.store.publish(f"h{number}", f"News {number} of bench{topic}")
            self.published[f"h{number}"] = topic
            return True
        return False

    def _topic_of(self, number: int) -> int:
        return number * 7 % self.topics

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (now := time.monotonic()) < until:
            self._look_after(now)
            time.sleep(0.05)

    def _span(self, bounds: tuple[float, float]) -> float:
        return self.dice.uniform(*bounds)
