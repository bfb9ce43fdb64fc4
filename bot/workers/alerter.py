"""Reads the stream and owes every headline to the chats that want it.

Here: claim, match, owe, and only then tick off.
Not here: what matches (news/matcher), who wants it (store/outbox).
"""

from __future__ import annotations

import asyncio

from bot.ops.metrics import Metrics
from bot.ports import Clock
from bot.store.bells import Bells
from bot.store.headlines import Claimed, Headlines
from bot.store.outbox import Outbox
from bot.workers.index import TopicIndex

BATCH = 100


class Alerter:
    """One consumer of the stream; `mail` is set when mailboxes have something new."""

    def __init__(
        self,
        headlines: Headlines,
        index: TopicIndex,
        outbox: Outbox,
        bells: Bells,
        clock: Clock,
        metrics: Metrics,
        consumer: str,
        mail: asyncio.Event,
    ) -> None:
        self._headlines = headlines
        self._index = index
        self._outbox = outbox
        self._bells = bells
        self._clock = clock
        self._metrics = metrics
        self._consumer = consumer
        self._mail = mail

    async def step(self) -> bool:
        """Owe one batch of headlines; true if there was one.

        The index follows after the claim, so whoever subscribed before a headline came is told.
        """
        claimed = await self._headlines.claim(self._consumer, BATCH, self._clock.now())
        await self._index.follow()
        owed, owed_for = 0, dict[str, frozenset[str]]()
        for news in claimed:
            if not news.headline.backlog:
                ident = news.headline.id
                topics, now = self._match(news), self._clock.now()
                owed += await self._outbox.owe(ident, sorted(topics), now, self._mail.set)
                if news.corrected:
                    topics |= owed_for.get(ident) or await self._headlines.owed_for(ident)
                    await self._outbox.correct(ident, sorted(topics), now, self._mail.set)
                if topics:
                    owed_for[ident] = topics
        if owed_for:
            await self._bells.ring()
        await self._headlines.done([news.entry for news in claimed], owed_for)
        self._metrics.owed(owed)
        return bool(claimed)

    def _match(self, news: Claimed) -> frozenset[str]:
        with self._metrics.matching():
            return frozenset(self._index.match(news.headline))
