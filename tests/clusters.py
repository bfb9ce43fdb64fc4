"""A real Redis Cluster of our own: processes on the loopback that share the slots, die, are promoted, and trade slots.

Here: `cluster_of`, which starts one, and the few things that happen to it. It is told what to do in Redis's own
commands, as there may be no redis-cli.
Not here: what it should lead to (tests/store/test_cluster.py).
"""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import redis
from redis.backoff import ConstantBackoff
from redis.crc import key_slot
from redis.exceptions import ConnectionError as Away
from redis.exceptions import RedisError
from redis.retry import Retry

SLOTS = 16384
OPTIONS = {
    "bind": "127.0.0.1",
    "save": "",
    "daemonize": "no",
    "cluster-enabled": "yes",
    "cluster-node-timeout": "500",  # so long a master may be silent before a replica takes its place
    "cluster-replica-validity-factor": "0",
    "repl-diskless-sync-delay": "0",
    "repl-ping-replica-period": "1",
}


def until(what: Callable[[], object], within: float = 20) -> None:
    """Return when something has come true."""
    deadline = time.monotonic() + within
    while not what():
        assert time.monotonic() < deadline, f"{what.__qualname__} did not come true within {within} seconds"
        time.sleep(0.02)


def free_ports(count: int) -> list[int]:
    """Ports that are free, with their cluster bus ports (10,000 above)."""
    with ExitStack() as held:
        ports: list[int] = []
        for port in range(21000, 32000, 7):
            try:
                for each in (port, port + 10000):
                    held.enter_context(socket.socket()).bind(("127.0.0.1", each))
            except OSError:
                continue
            ports.append(port)
            if len(ports) == count:
                break
        return ports


@dataclass
class Member:
    """One server process of the cluster, and a connection to it."""

    binary: str
    folder: Path
    port: int
    more: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        retry = Retry(ConstantBackoff(0.05), 200)
        self.patient = redis.Redis(port=self.port, retry=retry, retry_on_error=[Away], decode_responses=True)
        self.client = redis.Redis(port=self.port, retry=Retry(ConstantBackoff(0), 0), decode_responses=True)

    def close(self) -> None:
        self.patient.close()
        self.client.close()

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        options = {**OPTIONS, **self.more, "port": str(self.port), "dir": str(self.folder)}
        command = [self.binary, *(part for name, value in options.items() for part in (f"--{name}", value))]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        self.patient.ping()

    def kill(self) -> None:
        """kill -9."""
        if self.process:
            self.process.kill()
            self.process.wait(10)
            self.process = None

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def do(self, *command: object) -> object:
        return self.client.execute_command(*command)

    def dump(self, key: str) -> bytes:
        """What stands in a key, also if its slot has not arrived yet."""
        with redis.Redis(port=self.port, single_connection_client=True) as asking:
            asking.execute_command("ASKING")
            return bytes(asking.dump(key))

    def refused(self, error: str) -> int:
        """How often it answered with an error so far."""
        return self.client.info("errorstats").get(f"errorstat_{error}", {}).get("count", 0)

    @property
    def id(self) -> str:
        return str(self.do("CLUSTER", "MYID"))

    @property
    def about(self) -> Mapping[str, object]:
        return self.client.info("replication") if self.process else {}

    @property
    def is_master(self) -> bool:
        return self.about.get("role") == "master"

    @property
    def online(self) -> int:
        """How many replicas it copies to."""
        return sum(isinstance(each, dict) and each.get("state") == "online" for each in self.about.values())

    @property
    def is_synced(self) -> bool:
        """Whether it is a replica with everything that its master has."""
        return self.about.get("role") == "slave" and self.about.get("master_link_status") == "up"


