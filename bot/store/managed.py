"""Which groups and channels somebody manages from their private chat. Owns {sNN}:manages.

Here: the chats that they turned to, or decided something in, and which one they are at just now.
Not here: whether they may (Telegram is asked each time: handlers/admins), what else is kept of a chat (chats).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.news.answers import Caller
from bot.news.model import ChatKind
from bot.store import codec, keys
from bot.store.database import Database
from bot.store.keys import of_chat

# Who turned to a chat and typed nothing for so long means their own again.
AT_IT_FOR = timedelta(hours=1)
KEPT, MANAGED_FOR = 50, timedelta(days=365)


class Managed:
    """Everybody's groups and channels, by until when what they type is for them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, person: int, chat: int, now: datetime) -> None:
        """What the person types in their private chat is for this chat now, for an hour from the last time."""
        await self._add(person, chat, now + AT_IT_FOR)

    async def note(self, person: int, chat: int, now: datetime) -> None:
        """The person manages this chat; what they type in their private chat is for whichever it was for before."""
        await self._add(person, chat, now)

    async def _add(self, person: int, chat: int, until: datetime) -> None:
        key = of_chat(keys.MANAGES, person)
        await self._database.pipeline(
            [
                ("ZADD", key, "GT", codec.ms(until), chat),  # who is turned to it stays so
                ("ZREMRANGEBYRANK", key, 0, -KEPT - 1),
                ("EXPIRE", key, codec.seconds(MANAGED_FOR)),
            ]
        )

    async def of(self, person: int, now: datetime) -> int | None:
        """The chat that what the person types is for; None: their own."""
        found = await self._database.call(
            "ZREVRANGEBYSCORE", of_chat(keys.MANAGES, person), "+inf", f"({codec.ms(now)}", "LIMIT", 0, 1
        )
        return int(found[0]) if found else None

    async def end(self, person: int, now: datetime) -> None:
        """What the person types is for their own chat again."""
        key = of_chat(keys.MANAGES, person)
        at_it = await self._database.call("ZRANGEBYSCORE", key, f"({codec.ms(now)}", "+inf")
        if at_it:
            await self._database.call("ZADD", key, "XX", *(part for chat in at_it for part in (codec.ms(now), chat)))

    async def drop(self, person: int, chat: int) -> None:
        """The person does not manage this chat any more."""
        await self._database.call("ZREM", of_chat(keys.MANAGES, person), chat)

    async def unknown(self, person: int) -> list[int]:
        """Those of the person's chats of which nothing is kept: forgotten, or known by another id now."""
        chats = await self.chats(person)
        found = await self._database.pipeline([("EXISTS", of_chat(keys.CHAT, chat)) for chat in chats])
        return [chat for chat, is_known in zip(chats, found, strict=True) if not is_known]

    async def moved(self, person: int, old: int, new: int) -> None:
        """One of the person's groups has another id now; what they type is not for it unless they turn to it."""
        await self._database.call("ZADD", of_chat(keys.MANAGES, person), "NX", 0, new)
        await self.drop(person, old)

    async def about(self, chats: Sequence[int]) -> list[Caller]:
        """Those of these groups and channels that we are in, as they are called now."""
        found = await self._database.pipeline(
            [("HMGET", of_chat(keys.CHAT, chat), "kind", "title", "gone") for chat in chats]
        )
        return [
            Caller(chat, ChatKind(kind), title or "")
            for chat, (kind, title, gone) in zip(chats, found, strict=True)
            if kind and not gone and kind != ChatKind.PRIVATE
        ]

    async def chats(self, person: int) -> list[int]:
        """Every chat that the person turned to or decided something in, the last one first."""
        found = await self._database.call("ZREVRANGE", of_chat(keys.MANAGES, person), 0, -1)
        return [int(chat) for chat in found]
