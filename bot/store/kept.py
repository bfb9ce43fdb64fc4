"""What buttons are to do where that is too long for a button. Owns {sNN}:kept:*.

Here: keeping it for those who tap within a week.
Not here: which buttons these are (delivery/wire), what a tap does (handlers/buttons).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.store import codec, keys
from bot.store.database import Database
from bot.store.keys import of_chat

KEPT_FOR = timedelta(days=7)
# Of each chat the newest ones; nobody taps on what is so many answers further up.
MOST_KEPT = 100


class Kept:
    """The long buttons that each chat was shown lately."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, chat: int, actions: Mapping[str, str], now: datetime) -> None:
        """Keep what buttons are to do, by an id of each without a space; keeping the same again changes nothing."""
        key = of_chat(keys.KEPT, chat)
        scored = [part for ident, action in actions.items() for part in (codec.ms(now), f"{ident} {action}")]
        await self._database.pipeline(
            [
                ("ZADD", key, *scored),
                ("ZREMRANGEBYRANK", key, 0, -MOST_KEPT - 1),
                ("EXPIRE", key, codec.seconds(KEPT_FOR)),
            ]
        )

    async def get(self, chat: int, ident: str) -> str:
        """What the button of this id is to do; empty where that is no longer known."""
        kept = await self._database.call("ZRANGE", of_chat(keys.KEPT, chat), 0, -1)
        return next((text.partition(" ")[2] for text in kept if text.startswith(f"{ident} ")), "")
