"""Everything that is stored of a chat, for whoever wants to see it.

Here: reading it, whatever owns it: a key that another module adds is found by its name.
Not here: forgetting it (chats.forget), what is said about it (delivery/render/privacy).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from bot.news.belongings import Belonging, Stored
from bot.store import keys
from bot.store.database import Database
from bot.store.keypatterns import KeyPattern
from bot.store.keys import of_chat, of_shard, shard_of

# How a key of each type is read whole.
_READ = MappingProxyType({"string": ("GET",), "hash": ("HGETALL",), "set": ("SMEMBERS",), "zset": ("ZRANGE",)})
_ALL = MappingProxyType({"zset": (0, -1, "WITHSCORES")})
# Where a shard keeps something of each of its chats beside them.
_BESIDE = (keys.DUE, keys.REST)


class Belongings:
    """What is stored of each chat."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, chat: int) -> tuple[Belonging, ...]:
        """Everything of the chat, in the order of the table of keys."""
        own = [(pattern, _key(pattern, chat)) for pattern in keys.KEYS if "<chat>" in pattern.name]
        found = await self._database.pipeline(
            [(*_READ[pattern.type], key, *_ALL.get(pattern.type, ())) for pattern, key in own]
        )
        scores = await self._database.pipeline(
            [("ZSCORE", of_shard(pattern, shard_of(chat)), chat) for pattern in _BESIDE]
        )
        beside = [(pattern, str(score)) for pattern, score in zip(_BESIDE, scores, strict=True) if score is not None]
        stored = [(pattern, _stored(pattern, value)) for (pattern, _), value in zip(own, found, strict=True) if value]
        return tuple(Belonging(pattern.name, value) for pattern, value in (*stored, *beside))


def _key(pattern: KeyPattern, chat: int) -> str:
    return of_chat(pattern, chat) if "sNN" in pattern.name else pattern.at(chat)


def _stored(pattern: KeyPattern, value: Any) -> Stored:  # noqa: ANN401 - as Redis answers to each type
    match pattern.type:
        case "string":
            return str(value)
        case "zset":  # members and scores in turn
            return dict(zip(map(str, value[::2]), map(str, value[1::2]), strict=True))
        case "hash":
            return {str(name): str(text) for name, text in value.items()}
    return sorted(map(str, value))
