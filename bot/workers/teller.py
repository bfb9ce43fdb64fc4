"""Says which story each headline tells, as one with all other processes that do.

Here: the stories of the last days in memory, kept up with the log of decisions.
Not here: what makes two headlines one story (news/stories), the log (store/stories).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import structlog

from bot.meaning.dictionaries import Dictionaries
from bot.meaning.meanings import Meanings
from bot.news.model import Headline
from bot.news.stories import WINDOW, Stories
from bot.news.story_vectors import StoryVectors
from bot.ports import Clock
from bot.store.stories import Missed, StoryLog, Told, position_at

# What the newest headlines of before a restart mean is found out anew, at some milliseconds each; of older ones
# only the words are known then.
MEANT_AGAIN = 500
# So many headlines are added before the event loop is given back.
PORTION = 200

log = structlog.get_logger()
Vector: TypeAlias = Sequence[float]


@dataclass(frozen=True, slots=True)
class Heard:
    """The story that a headline tells, and which share of its words is new in that story."""

    told: Told
    news: float


class Teller:
    """Stories that are as new as the last tell(); with `meanings` a translation tells the same story."""

    def __init__(
        self, story_log: StoryLog, dictionaries: Dictionaries, meanings: Meanings | None, clock: Clock
    ) -> None:
        self._log = story_log
        self._dictionaries = dictionaries
        self._meanings = meanings if meanings is not None and meanings.installed else None
        self._clock = clock
        self._stories = Stories(vectors=StoryVectors() if self._meanings else None)
        self._position: str | None = None

    async def tell(self, headlines: Sequence[Headline]) -> list[Heard]:
        """The stories of these headlines, in their order, decided for good; asking again gives the same.

        If the note fails, what was decided stays in memory, and is noted when the headlines come again.
        """
        if not headlines:
            return []
        position = self._position or await self._load()
        vectors = await self._vectors(headlines)
        known = {headline.id for headline in headlines if headline.id in self._stories}
        while True:
            decided = [(each, self._decide(each, vector)) for each, vector in zip(headlines, vectors, strict=True)]
            answer = await self._log.note(decided, position)
            self._position = position = answer.position
            if not isinstance(answer, Missed):
                return [self._agreed(*each) for each in zip(decided, vectors, answer.told, strict=True)]
            for headline in headlines:
                if headline.id not in known:
                    self._stories.discard(headline.id)
            await self._take_in(answer.decided)

    def _decide(self, headline: Headline, vector: Vector | None) -> str:
        """What it tells as far as we know, which the next one of the same batch already counts with."""
        story = self._stories.find(headline, vector) or headline.id
        if headline.id not in self._stories:  # a corrected title changes nothing: other processes do not see it
            self._stories.add(headline, story, vector)
        return story

    def _agreed(self, decided: tuple[Headline, str], vector: Vector | None, told: Told) -> Heard:
        """What counts; where it was decided otherwise before we knew, memory follows."""
        headline, story = decided
        if told.story != story:
            self._stories.add(headline, told.story, vector)
        return Heard(told, self._stories.news_in(headline, told.story))

    async def _load(self) -> str:
        """Everything that open stories may be made of."""
        position, decided = position_at(self._clock.now() - WINDOW), list[tuple[Headline, str]]()
        while (missed := await self._log.after(position)).decided:
            decided += missed.decided
            position = missed.position
        await self._take_in(decided)
        log.info("stories loaded", headlines=len(decided))
        return position

    async def _take_in(self, decided: Sequence[tuple[Headline, str]]) -> None:
        """Add what was decided elsewhere or before, a portion at a time."""
        late = max(0, len(decided) - MEANT_AGAIN)
        vectors = await self._vectors([headline for headline, _ in decided[late:]])
        for place, (headline, story) in enumerate(decided):
            if place % PORTION == 0:
                await self._dictionaries.know_words_of(each for each, _ in decided[place : place + PORTION])
                await asyncio.sleep(0)
            self._stories.add(headline, story, vectors[place - late] if place >= late else None)

    async def _vectors(self, headlines: Sequence[Headline]) -> Sequence[Vector | None]:
        """What the headlines mean; None where the model is not there."""
        vectors = await self._meanings.vectors([headline.title for headline in headlines]) if self._meanings else None
        return [None] * len(headlines) if vectors is None else list(vectors)
