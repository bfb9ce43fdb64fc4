"""A week in ten minutes: whether anything grows that nobody ends.

The whole bot (app.opened, as `run` opens it) lives through seven days on a clock that jumps from one moment at which
there is something to do to the next, in this process; Redis, and the Bot API server, are processes of their own. 50
sources publish three headlines a day each, 5,000 chats follow two of a hundred topics each, and people ask for the
latest news, subscribe and unsubscribe all the while. What is kept of the stream is set to a day, so that it is full
after two; stories are told apart by their words only, as these mean nothing. All else is at its default.

Redis has a clock of its own, on which a week is ten minutes. So every six hours of the week each key that is to expire
comes six hours closer to it.

Prints one JSON object. `…_growth` is from the end of the second day, when all that is kept for a day is full, to the
end of the seventh: `rss_growth_mb` (of this process, with the sources in it), `tasks_growth` (of asyncio, between two
rounds), `files_growth` (open ones), `keys_growth` (of Redis; `grew` says of which kinds), `redis_growth_mb` (what is
kept for longer than a week still grows: what a chat was told, by message). `days` has them all at the end of each day.
`told` (chat and headline) and `lost` of those published until two hours before the end, `asked` and `answered`,
`took_s`. `--quick`: a tenth of the chats, and steps of 20 minutes instead of two.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import re
import sys
import time
from collections import Counter
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from benchmarks._rig import TOKEN, Store, rss_of, workplace
from benchmarks._stub import Rules, Stub, message, stubbed
from bot.app import App, opened
from bot.news.identity import headline_id
from bot.opening import opened_stores
from bot.ops import log
from bot.settings import Settings, load

SOURCES, TOPICS, DAYS, BASE = 50, 100, 7, 2
ANSWERED_WITHIN = 30.0
# So many ask in turns. A headline is polled and told within so long.
PEOPLE, IN_TIME = 20, timedelta(hours=2)
# What differs from one key to another of a kind.
OWN = re.compile(r"(?<=[:{])[^:{}]*\d[^:{}]*")
DAY = timedelta(days=1)
APART = DAY / (3 * SOURCES)
GARDEN, ASKING, AGEING = timedelta(minutes=10), timedelta(minutes=20), timedelta(hours=6)
HEADLINES_A_DAY = 3 * SOURCES
OPTIONS = f"""[stream]
days = 1
length = {2 * HEADLINES_A_DAY}
known_days = 1
[http]
most_unread = {4 * HEADLINES_A_DAY}
[polling]
samples = "off"
[delivery]
per_second = 1000
[meaning]
stories = false
"""
# ARGV: by how many milliseconds. KEYS: some that there are. Whatever is to expire does so that much sooner.
AGE = """
for _, key in ipairs(KEYS) do
  local left = redis.call('PTTL', key)
  if left > 0 then redis.call('PEXPIRE', key, math.max(left - ARGV[1], 1)) end
end
"""
QUESTIONS = ("/latest", "/subscribe bench{} -rain", "/topics", "/unsubscribe bench{} -rain", "/latest bench{}")


@dataclass
class Jumping:
    """A clock that goes on when it is told to, and for whoever sleeps on it."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant

    async def sleep(self, wait: timedelta) -> None:
        self.instant += wait
        await asyncio.sleep(0)

    def reach(self, instant: datetime) -> None:
        """It is at least so late."""
        self.instant = max(self.instant, instant)


