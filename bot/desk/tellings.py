"""Who else tells a headline's story.

Here: from any headline of a story to the sources that tell it.
Not here: which headlines are one story (news/stories), which sources count as two (news/growth).
"""

from __future__ import annotations

from bot.news.model import Headline, Telling
from bot.store.headlines import Headlines


class Tellings:
    """Finds the tellings of a story, which the headline that began it knows."""

    def __init__(self, headlines: Headlines) -> None:
        self._headlines = headlines

    async def of(self, headline: Headline) -> tuple[Telling, ...]:
        """Who tells the headline's story, in the order in which they did; nobody, where its beginning is gone."""
        if headline.tellings or not headline.story or headline.story == headline.id:
            return headline.tellings
        began = (await self._headlines.get([headline.story])).get(headline.story)
        return began.tellings if began else ()
