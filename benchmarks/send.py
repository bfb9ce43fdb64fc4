"""How many messages a second the house sends, beside two other ways in the same run.

A stub of the Bot API answers in a process of its own; 64 messages are on the wire at a time, all on one uvloop. The
ways take turns, so that a busy machine slows all of them alike; medians of the rounds, ratios round by round.

- the send path: what `Sender` has a message pass: a permit of the budget in Redis, the call's bytes, the wire, the
  verdict, the place given back
- the same over TLS
- the outbox as well: `Sender` as it runs, on a private Valkey with its append-only file: chats drawn from a broadcast,
  worded, sent, settled, each step written down. Redis then has about as much to do as the bot, on the same machine.
- python-telegram-bot's bot on its own HTTPXRequest
- bare: a POST through aiohttp, its JSON made and read with orjson, and nothing else

Prints one JSON object: `msgs_per_s`, `msgs_per_s_ptb_default`, `msgs_per_s_bare_aiohttp`, `ratio_vs_ptb_default` and
`ratio_vs_bare_aiohttp` (the send path by each), `cpu_us`, `cpu_us_tls` and `cpu_us_bare_aiohttp` (processor time of a
message in this process), `outbox_msgs_per_s`, `outbox_ratio_vs_ptb_default`, `outbox_cpu_us`, and for the paid tier
(1,000 messages a second, counted strictly by the stub, the bot a process of its own, outbox and all) `paid_utilisation`
(accepted messages by limit and time from the first to the last), `paid_429`, `paid_lost`, `paid_cpu` (cores).
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import os
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

os.environ.setdefault("PTB_TIMEDELTA", "1")

import aiohttp
import orjson
import uvloop
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from benchmarks._rig import TOKEN, Bot, Store, workplace
from benchmarks._stub import Rules, Stub, stubbed
from bot.app import SystemClock
from bot.delivery.lines import Lines, server
from bot.delivery.pace import Valve
from bot.delivery.send import TelegramMessenger
from bot.news.identity import topic_id
from bot.news.message import Button, Message
from bot.news.model import Headline
from bot.news.topics import canonical, parse
from bot.news.verdicts import Delivered
from bot.ops.metrics import Metrics
from bot.ops.traces import NoTraces
from bot.ports import Permit
from bot.store.chats import Chats
from bot.store.choices import Choices
from bot.store.database import Database
from bot.store.headlines import Headlines
from bot.store.holds import Holds
from bot.store.outbox import Outbox
from bot.store.permits import Limits, RedisPermits
from bot.tongues import spoken
from bot.workers.admins import Admins
from bot.workers.hands import Hands
from bot.workers.letters import Letters
from bot.workers.sender import MOST, Sender

ROUNDS, IN_FLIGHT = 7, 64
MESSAGES, MESSAGES_BARE, MESSAGES_DEFAULT = 4000, 4000, 200
PAID, PAID_CHATS = 1000, 20_000
TITLE = "Morocco hailed as “important partner” for Germany and EU in agriculture"
HTML = f'<b><a href="https://news.example/story">{TITLE}</a></b>\n12:15 · <i>morning-post</i>'


Run = Callable[[], Awaitable[int]]


@dataclass
class Way:
    """One way to send, and how it fared."""

    run: Run
    per_second: list[float] = field(default_factory=list)
    cpu_us: list[float] = field(default_factory=list)

    async def round(self) -> None:
        gc.collect()
        wall, processor = time.perf_counter(), time.process_time()
        sent = await self.run()
        self.per_second.append(sent / (time.perf_counter() - wall))
        self.cpu_us.append((time.process_time() - processor) / sent * 1e6)


class Counted(Metrics):
    """The metrics of the sender, and how many headlines were told; `mail` is set with each, as somebody waits."""

    def __init__(self, mail: asyncio.Event) -> None:
        super().__init__()
        self.told = 0
        self._mail = mail

    def delivered(self, delays: Iterable[timedelta]) -> None:
        self.told += 1
        self._mail.set()
        super().delivered(delays)


async def many(count: int, send: Callable[[int], Awaitable[object]]) -> int:
    """So many messages, IN_FLIGHT at a time."""
    left = iter(range(1, count + 1))

    async def sender() -> None:
        for chat in left:
            await send(chat)

    await asyncio.gather(*(sender() for _ in range(IN_FLIGHT)))
    return count


def messenger(database: Database, lines: Lines) -> TelegramMessenger:
    """The house's door to Telegram; a budget that is never spent, and chats that need no rest between two messages."""
    limits = Limits(per_second=30_000, per_burst=10_000, alerts_apart=timedelta())
    return TelegramMessenger(lines, Valve(RedisPermits(database, limits), SystemClock()), SystemClock())


