"""What a headline tells: its story, and the topics that it satisfies.

Here: everything that has to be known for that, brought together in its order.
Not here: stories (teller), topics (index, news/matcher), meanings (meaning), whom it is owed to (alerter).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.meaning.dictionaries import Dictionaries
from bot.meaning.meanings import Asked
from bot.news.evidence import Around
from bot.news.growth import independent
from bot.news.languages import with_language
from bot.news.model import Headline
from bot.ops.metrics import Metrics
from bot.store.headlines import Headlines
from bot.store.stories import Told
from bot.workers.index import TopicIndex
from bot.workers.teller import Teller


@dataclass(frozen=True, slots=True)
class Understood:
    """What a headline tells: its story, the share of its words that is new there, and the topics that it satisfies.

    `late` are topics that the story's first headline satisfies now that this one's source tells it too: those that ask
    for so many sources.
    """

    told: Told
    news: float
    topics: frozenset[str]
    late: frozenset[str]


class Understanding:
    """Reads headlines; as new as the topics and stories of the last of()."""

    def __init__(
        self,
        headlines: Headlines,
        index: TopicIndex,
        teller: Teller,
        asked: Asked,
        dictionaries: Dictionaries,
        metrics: Metrics,
    ) -> None:
        self._headlines = headlines
        self._index = index
        self._teller = teller
        self._asked = asked
        self._dictionaries = dictionaries
        self._metrics = metrics

    async def of(self, headlines: Sequence[Headline]) -> list[Understood]:
        """What each headline tells; whoever subscribed before this was called is thought of."""
        await self._index.follow()
        headlines = await self._readied(headlines)
        heard = await self._teller.tell(headlines)
        held = await self._asked.held([headline.title for headline in headlines], self._index.meanings)
        first = await self._first(headlines, [each.told for each in heard])
        return [
            Understood(
                its.told,
                its.news,
                self._match(headline, Around(its.told.story, len(independent(its.told.tellings)), meanings)),
                self._late(first.get(its.told.story), headline, its.told),
            )
            for headline, its, meanings in zip(headlines, heard, held, strict=True)
        ]

    async def _readied(self, headlines: Iterable[Headline]) -> list[Headline]:
        """The headlines with their languages, and all that their words are looked up in made ready for them."""
        readied = [with_language(headline) for headline in headlines]
        await self._index.prepare(await self._dictionaries.know_words_of(readied))
        return readied

    async def _first(self, headlines: Sequence[Headline], told: Sequence[Told]) -> dict[str, Headline]:
        """The first headlines of those stories that others tell again."""
        again = {its.story for headline, its in zip(headlines, told, strict=True) if its.story != headline.id}
        first = await self._headlines.get(sorted(again)) if again else {}
        return {headline.id: headline for headline in await self._readied(first.values())}

    def _late(self, first: Headline | None, headline: Headline, told: Told) -> frozenset[str]:
        sources = independent(told.tellings)
        if first is None or first.backlog or headline.id not in {telling.headline for telling in sources}:
            return frozenset()
        now, before = (Around(told.story, count) for count in (len(sources), len(sources) - 1))
        return self._match(first, now) - self._match(first, before)

    def _match(self, headline: Headline, around: Around) -> frozenset[str]:
        with self._metrics.matching():
            return frozenset(self._index.match(headline, around))
