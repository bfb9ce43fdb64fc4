"""What becomes of hostile feeds, pages and addresses.

Every input of _corpus is read as a listing, as an article and as a list of sources, in the bot's own reading processes;
every address of _forbidden is asked by the bot's own web client, as it stands and as a redirect of a server that the
operator named. The names among them lead into private networks.

Prints one JSON object: `inputs`, of which `read` gave values and `refused` a sentence each way; `crashes` (an
exception that is no sentence, or the end of a reading process), `invalid` (values that break a promise: titles that
are not clean, links that lead nowhere, times without a zone), `too_slow` (ended after their five seconds, with a
sentence); `slowest_ms`; `rss_mb` (the largest process at its peak), `bot_rss_mb` (the bot's own); `addresses` and
`redirects` that were tried, `addresses_refused` of them, `forbidden_requests` (connections to anything but the named
server). `faults` shows the first few.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks._corpus import attacks, broken, generated, shared, tokens
from benchmarks._enduring import URL, endured, peak_kb
from benchmarks._forbidden import addresses, listed
from benchmarks._watching import Watch, names_lead_to
from bot.app import SystemClock
from bot.ingest.reader import Reader
from bot.ingest.web import HttpWeb
from bot.news.errors import FetchFailed, NotReadable
from bot.ports import Page

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
GENERATED = 4000
TOO_SLOW = "took too long"
ABREAST = 4


@dataclass(slots=True)
class Tally:
    """What became of all inputs so far."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    rss_kb: int = 0

    def add(self, facts: dict[str, Any], body: bytes) -> None:
        """Count one input that a reading process came back from."""
        wrong = facts["wrong"]
        self.counts["inputs"] += 1
        self.counts["read"] += "read" in (facts["listing"], facts["article"])
        self.counts["refused"] += "read" not in (facts["listing"], facts["article"]) and not wrong
        self.counts["crashes"] += any(fault.startswith("crash") for fault in wrong)
        self.counts["invalid"] += any(not fault.startswith("crash") for fault in wrong)
        self.faults += [f"{fault} of {body[:60]!r}" for fault in wrong]
        self.slowest, self.rss_kb = max(self.slowest, facts["ms"]), max(self.rss_kb, facts["rss_kb"])

    def add_lost(self, reason: str, body: bytes) -> None:
        """Count one input that ended its reading process."""
        slow = TOO_SLOW in reason
        self.counts.update({"inputs": 1, "refused": 1, "too_slow": slow, "crashes": not slow})
        self.faults.append(f"{reason} of {len(body)} bytes {body[:60]!r}")


def corpus() -> Iterator[bytes]:
    """All inputs: generated ones, attacks small and large, and the shared lists where they are, whole and broken."""
    known = tokens(DATA) if DATA.is_dir() else None
    yield from chain(generated(GENERATED, known), attacks(1), attacks(5))
    if known:
        for number, (_, body) in enumerate(shared(DATA)):
            yield body
            if number % 2:
                yield broken(body.decode("utf-8", "replace"), number, known)


async def endure_all(bodies: Iterator[bytes]) -> Tally:
    """Have every input read, a few abreast."""
    tally, reader = Tally(), Reader(extract=endured)
    await reader.warm()

    async def work() -> None:
        for body in bodies:
            try:
                tally.add(json.loads((await reader.read(Page(URL, body))).title), body)
            except NotReadable as reason:
                tally.add_lost(str(reason), body)

    try:
        await asyncio.gather(*(work() for _ in range(ABREAST)))
    finally:
        await reader.close()
    return tally


@asynccontextmanager
async def sending_on(places: list[str]) -> AsyncIterator[int]:
    """A server whose /<number> leads to that place; gives its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1][1:]
        place = places[int(path)] if path.isdigit() and int(path) < len(places) else ""
        writer.write(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + place.encode() + b"\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


async def ask_all() -> dict[str, int]:
    """Ask every address, and have every one be a redirect."""
    hostile = addresses(9) + (listed(DATA / "hostile" / "ssrf") if DATA.is_dir() else [])
    redirects = [url for url in hostile if not set(url) & set("\r\n")]
    refused = 0
    async with sending_on(redirects) as door:
        named = ("127.0.0.1", door)
        async with HttpWeb(frozenset({named}), clock=SystemClock(), spacing=timedelta(0)) as web:
            with names_lead_to("10.0.0.1"), Watch().on() as tried:
                for url in (*hostile, *(f"http://127.0.0.1:{door}/{number}" for number in range(len(redirects)))):
                    try:
                        await web.get(url)
                    except FetchFailed as reason:
                        refused += str(reason).endswith(".")
    return {
        "addresses": len(hostile),
        "redirects": len(redirects),
        "addresses_refused": refused,
        "forbidden_requests": sum(address[:2] != named for address in tried),
    }


def figures(tally: Tally, asked: dict[str, int]) -> dict[str, Any]:
    """What is printed."""
    bot_kb = peak_kb()
    names = ("inputs", "crashes", "invalid", "read", "refused", "too_slow")
    return {
        **{name: tally.counts[name] for name in names},
        "slowest_ms": round(tally.slowest),
        "rss_mb": round(max(tally.rss_kb, bot_kb) / 1024),
        "bot_rss_mb": round(bot_kb / 1024),
        **asked,
        "faults": tally.faults[:10],
    }


async def main() -> None:
    """Do it all, and print."""
    asked = await ask_all()
    print(json.dumps(figures(await endure_all(corpus()), asked), ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
