"""Who works in the house, and what it is built of.

Here: the workers, each with what it needs of the house's parts.
Not here: where the parts come from and who closes them (app), in which roles the workers run (running).
"""

from __future__ import annotations

import asyncio
import os
import socket
from dataclasses import dataclass

from bot.ingest.reader import Reader
from bot.ingest.robots import Robots
from bot.ingest.web import HttpWeb
from bot.meaning.meanings import Meanings
from bot.news.live import Live
from bot.news.model import ReadyTopic, Source
from bot.news.said import Tongues
from bot.ops.metrics import Metrics
from bot.ops.traces import Traces
from bot.ports import Clock, Messenger
from bot.settings import Settings
from bot.store.stores import Stores
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


@dataclass(frozen=True, slots=True)
class Parts:
    """What the house is built of. `sources` and `ready` may be replaced while it runs."""

    settings: Settings
    sources: Live[Source]
    ready: Live[ReadyTopic]
    clock: Clock
    stores: Stores
    web: HttpWeb
    reader: Reader
    meanings: Meanings
    messenger: Messenger
    tongues: Tongues
    metrics: Metrics
    traces: Traces


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


def workers_of(parts: Parts) -> Workers:
    """Everybody who works, ready to begin."""
    to_alert, to_send = asyncio.Event(), asyncio.Event()
    settings, stores, clock, messenger = parts.settings, parts.stores, parts.clock, parts.messenger
    tongues, metrics, traces, web, reader = parts.tongues, parts.metrics, parts.traces, parts.web, parts.reader
    headlines, outbox, sources, polling = stores.headlines, stores.outbox, stores.sources, settings.options.polling
    harvest, watched = Harvest(headlines, metrics, traces, to_alert), Watched(parts.sources, sources)
    operators = Operators(settings.admins, stores.words, stores.choices, tongues, messenger, clock)
    pushes = Pushes(stores.pushes, watched.find, web.post, reader, harvest, clock, polling.callback_url)
    robots, paces = Robots(web.get, clock), polling.paces
    return Workers(
        poller=Poller(
            watched, sources, harvest, pushes, operators, web, robots, reader, clock, metrics, paces, polling.at_once
        ),
        pushes=pushes,
        alerter=Alerter(
            headlines, _understanding(parts), outbox, stores.bells, clock, metrics, traces, process_name(), to_send
        ),
        sender=_sender(parts, to_send),
        operators=operators,
        herald=Herald(stores.announcements, stores.chats, stores.choices, tongues, messenger, clock, process_name()),
        gardener=Gardener(headlines, stores.topics, outbox, sources, clock, metrics),
        metrics=metrics,
        traces=traces,
        to_alert=to_alert,
        to_send=to_send,
    )


def _understanding(parts: Parts) -> Understanding:
    stores, meanings = parts.stores, parts.meanings
    stories = meanings if parts.settings.options.meaning.stories else None
    teller = Teller(stores.stories, meanings.dictionaries, stories, parts.clock)
    index = TopicIndex(stores.topics, parts.ready)
    return Understanding(stores.headlines, index, teller, meanings.asked(), meanings.dictionaries, parts.metrics)


def _sender(parts: Parts, to_send: asyncio.Event) -> Sender:
    stores, clock, metrics, messenger = parts.stores, parts.clock, parts.metrics, parts.messenger
    letters = Letters(stores.outbox, stores.holds, stores.headlines, parts.tongues, clock, metrics)
    admins = Admins(stores.chats, stores.choices, messenger, parts.tongues)
    at_once = parts.settings.options.delivery.at_once
    return Sender(
        stores.outbox, letters, stores.chats, messenger, clock, metrics, parts.traces, at_once, to_send, admins
    )


def process_name() -> str:
    """This process among all; in a container, which has its own first process, the same again after a restart."""
    return f"{socket.gethostname()}:{os.getpid()}"
