"""How soon a person has the answer to /latest and to /read, at 50 questions a second.

The whole bot runs in one process, as `run` starts it, on one processor core, and takes in updates by long polling; the
Bot API server (without limits, so that the bot is measured) and Redis are on the other. 2,000 headlines are known, the
newest one's article is in the cache. Questions come when a schedule says, whatever has been answered so far, each from
another chat; a latency runs from that moment until the answer has arrived at the server. Beside it, on the same
core and in turns with it, python-telegram-bot's bare echo bot is asked the same.
Prints one JSON object: `p50_ms`, `p99_ms` (of each round; the median of the rounds, as whatever else the machine does
spoils some), `p99_all_ms` (of all questions), `ratio_vs_echo` (of `p99_ms`), `ratio_vs_echo_p50`, the same for each
command, `echo_…` of the echo bot, `questions` and `lost` (unanswered within 10 s), `cpu_ms` and `echo_cpu_ms`
(processor time a question), and `machine_late_…`: how late the machine woke a sleeper meanwhile. `--quick`: fewer.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from statistics import median, quantiles

from benchmarks._rig import TOKEN, Bot, Lateness, Process, Store, most_per_second, workplace
from benchmarks._stub import Stub, message, stubbed
from bot.news.article import Article, Block, BlockKind
from bot.news.model import Headline
from bot.store.articles import Articles
from bot.store.database import Database
from bot.store.headlines import Headlines

PER_SECOND = 50
ROUNDS, SECONDS = 6, 10
HEADLINES = 2000
IN_TIME = 10.0
COMMANDS = ("/latest", "/read")
# Before each round so many questions are asked that do not count: connections open, code is loaded.
WARM = 50


@dataclass
class Side:
    """One of the two bots with the server that it talks to, and how long each question of a command took."""

    process: Process
    telegram: Stub
    rounds: list[dict[str, list[float]]] = field(default_factory=list)
    lost: int = 0
    cpu: float = 0.0

    def took(self, *commands: str) -> list[list[float]]:
        """Milliseconds of every question of these commands, or of all, by round."""
        return [[each for command in commands or COMMANDS for each in took[command]] for took in self.rounds]

    def usual(self, part: int, *commands: str) -> float:
        """A percentile of each round, the median of the rounds."""
        return median(at(took, part) for took in self.took(*commands))


class Echo(Process):
    """The echo bot, running."""

    def __init__(self, folder: Path, telegram: str) -> None:
        folder.mkdir(parents=True)
        command = [sys.executable, "-m", "benchmarks._echo", telegram, TOKEN]
        super().__init__(command, folder / "log", dict(os.environ))

    def __enter__(self) -> Echo:
        self.start()
        while "is ready" not in self.said:
            assert self.runs, self.said[-2000:]
            time.sleep(0.05)
        return self


async def furnished(url: str) -> None:
    """Headlines of the last day, and the newest one's article in the cache."""
    database, now = Database.connect(url), datetime.now(UTC)
    titles = [f"Story {number}: what the ministers said about the summit in Rabat" for number in range(HEADLINES)]
    told = [
        Headline(f"h{n}", title, f"https://news.example/{n}", "news", at, at, lang="en", backlog=True)
        for n, title in enumerate(titles)
        for at in [now - timedelta(seconds=40 * (HEADLINES - n))]
    ]
    await Headlines(database).add_all(told, now)
    newest = told[-1]
    blocks = tuple(Block(BlockKind.PARAGRAPH, "The talks went on until late in the evening. " * 8) for _ in range(12))
    article = Article(newest.url, newest.title, blocks, "A Writer", now, "en", "News", "https://news.example/a.jpg")
    await Articles(database).put(newest.id, article, timedelta(hours=1))
    await database.close()


def settle(store: Store) -> None:
    """Return when the bot has looked at all headlines: a bot that has just started is not what is measured."""
    while True:
        groups = store.client.xinfo_groups("news:latest")
        if groups and not groups[0]["pending"] and not groups[0].get("lag"):
            return
        time.sleep(0.2)


