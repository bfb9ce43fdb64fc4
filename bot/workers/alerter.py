"""Reads the stream and owes every headline to the chats that want it.

Here: claim, find the story, match, owe, and only then tick off.
Not here: which story (workers/teller), what matches (news/matcher), who wants it (store/outbox).
"""

from __future__ import annotations

import asyncio

from bot.news.evidence import Around
from bot.news.growth import grew, independent
from bot.news.identity import owed_as, topic_id
from bot.news.topics import canonical, following
from bot.ops.metrics import Metrics
from bot.ports import Clock
from bot.store.bells import Bells
from bot.store.headlines import Claimed, Headlines
from bot.store.outbox import Outbox
from bot.store.stories import Told
from bot.workers.index import TopicIndex
from bot.workers.teller import Teller

BATCH = 100


class Alerter:
    """One consumer of the stream; `mail` is set when mailboxes have something new."""

    def __init__(
        self,
        headlines: Headlines,
        index: TopicIndex,
        teller: Teller,
        outbox: Outbox,
        bells: Bells,
        clock: Clock,
        metrics: Metrics,
        consumer: str,
        mail: asyncio.Event,
    ) -> None:
        self._headlines = headlines
        self._index = index
        self._teller = teller
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
        stories = await self._teller.tell([news.headline for news in claimed])
        owed, brought = 0, dict[str, frozenset[str]]()
        for news, told in zip(claimed, stories, strict=True):
            owed += await self._alert(news, told, brought)
        if brought:
            await self._bells.ring()
        await self._headlines.done([news.entry for news in claimed], brought)
        self._metrics.owed(owed)
        return bool(claimed)

    async def _alert(self, news: Claimed, told: Told, brought: dict[str, frozenset[str]]) -> int:
        """Owe what the headline tells: to whom it is news, and to whom an alert of theirs says less than is known now.

        How many are owed to; `brought` are the topics that brought each story so far, in this batch.
        """
        headline, now = news.headline, self._clock.now()
        topics = frozenset[str]() if headline.backlog else self._match(news, told)
        followed = topics & {topic_id(canonical(following(told.story)))}
        name = owed_as(headline.id, told.story)
        owed = await self._outbox.owe(name, sorted(topics - followed), now, self._mail.set)
        owed += await self._outbox.owe(headline.id, sorted(followed), now, self._mail.set)
        grown = grew(told.tellings, headline.id)
        if news.corrected or grown:
            known = brought.get(told.story, frozenset()) | await self._headlines.brought(told.story)
            await self._outbox.correct(told.story if grown else name, sorted(topics | known), now, self._mail.set)
        if topics:
            brought[told.story] = topics | brought.get(told.story, frozenset())
        return owed

    def _match(self, news: Claimed, told: Told) -> frozenset[str]:
        around = Around(told.story, max(len(independent(told.tellings)), 1))
        with self._metrics.matching():
            return frozenset(self._index.match(news.headline, around))
