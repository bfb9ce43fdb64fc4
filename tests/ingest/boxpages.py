"""Pages with boxes, made to measure, and how they are read."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.ingest.listing import read_listing
from bot.news.model import Listing, Selectors, Source

URL = "https://example.org/news/"
NOON = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)

THREE = [
    ("12:15", "Harbour reopens after the longest storm of the autumn"),
    ("11:45", "Parliament passes the budget with a narrow majority"),
    ("23:50", "Two villages cut off by snow are reached at last"),
]


def read(page: str | bytes, now: datetime = NOON, zone: str = "UTC", selectors: Selectors | None = None) -> Listing:
    body = page.encode() if isinstance(page, str) else page
    return read_listing(body, URL, source=Source("x", URL, zone=zone, selectors=selectors), fetched_at=now)


def shown(listing: Listing) -> list[tuple[str, str]]:
    return [(f"{row.published_at:%H:%M}", row.title) for row in listing.rows]


def page(row: str, around: str = "<ul>{}</ul>", times: tuple[str, ...] = ("12:15", "11:45", "23:50")) -> str:
    rows = "".join(
        row.format(time=time, title=title, href=f"/story-{number}")
        for number, (time, (_, title)) in enumerate(zip(times, THREE, strict=True))
    )
    return f"<html><body><h2>Latest</h2>{around.format(rows)}</body></html>"
