"""Headlines that other programs publish, by HTTP or on the command line.

Here: that either all of them are published or none.
Not here: what a headline must have (store/publishing), who may publish (ops/http).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.news.errors import BadHeadline
from bot.news.model import Headline
from bot.ports import Clock
from bot.store.codec import Malformed
from bot.store.headlines import Headlines
from bot.store.publishing import headline_brought


class Publishing:
    """The publisher's way into the stream."""

    def __init__(self, headlines: Headlines, clock: Clock) -> None:
        self._headlines = headlines
        self._clock = clock

    async def publish(self, entries: Sequence[Mapping[str, object]]) -> list[str]:
        """Put headlines into the stream, and give their ids in the same order; publishing again is harmless.

        `published_at` is epoch milliseconds, or ISO 8601 with a time zone. Raises BadHeadline for the first
        that is none, and then nothing was published.
        """
        now = self._clock.now()
        headlines = [self._read(item, entry, now) for item, entry in enumerate(entries)]
        await self._headlines.add_all(headlines, now)
        return [headline.id for headline in headlines]

    def _read(self, item: int, entry: Mapping[str, object], now: datetime) -> Headline:
        try:
            headline = headline_brought(entry, now)
        except Malformed as error:
            raise BadHeadline(str(error), item) from None
        if self._headlines.is_stale(headline, now):
            raise BadHeadline("published_at is longer ago than headlines are kept.", item)
        return headline
