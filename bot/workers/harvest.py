"""What a listing holds that is news -> the stream. Owns the way that rows take, however they came.

Here: each row as a headline, brought oldest first, many in one exchange.
Not here: what is backlog (news/sighting), what is news (store/headlines), where the listing came from.
"""

from __future__ import annotations

import asyncio
from collections.abc import Set
from datetime import datetime

import structlog

from bot.news.identity import headline_id
from bot.news.model import Fetched, Listing, Source
from bot.news.sighting import sighted
from bot.ops.metrics import Metrics
from bot.ops.traces import Traces
from bot.store.headlines import Headlines

log = structlog.get_logger()


class Harvest:
    """Brings listings in; `news` is set when something new is in the stream."""

    def __init__(self, headlines: Headlines, metrics: Metrics, traces: Traces, news: asyncio.Event) -> None:
        self._headlines = headlines
        self._metrics = metrics
        self._traces = traces
        self._news = news

    async def bring(
        self,
        source: Source,
        listing: Listing,
        now: datetime,
        backlog: Set[str] | None = frozenset(),
        asked: datetime | None = None,
    ) -> int:
        """Put every row into the stream, oldest first; how many were news. Raises StoreError.

        `backlog` are the ids of rows that stood there before; None where all of them did, at the first look. `asked` is
        when the source was asked for it; None where a hub brought it.
        """
        rows = [
            sighted(row, source, listing, first_look=_is_old(row, backlog), now=now) for row in reversed(listing.rows)
        ]
        added = await self._headlines.add_all(rows, now)
        for row, outcome in zip(rows, added, strict=True):
            self._metrics.headline(outcome)
            if outcome.is_news:
                self._traces.step("poll" if asked else "push", row.id, asked or now, now, source=source.name)
        new = sum(outcome.is_news for outcome in added)
        if new:
            log.info("headlines", source=source.name, new=new, rows=len(listing.rows))
            self._news.set()
        return new


def _is_old(row: Fetched, backlog: Set[str] | None) -> bool:
    return backlog is None or headline_id(row.url, row.id) in backlog
