"""What sites let robots ask for (RFC 9309). Owns reading robots.txt, and remembering what it says.

Here: whether a page may be asked for, and how long a host wants to be left alone between two.
Not here: who has to ask here first: the poller for pages with a box (docs/polling.md says who need not, and why).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from bot.news.errors import FetchFailed
from bot.news.said import Said, said
from bot.ports import Clock, Page

Get = Callable[[str], Awaitable[Page]]

# The name by which robots.txt knows us; the User-Agent begins with it.
ROBOT = "headline-bot"
# RFC 9309, 2.4 and 2.5: not kept for more than a day, and so many bytes at least are read.
KEPT = timedelta(days=1)
MOST_BYTES = 500 * 1024
# A site that cannot say now whether we may is asked again soon: until then we may not (2.3.1.4).
ASKED_AGAIN = timedelta(minutes=10)
# A site that wants more time between two pages than this gets this.
LONGEST_DELAY = timedelta(minutes=1)
# Of so many sites it is remembered what they say; a typical one takes some kilobytes.
_MOST_SITES = 500


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a site said, and until when that holds; where it could say nothing, `said` is None and `why` tells it."""

    said: Protego | None
    until: datetime
    why: Said | str = ""


class Robots:
    """Asks sites for their rules, through the same gate as everything."""

    def __init__(self, get: Get, clock: Clock) -> None:
        self._get = get
        self._clock = clock
        self._sites: dict[str, _Rules] = {}

    async def permit(self, url: str) -> timedelta:
        """Return how long the site wants to be left alone after this page. Raises FetchFailed where we may not ask."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        rules = self._sites.get(site)
        if rules is None or rules.until <= self._clock.now():
            rules = await self._read(site)
            self._remember(site, rules)
        if rules.said is None:
            raise FetchFailed(
                said(
                    "{host} does not say whether robots may ask: its robots.txt cannot be read. {why}",
                    host=parts.hostname,
                    why=rules.why,
                )
            )
        if not rules.said.can_fetch(url, ROBOT):
            raise FetchFailed(
                said("{host} does not let robots ask for this page (its robots.txt says so).", host=parts.hostname)
            )
        return min(timedelta(seconds=max(0.0, rules.said.crawl_delay(ROBOT) or 0.0)), LONGEST_DELAY)

    async def _read(self, site: str) -> _Rules:
        try:
            body = (await self._get(f"{site}/robots.txt")).body[:MOST_BYTES]
        except FetchFailed as refused:
            if not 400 <= refused.status < 500 or refused.status == 429:
                return _Rules(None, self._clock.now() + ASKED_AGAIN, refused.sentence)
            body = b""  # there are no rules
        return _Rules(Protego.parse(body.decode("utf-8-sig", "replace")), self._clock.now() + KEPT)

    def _remember(self, site: str, rules: _Rules) -> None:
        self._sites.pop(site, None)
        self._sites[site] = rules
        if len(self._sites) > _MOST_SITES:
            del self._sites[next(iter(self._sites))]
