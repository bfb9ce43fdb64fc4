"""Asks the sources that are due, and hands what is new to the stream.

Here: take, fetch, read, add, and only then note how it went, many in one exchange.
Not here: when a source is due again (news/cadence), whether its box is still the same (news/layout), how a page is read
(ingest/listing) and where (ingest/reader), how rows come into the stream (harvest), hubs (pushes).
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog
from structlog.contextvars import bound_contextvars

from bot.ingest.reader import Reader
from bot.ingest.robots import Robots
from bot.news import cadence, layout
from bot.news.errors import IngestError, NotParseable, StoreError
from bot.news.layout import Look
from bot.news.model import Kind, Listing, Source
from bot.news.said import said
from bot.news.sourcestate import SourceState, asked_at, is_page
from bot.ops.metrics import Metrics
from bot.ports import Clock, Web
from bot.store.sources import Noted, Sources
from bot.workers.hands import Hands
from bot.workers.harvest import Harvest
from bot.workers.operators import Operators
from bot.workers.pushes import Pushes
from bot.workers.watched import Watched

# How long one poll may take before another poller may ask the same source: more than the web's own time limits for
# robots.txt and the page.
# Not much more: after a crash the source waits for it, and a source that is asked twice tells the same twice.
LEASE = timedelta(seconds=45)
# Every source fails now and then; one that fails so often in a row is worth a line in the log. /sources tells all.
WORTH_SAYING = 3
# How often the list of what is watched is read again though nothing is known to have changed.
LISTED_EVERY = timedelta(minutes=1)
# Where all hands are busy, the next exchange waits until a part of them is free, or for so many seconds.
BREATH = 0.05

log = structlog.get_logger()


class Poller:
    """Polls up to `at_once` sources at a time; `to_note` is set when one of them wants noting: in the next step."""

    def __init__(
        self,
        watched: Watched,
        sources: Sources,
        harvest: Harvest,
        pushes: Pushes,
        operators: Operators,
        web: Web,
        robots: Robots,
        reader: Reader,
        clock: Clock,
        metrics: Metrics,
        paces: cadence.Paces,
        at_once: int,
    ) -> None:
        self._list = watched
        self._sources = sources
        self._harvest = harvest
        self._pushes = pushes
        self._operators = operators
        self._web = web
        self._robots = robots
        self._reader = reader
        self._clock = clock
        self._metrics = metrics
        self._paces = paces
        self._at_once = at_once
        self._watched: dict[str, Source] = {}
        self._version = -1
        self._configured: tuple[Source, ...] = ()
        self._listed: datetime | None = None
        self._polling: dict[str, asyncio.Task[None]] = {}
        self._went: list[Noted] = []
        self._leases: dict[str, datetime] = {}
        self._missed: list[Source] = []
        self.to_note = asyncio.Event()
        self._free = asyncio.Event()

    async def step(self, hands: Hands) -> bool:
        """Begin to poll the sources that are due, as tasks of their own; true if there may be more at once."""
        await self._some_are_free()
        await self.note()
        await self._give_back()
        room = self._at_once - len(self._polling)
        if room <= 0:
            return True
        now = self._clock.now()
        if self._listed is None or now - self._listed >= LISTED_EVERY or self._configured != self._list.configured:
            await self._read_list(now)
        taken = await self._sources.take_due(now, room, LEASE)
        self._leases = {name: end for name, end in self._leases.items() if end > now}
        self._leases.update(dict.fromkeys(taken.states, now + LEASE))
        if taken.version != self._version:
            await self._read_list(now)
        for name, state in taken.states.items():
            if name in self._watched and name not in self._polling:  # a lease may run out while we still ask
                task = hands.create_task(self._poll(self._watched[name], state))
                self._polling[name] = task
                task.add_done_callback(partial(self._polled, name))
        return bool(taken.states)

    async def note(self) -> None:
        """Write down how the polls went that are done. Raises StoreError: then these sources are asked once more."""
        if self._went:
            went, self._went = self._went, []
            try:
                await self._sources.note(went)
            except StoreError:
                self._missed += [noted.source for noted in went]
                raise

    async def _give_back(self) -> None:
        """Sources whose polls Redis was away for are due now; those whose leases have run out are so by themselves."""
        if self._missed:
            now = self._clock.now()
            ours = [source for source in self._missed if self._leases.get(source.name, now) > now]
            await self._sources.give_back(ours, now)
            self._missed = []

    async def _some_are_free(self) -> None:
        if len(self._polling) <= self._at_once * 3 // 4:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(BREATH):
                while len(self._polling) > self._at_once * 3 // 4:
                    self._free.clear()
                    await self._free.wait()

    def _polled(self, name: str, _: asyncio.Task[None]) -> None:
        del self._polling[name]
        self._free.set()

    async def _read_list(self, now: datetime) -> None:
        """Read what is watched. At first, ask sources in trouble at once: perhaps what was wrong was just mended."""
        version, configured = await self._sources.version(), self._list.configured
        self._watched = await self._list.read()
        await self._sources.enlist(tuple(self._watched.values()), now)
        await self._pushes.leave_all_but(self._watched, now)
        if self._listed is None:
            states = await self._sources.states()
            await self._sources.hurry([name for name, state in states.items() if state.failures], now)
        self._version, self._configured, self._listed = version, configured, now

    async def _poll(self, source: Source, known: SourceState) -> None:
        """Poll one source. If Redis goes away meanwhile, it is asked again when Redis is back."""
        try:
            with bound_contextvars(source=source.name):
                went = await self._ask(source, cadence.current(known, source))
        except StoreError as error:
            log.warning("poll not noted", source=source.name, reason=str(error))
            self._missed.append(source)
        else:
            self._went.append(went)
            self.to_note.set()

    async def _ask(self, source: Source, state: SourceState) -> Noted:
        """Everything of one poll but noting it: the state that the source is in afterwards."""
        asked = self._clock.now()
        try:
            url = asked_at(state, source)
            delay = await self._robots.permit(url) if is_page(state, source) else timedelta(0)
            with self._metrics.fetching():
                page = await self._web.get(url, cadence.asked_with(state, self._clock.now()))
            now = self._clock.now()
            is_old = cadence.says_nothing_new(state, page, now)
            listing = None if is_old else await self._reader.listing(page, source, now)
            if listing and listing.kind is Kind.BOX and not is_page(state, source):
                delay = await self._robots.permit(url)  # who looks at a page for the first time cannot know before
            seen = layout.look(state.box, source, listing, state.last_ok, now) if listing else Look(state.box)
            new = await self._add(source, listing, state, seen, asked, now) if listing else 0
        except IngestError as error:
            return await self._failed(source, state, error)
        self._metrics.fetched("read" if listing else "unchanged")
        if state.failures >= WORTH_SAYING:
            log.info("source is well again", source=source.name)
        state = await self._told(state, seen)
        after = cadence.fetched_well(state, source, page, listing, new, now, self._paces)
        if after.hub:
            push = await self._pushes.follow(source.name, after.hub, after.topic, now, missed=new > 0)
            after = cadence.with_push(after, source, push, now, self._paces)
        return Noted(source, after, now + max(delay, self._sources.spacing))

    async def _failed(self, source: Source, state: SourceState, error: IngestError) -> Noted:
        self._metrics.fetched("failed")
        now = self._clock.now()
        if isinstance(error, NotParseable):
            state = await self._told(state, layout.lost(state.box, source, state.failures + 1, error, now))
        after = cadence.failed(state, source, error, now, self._paces)
        if after.has_ended and not state.has_ended:
            log.warning("source has ended", source=source.name, reason=str(error))
            await self._operators.owe(
                said("{name} ({url}) is gone, its server says; I ask it no more.", name=source.name, url=source.url)
            )
        elif after.failures == WORTH_SAYING:
            log.warning("source in trouble", source=source.name, reason=str(error))
        return Noted(source, after, cadence.host_free(error, now, self._sources.spacing))

    async def _told(self, state: SourceState, seen: Look) -> SourceState:
        """Tell the operators what there is to tell about a box; the state that remembers it."""
        if seen.word:
            log.warning("box changed", word=str(seen.word))
            await self._operators.owe(seen.word)
        return replace(state, box=seen.box)

    async def _add(
        self, source: Source, listing: Listing, state: SourceState, seen: Look, asked: datetime, now: datetime
    ) -> int:
        """Put every row into the stream, oldest first; how many were news."""
        backlog = None if state.last_ok is None else seen.backlog
        return await self._harvest.bring(source, listing, now, backlog, asked)
