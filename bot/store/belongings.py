"""Everything that is stored of a chat, for whoever wants to see it.

Here: reading it, whatever owns it: a key that another module adds is found by its name.
Not here: forgetting it (chats.forget), what is said about it (delivery/render/privacy).
"""

from __future__ import annotations

from bot.news.belongings import Belonging
from bot.store import keys
from bot.store.database import Database
from bot.store.keypatterns import KeyPattern
from bot.store.keys import of_chat, of_shard, shard_of
from bot.store.whole import reading, whole

# Where a shard keeps something of each of its chats beside them.
_BESIDE = (keys.DUE, keys.REST)


class Belongings:
    """What is stored of each chat."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, chat: int) -> tuple[Belonging, ...]:
        """Everything of the chat, in the order of the table of keys."""
        own = [(pattern, _key(pattern, chat)) for pattern in keys.KEYS if "<chat>" in pattern.name]
        found = await self._database.pipeline([reading(pattern.type, key) for pattern, key in own])
        scores = await self._database.pipeline(
            [("ZSCORE", of_shard(pattern, shard_of(chat)), chat) for pattern in _BESIDE]
        )
        beside = [(pattern, str(score)) for pattern, score in zip(_BESIDE, scores, strict=True) if score is not None]
        stored = [(kind, whole(kind.type, value)) for (kind, _), value in zip(own, found, strict=True) if value]
        return tuple(Belonging(pattern.name, value) for pattern, value in (*stored, *beside))


def _key(pattern: KeyPattern, chat: int) -> str:
    return of_chat(pattern, chat) if "sNN" in pattern.name else pattern.at(chat)
