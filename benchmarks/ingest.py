"""How well latest-news boxes and feeds are read from real pages and feeds.

Prints one JSON object: `box_precision` and `box_recall` (rows by their clock time and headline, over all pages),
`box_ms` a page, `feeds_ok` (the share of real feeds that give rows), `feed_rows`, `feed_dated` (the share of rows
with a time), `feed_ms` and `feed_kb` a feed (median).
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.ingest.listing import read_listing
from bot.news.errors import NotParseable
from bot.news.model import Kind, Listing

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
# The end of a day: no row of "today" lies in the future then.
NOW = datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)


def read(body: bytes, url: str, charset: str = "") -> tuple[Listing | None, float]:
    """The listing, or None where there is none, and the milliseconds of processor that it took."""
    start = time.process_time()
    try:
        listing = read_listing(body, url, charset=charset, fetched_at=NOW)
    except NotParseable:
        listing = None
    return listing, 1000 * (time.process_time() - start)


def plain(headline: str) -> str:
    """What is compared of a headline: its letters and digits."""
    return re.sub(r"\W+", "", headline).casefold()


def clocks_of(row: dict[str, Any]) -> set[str]:
    """The times that are right for a row: as shown, and as its datetime attribute says in UTC."""
    right = {row["hhmm"]}
    try:
        instant = datetime.fromisoformat(row.get("datetime_attr") or "")
    except ValueError:
        return right
    return right | {f"{instant.astimezone(UTC):%H:%M}"} if instant.tzinfo else right


def boxes() -> dict[str, float]:
    """Rows found against rows that are there."""
    hits = claimed = there = 0
    spent = []
    for line in (DATA / "boxes" / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        body = gzip.decompress((DATA / "boxes" / gold["file"]).read_bytes())
        listing, milliseconds = read(body, gold["page_url"], gold["encoding"])
        spent.append(milliseconds)
        truth = {plain(row["headline"]): clocks_of(row) for row in gold["rows"]}
        found = {plain(row.title): f"{row.published_at:%H:%M}" for row in (listing.rows if listing else ())}
        hits += sum(found[title] in truth[title] for title in found.keys() & truth.keys())
        claimed += len(found)
        there += len(truth)
    return {
        "box_precision": round(hits / claimed, 3),
        "box_recall": round(hits / there, 3),
        "box_ms": round(statistics.median(spent), 1),
    }


def feeds() -> dict[str, float]:
    """Feeds that give rows, and what they cost."""
    bodies = [gzip.decompress(file.read_bytes()) for file in sorted((DATA / "feeds" / "real").glob("*.gz"))]
    bodies = [body for body in bodies if not body.startswith(b"MIT License")]
    results = [read(body, "https://example.org/feed") for body in bodies]
    good = [listing for listing, _ in results if listing and listing.rows and listing.kind is not Kind.BOX]
    rows = [row for listing in good for row in listing.rows]
    return {
        "feeds_ok": round(len(good) / len(bodies), 3),
        "feed_rows": len(rows),
        "feed_dated": round(sum(row.published_at is not None for row in rows) / len(rows), 3),
        "feed_ms": round(statistics.median(milliseconds for _, milliseconds in results), 2),
        "feed_kb": round(statistics.median(map(len, bodies)) / 1000),
    }


if __name__ == "__main__":
    if DATA.is_dir():
        print(json.dumps(boxes() | feeds()))
    else:
        print(json.dumps({"skipped": f"the real pages and feeds are not at {DATA}"}))
