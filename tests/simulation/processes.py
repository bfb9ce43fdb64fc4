"""The house's processes, built of its real workers, each with a fuse in every exchange that leaves it.

Here: one process, how it dies and who comes after it.
Not here: what they are to do (story), whether they did it (ledger).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any, TypeVar

import orjson
from telegram.error import RetryAfter, TimedOut

from bot.delivery.lines import Lines, server
from bot.delivery.pace import NoPermitError, Valve
from bot.delivery.request import AnswerLostError, NotSentError
from bot.delivery.send import TelegramMessenger
from bot.meaning.dictionaries import Dictionaries
from bot.meaning.meanings import Meanings
from bot.news.errors import StoreError
from bot.ops.metrics import Metrics
from bot.ops.traces import NoTraces
from bot.store.bells import Bells
from bot.store.chats import Chats
from bot.store.choices import Choices
from bot.store.database import Database
from bot.store.headlines import Headlines
from bot.store.holds import Holds
from bot.store.outbox import Outbox
from bot.store.permits import Limits, RedisPermits
from bot.store.stories import StoryLog
from bot.store.topics import Topics
from bot.tongues import spoken
from bot.workers.admins import Admins
from bot.workers.alerter import Alerter
from bot.workers.hands import Hands
from bot.workers.index import TopicIndex
from bot.workers.letters import Letters
from bot.workers.loop import forever
from bot.workers.sender import Sender
from bot.workers.teller import Teller
from bot.workers.understanding import Understanding
from tests.simulation.server import SCRIPTS, Wire
from tests.simulation.telegram import Telegram
from tests.simulation.virtual import VirtualClock

Answer = TypeVar("Answer")
METRICS, TRACES, TONGUES = Metrics(), NoTraces(), spoken()
AT_ONCE = 8
SOMEWHERE = server("http://telegram.invalid/bot")


# Without Redis a person is answered, permit or not (delivery/pace); so Redis fails nobody who answers.
ANSWERING = ContextVar("answering", default=False)


class PowerCut(BaseException):
    """The process is no more. Not an Exception: nothing in the house may catch it and go on."""


@dataclass
class Fate:
    """What is to happen to a process: at which exchange it dies, on which side; how often Redis fails it."""

    dies_at: int | None = None
    dies_after: bool = False
    store_faults: float = 0.0
    redis_way: float = 0.001


@dataclass(eq=False)
class Process:
    """Everything that a process knows and that is gone with it."""

    name: str
    rng: Random
    fate: Fate
    ledger: Any
    dead: bool = False
    interrupted: bool = False
    exchanges: int = 0
    mail: asyncio.Event = field(default_factory=asyncio.Event)
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    async def to_redis(self, exchange: Callable[[], Awaitable[Answer]]) -> Answer:
        """One exchange with Redis."""
        dies = self._leaves()
        fails = not ANSWERING.get() and self.rng.random() < self.fate.store_faults
        late = self.rng.random() < 0.5 if fails else self.fate.dies_after
        await self._way()
        if not late:
            self._end(dies=dies, fails=fails)
        answer = await exchange()
        self._end(dies=dies, fails=fails)
        await self._way()
        return answer

    async def to_telegram(self, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """One call to Telegram."""
        if self._leaves():
            if not self.fate.dies_after:
                self._end(dies=True)
            await self._die_waiting(call())
        answer = await call()
        if self.dead:
            raise PowerCut
        return answer

    def _leaves(self) -> bool:
        """Whether the process dies at this exchange."""
        if self.dead:
            raise PowerCut
        self.exchanges += 1
        return self.exchanges - 1 == self.fate.dies_at

    def _end(self, *, dies: bool = False, fails: bool = False) -> None:
        """Die or be failed by Redis, where that is to happen."""
        if dies or fails:
            self.dead, self.interrupted = self.dead or dies, True
            self.ledger.interrupted(self)
            raise PowerCut if dies else StoreError("Redis: the connection was closed")

    async def _die_waiting(self, call: Awaitable[Any]) -> None:
        """Die while an answer of Telegram is awaited, or when it has just come; the call is on the wire for good."""
        on_the_wire = asyncio.ensure_future(call)
        on_the_wire.add_done_callback(lambda done: done.cancelled() or done.exception())
        await asyncio.sleep(self.rng.random() * 0.2)
        self._end(dies=True)

    async def _way(self) -> None:
        await asyncio.sleep(self.rng.random() * self.fate.redis_way)
        if self.dead:
            raise PowerCut


class FusedDatabase(Database):
    """The way to Redis, with a fuse."""

    def __init__(self, wire: Wire, process: Process) -> None:
        super().__init__(wire)  # type: ignore[arg-type]
        self._process = process
        self._scripts = SCRIPTS

    async def trip(self, exchange: Callable[[], Awaitable[Answer]]) -> Answer:
        return await self._process.to_redis(lambda: super(FusedDatabase, self).trip(exchange))


class FusedLines(Lines):
    """The way to Telegram, with a fuse."""

    def __init__(self, telegram: Telegram, process: Process) -> None:
        super().__init__(SOMEWHERE)
        self._telegram = telegram
        self._process = process

    async def post(self, method: str, body: bytes) -> tuple[int, bytes]:
        return await self._process.to_telegram(lambda: self._telegram.post(self._process, method, body))


class House:
    """One process's workers."""

    def __init__(self, process: Process, wire: Wire, telegram: Telegram, limits: Limits, clock: VirtualClock) -> None:
        database = FusedDatabase(wire, process)
        self.process = process
        self.headlines, self.chats, self.outbox = Headlines(database), Chats(database), Outbox(database)
        self.topics, self.choices = Topics(database), Choices(database)
        self.lines = FusedLines(telegram, process)
        self.valve = Valve(RedisPermits(database, limits), clock)
        messenger = TelegramMessenger(self.lines, self.valve, clock)
        bells, mail, name = Bells(database), process.mail, process.name
        dictionaries, index = Dictionaries(read={"en"}), TopicIndex(self.topics, ())
        teller, asked = Teller(StoryLog(database), dictionaries, None, clock), Meanings(60).asked()
        understanding = Understanding(self.headlines, index, teller, asked, dictionaries, METRICS)
        self.alerter = Alerter(self.headlines, understanding, self.outbox, bells, clock, METRICS, TRACES, name, mail)
        admins = Admins(self.chats, Choices(database), messenger, TONGUES)
        letters = Letters(self.outbox, Holds(database), self.headlines, TONGUES, clock, METRICS)
        self.sender = Sender(self.outbox, letters, self.chats, messenger, clock, METRICS, TRACES, AT_ONCE, mail, admins)

    async def run(self, roles: str, idle: timedelta) -> None:
        """As bot/running does, until the process is told to stop or dies."""
        stop = self.process.stop
        try:
            async with asyncio.TaskGroup() as group:
                hands = Hands(group)
                if "a" in roles:
                    alert = forever(self.alerter.step, idle=idle, name="alerter", stop=stop, wake=asyncio.Event())
                    hands.create_task(alert)
                if "s" in roles:
                    send = partial(self.sender.step, hands)
                    hands.create_task(forever(send, idle=idle, name="sender", stop=stop, wake=self.process.mail))
                await stop.wait()
                await hands.finish(within=timedelta(seconds=60))
                await self.sender.put_back()
        except StoreError:
            pass
        except BaseExceptionGroup as group_:
            rest = group_.split(PowerCut)[1]
            if rest:
                raise rest from None

    async def reply(self, chat: int) -> str:
        """Answer a person; what became of it."""
        body = orjson.dumps({"chat_id": chat, "text": "an answer"})
        ANSWERING.set(True)

        async def call() -> None:
            try:
                status, answer = await self.lines.post("sendMessage", body)
            except (AnswerLostError, NotSentError):
                raise TimedOut from None
            if status == 429:
                raise RetryAfter(timedelta(seconds=orjson.loads(answer)["parameters"]["retry_after"]))

        try:
            await self.valve.process_request(call, [], {}, "sendMessage", {"chat_id": chat}, None)
        except NoPermitError:
            return "starved"
        except RetryAfter:
            return "flooded"
        except (TimedOut, PowerCut):
            return "lost"
        return "sent"
