"""Finding sources: from any address to the feeds, boxes and news sitemaps around it.

Here: what is asked, in which order, how much and for how long; what was left out is said.
Not here: what a page says (ingest/discovery), what is offered first (news/candidates), watching one (watching).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import count
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from bot.ingest.discovery import Lead, is_of_news, sitemaps_in, sitemaps_named, usual_feeds, usual_sitemaps
from bot.news.candidates import MOST_CANDIDATES, Candidate, Findings, best_first, candidate_of
from bot.news.errors import IngestError, UserError
from bot.news.identity import canonical_url
from bot.news.model import Kind, Listing, Source
from bot.news.said import Said, said
from bot.ports import Clock, Page, Web

# One look costs a site so many requests at the most, a second apart, and whoever waits for it so many seconds.
MOST_REQUESTS = 20
MOST_SECONDS = 40.0
# Of the feeds that one page names; the main one is among the first.
_MOST_NAMED = 8
_MOST_OVERVIEWS = 2
_MOST_SITEMAPS = 2


class PageReader(Protocol):
    """Reads pages away from the event loop."""

    async def listing(self, page: Page, source: Source, now: datetime) -> Listing:
        """The listing that a page holds. Raises NotParseable."""

    async def leads(self, page: Page) -> tuple[Lead, ...]:
        """The feeds that a page names."""


class Finding:
    """Looks around at an address."""

    def __init__(self, web: Web, reader: PageReader, clock: Clock) -> None:
        self._web = web
        self._reader = reader
        self._clock = clock

    async def at(self, url: str, zone: str = "UTC") -> Findings:
        """What may be watched there, best first; a box is read on the clock of `zone`.

        Raises FetchFailed where the address itself cannot be asked, and UserError where nothing is found.
        """
        look, remarks = _Look(self._web, self._reader, self._clock, zone), list[Said]()
        try:
            async with asyncio.timeout(MOST_SECONDS):
                await look.around(url)
        except TimeoutError:
            remarks.append(said("I stopped looking after {n} seconds; there may be more.", n=round(MOST_SECONDS)))
        now = self._clock.now()
        found = best_first(look.found, now)
        if not found:
            raise UserError(_nothing(url, remarks))
        if len(found) > MOST_CANDIDATES or look.left_out:
            remarks.append(said("There are more; if the one you want is missing, name its own address."))
        return Findings(url, now, found[:MOST_CANDIDATES], tuple(remarks))


def _nothing(url: str, remarks: Sequence[Said]) -> Said:
    nothing = said(
        "I found no feed, no latest-news box and no news sitemap at {host}. "
        "Try the front page or the page of a section; or look there for a link that says RSS, and give me its address.",
        host=urlsplit(url).hostname,
    )
    return said("{nothing} {remark}", nothing=nothing, remark=remarks[0]) if remarks else nothing


class _Look:
    """One look: what was asked, and what stood there. It may be broken off at any time."""

    def __init__(self, web: Web, reader: PageReader, clock: Clock, zone: str) -> None:
        self._web = web
        self._reader = reader
        self._clock = clock
        self._zone = zone
        self._asked: set[str] = set()
        self._found: dict[int, Candidate] = {}
        self._ranks = count()
        self.left_out = False

    @property
    def found(self) -> list[Candidate]:
        """What was found so far, in the order in which it was named, whichever answered first."""
        return [candidate for _, candidate in sorted(self._found.items())]

    async def around(self, url: str) -> None:
        """Look at the address and, where that is a page, around it."""
        page = await self._web.get(url)
        self._asked.add(canonical_url(url))
        listing = await self._listing(page)
        if listing and listing.kind is not Kind.BOX:
            self._note(next(self._ranks), page, listing, Lead(url))
        elif sitemaps := sitemaps_in(page.body, page.charset):
            await self._try_sitemaps(sitemaps)
        else:
            await self._feeds(page)
            if listing:
                self._note(next(self._ranks), page, listing, Lead(url))
            await self._sitemaps(page.url)

    async def _feeds(self, page: Page) -> None:
        """Those that the page names; those that its overview of feeds names; those that are where feeds usually are."""
        pages = await self._ask_all(await self._reader.leads(page), _MOST_NAMED)
        for overview in pages[:_MOST_OVERVIEWS]:
            if not self._has_feed():
                await self._ask_all(await self._reader.leads(overview), _MOST_NAMED)
        for usual in usual_feeds(page.url):
            if not self._has_feed():
                await self._ask_all([Lead(usual)])

    def _has_feed(self) -> bool:
        return any(one.count and not one.comments for one in self._found.values())

    async def _sitemaps(self, url: str) -> None:
        named: tuple[str, ...] = ()
        robots = await self._page(urljoin(url, "/robots.txt"))
        if robots:
            named = sitemaps_named(robots.body, robots.url)
        await self._try_sitemaps(named or usual_sitemaps(url))

    async def _try_sitemaps(self, sitemaps: Sequence[str]) -> None:
        """The first ones, which are those with news where any is; and what stands in the first that is an index."""
        for sitemap in sitemaps[:_MOST_SITEMAPS]:
            for page in await self._ask_all([Lead(sitemap)]):
                of_news = [inner for inner in sitemaps_in(page.body, page.charset) if is_of_news(inner)]
                await self._ask_all(map(Lead, of_news), _MOST_SITEMAPS)

    async def _ask_all(self, leads: Iterable[Lead], most: int = 1) -> list[Page]:
        """Ask the first of these that were not asked yet, at once; gives the pages that are no feed and no sitemap."""
        new = list({key: lead for lead in leads if (key := canonical_url(lead.url)) not in self._asked}.values())
        room = min(most, MOST_REQUESTS - len(self._asked))
        self.left_out |= len(new) > max(room, 0)
        asked = []
        for lead in new[: max(room, 0)]:
            self._asked.add(canonical_url(lead.url))
            asked.append(self._ask(next(self._ranks), lead))
        return [page for page in await asyncio.gather(*asked) if page]

    async def _ask(self, rank: int, lead: Lead) -> Page | None:
        page = await self._page(lead.url)
        listing = await self._listing(page) if page else None
        if page is None or listing is None or listing.kind is Kind.BOX:
            return page
        self._note(rank, page, listing, lead)
        return None

    def _note(self, rank: int, page: Page, listing: Listing, lead: Lead) -> None:
        """One more candidate, at the address to which its own has moved for good."""
        self._found[rank] = candidate_of(listing, page.moved_to or lead.url, lead.title, self._zone)

    async def _page(self, url: str) -> Page | None:
        try:
            return await self._web.get(url)
        except IngestError:
            return None

    async def _listing(self, page: Page) -> Listing | None:
        try:
            return await self._reader.listing(page, Source("found", page.url, zone=self._zone), self._clock.now())
        except IngestError:
            return None
