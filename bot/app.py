"""The composition root: settings -> a house in which everything knows what it needs.

Here: the only place that knows every name, and the only one that knows the system's clock.
Not here: what runs beside the house (local), how it runs (running), what anything does.
"""

from __future__ import annotations

import asyncio
import math
import os
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

os.environ.setdefault("PTB_TIMEDELTA", "1")  # python-telegram-bot reads it at import: waits are timedeltas

from telegram.ext import ApplicationBuilder, ContextTypes

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
from bot.ingest.robots import Robots
from bot.ingest.web import HttpWeb
from bot.meaning.meanings import Meanings
from bot.news.live import Live, NamedOrigins
from bot.news.model import ReadyTopic, Source
from bot.news.said import Tongues
from bot.ops.measured import MeasuredPermits
from bot.ops.metrics import Metrics
from bot.ops.traces import Traces, traces_to
from bot.ports import Clock, Messenger, Web
from bot.settings import Settings
from bot.store import codec
from bot.store.stores import Stores
from bot.tongues import spoken
from bot.workers.admins import Admins
from bot.workers.alerter import Alerter
from bot.workers.gardener import Gardener
from bot.workers.hands import Hands
from bot.workers.harvest import Harvest
from bot.workers.herald import Herald
from bot.workers.index import TopicIndex
from bot.workers.letters import Letters
from bot.workers.operators import Operators
from bot.workers.poller import Poller
from bot.workers.pushes import Pushes
from bot.workers.sender import Sender
from bot.workers.teller import Teller
from bot.workers.understanding import Understanding
from bot.workers.watched import Watched


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, wait: timedelta) -> None:
        # The loop counts in whole milliseconds, the one that has begun included: so nobody who was told when Telegram
        # allows a call is early.
        await asyncio.sleep((math.ceil(wait / codec.MILLISECOND) + 1) / 1000)


@dataclass(frozen=True, slots=True)
class Workers:
    """What runs. The events tell, within one process, that there is something to alert to or to send."""

    poller: Poller
    pushes: Pushes
    alerter: Alerter
    sender: Sender
    gardener: Gardener
    operators: Operators
    herald: Herald
    metrics: Metrics
    traces: Traces
    to_alert: asyncio.Event
    to_send: asyncio.Event

    async def round(self) -> None:
        """Poll what is due, owe what is new, send what is due, until nothing is left to do at this instant."""
        busy = True
        while busy:
            async with asyncio.TaskGroup() as group:
                busy = await self.poller.step(Hands(group))
            busy |= await self.alerter.step()
            async with asyncio.TaskGroup() as group:
                busy |= await self.sender.step(Hands(group))
            busy |= await self.operators.step()
            busy |= await self.herald.step()


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
        bot = WireBot(
            settings.token,
            base_url=f"{settings.api_url}/bot",
            base_file_url=f"{settings.api_url}/file/bot",
            request=calls,
            get_updates_request=updates,
            rate_limiter=valve,
            clock=clock,
            keeper=stores.kept,
        )
        lines = Lines(server(f"{settings.api_url}/bot{settings.token}"))
        stack.push_async_callback(lines.close)
        tongues = spoken()
        desk = _desk(settings, sources, ready, clock, stores, web, reader, meanings)
        messenger = TelegramMessenger(lines, valve, clock)
        letters = Letters(stores.outbox, stores.holds, stores.headlines, tongues, clock, metrics)
        admins = Admins(stores.chats, stores.choices, messenger, tongues)
        tracing = settings.options.tracing
        traces = traces_to(tracing.collector, tracing.share, _process())
        stack.push_async_callback(asyncio.to_thread, traces.close)
        workers = _workers(
            settings,
            sources,
            ready,
            clock,
            stores,
            web,
            reader,
            meanings,
            messenger,
            letters,
            admins,
            tongues,
            metrics,
            traces,
        )
        intake = Intake(_house(bot, desk, settings, tongues), metrics)
        yield App(
            settings, sources, ready, clock, stores, web, reader, meanings, desk, intake, workers, asyncio.Event()
        )


def _house(bot: WireBot, desk: Desk, settings: Settings, tongues: Tongues) -> House:
    house = ApplicationBuilder().bot(bot).updater(None).context_types(ContextTypes(context=Context)).build()
    register(house, desk, tongues, settings.admins, settings.options.articles.style)
    return house


def _desk(
    settings: Settings,
    sources: Sequence[Source],
    ready: Sequence[ReadyTopic],
    clock: Clock,
    stores: Stores,
    web: Web,
    reader: Reader,
    meanings: Meanings,
) -> Desk:
    return Desk(
        stores,
        web=web,
        reader=reader,
        meanings=meanings,
        ready=ready,
        configured=sources,
        paces=settings.options.polling.paces,
        quotas=settings.options.people.quotas,
        clock=clock,
    )


def _workers(
    settings: Settings,
    configured: Sequence[Source],
    ready: Sequence[ReadyTopic],
    clock: Clock,
    stores: Stores,
    web: HttpWeb,
    reader: Reader,
    meanings: Meanings,
    messenger: Messenger,
    letters: Letters,
    admins: Admins,
    tongues: Tongues,
    metrics: Metrics,
    traces: Traces,
) -> Workers:
    to_alert, to_send = asyncio.Event(), asyncio.Event()
    options, headlines, outbox, sources = settings.options, stores.headlines, stores.outbox, stores.sources
    polling, robots = options.polling, Robots(web.get, clock)
    index, dictionaries = TopicIndex(stores.topics, ready), meanings.dictionaries
    teller = Teller(stores.stories, dictionaries, meanings if options.meaning.stories else None, clock)
    understanding = Understanding(headlines, index, teller, meanings.asked(), dictionaries, metrics)
    harvest, watched = Harvest(headlines, metrics, traces, to_alert), Watched(configured, sources)
    operators = Operators(settings.admins, stores.words, stores.choices, tongues, messenger, clock)
    pushes = Pushes(stores.pushes, watched.find, web.post, reader, harvest, clock, polling.callback_url)
    paces, at_once = polling.paces, options.delivery.at_once
    return Workers(
        poller=Poller(
            watched, sources, harvest, pushes, operators, web, robots, reader, clock, metrics, paces, polling.at_once
        ),
        pushes=pushes,
        alerter=Alerter(headlines, understanding, outbox, stores.bells, clock, metrics, traces, _process(), to_send),
        sender=Sender(outbox, letters, stores.chats, messenger, clock, metrics, traces, at_once, to_send, admins),
        operators=operators,
        herald=Herald(stores.announcements, stores.chats, stores.choices, tongues, messenger, clock, _process()),
        gardener=Gardener(headlines, stores.topics, outbox, sources, clock, metrics),
        metrics=metrics,
        traces=traces,
        to_alert=to_alert,
        to_send=to_send,
    )


def _process() -> str:
    """This process among all; in a container, which has its own first process, the same again after a restart."""
    return f"{socket.gethostname()}:{os.getpid()}"
