"""Says which story each headline tells, as one with all other processes that do.

Here: the stories of the last days in memory, kept up with the log of decisions.
Not here: what makes two headlines one story (news/stories), the log (store/stories).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TypeAlias

import structlog

from bot.meaning.dictionaries import Dictionaries
from bot.meaning.meanings import Meanings
from bot.news.model import Headline
from bot.news.stories import Stories
from bot.news.story_vectors import StoryVectors
from bot.store.stories import START, Missed, StoryLog, Told

# What the newest headlines of before a restart mean is found out anew, at some milliseconds each; of older ones
# only the words are known then.
MEANT_AGAIN = 500

log = structlog.get_logger()
Vector: TypeAlias = Sequence[float]


class Teller:
    """Stories that are as new as the last tell(); with `meanings` a translation tells the same story."""

    def __init__(self, story_log: StoryLog, dictionaries: Dictionaries, meanings: Meanings | None) -> None:
        self._log = story_log
        self._dictionaries = dictionaries
        self._meanings = meanings if meanings is not None and meanings.installed else None
        self._stories = Stories(vectors=StoryVectors() if self._meanings else None)
        self._position: str | None = None

    async def tell(self, headlines: Sequence[Headline]) -> list[Told]:
        """The stories of these headlines, in their order, decided for good; asking again gives the same."""
        if not headlines:
            return []
        position = self._position or await self._load()
        meant = await self._meant(headlines)
        while True:
            decided = [(headline, self._decide(headline, vector)) for headline, vector in meant]
            answer = await self._log.note(decided, position)
            self._position = position = answer.position
            if not isinstance(answer, Missed):
                return list(answer.told)
            for headline in headlines:
                self._stories.discard(headline.id)
            await self._take_in(answer.decided)

    def _decide(self, headline: Headline, vector: Vector | None) -> str:
        """What it tells as far as we know, which the next one of the same batch already counts with."""
        story = self._stories.find(headline, vector) or headline.id
        self._stories.add(headline, story, vector)
        return story

    async def _load(self) -> str:
        position, known = START, 0
        newest = deque[tuple[Headline, str]](maxlen=MEANT_AGAIN)
        while (missed := await self._log.since(position)).decided:
            await self._dictionaries.know_words_of(headline for headline, _ in missed.decided)
            for headline, story in missed.decided:
                self._stories.add(headline, story)
            newest.extend(missed.decided)
            position, known = missed.position, known + len(missed.decided)
        if self._meanings:
            await self._take_in(tuple(newest))
        log.info("stories loaded", headlines=known)
        return position

    async def _take_in(self, decided: Sequence[tuple[Headline, str]]) -> None:
        headlines = [headline for headline, _ in decided]
        await self._dictionaries.know_words_of(headlines)
        meant = await self._meant(headlines)
        for (headline, story), (_, vector) in zip(decided, meant, strict=True):
            self._stories.add(headline, story, vector)

    async def _meant(self, headlines: Sequence[Headline]) -> list[tuple[Headline, Vector | None]]:
        """The headlines with their vectors, None where the model is not there."""
        vectors = await self._meanings.vectors([headline.title for headline in headlines]) if self._meanings else None
        return [(headline, None if vectors is None else vectors[place]) for place, headline in enumerate(headlines)]
