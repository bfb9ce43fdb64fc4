"""What a headline tells: its story, and the topics that it satisfies.

Here: everything that has to be known for that, brought together in its order.
Not here: stories (teller), topics (index, news/matcher), meanings (meaning), whom it is owed to (alerter).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.meaning.dictionaries import Dictionaries
from bot.meaning.meanings import Asked
from bot.news.evidence import Around
from bot.news.growth import independent
from bot.news.languages import with_language
from bot.news.model import Headline
from bot.ops.metrics import Metrics
from bot.store.stories import Told
from bot.workers.index import TopicIndex
from bot.workers.teller import Teller


@dataclass(frozen=True, slots=True)
class Understood:
    """The story that a headline tells, with all who tell it, and the ids of the topics that it satisfies."""

    told: Told
    topics: frozenset[str]


class Understanding:
    """Reads headlines; as new as the topics and stories of the last of()."""

    def __init__(
        self, index: TopicIndex, teller: Teller, asked: Asked, dictionaries: Dictionaries, metrics: Metrics
    ) -> None:
        self._index = index
        self._teller = teller
        self._asked = asked
        self._dictionaries = dictionaries
        self._metrics = metrics

    async def of(self, headlines: Sequence[Headline]) -> list[Understood]:
        """What each headline tells; whoever subscribed before this was called is thought of."""
        await self._index.follow()
        headlines = [with_language(headline) for headline in headlines]
        await self._index.prepare(await self._dictionaries.know_words_of(headlines))
        stories = await self._teller.tell(headlines)
        held = await self._asked.held([headline.title for headline in headlines], self._index.meanings)
        return [
            self._understood(headline, told, Around(told.story, max(len(independent(told.tellings)), 1), meanings))
            for headline, told, meanings in zip(headlines, stories, held, strict=True)
        ]

    def _understood(self, headline: Headline, told: Told, around: Around) -> Understood:
        with self._metrics.matching():
            return Understood(told, frozenset(self._index.match(headline, around)))
