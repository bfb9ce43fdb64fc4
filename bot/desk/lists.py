"""Lists: the newest headlines, those that satisfy a topic or a search, and the sources.

Here: what is on a page of a list, and remembering the whole list: it keeps its rows, whatever comes in meanwhile.
Not here: what satisfies a topic (searching), reading an article (reading), following a topic (wishes).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.searching import Searching
from bot.news.answers import Refreshed, Rows, Sought, SourceReport
from bot.news.model import Source
from bot.news.ranking import Order
from bot.ports import Clock
from bot.store.chats import Chats
from bot.store.headlines import Headlines
from bot.store.sources import Sources

# A list with more rows is no answer to a person, and would not fit into one message.
MOST_ROWS = 30
USUAL_ROWS = 10
# A whole list, on all its pages; who wants older headlines searches.
FARTHEST = 120


class Lists:
    """Answers with lists, and remembers what a chat was shown."""

    def __init__(
        self,
        headlines: Headlines,
        chats: Chats,
        sources: Sources,
        searching: Searching,
        configured: Sequence[Source],
        clock: Clock,
    ) -> None:
        self._headlines = headlines
        self._chats = chats
        self._sources = sources
        self._searching = searching
        self._configured = configured
        self._clock = clock

    async def latest(self, chat: int, count: int = USUAL_ROWS, expression: str = "", skip: int = 0) -> Rows:
        """`count` stories, newest first, after the first `skip`; with an expression those that satisfy it.

        The list becomes the chat's last one, which /read counts in. Raises BadTopic, UserError.
        """
        if expression:
            finds = await self._searching.search(expression, Order.NEWEST)
            shown = tuple(headline.id for headline in finds.headlines[:FARTHEST])
        else:
            shown = await self._headlines.rows(FARTHEST)
        return await self._page(chat, shown, count, skip, expression)

    async def search(self, chat: int, expression: str, order: Order = Order.BEST) -> Rows:
        """The first page of what satisfies an expression, and how much that is; else as latest."""
        finds = await self._searching.search(expression, order)
        shown = tuple(headline.id for headline in finds.headlines[:FARTHEST])
        return replace(await self._page(chat, shown, USUAL_ROWS, 0, expression), sought=finds.sought)

    async def turned(
        self, chat: int, message_id: int, count: int, skip: int, expression: str, sought: Sought | None = None
    ) -> Rows:
        """Another page of the list in a message: its rows keep their numbers. A list that is forgotten is made anew."""
        shown = await self._chats.told(chat, message_id)
        if not shown:
            anew = self.search(chat, expression, sought.order) if sought else self.latest(chat, count, expression)
            rows = await anew
            shown, sought = rows.shown, rows.sought
        return replace(await self._page(chat, shown, count, skip, expression), sought=sought)

    async def refreshed(self, chat: int, message_id: int, count: int, expression: str, since: datetime) -> Rows:
        """The list in a message, which was shown at `since`, as it is now, and how many of its rows are new."""
        before = set(await self._chats.told(chat, message_id))
        rows = await self.latest(chat, count, expression)
        new = next((place for place, ident in enumerate(rows.shown) if ident in before), len(rows.shown))
        return replace(rows, refreshed=Refreshed(new, since))

    async def offered(self, words: str, skip: int, count: int) -> Rows:
        """Headlines to be shared by somebody who may be in no chat with us; nothing is remembered. Raises as latest."""
        if words:
            finds = await self._searching.search(words, Order.NEWEST)
            ids = tuple(headline.id for headline in finds.headlines)
        else:
            ids = await self._headlines.rows(FARTHEST)
        page = await self._headlines.for_alerts(ids[skip : skip + count])
        return Rows(tuple(page.values()), ids, self._clock.now(), count, skip, words, len(ids) > skip + count)

    async def handed(self, ident: str) -> Rows:
        """The headline that somebody shares by the id of its link; none where it is long gone."""
        found = await self._headlines.by_link(ident)
        headlines = (found,) if found else ()
        return Rows(headlines, tuple(each.id for each in headlines), self._clock.now(), 1)

    async def remember(self, chat: int, message_id: int | None, ids: Sequence[str]) -> None:
        """One of our messages shows these headlines: a reply to it means them. Without an id nobody can reply."""
        if message_id is not None:
            await self._chats.remember(chat, message_id, ids)

    async def sources(self) -> tuple[SourceReport, ...]:
        """Every source that is watched, and how it fares."""
        states = await self._sources.states()
        watched, paused = await self._sources.watched(self._configured), await self._sources.paused()
        return tuple(SourceReport(one, states.get(one.name), one.name in paused) for one in watched.values())

    async def _page(self, chat: int, shown: tuple[str, ...], count: int, skip: int, expression: str) -> Rows:
        count, skip = min(max(count, 1), MOST_ROWS), min(max(skip, 0), FARTHEST)
        page = await self._headlines.for_alerts(shown[skip : skip + count])
        if shown:
            await self._chats.shown(chat, shown)
        headlines, older = tuple(page.values()), len(shown) > skip + count
        return Rows(headlines, shown, self._clock.now(), count, skip, expression, older)
