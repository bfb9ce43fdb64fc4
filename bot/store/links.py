"""The words of topics that a deep link is too short for. Owns {links}:*.

Here: keeping them under a short id, for a while after they were last kept or asked for.
Not here: what fits without that (news/sharing), what is done with the words (desk).
"""

from __future__ import annotations

from datetime import timedelta

from bot.news.identity import short_id
from bot.store import codec, keys
from bot.store.database import Database

# What is only offered may never be sent; what somebody has used stays useful.
OFFERED_FOR, KEPT_FOR = timedelta(days=7), timedelta(days=90)


class Links:
    """Words by short ids; the same words have the same id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, words: str) -> str:
        """Keep words that are offered as a link; gives their id."""
        ident = short_id(words)
        key = keys.LINK.at(ident)
        if not await self._database.call("SET", key, words, "NX", "EX", codec.seconds(OFFERED_FOR)):
            await self._database.call("EXPIRE", key, codec.seconds(OFFERED_FOR), "GT")
        return ident

    async def words(self, ident: str) -> str:
        """The words of an id, which stay for longer once they were asked for; empty where they are not known."""
        found = await self._database.call("GETEX", keys.LINK.at(ident), "EX", codec.seconds(KEPT_FOR))
        return found or ""
