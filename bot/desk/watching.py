"""Watching: sources that are added and removed while the bot runs.

Here: that each is watched once and under a name of its own, and that a removed one can be brought back.
Not here: finding them (finding), who may add one (handlers/admins), asking them (workers/poller).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.ingest.opml import Outline, SourceList
from bot.news.addresses import checked
from bot.news.answers import Added, OneSource, SourceReport, TakenIn
from bot.news.cadence import Paces
from bot.news.candidates import Findings, candidate_id, with_names
from bot.news.errors import FetchFailed, UserError
from bot.news.identity import canonical_url
from bot.news.live import NamedOrigins
from bot.news.model import Kind, Source
from bot.news.naming import free_name
from bot.news.said import Said, said
from bot.ports import Clock
from bot.store.headlines import Headlines
from bot.store.offers import Offers
from bot.store.sources import Sources

# Among so many of the newest headlines a source's last one is looked for.
LOOKED_THROUGH = 300


class Watching:
    """Keeps the list of what is watched beside the configuration."""

    def __init__(
        self,
        sources: Sources,
        offers: Offers,
        headlines: Headlines,
        configured: Sequence[Source],
        paces: Paces,
        clock: Clock,
    ) -> None:
        self._sources = sources
        self._offers = offers
        self._configured = configured
        self._named = NamedOrigins(configured)
        self._paces = paces
        self._headlines = headlines
        self._clock = clock

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
            raise UserError(said("I offered that more than a day ago. Send /addsource and the address again."))
        watched = await self.watched()
        same = next((one for one in watched if canonical_url(one.url) == canonical_url(offered.url)), None)
        if same:
            raise UserError(said("That is watched already, as {name}.", name=same.name))
        taken = {source.name for source in watched} | set(await self._sources.states()) - {offered.name}
        if called in taken:
            raise UserError(said("There is a source called {name} already; choose another name.", name=called))
        name = called or (offered.name if offered.name not in taken else "")
        source = replace(offered, name=name or free_name(offered.title, offered.url, taken))
        await self._sources.add(source)
        every = source.every or (self._paces.box_every if source.kind is Kind.BOX else self._paces.every)
        return Added(source, every)

    async def unwatch(self, name: str) -> Source:
        """Watch a source no longer; for a day it can be brought back. Raises UserError where it was not added."""
        source = next((source for source in await self.added() if source.name == name), None)
        if source is None:
            raise UserError(
                said("No source called {name} was added here; what sources.toml names is removed there.", name=name)
            )
        await self._offers.put({candidate_id(source): source})
        await self._sources.remove(name)
        return source

    async def closely(self, report: SourceReport) -> OneSource:
        """One source with its last headline, where that is among the newest."""
        name = report.source.name
        newest = await self._headlines.newest(LOOKED_THROUGH)
        last = next((headline for headline in newest if headline.source == name), None)
        return OneSource(report, last, any(source.name == name for source in await self.added()))

    async def ask_now(self, name: str) -> None:
        """Have a source asked with the next poll, whenever it was due."""
        await self._sources.hurry([name], self._clock.now())

    async def rest(self, name: str) -> None:
        """Do not ask a source until it is woken."""
        await self._sources.rest(name)

    async def wake(self, name: str) -> None:
        """Ask a source again."""
        await self._sources.wake(name)

    async def take_in(self, listed: SourceList, seen: Callable[[], None] = lambda: None) -> TakenIn:
        """Watch every source of a list that is not watched yet, unasked; `seen` is called for each."""
        watched = await self.watched()
        known = {canonical_url(source.url): source for source in watched}
        taken = {source.name for source in watched} | set(await self._sources.states())
        added, already = list[Source](), list[Source]()
        refused = [
            said("{title}: {url} is no address of the web.", title=_titled(one), url=one.url) for one in listed.odd
        ]
        refused += [said("The list is too long; the sources at its end are left out.")] if listed.is_cut else []
        for outline in listed.outlines:
            seen()
            if same := known.get(canonical_url(outline.url)):
                already.append(same)
                continue
            try:
                checked(outline.url, self._named)
            except FetchFailed as error:
                why = error.sentence
                refused.append(
                    said("{title}: {url} is not asked. {why}", title=_titled(outline), url=outline.url, why=why)
                )
                continue
            name = free_name(outline.title, outline.url, taken)
            source = Source(name, outline.url, outline.title, folder=outline.folder)
            await self._sources.add(source)
            added.append(source)
            taken.add(name)
            known[canonical_url(outline.url)] = source
        return TakenIn(tuple(added), tuple(already), tuple(refused))


def _titled(outline: Outline) -> Said | str:
    return outline.title or said("A source")
