"""How much each person has asked for lately, over all processes. Owns quota:*.

Here: counting one more.
Not here: how much is enough (news/quotas), what follows from it (desk/gate).
"""

from __future__ import annotations

from datetime import timedelta

from bot.store import codec, keys
from bot.store.database import Database


class Quotas:
    """Counts; after a crash one may be counted that was not answered."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, who: int, cost: str, window: int, span: timedelta) -> int:
        """One more for a person within a window of time, by its number; how many that are now."""
        return int(await self._database.run("count", [keys.QUOTA.at(who, cost, window)], [codec.span_ms(span)]))