@dataclass
class Sites:
    """Fifty feeds on addresses of the loopback. Source n publishes in turns with the others, all through the day."""

    clock: Jumping
    begin: datetime
    stack: AsyncExitStack
    urls: list[str] = field(default_factory=list)

    async def open(self) -> None:
        site = web.Application()
        site.router.add_get("/{source}.xml", self._feed)
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        self.stack.push_async_callback(runner.cleanup)
        port = 0
        for source in range(SOURCES):
            await web.TCPSite(runner, f"127.1.0.{source + 1}", port).start()
            port = runner.addresses[0][1]
            self.urls.append(f"http://127.1.0.{source + 1}:{port}/{source}.xml")

    def published(self) -> int:
        """How many headlines there have been by now."""
        return (self.clock.now() - self.begin) // APART

    async def _feed(self, request: web.Request) -> web.Response:
        source, last = int(request.match_info["source"]), self.published()
        first = max(0, last - HEADLINES_A_DAY // 2)
        rows = "".join(self._row(number) for number in range(last - 1, first - 1, -1) if number % SOURCES == source)
        head = f"<title>Site {source}</title><language>en</language>"
        return web.Response(
            text=f'<rss version="2.0"><channel>{head}{rows}</channel></rss>', content_type="application/rss+xml"
        )

    def _row(self, number: int) -> str:
        at, title = format_datetime(self.begin + number * APART), f"News {number} of bench{topic_of(number)}"
        return f"<item><title>{title}</title><link>{link(number)}</link><pubDate>{at}</pubDate></item>"


def link(number: int) -> str:
    """The address of a headline."""
    return f"https://news.example/{number}"


def topic_of(number: int) -> int:
    """The topic of a headline."""
    return number % TOPICS


@dataclass
class Week:
    """A week under way."""

    app: App
    clock: Jumping
    store: Store
    telegram: Stub
    sites: Sites
    chats: int
    step: timedelta
    asked: int = 0
    answered: int = 0
    told: Counter[str] = field(default_factory=Counter)
    days: list[dict[str, float]] = field(default_factory=list)
    kinds: list[Counter[str]] = field(default_factory=list)

    async def live(self) -> None:
        """All seven days; between two of them everything is counted."""
        begin = self.clock.now()
        await self.app.workers.round()  # what stands there at the first look is told to nobody
        due = dict.fromkeys((GARDEN, ASKING, AGEING), begin)
        for number in range(1, DAYS + 1):
            while self.clock.now() < begin + number * DAY:
                self.clock.reach(self.clock.now() + self.step)
                await self.app.workers.round()
                for each in (each for each, at in due.items() if at <= self.clock.now()):
                    due[each] += each
                    await self._regular(each)
            await self._count()

    async def _regular(self, what: timedelta) -> None:
        if what == GARDEN:
            await self.app.workers.gardener.step()
        elif what == ASKING:
            await self._ask()
        else:
            self._age(what)
            self._hear()

    async def _ask(self) -> None:
        """Somebody asks, and is answered."""
        self.asked += 1
        turn, which = divmod(self.asked, len(QUESTIONS))
        before = self.telegram.counts().accepted
        asking = message(self.chats + 1 + turn % PEOPLE, QUESTIONS[which].format(turn % TOPICS))
        self.telegram.inject([asking])
        if await asyncio.to_thread(self.telegram.wait, before + 1, ANSWERED_WITHIN, 0.005):
            self.answered += 1

    def _age(self, span: timedelta) -> None:
        keys = list(self.store.client.scan_iter(count=1000))
        for start in range(0, len(keys), 1000):
            some = keys[start : start + 1000]
            self.store.client.eval(AGE, len(some), *some, int(span.total_seconds() * 1000))

    def _hear(self) -> None:
        """Take down what was told to those who only listen."""
        self.told.update(
            told for sent in self.telegram.record().accepted if sent.chat <= self.chats for told in sent.told
        )
        self.telegram.forget()

    async def _count(self) -> None:
        self._hear()
        await asyncio.sleep(0.2)  # what was just answered is put away
        gc.collect()
        kinds = Counter(
            re.sub(r"(?<=[:{])[^:{}]*\d[^:{}]*", "N", key) for key in self.store.client.scan_iter(count=1000)
        )
        self.kinds.append(kinds)
        self.days.append(
            {
                "rss_mb": rss_of(os.getpid()),
                "tasks": len(asyncio.all_tasks()),
                "files": len(os.listdir("/proc/self/fd")),
                "keys": kinds.total(),
                "redis_mb": self.store.client.info("memory")["used_memory"] / 1e6,
            }
        )

    def figures(self) -> dict[str, Any]:
        """As the module says."""
        base, last = self.days[BASE - 1], self.days[-1]
        grew = self.kinds[-1] - self.kinds[BASE - 1]
        published = [headline_id(link(number)) for number in range(self.sites.published() - IN_TIME // APART)]
        growth = {name: round(last[name] - base[name], 1) for name in base}
        return {
            "rss_growth_mb": growth["rss_mb"],
            "keys_growth": growth["keys"],
            "tasks_growth": growth["tasks"],
            "files_growth": growth["files"],
            "redis_growth_mb": growth["redis_mb"],
            "grew": dict(grew.most_common(8)),
            "days": {name: [round(day[name], 1) for day in self.days] for name in base},
            "published": len(published),
            "told": self.told.total(),
            "lost": sum(max(0, self.chats * 2 // TOPICS - self.told[each]) for each in published),
            "asked": self.asked,
            "answered": self.answered,
        }


async def lived(store: Store, telegram: Stub, folder: Path, chats: int, step: timedelta) -> dict[str, Any]:
    """A week in such steps."""
    clock = Jumping(datetime.now(UTC) - DAYS * DAY)
    async with AsyncExitStack() as stack:
        sites = Sites(clock, clock.now(), stack)
        await sites.open()
        settings = settled(folder, store, telegram, sites)
        stores = await stack.enter_async_context(opened_stores(settings))
        app = await stack.enter_async_context(opened(settings, stores, clock))
        stop = asyncio.Event()
        answering = asyncio.create_task(app.intake.answer(stop, webhook="", secret=""))
        week = Week(app, clock, store, telegram, sites, chats, step)
        await week.live()
        figures = week.figures()
        stop.set()
        await answering
    return figures


def settled(folder: Path, store: Store, telegram: Stub, sites: Sites) -> Settings:
    """The settings, from files as an operator writes them."""
    sources = "".join(
        f'[[source]]\nname = "site-{n}"\nurl = "{url}"\nlang = "en"\n' for n, url in enumerate(sites.urls)
    )
    (folder / "sources.toml").write_text(sources)
    (folder / "bot.toml").write_text(OPTIONS)
    where = {"REDIS_URL": store.url, "TELEGRAM_API_URL": telegram.url, "TELEGRAM_BOT_TOKEN": TOKEN}
    return load({**where, "HEADLINE_BOT_CONFIG": str(folder), "HEADLINE_BOT_DATA": str(folder / "var")})


def main(chats: int, step: timedelta) -> dict[str, Any]:
    """A week of so many chats, a multiple of 50, in such steps."""
    log.configure(sys.stderr, style="json", level="error", secrets=())
    with ExitStack() as stack:
        telegram = stack.enter_context(stubbed(Rules(keep_texts=False)))
        folder = stack.enter_context(workplace())
        store = stack.enter_context(Store(folder / "store"))
        store.fill((chat, f"bench{(chat + place) % TOPICS}") for chat in range(1, chats + 1) for place in (0, 50))
        began = time.monotonic()
        figures = asyncio.run(lived(store, telegram, folder, chats, step))
        return {**figures, "took_s": round(time.monotonic() - began)}


if __name__ == "__main__":
    quick = "--quick" in sys.argv
    print(json.dumps(main(500, timedelta(minutes=20)) if quick else main(5000, timedelta(minutes=2))))
