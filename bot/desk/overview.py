"""The whole in figures, for those who run the bot.

Here: what is counted, of the last day or the last week.
Not here: counting (store/hours), how it is drawn (delivery/charts) and worded (delivery/render/stats).
"""

from __future__ import annotations

from bot.desk.lists import Lists
from bot.news.answers import Stats
from bot.news.health import TROUBLED, health
from bot.ports import Clock
from bot.store.chats import Chats
from bot.store.hours import Hours
from bot.store.outbox import Outbox


class Overview:
    """Looks at everything at once."""

    def __init__(self, hours: Hours, chats: Chats, outbox: Outbox, lists: Lists, clock: Clock) -> None:
        self._hours = hours
        self._chats = chats
        self._outbox = outbox
        self._lists = lists
        self._clock = clock

    async def stats(self, hours: int) -> Stats:
        """How the bot stands, and what there was in each of the last `hours`."""
        now = self._clock.now()
        backlog = await self._outbox.backlog()
        reports = await self._lists.sources()
        return Stats(
            at=now,
            headlines=await self._hours.headlines(hours, now),
            told=await self._hours.told(hours, now),
            chats=await self._chats.count(),
            owed=backlog.chats,
            oldest_due=backlog.oldest_due,
            sources=len(reports),
            troubled=sum(health(report, now) in TROUBLED for report in reports),
        )
