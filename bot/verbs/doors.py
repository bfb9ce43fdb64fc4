"""The doors that the doctor tries: Redis, the sources.

Here: one try a door, and a sentence for its outcome that says what to do.
Not here: Telegram (telegramdoor), the order, and how it is shown (doctor).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.app import SystemClock
from bot.ingest.web import HttpWeb
from bot.news.errors import ConfigError, IngestError, StoreError
from bot.news.live import NamedOrigins
from bot.news.model import Source
from bot.settings import Settings
from bot.verbs.house import stores
from bot.verbs.probe import listing_of
from bot.verbs.screen import headlines

# What the scripts and streams of the store ask for (XAUTOCLAIM, ZADD LT, exclusive ranges): https://redis.io/commands
OLDEST = (6, 2)
NEARLY_FULL = 0.9


class Health(StrEnum):
    """How a door was found."""

    WELL = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Tried:
    """One door, how it was found, and what that means."""

    door: str
    health: Health
    says: str


# It comes and goes with the bot, so there is nothing to ask.
SAMPLES = Tried("sample newsroom", Health.WELL, "starts and ends with the bot (polling.samples)")


async def try_redis(settings: Settings) -> tuple[Tried, list[Source]]:
    """Redis, and the sources that were added while running."""
    try:
        async with stores(settings, may_begin=True) as opened:
            about = await opened.database.call("INFO")
            stats = await opened.headlines.stats()
            added = await opened.sources.added()
    except ConfigError as error:
        return Tried("redis", Health.FAILED, " ".join(error.problems)), []
    except StoreError as error:
        return Tried("redis", Health.FAILED, str(error).removeprefix("Redis: ")), []
    where = "" if settings.redis_url else "embedded "
    rejected = f", {stats.rejected} malformed set aside in news:rejected" if stats.rejected else ""
    says = f"{where}{_server(about)}, {headlines(stats.length)} in the stream{rejected}"
    if wrong := fault(about):
        return Tried("redis", Health.FAILED, f"{says}. {wrong}"), added
    if worry := _worry(about):
        return Tried("redis", Health.WARNING, f"{says}. {worry}"), added
    return Tried("redis", Health.WELL, says), added


def _server(about: Mapping[str, Any]) -> str:
    if "valkey_version" in about:
        return f"Valkey {about['valkey_version']}"
    return f"Redis {about['redis_version']}" if "redis_version" in about else "a cluster"


def fault(about: Mapping[str, Any]) -> str:
    """Why such a server cannot do what is asked of it."""
    if _version(about) < OLDEST:
        return f"The bot needs {'.'.join(map(str, OLDEST))} or newer."
    if about.get("role") == "slave":
        return "This is a replica, which takes nothing in: REDIS_URL has to name its master."
    if (most := about.get("maxmemory") or 0) and about.get("used_memory", 0) >= most and _keeps(about):
        return "It is full and takes nothing in: give it more memory (maxmemory)."
    if about.get("aof_enabled") and about.get("aof_last_write_status", "ok") != "ok":
        return "It cannot write its append-only file and takes nothing in: look at its disk and its log."
    return ""


def _worry(about: Mapping[str, Any]) -> str:
    """What such a server may do to us one day."""
    worries = []
    if about.get("aof_enabled") == 0:
        worries.append("A crash of it loses what chats asked for lately: set appendonly yes there.")
    most = about.get("maxmemory") or 0
    if most and not _keeps(about):
        worries.append("When it is full it throws away what we keep: set maxmemory-policy noeviction there.")
    if most and about.get("used_memory", 0) > most * NEARLY_FULL:
        worries.append(f"It is nearly full ({about['used_memory'] * 100 // most} per cent of its maxmemory).")
    return " ".join(worries)


def _keeps(about: Mapping[str, Any]) -> bool:
    """Whether it refuses what it has no place for, and throws nothing away."""
    return bool(about.get("maxmemory_policy", "noeviction") == "noeviction")


def _version(about: Mapping[str, Any]) -> tuple[int, ...]:
    """What it calls itself; Valkey says under this name which Redis it can do all that of."""
    return tuple(int(part) for part in str(about.get("redis_version", "99")).split(".")[:2] if part.isdigit())


async def try_sources(settings: Settings, added: Sequence[Source], one_more: Callable[[], None]) -> list[Tried]:
    """Every source, several at a time; `one_more` is called as each has answered."""
    every = {source.name: source for source in (*added, *settings.sources)}.values()
    samples = [SAMPLES] if settings.wants_samples else []
    if not every and samples:
        return samples
    if not every:
        says = "none is named; name one in sources.toml, or with `headline-bot sources add URL`"
        return [Tried("sources", Health.WARNING, says)]
    free = asyncio.Semaphore(settings.options.polling.at_once)

    async def one(source: Source) -> Tried:
        async with free:
            tried = await _try_source(web, source)
        one_more()
        return tried

    async with HttpWeb(NamedOrigins(settings.sources), clock=SystemClock()) as web:
        tried = await asyncio.gather(*(one(source) for source in every))
    if any(each.health is Health.WELL for each in tried):
        return [*samples, *tried]
    unreadable = Tried("sources", Health.FAILED, "None can be read: look at this machine's way to the net.")
    return [*samples, *tried, unreadable]


async def _try_source(web: HttpWeb, source: Source) -> Tried:
    door = f"source {source.name}"
    try:
        page = await web.get(source.url)
        listing = listing_of(page, source)
    except IngestError as error:
        return Tried(door, Health.WARNING, str(error))
    moved = f"; it has moved for good to {page.moved_to}: correct its url" if page.moved_to else ""
    return Tried(door, Health.WELL, f"{listing.kind}, {headlines(len(listing.rows))}{moved}")