def ask(side: Side, chats: Iterator[int], questions: int) -> None:
    """Put questions by the clock, and note what became of each."""
    side.telegram.forget()
    due: dict[int, tuple[float, str]] = {}
    began = time.monotonic() + 0.05
    for number in range(questions):
        chat, command = next(chats), COMMANDS[number % len(COMMANDS)]
        at = began + number / PER_SECOND
        time.sleep(max(at - time.monotonic(), 0))
        due[chat] = at, command
        side.telegram.inject([message(chat, command)])
    side.telegram.wait(questions, IN_TIME)
    answered: dict[int, float] = {}
    for told in side.telegram.record().accepted:
        answered.setdefault(told.chat, told.received)
    took: dict[str, list[float]] = {command: [] for command in COMMANDS}
    for chat, (at, command) in due.items():
        if chat in answered:
            took[command].append(1000 * (answered[chat] - at))
        else:
            side.lost += 1
    side.rounds.append(took)


def measure(rounds: int, seconds: int) -> dict[str, float]:
    """The figures."""
    chats = iter(range(1000, 10_000_000))
    with ExitStack() as stack:
        folder = stack.enter_context(workplace())
        apart(1)
        store = stack.enter_context(Store(folder / "store"))
        asyncio.run(furnished(store.url))
        servers = [stack.enter_context(stubbed()) for _ in range(2)]
        apart(0)
        delivery = {"per_second": most_per_second()}
        bot = Side(stack.enter_context(Bot(folder / "bot", store.url, servers[0].url, delivery=delivery)), servers[0])
        echo = Side(stack.enter_context(Echo(folder / "echo", servers[1].url)), servers[1])
        apart(1)
        settle(store)
        late = stack.enter_context(Lateness())
        for _ in range(rounds):
            for side in (bot, echo):
                warmed = Side(side.process, side.telegram)
                ask(warmed, chats, WARM)
                spent = side.process.cpu()
                ask(side, chats, PER_SECOND * seconds)
                side.cpu += side.process.cpu() - spent
        return {**figures(bot, echo), **late.figures()}


def apart(core: int) -> None:
    """What is started from now on, and this process, stay on one core, where there is more than one."""
    if hasattr(os, "sched_setaffinity") and len(cores := sorted(os.sched_getaffinity(os.getppid()))) > 1:
        os.sched_setaffinity(0, {cores[core]})


def figures(bot: Side, echo: Side) -> dict[str, float]:
    """What is printed."""
    everything, others = (list(chain.from_iterable(side.took())) for side in (bot, echo))
    asked = len(everything) + bot.lost
    found = {
        "p50_ms": bot.usual(50),
        "p99_ms": bot.usual(99),
        "p99_all_ms": at(everything, 99),
        "ratio_vs_echo": bot.usual(99) / echo.usual(99),
        "ratio_vs_echo_p50": bot.usual(50) / echo.usual(50),
        **{f"{name[1:]}_p{part}_ms": bot.usual(part, name) for name in COMMANDS for part in (50, 99)},
        "echo_p50_ms": echo.usual(50),
        "echo_p99_ms": echo.usual(99),
        "echo_p99_all_ms": at(others, 99),
        "questions": asked,
        "lost": bot.lost,
        "echo_lost": echo.lost,
        "cpu_ms": 1000 * bot.cpu / asked,
        "echo_cpu_ms": 1000 * echo.cpu / (len(others) + echo.lost),
    }
    return {name: round(value, 2) for name, value in found.items()}


def at(took: Sequence[float], part: int) -> float:
    """A percentile."""
    return median(took) if part == 50 else quantiles(took, n=100, method="inclusive")[part - 1]


if __name__ == "__main__":
    quick = "--quick" in sys.argv
    print(json.dumps(measure(2, 4) if quick else measure(ROUNDS, SECONDS)))
