"""The topic index of a process: every topic that any chat wants, following the change stream.

Here: loading it, and keeping up with it.
Not here: how a headline finds its topics (news/matcher), what the registry holds (store/topics).
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterable, Sequence, Set

import structlog

from bot.news.errors import BadTopic
from bot.news.evidence import ALONE, Around
from bot.news.identity import topic_id
from bot.news.matcher import Matcher
from bot.news.model import Headline, ReadyTopic
from bot.news.topics import Topic, parse
from bot.news.topics_plain import plain
from bot.news.topics_tree import Meaning
from bot.store.topics import Topics

log = structlog.get_logger()

# A line of the log for so many topics: a second or two of loading.
TOLD_EVERY = 100_000


class TopicIndex:
    """A matcher that is as new as its last follow()."""

    def __init__(self, topics: Topics, ready: Sequence[ReadyTopic]) -> None:
        self._topics = topics
        self._offered = ready
        self._ready = self._offered_now()
        self._matcher = Matcher()
        self._position: str | None = None

    async def follow(self) -> None:
        """Take in what changed since the last call; everything, on the first or when too much was missed."""
        if self._position is not None:
            await self._reword()
            while (changes := await self._topics.changes(self._position)) is not None:
                for change in changes.changes:
                    self._apply(self._matcher, change.topic_id, change.expression)
                self._position = changes.position
                if not changes.changes:
                    return
        await self._load()

    async def prepare(self, langs: Iterable[str]) -> None:
        """Make ready for words of these languages, a part at a time, which the first match() would do in one go."""
        for _ in self._matcher.prepare(langs):
            await asyncio.sleep(0)

    @property
    def meanings(self) -> Set[Meaning]:
        """Those that topics ask for, as of the last follow()."""
        return self._matcher.meanings

    def match(self, headline: Headline, around: Around = ALONE) -> set[str]:
        """The ids of the topics that the headline satisfies."""
        return self._matcher.match(headline, around)

    def _offered_now(self) -> dict[str, Topic]:
        return {topic.wish: topic.topic for topic in self._offered}

    async def _reword(self) -> None:
        """Let those who follow ready topics follow what these say now, where the operator has changed them."""
        ready, before = self._offered_now(), self._ready
        changed = {topic_id(wish): wish for wish in ready.keys() | before.keys() if ready.get(wish) != before.get(wish)}
        if not changed:
            return
        wanted = await self._topics.registered(tuple(changed))
        self._ready = ready
        for ident in wanted:
            self._apply(self._matcher, ident, changed[ident])

    async def _load(self) -> None:
        """Read everything, a part at a time: between two parts the process does what else it has to do."""
        position, matcher, told = await self._topics.position(), Matcher(), 0
        self._ready = self._offered_now()
        # Topics are no garbage: without this the collector looks through all of them, again and again while they
        # come, and from then on for half a second at a time.
        gc.disable()
        try:
            async for some in self._topics.everything():
                for topic_id, expression in some.items():
                    self._apply(matcher, topic_id, expression)
                if len(matcher) - told >= TOLD_EVERY:
                    told = len(matcher)
                    log.info("loading topics", topics=told)
        finally:
            gc.enable()
        gc.freeze()
        self._matcher, self._position = matcher, position
        log.info("topics loaded", topics=len(matcher))

    def _apply(self, matcher: Matcher, topic_id: str, expression: str | None) -> None:
        if expression is None:
            matcher.remove(topic_id)
            return
        try:
            matcher.add(topic_id, self._ready.get(expression) or plain(expression) or parse(expression))
        except BadTopic as error:
            # Written by another version; its chats keep it, and it matches again when we can read it.
            matcher.remove(topic_id)
            log.warning("topic not understood", topic=topic_id, reason=str(error))