@asynccontextmanager
async def sending(store: Store, url: str, tls: ssl.SSLContext | None = None) -> AsyncIterator[Run]:
    """The send path: as many permits are asked for at once as `Sender` asks for."""
    database, lines = Database.connect(store.url), Lines(server(f"{url}/bot{TOKEN}", tls=tls))
    ours, said = (
        messenger(database, lines),
        Message(HTML, ((Button("📖 Read", "read:h1"),),), "https://news.example/story"),
    )
    free = asyncio.Semaphore(IN_FLIGHT)

    async def write(chat: int, permit: Permit) -> None:
        try:
            assert isinstance(await ours.send(chat, said, permit), Delivered)
        finally:
            free.release()

    async def run() -> int:
        async with asyncio.TaskGroup() as group:
            for first in range(1, MESSAGES + 1, MOST):
                chats = range(first, min(first + MOST, MESSAGES + 1))
                for chat, permit in zip(chats, await ours.admit(chats), strict=True):
                    assert permit.id
                    await free.acquire()
                    group.create_task(write(chat, permit))
        return MESSAGES

    try:
        yield run
    finally:
        await lines.close()
        await database.close()


@asynccontextmanager
async def with_outbox(store: Store, url: str) -> AsyncIterator[Run]:
    """The sender on its stores; each run owes one more headline to all chats and sends it."""
    database, clock, mail = Database.connect(store.url), SystemClock(), asyncio.Event()
    outbox, headlines, lines = Outbox(database), Headlines(database), Lines(server(f"{url}/bot{TOKEN}"))
    metrics = Counted(mail)
    to, chats = messenger(database, lines), Chats(database)
    letters = Letters(outbox, Holds(database), headlines, spoken(), clock, metrics)
    admins = Admins(chats, Choices(database), to, spoken())
    sender = Sender(outbox, letters, chats, to, clock, metrics, NoTraces(), IN_FLIGHT, mail, admins)
    topic, numbers = topic_id(canonical(parse("benchmark"))), itertools.count()

    async def run() -> int:
        now = datetime.now(UTC)
        for shard in range(64):  # nobody rests
            await database.call("DEL", f"{{s{shard:02d}}}:rest")
        said = Headline(f"h{next(numbers)}", TITLE, "https://news.example/story", "wire", now, now)
        await headlines.add(said, now)
        owed = await outbox.owe(said.id, [topic], now)
        until = metrics.told + owed
        async with asyncio.TaskGroup() as group:
            hands = Hands(group)
            while metrics.told < until:
                mail.clear()
                if not await sender.step(hands):
                    await mail.wait()
        return owed

    try:
        yield run
    finally:
        await lines.close()
        await database.close()


async def bare(session: aiohttp.ClientSession, url: str, chat: int) -> None:
    body = orjson.dumps({"chat_id": chat, "text": HTML, "parse_mode": "HTML"})
    async with session.post(url, data=body, headers={"Content-Type": "application/json"}) as answer:
        assert orjson.loads(await answer.read())["ok"]


