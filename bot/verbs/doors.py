"""The doors that the doctor tries: Redis, Telegram, the sources.

Here: one try a door, and a sentence for its outcome that says what to do.
Not here: the order, and how it is shown (doctor).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from bot.app import SystemClock
from bot.delivery.request import AiohttpRequest, AnswerLostError, NotSentError
from bot.ingest.web import HttpWeb
from bot.news.errors import ConfigError, IngestError, StoreError
from bot.news.model import Source
from bot.settings import Settings
from bot.verbs.house import stores
from bot.verbs.probe import listing_of
from bot.verbs.reach import origin
from bot.verbs.screen import headlines


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
    if worry := _worry(about):
        return Tried("redis", Health.WARNING, f"{says}. {worry}"), added
    return Tried("redis", Health.WELL, says), added


def _server(about: dict[str, Any]) -> str:
    if "valkey_version" in about:
        return f"Valkey {about['valkey_version']}"
    return f"Redis {about['redis_version']}" if "redis_version" in about else "a cluster"


def _worry(about: dict[str, Any]) -> str:
    """What such a server may do to us one day."""
    if about.get("aof_enabled") == 0:
        return "A crash of it loses what chats asked for lately: set appendonly yes there."
    if about.get("maxmemory_policy", "noeviction") != "noeviction" and about.get("maxmemory"):
        return "When it is full it throws away what we keep: set maxmemory-policy noeviction there."
    return ""


async def try_telegram(settings: Settings) -> Tried:
    """Telegram's getMe, where there is a token."""
    if not settings.token:
        return Tried("telegram", Health.WELL, "no TELEGRAM_BOT_TOKEN: the chat page on this machine stands in")
    request = AiohttpRequest()
    try:
        status, payload = await request.do_request(f"{settings.api_url}/bot{settings.token}/getMe", "POST")
    except (NotSentError, AnswerLostError) as error:
        says = f"{error.message}. Look at the network, and at TELEGRAM_API_URL ({settings.api_url})."
        return Tried("telegram", Health.FAILED, says)
    finally:
        await request.shutdown()
    if status in {401, 404}:
        return Tried("telegram", Health.FAILED, "It does not know this TELEGRAM_BOT_TOKEN; ask BotFather for yours.")
    name = _username(payload)
    if status != 200 or not name:
        says = f"{settings.api_url} answered {status}, and not as Telegram does; look at TELEGRAM_API_URL."
        return Tried("telegram", Health.FAILED, says)
    return Tried("telegram", Health.WELL, f"answers as @{name}")


def _username(payload: bytes) -> str:
    try:
        answer = orjson.loads(payload)
        return str(answer["result"]["username"])
    except (orjson.JSONDecodeError, LookupError, TypeError):
        return ""


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

    async with HttpWeb(frozenset(origin(source.url) for source in settings.sources), clock=SystemClock()) as web:
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
