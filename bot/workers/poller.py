"""Asks the sources that are due, and hands what is new to the stream.

Here: take, fetch, read, add, and only then note how it went.
Not here: when a source is due again (news/cadence), whether its box is still the same (news/layout), how a page is read
(ingest/listing) and where (ingest/reader).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.ingest.reader import Reader
from bot.news import cadence, layout
from bot.news.cadence import SourceState
from bot.news.errors import IngestError, NotParseable, StoreError
from bot.news.identity import headline_id
from bot.news.layout import Look
from bot.news.model import Listing, Source
from bot.news.sighting import sighted
from bot.ops.metrics import Metrics
from bot.ports import Clock, Tags, Web
from bot.store.headlines import Headlines
from bot.store.sources import Sources
from bot.workers.hands import Hands

# How long one poll may take before another poller may ask the same source: more than the web's own time limit.
# Not much more: after a crash the source waits for it, and a source that is asked twice tells the same twice.
LEASE = timedelta(seconds=30)
# Every source fails now and then; one that fails so often in a row is worth a line in the log. /sources tells all.
WORTH_SAYING = 3

log = structlog.get_logger()


class Poller:
    """Polls up to `at_once` sources at a time; `news` is set when something new is in the stream.

    `warn` tells the bot's admins of a source that changed its layout.
    """

    def __init__(
        self,
        configured: tuple[Source, ...],
        sources: Sources,
        headlines: Headlines,
        web: Web,
        reader: Reader,
        clock: Clock,
        metrics: Metrics,
        paces: cadence.Paces,
        at_once: int,
        news: asyncio.Event,
        warn: Callable[[str], Awaitable[None]],
    ) -> None:
        self._configured = configured
        self._sources = sources
        self._headlines = headlines
        self._web = web
        self._reader = reader
        self._clock = clock
        self._metrics = metrics
        self._paces = paces
        self._at_once = at_once
        self._news = news
        self._warn = warn
        self._polling: dict[str, asyncio.Task[None]] = {}
        self._begun = False

    async def step(self, hands: Hands) -> bool:
        """Begin to poll the sources that are due, as tasks of their own; true if there were any."""
        free = self._at_once - len(self._polling)
        if free <= 0:
            return False
        watched = {source.name: source for source in (*self._configured, *await self._sources.added())}
        await self._sources.enlist(tuple(watched.values()), self._clock.now())
        if not self._begun:
            await self._begin()
        due = await self._sources.take_due(self._clock.now(), free, LEASE)
        for name in due:
            if name in watched and name not in self._polling:  # a lease may run out while we still ask
                task = hands.create_task(self._poll(watched[name]))
                self._polling[name] = task
                task.add_done_callback(partial(self._polled, name))
        return bool(due)

    def _polled(self, name: str, _: asyncio.Task[None]) -> None:
        del self._polling[name]

    async def _begin(self) -> None:
        """Ask sources in trouble at once: whoever starts the bot again has perhaps just mended what was wrong."""
        states = await self._sources.states()
        await self._sources.hurry([name for name, state in states.items() if state.failures], self._clock.now())
        self._begun = True

    async def _poll(self, source: Source) -> None:
        """Poll one source. A Redis that is away leaves the source's lease to run out: it is asked again then."""
        try:
            state = cadence.current(await self._sources.state(source.name), source)
            await self._sources.note(source.name, await self._ask(source, state))
        except StoreError as error:
            log.warning("poll not noted", source=source.name, reason=str(error))

    async def _ask(self, source: Source, state: SourceState) -> SourceState:
        """Everything of one poll but noting it: the state that the source is in afterwards."""
        try:
            page = await self._web.get(state.url or source.url, Tags(state.etag, state.modified))
            now = self._clock.now()
            listing = None if page.unchanged else await self._reader.listing(page, source, now)
            seen = layout.look(state.box, source, listing, state.last_ok, now) if listing else Look(state.box)
            new = await self._add(source, listing, state, seen, now) if listing else 0
        except IngestError as error:
            self._metrics.fetched("failed")
            if state.failures + 1 == WORTH_SAYING:
                log.warning("source in trouble", source=source.name, reason=str(error))
            now = self._clock.now()
            if isinstance(error, NotParseable):
                state = await self._told(state, layout.lost(state.box, source, state.failures + 1, error, now))
            return cadence.failed(state, source, error, now, self._paces)
        self._metrics.fetched("unchanged" if page.unchanged else "read")
        if state.failures >= WORTH_SAYING:
            log.info("source is well again", source=source.name)
        state = await self._told(state, seen)
        return cadence.fetched_well(state, source, page, listing, new, now, self._paces)

    async def _told(self, state: SourceState, seen: Look) -> SourceState:
        """Tell the bot's admins what there is to tell about a box; the state that remembers it."""
        if seen.word:
            log.warning("box changed", word=seen.word)
            await self._warn(seen.word)
        return replace(state, box=seen.box)

    async def _add(self, source: Source, listing: Listing, state: SourceState, seen: Look, now: datetime) -> int:
        """Put every row into the stream, oldest first; how many were news."""
        new = 0
        for row in reversed(listing.rows):
            old = state.last_ok is None or headline_id(row.url, row.id) in seen.backlog
            headline = sighted(row, source, listing, first_look=old, now=now)
            added = await self._headlines.add(headline, now)
            self._metrics.headline(added)
            new += added.is_news
        if new:
            log.info("headlines", source=source.name, new=new, rows=len(listing.rows))
            self._news.set()
        return new
