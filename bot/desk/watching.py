"""Watching: sources that are added and removed while the bot runs.

Here: that each is watched once and under a name of its own, and that a removed one can be brought back.
Not here: finding them (finding), who may add one (handlers/admins), asking them (workers/poller).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.ingest.opml import SourceList
from bot.news.addresses import checked, origin_of
from bot.news.answers import Added, TakenIn
from bot.news.cadence import Paces
from bot.news.candidates import Findings, candidate_id, with_names
from bot.news.errors import FetchFailed, UserError
from bot.news.identity import canonical_url
from bot.news.model import Kind, Source
from bot.news.naming import free_name
from bot.store.offers import Offers
from bot.store.sources import Sources


class Watching:
    """Keeps the list of what is watched beside the configuration."""

    def __init__(self, sources: Sources, offers: Offers, configured: Sequence[Source], paces: Paces) -> None:
        self._sources = sources
        self._offers = offers
        self._configured = configured
        self._paces = paces

    async def offer(self, findings: Findings) -> Findings:
        """Keep for a day what was found, so that it can be picked; gives it with what is watched already marked."""
        await self._offers.put({one.id: replace(one.source, kind=one.kind) for one in findings.candidates})
        return replace(findings, candidates=with_names(findings.candidates, await self.watched()))

    async def watched(self) -> tuple[Source, ...]:
        """Everything that is configured or was added; by its name, once."""
        return tuple((await self._sources.watched(self._configured)).values())

    async def zone_at(self, url: str) -> str:
        """The zone on whose clock an address is read already; UTC where it is not watched."""
        same = (one.zone for one in await self.watched() if canonical_url(one.url) == canonical_url(url))
        return next(same, "UTC")

    async def added(self) -> tuple[Source, ...]:
        """What was added, and can be removed."""
        configured = {source.name for source in self._configured}
        return tuple(source for source in await self._sources.added() if source.name not in configured)

    async def watch(self, ident: str, called: str = "") -> Added:
        """Watch a source that was offered, under a name that is given or made.

        Raises UserError where it was offered too long ago, it is watched already, or another one is called so.
        """
        offered = await self._offers.get(ident)
        if offered is None:
            raise UserError("I offered that more than a day ago. Send /addsource and the address again.")
        watched = await self.watched()
        same = next((one for one in watched if canonical_url(one.url) == canonical_url(offered.url)), None)
        if same:
            raise UserError(f"That is watched already, as {same.name}.")
        taken = {source.name for source in watched} | set(await self._sources.states()) - {offered.name}
        if called in taken:
            raise UserError(f"There is a source called {called} already; choose another name.")
        name = called or (offered.name if offered.name not in taken else "")
        source = replace(offered, name=name or free_name(offered.title, offered.url, taken))
        await self._sources.add(source)
        every = source.every or (self._paces.box_every if source.kind is Kind.BOX else self._paces.every)
        return Added(source, every)

    async def unwatch(self, name: str) -> Source:
        """Watch a source no longer; for a day it can be brought back. Raises UserError where it was not added."""
        source = next((source for source in await self.added() if source.name == name), None)
        if source is None:
            raise UserError(f"No source called {name} was added here; what sources.toml names is removed there.")
        await self._offers.put({candidate_id(source): source})
        await self._sources.remove(name)
        return source

    async def take_in(self, listed: SourceList, seen: Callable[[], None] = lambda: None) -> TakenIn:
        """Watch every source of a list that is not watched yet, unasked; `seen` is called for each."""
        watched = await self.watched()
        known = {canonical_url(source.url): source for source in watched}
        taken = {source.name for source in watched} | set(await self._sources.states())
        added, already = list[Source](), list[Source]()
        refused = [f"{one.title or 'A source'}: {one.url} is no address of the web." for one in listed.odd]
        refused += ["The list is too long; the sources at its end are left out."] if listed.is_cut else []
        for outline in listed.outlines:
            seen()
            if same := known.get(canonical_url(outline.url)):
                already.append(same)
                continue
            try:
                checked(outline.url, self._may_be_private)
            except FetchFailed as error:
                refused.append(f"{outline.title or 'A source'}: {outline.url} is not asked. {error}")
                continue
            name = free_name(outline.title, outline.url, taken)
            source = Source(name, outline.url, outline.title, folder=outline.folder)
            await self._sources.add(source)
            added.append(source)
            taken.add(name)
            known[canonical_url(outline.url)] = source
        return TakenIn(tuple(added), tuple(already), tuple(refused))

    def _may_be_private(self, host: str, port: int) -> bool:
        """Where the configuration names a source; all others are of the open internet."""
        return any((host, port) == origin_of(source.url) for source in self._configured)
