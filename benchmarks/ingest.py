"""How well feeds are read.

Prints one JSON object: `feeds_ok` (the share of real feeds that give rows), `feed_rows`, `feed_dated` (the share of
rows with a time), `feed_ms` and `feed_kb` a feed (median).
"""

from __future__ import annotations

import gzip
import json
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.ingest.listing import read_listing
from bot.news.errors import NotParseable
from bot.news.model import Kind, Listing

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
NOW = datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)


def read(body: bytes, url: str, charset: str = "") -> tuple[Listing | None, float]:
    """The listing, or None where there is none, and the milliseconds of processor that it took."""
    start = time.process_time()
    try:
        listing = read_listing(body, url, charset=charset, fetched_at=NOW)
    except NotParseable:
        listing = None
    return listing, 1000 * (time.process_time() - start)


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
        print(json.dumps(feeds()))
    else:
        print(json.dumps({"skipped": f"the real feeds are not at {DATA}"}))
