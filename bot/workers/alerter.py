"""Reads the stream and owes every headline to the chats that want it.

Here: claim, understand, owe, and only then tick off.
Not here: what a headline tells (workers/understanding), who wants it (store/outbox).
"""

from __future__ import annotations

import asyncio
from datetime import datetime

import structlog
from structlog.contextvars import bound_contextvars

from bot.news.growth import breaking, grew
from bot.news.identity import development_as, owed_as, topic_id
from bot.news.model import Headline
from bot.news.topics import canonical, following
from bot.ops.metrics import Metrics
from bot.ops.traces import Traces
from bot.ports import Clock
from bot.store.bells import Bells
from bot.store.headlines import Claimed, Headlines
from bot.store.outbox import Outbox
from bot.workers.understanding import Understanding, Understood

BATCH = 100
NO_TOPICS: frozenset[str] = frozenset()
# Who follows a story is told of it again where at least such a share of a headline's words is new: a retelling is not.
DEVELOPMENT = 0.3

log = structlog.get_logger()


class Alerter:
    """One consumer of the stream; `mail` is set when mailboxes have something new."""

    def __init__(
        self,
        headlines: Headlines,
        understanding: Understanding,
        outbox: Outbox,
        bells: Bells,
        clock: Clock,
        metrics: Metrics,
        traces: Traces,
        consumer: str,
        mail: asyncio.Event,
    ) -> None:
        self._headlines = headlines
        self._understanding = understanding
        self._outbox = outbox
        self._bells = bells
        self._clock = clock
        self._metrics = metrics
        self._traces = traces
        self._consumer = consumer
        self._mail = mail
        self._at_once = BATCH
        self._in_hand: list[Claimed] = []

    async def step(self) -> bool:
        """Owe one batch of headlines; true if there was one.

        They are understood after the claim, so whoever subscribed before a headline came is told.
        """
        self._in_hand = []
        claimed = self._in_hand = await self._headlines.claim(self._consumer, self._at_once, self._clock.now())
        claimed_at = self._clock.now()
        understood = await self._understanding.of([news.headline for news in claimed])
        understood_at = self._clock.now()
        owed, brought = 0, dict[str, frozenset[str]]()
        for news, its in zip(claimed, understood, strict=True):
            began = self._clock.now()
            with bound_contextvars(headline=news.headline.id):
                chats = await self._alert(news, its, brought)
            log.debug("headline owed", headline=news.headline.id, story=its.told.story, chats=chats)
            owed += chats
            self._tell(news.headline, (claimed_at, understood_at, began), its, chats)
        if brought:
            await self._bells.ring()
        await self._headlines.done([news.entry for news in claimed], brought)
        self._metrics.owed(owed, len(claimed))
        self._at_once = min(2 * self._at_once, BATCH)
        return bool(claimed)

    def _tell(
        self, headline: Headline, steps: tuple[datetime, datetime, datetime], its: Understood, chats: int
    ) -> None:
        """Tell the traces when it was claimed and understood, and when it began to be owed, which is done now."""
        claimed, understood, began = steps
        now, ident = self._clock.now(), headline.id
        self._traces.step("understand", ident, claimed, understood, story=its.told.story, topics=len(its.topics))
        self._traces.step("owe", ident, began, now, chats=chats)
        self._traces.headline(ident, headline.seen_at, now, source=headline.source, title=headline.title)

    async def mend(self, error: Exception) -> bool:
        """Go on after a bug of ours: headlines one at a time, and the one that brings it about is set aside.

        Else one odd headline would keep all others from everybody, for ever.
        """
        if self._at_once == 1 and self._in_hand:
            await self._headlines.set_aside(self._in_hand, f"a bug of ours: {type(error).__name__}.")
            self._metrics.set_aside(len(self._in_hand))
        self._at_once = 1
        return bool(self._in_hand)

    async def _alert(self, news: Claimed, its: Understood, brought: dict[str, frozenset[str]]) -> int:
        """Owe what the headline tells: to whom it is news, and to whom an alert of theirs says less than is known now.

        How many are owed to; `brought` are the topics that brought each story so far, in this batch.
        """
        headline, story, now, ring = news.headline, its.told.story, self._clock.now(), self._mail.set
        breaks = breaking(its.told.tellings, now)
        topics = NO_TOPICS if headline.backlog else its.topics
        followers = topics & {topic_id(canonical(following(story)))}
        topics -= followers
        name = owed_as(headline.id, story)
        owed = await self._outbox.owe(story, sorted(its.late), now, ring, breaks=breaks)
        owed += await self._outbox.owe(name, sorted(topics), now, ring, breaks=breaks)
        if its.news >= DEVELOPMENT:
            development = development_as(headline.id, story)
            owed += await self._outbox.owe(development, sorted(followers), now, ring, breaks=breaks)
        grown, topics = grew(its.told.tellings, headline.id), topics | its.late
        if news.corrected or grown:
            known = brought.get(story, NO_TOPICS) | await self._headlines.brought(story)
            wrong = story if grown else name
            await self._outbox.correct(wrong, sorted(topics | known | followers), now, ring, breaks=breaks)
        if topics:
            brought[story] = topics | brought.get(story, NO_TOPICS)
        return owed
