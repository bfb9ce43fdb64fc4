"""What asking 10,000 sources costs, most of which answer 304, beside httpx and a bare loop of aiohttp in the same run.

A server in a process of its own plays the sources, on 200 addresses of the loopback; one poll in a hundred finds
something new. In turns, round after round: our web alone (its gate, conditional headers, bounds: `web`), the whole
poller (that, and taking sources from Redis, cadence, reading, adding to the stream, noting: `poller`), a bare loop of
aiohttp, and httpx (a tenth of the polls), each with 64 under way and without the pause between two polls of one host.
Then the default cadence on 10,000 hosts for a minute: whether one core keeps up.

Prints one JSON object. `polls_per_s` by the clock, `ms_per_poll` of this process's processor: medians over the rounds.
`ratio_vs_httpx` and `ratio_vs_bare_aiohttp` are of the web alone, which does the peers' work; `poller_ratio_vs_…` of
the whole poller: how many times as many polls a second of processor, median over the rounds of the ratio within one.
`tls`: the web over TLS with connections kept, and `new_connections`: a new one each time. `day`: `late_p50_ms` and
`late_p99_ms` from a source being due to it being taken, `processor` and `redis_processor` in cores. `cadence`: what
habits cost and bring on real feeds beside fixed waits (docs/polling.md). `--quick` is for trying a change.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import ssl
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, ExitStack
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import aiohttp
import structlog
import uvloop

from benchmarks._cadence import cadences
from benchmarks._newsstand import Stand, newsstand
from benchmarks._pollhouse import AT_ONCE, CLOCK, TAGS, House
from benchmarks._rig import Store
from bot.ingest.web import HttpWeb
from bot.news.cadence import Paces
from bot.news.model import Source
from bot.store import sources as source_store
from bot.store.database import Database
from bot.workers.hands import Hands

HOSTS = 200
ASKED = {"If-None-Match": TAGS.etag, "If-Modified-Since": TAGS.modified}
One = Callable[[str], Awaitable[object]]


class Timed:
    """Polls a second by the clock, and milliseconds of processor of this process for one, round by round."""

    def __init__(self) -> None:
        self.rates: list[float] = []
        self.costs: list[float] = []

    async def take(self, polls: int, work: Awaitable[object]) -> None:
        spent, began = time.process_time(), time.perf_counter()
        await work
        self.rates.append(polls / (time.perf_counter() - began))
        self.costs.append(1000 * (time.process_time() - spent) / polls)

    def figures(self) -> dict[str, float]:
        return {"polls_per_s": round(median(self.rates)), "ms_per_poll": round(median(self.costs), 4)}

    def times(self, other: Timed) -> float:
        """How many times as many polls a second of processor."""
        return round(median(theirs / ours for ours, theirs in zip(self.costs, other.costs, strict=True)), 2)


async def swarm(urls: Iterable[str], one: One) -> None:
    """Ask for all of them, so many at once."""
    left = iter(urls)

    async def ask() -> None:
        for url in left:
            await one(url)

    await asyncio.gather(*(ask() for _ in range(AT_ONCE)))


async def contest(stand: Stand, store: str, polls: int, rounds: int) -> dict[str, Any]:
    """All contestants in turns."""
    urls = [stand.url(source, HOSTS) for source in range(polls)]
    listed = tuple(Source(f"source-{number}", url) for number, url in enumerate(urls))
    times = {name: Timed() for name in ("web", "poller", "aiohttp", "httpx")}
    async with AsyncExitStack() as stack:
        web = await stack.enter_async_context(HttpWeb(_any, clock=CLOCK, spacing=timedelta(0)))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        database = Database.connect(store)
        stack.push_async_callback(database.close)
        house, bare = House(database, web, listed, timedelta(0)), _bare(session)
        stack.push_async_callback(house.reader.close)
        await house.known()
        httpx = await _httpx(stack, times)
        for _ in range(rounds):
            await times["web"].take(polls, swarm(urls, lambda url: web.get(url, TAGS)))
            await times["aiohttp"].take(polls, swarm(urls, bare))
            await house.all_due()
            await times["poller"].take(polls, house.round())
            if httpx:
                await times["httpx"].take(polls // 10, swarm(urls[::10], httpx))
    figures: dict[str, Any] = {name: timed.figures() for name, timed in times.items()}
    for prefix, ours in (("", "web"), ("poller_", "poller")):
        figures |= {
            f"{prefix}ratio_vs_{_PEERS[peer]}": times[ours].times(times[peer]) for peer in _PEERS if peer in times
        }
    return figures


_PEERS = {"httpx": "httpx", "aiohttp": "bare_aiohttp"}


def _any(host: str, port: int) -> bool:
    return True


def _bare(session: aiohttp.ClientSession, trusted: ssl.SSLContext | bool = True) -> One:
    async def ask(url: str) -> None:
        async with session.get(url, headers=ASKED, ssl=trusted) as answer:
            await answer.read()

    return ask


async def _httpx(stack: AsyncExitStack, times: dict[str, Timed]) -> One | None:
    try:
        import httpx
    except ImportError:
        del times["httpx"]
        return None
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=600)
    client = await stack.enter_async_context(httpx.AsyncClient(limits=limits))

    async def ask(url: str) -> None:
        await client.get(url, headers=ASKED)

    return ask


async def over_tls(stand: Stand, polls: int, rounds: int) -> dict[str, Any]:
    """The web over TLS, its connections kept and not, beside aiohttp's."""
    trusted = ssl.create_default_context(cafile=stand.certificate)
    urls = [stand.url(source, HOSTS) for source in range(polls)]
    kept, bare, new = Timed(), Timed(), Timed()
    async with (
        HttpWeb(_any, clock=CLOCK, spacing=timedelta(0), tls=trusted) as web,
        aiohttp.ClientSession() as session,
    ):
        for _ in range(rounds):
            await kept.take(polls, swarm(urls, lambda url: web.get(url, TAGS)))
            await bare.take(polls, swarm(urls, _bare(session, trusted)))
            await new.take(polls // 10, swarm(urls[::10], lambda url: _alone(url, trusted)))
    ratio = {"ratio_vs_bare_aiohttp": kept.times(bare)}
    return {**kept.figures(), **ratio, "new_connections": new.figures(), "kept_is_times_as_cheap": kept.times(new)}


async def _alone(url: str, trusted: ssl.SSLContext) -> None:
    async with HttpWeb(_any, clock=CLOCK, spacing=timedelta(0), tls=trusted) as web:
        await web.get(url, TAGS)


async def day(stand: Stand, store: Store, count: int, seconds: float) -> dict[str, float]:
    """The default cadence, for a while, on as many hosts as sources."""
    listed = tuple(Source(f"of-day-{number}", stand.url(number, count)) for number in range(count))
    late = _Late()
    async with AsyncExitStack() as stack:
        web = await stack.enter_async_context(HttpWeb(_any, clock=CLOCK))
        database = Database.connect(store.url)
        stack.push_async_callback(database.close)
        house = House(database, web, listed, source_store.SPACING)
        stack.push_async_callback(house.reader.close)
        await house.known()
        now, wait = CLOCK.now(), Paces().every
        due = [(now + wait * number / count, source) for number, source in enumerate(listed)]
        for start in range(0, count, 500):
            batch = [value for at, source in due[start : start + 500] for value in (_ms(at), source.name)]
            await database.call("ZADD", "{sources}:due", "XX", *batch)
        late.watch(house, {source.name: at for at, source in due})
        spent, theirs, until = time.process_time(), store.cpu(), time.monotonic() + seconds
        async with asyncio.TaskGroup() as group:
            hands = Hands(group)
            while time.monotonic() < until:
                if not await house.poller.step(hands):
                    await asyncio.sleep(0.5)  # as workers/loop rests
        spent, theirs = time.process_time() - spent, store.cpu() - theirs
    parts = quantiles(late.seconds, n=100)
    return {
        "polls_per_s": round(len(late.seconds) / seconds, 1),
        "late_p50_ms": round(1000 * parts[49]),
        "late_p99_ms": round(1000 * parts[98]),
        "processor": round(spent / seconds, 3),
        "redis_processor": round(theirs / seconds, 3),
    }


class _Late:
    """How long after it was due each source was asked."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def watch(self, house: House, due: dict[str, Any]) -> None:
        take = house.sources.take_due

        async def taken(*args: Any, **kwargs: Any) -> source_store.Taken:  # noqa: ANN401 - whatever it takes
            found = await take(*args, **kwargs)
            now = CLOCK.now()
            self.seconds += [(now - due.pop(name)).total_seconds() for name in found.states if name in due]
            return found

        house.sources.take_due = taken  # type: ignore[method-assign]


def _ms(at: Any) -> int:  # noqa: ANN401 - an instant
    return int(at.timestamp() * 1000)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    polls, rounds, seconds = (2000, 3, 10.0) if quick else (10_000, 7, 60.0)
    figures: dict[str, Any] = {"sources": polls}
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        store, stand = stack.enter_context(Store(folder / "store")), stack.enter_context(newsstand())
        figures |= uvloop.run(contest(stand, store.url, polls, rounds))
        store.client.flushall()
        figures["day"] = uvloop.run(day(stand, store, 10_000, seconds))
    with newsstand(tls=True) as stand:
        figures["tls"] = uvloop.run(over_tls(stand, min(polls, 4000), rounds))
    print(json.dumps(figures | {"cadence": cadences()}))


if __name__ == "__main__":
    main()
