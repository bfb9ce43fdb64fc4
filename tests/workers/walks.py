"""Walks of a headline from the site to two readers, a group and a channel, and what can be seen of them.

Here: who takes part, and the steps that tests put together.
Not here: what Telegram answers (the tests), the world itself (tests/world).
"""

from __future__ import annotations

import re

from bot.app import App
from bot.devchat.chats import YOU
from tests.world import World

READER, OTHER, ADMIN = 101, 102, int(YOU["id"])
GROUP, CHANNEL = -2001, -1002000000001
SAID_FIRST, SAID_NEXT = "Fed holds its rate", "Fed chair speaks"


async def walk(world: World, **after: float) -> str:
    """One process, and then some time; gives its metrics."""
    async with world.app() as app:
        await app.workers.round()
        metrics = app.workers.metrics.exposition().decode()
    world.clock.tick(**(after or {"minutes": 20}))
    return metrics


async def listen(world: World) -> None:
    """The bot hears of what people and Telegram did, and then sends what is due."""
    async with world.app() as app:
        await world.hears(app)
        await app.workers.round()
    world.clock.tick(minutes=2)


def alerts(world: World, chat: int) -> list[str]:
    """What a chat was alerted to; the example in a welcome is none."""
    texts = [text for text in world.devchat.texts(chat) if "I watch the latest news" not in text]
    return [title for text in texts for title in (SAID_FIRST, SAID_NEXT) if title in text]


def counted(metrics: str, name: str) -> float:
    found = re.search(rf"^headline_bot_{re.escape(name)} (\S+)$", metrics, re.MULTILINE)
    return float(found[1]) if found else 0


async def keys_of(app: App, chat: int) -> dict[str, int]:
    """Every key that a chat has in its shard, and how many seconds it will live; -1: for ever."""
    database = app.stores.database
    keys = await database.call("KEYS", f"*:{chat}")
    return {key: await database.call("TTL", key) for key in keys if not key.startswith("{pace}")}
