"""Telegram for the tests of delivery: devchat with a few chats, and a wire that can be cut anywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.delivery.lines import Lines, server
from bot.delivery.pace import Valve
from bot.delivery.request import AiohttpRequest
from bot.delivery.send import TelegramMessenger
from bot.delivery.wire import WireBot
from bot.devchat.server import DevChat
from bot.news.message import Message
from bot.news.verdicts import TryLater, Verdict
from bot.ports import Permit, Permits, Urgency
from bot.store.database import Database
from bot.store.permits import RedisPermits
from tests.delivery.wires import TOKEN, Wire

PEOPLE = range(1, 61)


class Plenty(Permits):
    """A budget without limits."""

    async def take(self, chats: Sequence[int | None], urgency: Urgency, now: datetime) -> list[Permit]:
        return [Permit("plenty", timedelta()) for _ in chats]

    def answered(self, permit: Permit, took: timedelta | None, now: datetime) -> None:
        pass

    async def note(self) -> None:
        pass

    async def hold(self, chat: int | None, until: datetime, now: datetime) -> None:
        pass


PLENTY = Plenty()


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    wire = Wire()
    await wire.start()
    yield wire
    await wire.stop()


@pytest.fixture
async def devchat(clock) -> AsyncIterator[DevChat]:
    devchat = DevChat(token=TOKEN, clock=lambda: clock.now().timestamp())
    for number in PEOPLE:
        devchat.chats.open({"id": number, "type": "private", "first_name": f"Reader {number}"})
    await devchat.start()
    yield devchat
    await devchat.stop()


@pytest.fixture
async def database(redis_url: str) -> AsyncIterator[Database]:
    database = Database.connect(redis_url)
    yield database
    await database.close()


@pytest.fixture
def permits(database) -> Permits:
    return RedisPermits(database)


@pytest.fixture
async def connect(devchat, clock) -> AsyncIterator[Callable[..., WireBot]]:
    """A bot that talks to devchat, or to another root, through a valve over these permits."""
    transports = []

    def connect(permits: Permits = PLENTY, root: str = "", **timeouts: float) -> WireBot:
        transports.append(AiohttpRequest(**timeouts))
        return WireBot(
            TOKEN,
            base_url=f"{root or devchat.url}/bot",
            request=transports[-1],
            get_updates_request=transports[-1],
            rate_limiter=Valve(permits, clock),
            clock=clock,
        )

    yield connect
    for transport in transports:
        await transport.shutdown()


@dataclass(frozen=True)
class Alerting:
    """A messenger, and `send` as the sender does it: with a permit, once there is one."""

    messenger: TelegramMessenger

    async def send(self, chat: int, message: Message) -> Verdict:
        [permit] = await self.messenger.admit([chat])
        if not permit.id:
            return TryLater("no permit", permit.wait, permit.scope)
        return await self.messenger.send(chat, message, permit)


@pytest.fixture
async def alerting(devchat, clock) -> AsyncIterator[Callable[..., Alerting]]:
    """Alerts go to devchat, or to another root, through a valve over these permits."""
    opened = []

    def alerting(permits: Permits = PLENTY, root: str = "", **timeouts: float) -> Alerting:
        opened.append(Lines(server(f"{root or devchat.url}/bot{TOKEN}"), **timeouts))
        return Alerting(TelegramMessenger(opened[-1], Valve(permits, clock), clock))

    yield alerting
    for lines in opened:
        await lines.close()
