"""The topic index of a process: every topic that any chat wants, following the change stream.

Here: loading it, and keeping up with it.
Not here: how a headline finds its topics (news/matcher), what the registry holds (store/topics).
"""

from __future__ import annotations

import structlog

from bot.news.errors import BadTopic
from bot.news.evidence import Around
from bot.news.matcher import Matcher
from bot.news.model import Headline
from bot.news.topics import parse
from bot.store.topics import Topics

log = structlog.get_logger()


class TopicIndex:
    """A matcher that is as new as its last follow()."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics
        self._matcher = Matcher()
        self._position: str | None = None

    async def follow(self) -> None:
        """Take in what changed since the last call; everything, on the first or when too much was missed."""
        if self._position is not None:
            while (changes := await self._topics.changes(self._position)) is not None:
                for change in changes.changes:
                    self._apply(change.topic_id, change.expression)
                self._position = changes.position
                if not changes.changes:
                    return
        everything, self._position = await self._topics.all()
        self._matcher = Matcher()
        for topic_id, expression in everything.items():
            self._apply(topic_id, expression)
        log.info("topics loaded", topics=len(everything))

    def match(self, headline: Headline, around: Around) -> set[str]:
        """The ids of the topics that the headline satisfies."""
        return self._matcher.match(headline, around)

    def _apply(self, topic_id: str, expression: str | None) -> None:
        self._matcher.remove(topic_id)
        if expression is None:
            return
        try:
            self._matcher.add(topic_id, parse(expression))
        except (
            BadTopic
        ) as error:  # written by another version; its chats keep it, and it matches again when we can read it
            log.warning("topic not understood", topic=topic_id, reason=str(error))
