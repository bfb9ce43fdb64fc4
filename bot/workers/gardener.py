"""Keeps what is kept within its bounds: trims the stream and forgets topics that nobody wants any more.

On its way it looks at what only the whole shows: how much is owed, and how every source fares.
"""

from __future__ import annotations

from bot.ops.metrics import Metrics
from bot.ports import Clock
from bot.store.headlines import Headlines
from bot.store.outbox import Outbox
from bot.store.sources import Sources
from bot.store.topics import Topics


class Gardener:
    """Walks through the house once a minute."""

    def __init__(
        self, headlines: Headlines, topics: Topics, outbox: Outbox, sources: Sources, clock: Clock, metrics: Metrics
    ) -> None:
        self._headlines = headlines
        self._topics = topics
        self._outbox = outbox
        self._sources = sources
        self._clock = clock
        self._metrics = metrics

    async def step(self) -> bool:
        """One walk; there is never more work at once."""
        now = self._clock.now()
        await self._headlines.trim(now)
        await self._topics.prune(now)
        backlog = await self._outbox.backlog()
        self._metrics.backlog(backlog.chats, backlog.oldest_due, now)
        self._metrics.sources(await self._sources.states(), now)
        return False
