"""Says which story each headline tells, as one with all other processes that do.

Here: the stories of the last days in memory, kept up with the log of decisions.
Not here: what makes two headlines one story (news/stories), the log (store/stories).
"""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from bot.news.model import Headline
from bot.news.stories import Stories
from bot.store.stories import START, Missed, StoryLog, Told

log = structlog.get_logger()


class Teller:
    """Stories that are as new as the last tell()."""

    def __init__(self, story_log: StoryLog) -> None:
        self._log = story_log
        self._stories = Stories()
        self._position: str | None = None

    async def tell(self, headlines: Sequence[Headline]) -> list[Told]:
        """The stories of these headlines, in their order, decided for good; asking again gives the same."""
        if not headlines:
            return []
        position = self._position or await self._load()
        while True:
            decided = [(headline, self._decide(headline)) for headline in headlines]
            answer = await self._log.note(decided, position)
            self._position = position = answer.position
            if not isinstance(answer, Missed):
                return list(answer.told)
            for headline in headlines:
                self._stories.discard(headline.id)
            self._take_in(answer)

    def _decide(self, headline: Headline) -> str:
        """What it is as far as we know, which the next one of the same batch already counts with."""
        story = self._stories.find(headline) or headline.id
        self._stories.add(headline, story)
        return story

    async def _load(self) -> str:
        position, known = START, 0
        while (missed := await self._log.since(position)).decided:
            self._take_in(missed)
            position, known = missed.position, known + len(missed.decided)
        log.info("stories loaded", headlines=known)
        return position

    def _take_in(self, missed: Missed) -> None:
        for headline, story in missed.decided:
            self._stories.add(headline, story)
