"""Who is neither answered nor told anything. Owns {people}:blocked.

Here: blocking, letting in again, and who is blocked.
Not here: what follows from it (desk/gate), who may block (handlers/admins).
"""

from __future__ import annotations

from datetime import datetime

from bot.news.answers import Blocked, Caller
from bot.news.model import ChatKind
from bot.store import codec, keys
from bot.store.database import Database
from bot.store.keys import of_chat


class Blocks:
    """The ids of people and of chats; a private chat has its person's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, ident: int, now: datetime) -> None:
        """Block somebody; whoever is blocked already, stays so."""
        await self._database.call("ZADD", keys.BLOCKED.name, "NX", codec.ms(now), ident)

    async def remove(self, ident: int) -> bool:
        """Let somebody in again; False where nobody of that id was blocked."""
        return bool(await self._database.call("ZREM", keys.BLOCKED.name, ident))

    async def all(self) -> tuple[Blocked, ...]:
        """Everybody who is blocked, the last one first."""
        flat = await self._database.call("ZREVRANGE", keys.BLOCKED.name, 0, -1, "WITHSCORES")
        return tuple(
            Blocked(int(ident), codec.instant(float(since))) for ident, since in zip(flat[::2], flat[1::2], strict=True)
        )

    async def caller(self, chat: int) -> Caller | None:
        """A chat as it was last met; None where it is not known, or its time is over."""
        kind, title, lang = await self._database.call("HMGET", of_chat(keys.CHAT, chat), "kind", "title", "lang")
        return Caller(chat, ChatKind(kind), title or "", lang or "") if kind else None
