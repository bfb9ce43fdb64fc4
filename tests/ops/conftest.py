"""What stands behind the operator's HTTP server in these tests: a small house, and a browser that knows its address."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.news.errors import BadHeadline, StoreError
from bot.ops.http import Doors, serving
from bot.ops.status import Status

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
STATUS = Status(
    NOON - timedelta(hours=3), NOON, stream=120, chats=7, owed_chats=2, oldest_due=NOON - timedelta(seconds=40)
)


@dataclass
class SmallHouse:
    """Remembers what was brought; Redis may be away, and something may be wrong."""

    problems: list[str] = field(default_factory=list)
    published: list[Mapping[str, object]] = field(default_factory=list)
    updates: list[Mapping[str, Any]] = field(default_factory=list)
    status: Status = STATUS
    away: bool = False

    def doors(self) -> Doors:
        return Doors(
            ready=self._ready,
            metrics=lambda: b"# HELP a b\n",
            status=self._status,
            publish=self._publish,
            publish_token="pass-word",
            webhook=self._receive,
            webhook_secret="shown-secret",
        )

    async def _ready(self) -> list[str]:
        return self.problems

    async def _status(self) -> Status:
        self._knock()
        return self.status

    async def _publish(self, entries: list[Mapping[str, object]]) -> list[str]:
        self._knock()
        for item, entry in enumerate(entries):
            if "title" not in entry:
                raise BadHeadline("title is missing.", item)
        self.published += entries
        return [f"id-{entry['title']}" for entry in entries]

    async def _receive(self, update: Mapping[str, Any]) -> bool:
        self.updates.append(update)
        return not self.away

    def _knock(self) -> None:
        if self.away:
            raise StoreError("Redis: connection refused.")


@asynccontextmanager
async def visiting(doors: Doors) -> AsyncIterator[aiohttp.ClientSession]:
    async with serving("127.0.0.1", 0, doors) as url, aiohttp.ClientSession(url) as visitor:
        yield visitor


@pytest.fixture
def house() -> SmallHouse:
    return SmallHouse()


@pytest.fixture
async def visitor(house: SmallHouse) -> AsyncIterator[aiohttp.ClientSession]:
    async with visiting(house.doors()) as session:
        yield session


@pytest.fixture
def visiting_without(house: SmallHouse) -> Callable[..., AbstractAsyncContextManager[aiohttp.ClientSession]]:
    """A visit to the same house with some of its doors changed."""
    return lambda **changed: visiting(replace(house.doors(), **changed))
