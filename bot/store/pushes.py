"""Subscriptions to WebSub hubs. Owns {sources}:pushes.

Here: one subscription a source, as JSON.
Not here: what a subscription is (news/websub), asking hubs (workers/pushes).
"""

from __future__ import annotations

import dataclasses
from typing import Any

import orjson

from bot.news.websub import Push
from bot.store import codec, keys
from bot.store.database import Database

_INSTANTS = ("asked", "since", "until", "missed")


class PushLog:
    """Every subscription that there is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, name: str) -> Push | None:
        """A source's subscription."""
        text = await self._database.call("HGET", keys.SOURCES_PUSHES.name, name)
        return _push_of(text) if text else None

    async def put(self, name: str, push: Push) -> None:
        """Keep a source's subscription."""
        await self._database.call("HSET", keys.SOURCES_PUSHES.name, name, _json(push))

    async def all(self) -> dict[str, Push]:
        """Every subscription, by its source's name."""
        found = await self._database.call("HGETALL", keys.SOURCES_PUSHES.name)
        return {name: _push_of(text) for name, text in found.items()}

    async def forget(self, name: str) -> None:
        """Keep a source's subscription no longer."""
        await self._database.call("HDEL", keys.SOURCES_PUSHES.name, name)


def _json(push: Push) -> bytes:
    values = {field.name: getattr(push, field.name) for field in dataclasses.fields(push)}
    return orjson.dumps(
        {name: codec.ms(value) if name in _INSTANTS else value for name, value in values.items() if value is not None}
    )


def _push_of(text: str) -> Push:
    values: dict[str, Any] = orjson.loads(text)
    values.update({name: codec.instant(values[name]) for name in _INSTANTS if name in values})
    return Push(**values)
