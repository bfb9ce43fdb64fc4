"""From a row that a source shows to a headline of ours. Owns what is backlog and what is news."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.news.identity import headline_id
from bot.news.languages import guess
from bot.news.model import Fetched, Headline, Listing, Source
from bot.news.text import clean

# Rows that stood in a source before our first look are old news, but for those of the last minutes:
# somebody who adds a source while a story breaks wants that story.
FRESH = timedelta(minutes=2)


def sighted(row: Fetched, source: Source, listing: Listing, *, first_look: bool, now: datetime) -> Headline:
    """The headline that `row` is; one that `first_look` finds is backlog unless it is minutes old."""
    published = min(row.published_at or now, now)
    fresh = row.published_at is not None and now - published <= FRESH
    title = clean(row.title)
    return Headline(
        id=headline_id(row.url, row.id),
        title=title,
        url=row.url,
        source=source.name,
        published_at=published,
        seen_at=now,
        summary=clean(row.summary, 1000),
        text=row.text,
        lang=row.lang or guess(title, source.lang or listing.lang or ""),
        backlog=first_look and not fresh,
        sections=row.sections,
    )