class RealCluster:
    """Masters that share the slots, and as many replicas of each as were asked for."""

    def __init__(self, members: list[Member], masters: int) -> None:
        self.members = members
        self.count = masters

    @property
    def url(self) -> str:
        return "redis+cluster://" + ",".join(f"127.0.0.1:{member.port}" for member in self.members)

    def form(self) -> None:
        """Make a cluster of processes that know nothing of one another."""
        masters, replicas = self.members[: self.count], self.members[self.count :]
        for place, master in enumerate(masters):
            first, last = SLOTS * place // self.count, SLOTS * (place + 1) // self.count - 1
            master.do("CLUSTER", "ADDSLOTSRANGE", first, last)
            master.do("CLUSTER", "SET-CONFIG-EPOCH", place + 1)
        for member in self.members[1:]:
            member.do("CLUSTER", "MEET", "127.0.0.1", masters[0].port)
        until(lambda: all(self._knows_all(member) for member in self.members))
        for place, replica in enumerate(replicas):
            replica.do("CLUSTER", "REPLICATE", masters[place % self.count].id)
        self.whole()

    def whole(self) -> None:
        """Return when every process lives, every slot has a master, and every replica is in step."""
        for member in self.members:
            if not member.process:
                member.start()
        until(lambda: all(self._is_ok(member) for member in self.members))
        until(lambda: sum(member.online for member in self.members) == len(self.members) - self.count)

    def _knows_all(self, member: Member) -> bool:
        return member.client.cluster("INFO")["cluster_known_nodes"] == str(len(self.members))

    def _is_ok(self, member: Member) -> bool:
        try:
            about = member.client.cluster("INFO")
            known = {place[2] for row in member.client.execute_command("CLUSTER", "SLOTS") for place in row[2:]}
        except RedisError:
            return False
        return (
            about["cluster_state"] == "ok"
            and len(known) == len(self.members)
            and (member.is_master or member.is_synced)
            and sum(each.is_master for each in self.members) == self.count
        )

    def empty(self) -> None:
        for member in self.members:
            if member.is_master:
                member.client.flushall()

    def master_of(self, key: str) -> Member:
        """The living master of a key's slot, once the cluster has one and says so everywhere."""
        slot = key_slot(key.encode())
        found: list[Member] = []

        def is_known() -> bool:
            found[:] = [member for member in self.members if member.is_master and self._has(member, slot)]
            return len(found) == 1

        until(is_known)
        return found[0]

    def _has(self, member: Member, slot: int) -> bool:
        rows = member.client.execute_command("CLUSTER", "SLOTS")
        return any(first <= slot <= last and place[1] == member.port for first, last, place, *_ in rows)

    @contextmanager
    def apart(self, master: Member) -> Iterator[Member]:
        """A master whose replica lives, and could take its place, and hears nothing of what it writes."""
        replica = self.replica_of(master)
        replica.do("CONFIG", "SET", "masterauth", "wrong")
        master.do("CLIENT", "KILL", "TYPE", "replica")
        until(lambda: not master.about["connected_slaves"])
        try:
            yield replica
        finally:
            replica.do("CONFIG", "SET", "masterauth", "")

    def replica_of(self, master: Member) -> Member:
        return next(each for each in self.members if each.is_synced and each.about["master_port"] == master.port)

    def everything(self, of_slot: int) -> dict[str, bytes]:
        """What stands in a slot, on whichever masters."""
        found: dict[str, bytes] = {}
        for member in self.members:
            if member.is_master:
                keys = member.client.execute_command("CLUSTER", "GETKEYSINSLOT", of_slot, 10000)
                found |= {key: member.dump(key) for key in keys}
        return found


class MovingSlot:
    """A slot that moves key by key from one master to another, as redis-cli would have it."""

    def __init__(self, cluster: RealCluster, key: str) -> None:
        self.cluster = cluster
        self.slot = key_slot(key.encode())
        self.source = cluster.master_of(key)
        self.target = next(each for each in cluster.members if each.is_master and each is not self.source)

    def begin(self) -> None:
        self.target.do("CLUSTER", "SETSLOT", self.slot, "IMPORTING", self.source.id)
        self.source.do("CLUSTER", "SETSLOT", self.slot, "MIGRATING", self.target.id)

    def keys(self) -> list[str]:
        """The keys that are still where they were."""
        return list(self.source.do("CLUSTER", "GETKEYSINSLOT", self.slot, 10000))

    def bring(self, keys: list[str]) -> None:
        if keys:
            self.source.do("MIGRATE", "127.0.0.1", self.target.port, "", 0, 5000, "KEYS", *keys)

    def refused(self) -> int:
        """How many scripts were told to come again."""
        return self.source.refused("TRYAGAIN") + self.target.refused("TRYAGAIN")

    def finish(self) -> None:
        self.bring(self.keys())
        for member in (self.target, self.source):
            member.do("CLUSTER", "SETSLOT", self.slot, "NODE", self.target.id)


@contextmanager
def cluster_of(binary: str, folder: Path, masters: int = 3, replicas: int = 0, **options: str) -> Iterator[RealCluster]:
    """A cluster for as long as the context lasts; `replicas` is how many each master has, `options` the servers'."""
    ports = free_ports(masters * (1 + replicas))
    more = {name.replace("_", "-"): value for name, value in options.items()}
    members = [Member(binary, folder / str(port), port, more) for port in ports]
    try:
        for member in members:
            member.start()
        cluster = RealCluster(members, masters)
        cluster.form()
        yield cluster
    finally:
        for member in members:
            member.kill()
            member.close()
