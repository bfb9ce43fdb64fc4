"""The composition root: settings -> a house in which everything knows what it needs.

Here: the only place that knows every name, and the only one that knows the system's clock.
Not here: what runs beside the house (local), how it runs (running), what anything does.
"""

from __future__ import annotations

import asyncio
import math
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

os.environ.setdefault("PTB_TIMEDELTA", "1")  # python-telegram-bot reads it at import: waits are timedeltas

from telegram.ext import ApplicationBuilder, ContextTypes

from bot.crew import Parts, Workers, process_name, workers_of
from bot.delivery.lines import Lines, server
from bot.delivery.pace import Valve
from bot.delivery.request import AiohttpRequest
from bot.delivery.send import TelegramMessenger
from bot.delivery.wire import WireBot
from bot.desk import Desk
from bot.handlers import register
from bot.handlers.context import Context, House
from bot.handlers.intake import Intake
from bot.ingest.reader import Reader
from bot.ingest.web import HttpWeb
from bot.meaning.meanings import Meanings
from bot.news.live import Live, NamedOrigins
from bot.news.model import ReadyTopic, Source
from bot.news.said import Tongues
from bot.ops.measured import MeasuredPermits
from bot.ops.metrics import Metrics
from bot.ops.traces import traces_to
from bot.ports import Clock
from bot.settings import Settings
from bot.store import codec
from bot.store.stores import Stores
from bot.tongues import spoken


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, wait: timedelta) -> None:
        # The loop counts in whole milliseconds, the one that has begun included: so nobody who was told when Telegram
        # allows a call is early.
        await asyncio.sleep((math.ceil(wait / codec.MILLISECOND) + 1) / 1000)


@dataclass(frozen=True, slots=True)
class App:
    """The built house. `sources` and `ready` are what the operator's files say, and may be replaced while it runs.

    `leaving` is set when it was told to stop.
    """

    settings: Settings
    sources: Live[Source]
    ready: Live[ReadyTopic]
    clock: Clock
    stores: Stores
    web: HttpWeb
    reader: Reader
    meanings: Meanings
    desk: Desk
    intake: Intake
    workers: Workers
    leaving: asyncio.Event


@asynccontextmanager
async def opened(settings: Settings, stores: Stores, clock: Clock) -> AsyncIterator[App]:
    """The house, built on its stores and open; closes every door behind it."""
    async with AsyncExitStack() as stack:
        sources, ready = Live(settings.sources), Live(settings.ready)
        web = await stack.enter_async_context(HttpWeb(NamedOrigins(sources), clock=clock))
        reader = Reader()
        stack.push_async_callback(reader.close)
        meanings = Meanings(settings.options.meaning.level)
        stack.callback(meanings.close)
        metrics = Metrics()
        metrics.allowed(stores.permits.per_second)
        stores.database.watch(metrics.exchanged)
        calls, updates = AiohttpRequest(), AiohttpRequest()
        stack.push_async_callback(calls.shutdown)
        stack.push_async_callback(updates.shutdown)
        valve = Valve(MeasuredPermits(stores.permits, metrics), clock)
        bot = _bot(settings, stores, calls, updates, valve, clock)
        lines = Lines(server(f"{settings.api_url}/bot{settings.token}"))
        stack.push_async_callback(lines.close)
        messenger, tongues, tracing = TelegramMessenger(lines, valve, clock), spoken(), settings.options.tracing
        traces = traces_to(tracing.collector, tracing.share, process_name())
        stack.push_async_callback(asyncio.to_thread, traces.close)
        parts = Parts(
            settings, sources, ready, clock, stores, web, reader, meanings, messenger, tongues, metrics, traces
        )
        desk, workers, leaving = _desk(parts), workers_of(parts), asyncio.Event()
        intake = Intake(_house(bot, desk, settings, tongues), metrics)
        yield App(settings, sources, ready, clock, stores, web, reader, meanings, desk, intake, workers, leaving)


def _bot(
    settings: Settings, stores: Stores, calls: AiohttpRequest, updates: AiohttpRequest, valve: Valve, clock: Clock
) -> WireBot:
    return WireBot(
        settings.token,
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=calls,
        get_updates_request=updates,
        rate_limiter=valve,
        clock=clock,
        keeper=stores.kept,
    )


def _house(bot: WireBot, desk: Desk, settings: Settings, tongues: Tongues) -> House:
    house = ApplicationBuilder().bot(bot).updater(None).context_types(ContextTypes(context=Context)).build()
    register(house, desk, tongues, settings.admins, settings.options.articles.style)
    return house


def _desk(parts: Parts) -> Desk:
    settings = parts.settings
    return Desk(
        parts.stores,
        web=parts.web,
        reader=parts.reader,
        meanings=parts.meanings,
        ready=parts.ready,
        configured=parts.sources,
        paces=settings.options.polling.paces,
        quotas=settings.options.people.quotas,
        clock=parts.clock,
    )
