"""Lists: the newest headlines, those that satisfy a topic, and the sources.

Here: what is on a page of a list, and remembering it for /read.
Not here: reading an article (reading), following a topic (wishes).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.meant import meant
from bot.desk.recent import matching, recent, told_once
from bot.meaning.meanings import Meanings
from bot.news.answers import Rows, SourceReport
from bot.news.model import ReadyTopic, Source
from bot.ports import Clock
from bot.store.chats import Chats
from bot.store.headlines import Headlines
from bot.store.sources import Sources

# A list with more rows is no answer to a person, and would not fit into one message.
MOST_ROWS = 30
USUAL_ROWS = 10
# How far back one may page; who wants older headlines searches.
FARTHEST = 300


class Lists:
    """Answers with lists, and remembers what a chat was shown."""

    def __init__(
        self,
        headlines: Headlines,
        chats: Chats,
        sources: Sources,
        meanings: Meanings,
        ready: tuple[ReadyTopic, ...],
        configured: tuple[Source, ...],
        clock: Clock,
    ) -> None:
        self._headlines = headlines
        self._chats = chats
        self._sources = sources
        self._meanings = meanings
        self._ready = ready
        self._configured = configured
        self._clock = clock

    async def latest(self, chat: int, count: int = USUAL_ROWS, expression: str = "", skip: int = 0) -> Rows:
        """`count` stories, newest first, after the first `skip`; with an expression those that satisfy it.

        The rows become the chat's last list, which /read counts in. Raises BadTopic, UserError.
        """
        count, skip = min(max(count, 1), MOST_ROWS), min(max(skip, 0), FARTHEST)
        wanted = skip + count + 1
        if expression:
            looked_at = await recent(self._headlines, self._clock)
            caught = await matching(meant(expression, self._ready).topic, looked_at, self._meanings)
            found = told_once(caught)[:wanted]
        else:
            found = await self._headlines.rows(wanted)
        shown = tuple(headline.id for headline in found[: skip + count])
        if len(shown) > skip:
            await self._chats.shown(chat, shown)
        older = len(found) == wanted and skip + count <= FARTHEST
        return Rows(tuple(found[skip : skip + count]), shown, self._clock.now(), count, skip, expression, older)

    async def remember(self, chat: int, message_id: int | None, ids: Sequence[str]) -> None:
        """One of our messages shows these headlines: a reply to it means them. Without an id nobody can reply."""
        if message_id is not None:
            await self._chats.remember(chat, message_id, ids)

    async def sources(self) -> tuple[SourceReport, ...]:
        """Every source that is watched, and how it fares."""
        states = await self._sources.states()
        watched, paused = await self._sources.watched(self._configured), await self._sources.paused()
        return tuple(SourceReport(one, states.get(one.name), one.name in paused) for one in watched.values())