async def throughput(store: Store, plain: Stub, secret: Stub) -> dict[str, float]:
    root = f"{plain.url}/bot"
    default = HTTPXRequest(connection_pool_size=256, pool_timeout=30)
    library = ExtBot(TOKEN, base_url=root, request=default, get_updates_request=default)
    trusted = ssl.create_default_context(cafile=secret.certificate)
    async with (
        default,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=256)) as session,
        sending(store, plain.url) as ours,
        sending(store, secret.url, trusted) as over_tls,
        with_outbox(store, plain.url) as outbox,
    ):
        ways = {
            "ours": Way(ours),
            "bare": Way(lambda: many(MESSAGES_BARE, lambda chat: bare(session, f"{root}{TOKEN}/sendMessage", chat))),
            "ptb": Way(lambda: many(MESSAGES_DEFAULT, lambda chat: library.send_message(chat, HTML, "HTML"))),
            "tls": Way(over_tls),
            "outbox": Way(outbox),
        }
        for way in ways.values():
            await way.run()  # what is loaded once is not a message's cost
        for _ in range(ROUNDS):
            for way in ways.values():
                await way.round()
    return figures(ways)


def figures(ways: Mapping[str, Way]) -> dict[str, float]:
    """Medians, and medians of the ratios of each round."""
    speed = {name: way.per_second for name, way in ways.items()}
    cpu = {name: round(median(way.cpu_us)) for name, way in ways.items()}

    def ratio(one: str, other: str) -> float:
        return round(median(a / b for a, b in zip(speed[one], speed[other], strict=True)), 2)

    return {
        "msgs_per_s": round(median(speed["ours"])),
        "msgs_per_s_bare_aiohttp": round(median(speed["bare"])),
        "msgs_per_s_ptb_default": round(median(speed["ptb"])),
        "ratio_vs_ptb_default": ratio("ours", "ptb"),
        "ratio_vs_bare_aiohttp": ratio("ours", "bare"),
        "cpu_us": cpu["ours"],
        "cpu_us_tls": cpu["tls"],
        "cpu_us_bare_aiohttp": cpu["bare"],
        "outbox_msgs_per_s": round(median(speed["outbox"])),
        "outbox_ratio_vs_ptb_default": ratio("outbox", "ptb"),
        "outbox_cpu_us": cpu["outbox"],
    }


def paid(folder: Path) -> dict[str, float]:
    """The paid tier: the running bot against a server that counts a thousand a second strictly."""
    options = {"paid_per_second": PAID, "stars_per_day": 10_000_000}
    with ExitStack() as stack:
        telegram = stack.enter_context(stubbed(Rules(limit=PAID, counting="window", keep_texts=False)))
        store = stack.enter_context(Store(folder / "paid"))
        store.fill((chat, "benchmark") for chat in range(1, PAID_CHATS + 1))
        bot = stack.enter_context(Bot(folder / "bot", store.url, telegram.url, "alert,send", options))
        telegram.forget()
        before = bot.cpu()
        began = store.publish("h1", "A benchmark")
        telegram.wait(PAID_CHATS, within=PAID_CHATS / PAID * 3)
        spent = (bot.cpu() - before) / (time.monotonic() - began)
        record = telegram.record()
    at = sorted(message.counted for message in record.accepted)
    return {
        "paid_utilisation": round(len(at) / (PAID * (at[-1] - at[0])), 4),
        "paid_429": record.refused_with(429),
        "paid_lost": PAID_CHATS - len(record.reached("h1")),
        "paid_cpu": round(spent, 3),
    }


def measured(folder: Path) -> Iterator[dict[str, float]]:
    with ExitStack() as stack:
        plain = stack.enter_context(stubbed(Rules(keep_texts=False)))
        secret = stack.enter_context(stubbed(Rules(keep_texts=False), tls=True))
        store = stack.enter_context(Store(folder / "store"))
        store.fill((chat, "benchmark") for chat in range(1, MESSAGES + 1))
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            yield runner.run(throughput(store, plain, secret))
    yield paid(folder)


def main() -> None:
    with workplace() as folder:
        print(json.dumps({name: figure for part in measured(folder) for name, figure in part.items()}))


if __name__ == "__main__":
    main()
