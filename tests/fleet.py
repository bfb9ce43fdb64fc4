"""Several bots over one Redis, each a process of its own, and the balancer that stands before them.

Here: starting and stopping them as a platform does, and passing calls on to whichever takes them.
Not here: what is expected of them (test_fleet, test_rolling_upgrade).
"""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from aiohttp import web
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff

from bot.devchat.server import DevChat
from tests.conftest import SERVERS
from tests.world import TOKEN
from tests.written import WRITTEN

ROOT = Path(__file__).parent.parent
SECRET, PUBLISH = "shown-secret", "pass-word"
# A machine that has much else to do needs longer than the five seconds that a start takes.
STARTS = 120
# And a stop takes ten seconds at the most, where it does what it promises, and as many again there.
STOPS = 20
# One of Telegram's addresses, for a balancer that says for whom it calls.
TELEGRAM = "149.154.167.220"


class Bot:
    """`headline-bot run` of the version whose code stands in `tree`, from its start to its end."""

    def __init__(self, name: str, environ: dict[str, str], tree: Path = ROOT) -> None:
        self.name = name
        self.url = ""
        self._tree = tree
        self._environ = environ
        self._process: asyncio.subprocess.Process | None = None
        self._told: asyncio.Task[bytes] | None = None

    async def start(self) -> None:
        """Return when it is ready."""
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            env=self._environ,
            cwd=self._tree,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert self._process.stdout
        assert self._process.stderr
        self._told = asyncio.create_task(self._process.stderr.read())
        async with asyncio.timeout(STARTS):
            while not (line := await self._process.stdout.readline()).startswith(b"Status: "):
                assert line, (await self._told).decode()
        self.url = line.split()[1].decode().rstrip("/")

    def signal(self, number: signal.Signals) -> None:
        """As `kill` does."""
        assert self._process
        self._process.send_signal(number)

    async def ended(self) -> float:
        """How many seconds it takes to end, well."""
        assert self._process
        began = time.monotonic()
        code = await self._process.wait()
        took = time.monotonic() - began
        assert code == 0, await self.told()
        await self.told()
        return took

    async def stop(self) -> float:
        """Stop it in good order; how many seconds that took."""
        self.signal(signal.SIGTERM)
        return await self.ended()

    async def told(self) -> str:
        """What it logged until its end."""
        assert self._told
        text = (await self._told).decode()
        WRITTEN.note(f"bot {self.name}", text)
        return text

    async def kill(self) -> None:
        """End it, whatever it does."""
        if self._process and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()


@dataclass
class Balancer:
    """Passes each call on to the bots in turn, until one takes it: as a proxy does that tries the next after a 503."""

    bots: dict[str, Bot] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)
    updates: list[bytes] = field(default_factory=list)
    url: str = ""

    def __post_init__(self) -> None:
        self._turn = itertools.count()
        self._session: aiohttp.ClientSession | None = None
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen."""
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True))
        app = web.Application()
        app.router.add_post("/{path}", self._pass)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner and self._session:
            await self._runner.cleanup()
            await self._session.close()

    async def brings(self, bot: Bot, update: bytes) -> int:
        """Bring an update to one of them."""
        return (await self._to(bot, "telegram", update, {"X-Telegram-Bot-Api-Secret-Token": SECRET})).status

    async def _pass(self, request: web.Request) -> web.Response:
        body, path = await request.read(), request.match_info["path"]
        kept = {name: value for name, value in request.headers.items() if name.lower() != "host"}
        if path == "telegram":
            self.updates.append(body)
        turn = next(self._turn)
        bots = list(self.bots.values())
        for bot in bots[turn % max(1, len(bots)) :] + bots[: turn % max(1, len(bots))]:
            with suppress(aiohttp.ClientError):
                answer = await self._to(bot, path, body, kept)
                if answer.status != 503:
                    self.taken[bot.name] += 1
                    return answer
        return web.Response(status=503, headers={"Retry-After": "0"})

    async def _to(self, bot: Bot, path: str, body: bytes, headers: dict[str, str]) -> web.Response:
        assert self._session
        seen = {**headers, "X-Forwarded-For": TELEGRAM, "Content-Type": "application/json"}
        async with self._session.post(f"{bot.url}/{path}", data=body, headers=seen) as answer:
            return web.Response(status=answer.status, body=await answer.read(), content_type="application/json")


@asynccontextmanager
async def valkey(folder: Path) -> AsyncIterator[str]:
    """A server for one fleet; gives its address. Which kind of server it is, is tried elsewhere (tests/store)."""
    socket = folder / "s"
    process = await asyncio.create_subprocess_exec(
        *(SERVERS["valkey"], "--port", "0", "--unixsocket", str(socket), "--dir", str(folder), "--save", ""),
        stdout=asyncio.subprocess.DEVNULL,
    )
    retry = Retry(ConstantBackoff(0.05), 100)
    async with Redis(unix_socket_path=str(socket), retry=retry, retry_on_error=[OSError]) as client:
        await client.ping()
    yield f"unix://{socket}"
    process.terminate()
    await process.wait()


@dataclass
class Fleet:
    """Telegram, a balancer, and the bots behind it."""

    devchat: DevChat
    balancer: Balancer
    folder: Path
    environ: dict[str, str]

    async def grows(self, *names: str, tree: Path = ROOT) -> None:
        """Start bots of one version, all at once; they are called when they are ready."""
        bots = [Bot(name, self.environ, tree) for name in names]
        self.started += bots
        await asyncio.gather(*(bot.start() for bot in bots))
        self.balancer.bots |= {bot.name: bot for bot in bots}

    def __post_init__(self) -> None:
        self.started: list[Bot] = []


@asynccontextmanager
async def fleet_on(folder: Path, **options: str) -> AsyncIterator[Fleet]:
    """A fleet without bots yet; `options` are lines of [http] in bot.toml."""
    devchat, balancer = DevChat(token=TOKEN), Balancer()
    async with valkey(folder) as redis_url:
        await devchat.start()
        await balancer.start()
        fleet = Fleet(devchat, balancer, folder, environ_of(folder, redis_url, devchat.url, balancer.url, **options))
        try:
            yield fleet
        finally:
            await asyncio.gather(*(bot.kill() for bot in fleet.started))
            await balancer.stop()
            await devchat.stop()


def environ_of(folder: Path, redis_url: str, telegram: str, balancer: str, **options: str) -> dict[str, str]:
    """The environment of every bot of a fleet."""
    lines = "".join(f"{name} = {value}\n" for name, value in options.items())
    (folder / "bot.toml").write_text(
        f"[meaning]\nstories = false\n\n[people]\nanswers_per_minute = 10_000\n\n[http]\n{lines}"
    )
    return {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram,
        "TELEGRAM_WEBHOOK_URL": f"{balancer}/telegram",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "HEADLINE_BOT_PUBLISH_TOKEN": PUBLISH,
        "REDIS_URL": redis_url,
        "HEADLINE_BOT_CONFIG": str(folder),
        "HEADLINE_BOT_DATA": str(folder / "var"),
        "HEADLINE_BOT_HTTP": "127.0.0.1:0",
    }
