"""How well latest-news boxes are found on real pages, and whether any is found where there is none.

Prints one JSON object: `recall` and `precision` over the rows of all box pages, a row being right where its headline,
its link and its clock time are (`by_title_recall`, `by_title_precision` do without the link); `pages` with both for
every page; `date_accuracy`, the share of rows with a machine time whose instant is right to the minute; `false_boxes`,
the boxes found on `pages_without`, the article pages that show fewer than three clock times in all of their text
(counted without the reader); `boxes_to_look_at`, what was found on other article pages, for a person to judge;
`confidence`, of lists that are the box and of lists that are not; `selectors`, the share of pages for which selectors
are offered, each tried on the page; `ms`, processor per page (median).
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from bot.ingest.boxes import candidates
from bot.ingest.listing import read_listing
from bot.ingest.xmltree import xml_text
from bot.news.errors import NotParseable
from bot.news.identity import canonical_url
from bot.news.model import Kind, Listing, Source

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
# The end of a day: no row of "today" lies in the future then.
NOW = datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
# What is looked for on article pages is simpler than what the reader knows, so that it misses no box.
CLOCK = re.compile(r"(?<![\d:.,])(?:[01]?\d|2[0-3])\s?[:.hH\u6642\u70b9\u70b9시]\s?[0-5]\d(?![\d.,])")
UNSEEN = re.compile(r"<(script|style|template|noscript|svg)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)
FEWEST = 3
BASE = re.compile(r"<base[^>]*\bhref=[\"']?([^\"'\s>]+)", re.IGNORECASE)
Row = tuple[str, str]


def read(body: bytes, url: str, charset: str = "", source: Source | None = None) -> tuple[Listing | None, float]:
    """The listing, or None where there is none, and the milliseconds of processor that it took."""
    start = time.process_time()
    try:
        listing = read_listing(body, url, charset=charset, source=source, fetched_at=NOW)
    except NotParseable:
        listing = None
    return listing, 1000 * (time.process_time() - start)


def plain(headline: str) -> str:
    """What is compared of a headline: its letters and digits."""
    return re.sub(r"\W+", "", headline).casefold()


def instant(said: str) -> datetime | None:
    """The instant of a machine time with its zone, as ISO 8601 or as a script's Date prints it."""
    for parse in (datetime.fromisoformat, lambda text: datetime.strptime(text[:33], "%a %b %d %Y %H:%M:%S GMT%z")):
        try:
            return parse(said)
        except ValueError:
            continue
    return None


def right_clocks(row: dict[str, Any]) -> set[str]:
    """The clock times that are right for a row, in UTC: as shown, and as its machine time says."""
    told = instant(row.get("datetime_attr") or "")
    return {row["hhmm"]} | ({f"{told.astimezone(UTC):%H:%M}"} if told and told.tzinfo else set())


class Page:
    """One page with its true rows, read."""

    def __init__(self, gold: dict[str, Any]) -> None:
        body = gzip.decompress((DATA / "boxes" / gold["file"]).read_bytes())
        url = urljoin(f"https://{gold['site']}/", gold["page_url"])
        self.name: str = gold["id"]
        self.text = xml_text(body, gold["encoding"])
        base = BASE.search(self.text)
        at = urljoin(url, base[1]) if base else url
        self.there = {
            (plain(row["headline"]), canonical_url(urljoin(at, row["href"].strip()))): row for row in gold["rows"]
        }
        self.listing, self.ms = read(body, url, gold["encoding"])
        rows = self.listing.rows if self.listing else ()
        self.found = {(plain(row.title), canonical_url(row.url)): row.published_at for row in rows}
        self.hits = {row for row in self.found.keys() & self.there.keys() if self._clock_is_right(row)}
        kept = Source(
            "kept", url, selectors=self.listing.found.selectors if self.listing and self.listing.found else None
        )
        again, _ = read(body, url, gold["encoding"], kept)
        self.selected = bool(kept.selectors and again and self.listing and again.rows == self.listing.rows)

    def _clock_is_right(self, row: Row) -> bool:
        return f"{self.found[row]:%H:%M}" in right_clocks(self.there[row])

    def by_title(self) -> int:
        """Rows whose headline and clock are right, wherever they lead."""
        clocks = {title: right_clocks(row) for (title, _), row in self.there.items()}
        return sum(f"{at:%H:%M}" in clocks.get(title, ()) for (title, _), at in self.found.items())

    def dates(self) -> Iterator[bool]:
        """For every row found that has a machine time, whether its instant is right."""
        for row, at in self.found.items():
            told = instant(self.there[row].get("datetime_attr") or "") if row in self.there else None
            if told is not None and told.tzinfo is not None and at is not None:
                yield abs((at - told).total_seconds()) < 60

    def confidences(self) -> Iterator[tuple[float, bool]]:
        """How sure the reader is of every list that may be a box, and whether it is."""
        titles = {title for title, _ in self.there}
        for verdict in candidates(self.text, NOW.date()):
            own = sum(plain(row.title) in titles for row in verdict.group.rows)
            yield verdict.confidence, own * 2 >= len(verdict.group.rows)


def articles() -> Iterator[tuple[str, bytes]]:
    """Every article page that we have, by its name."""
    folder = DATA / "articles"
    for pattern in ("article-extraction-benchmark/html/*.gz", "fundus/*/*.html.gz", "readability/*/source.html.gz"):
        for path in sorted(folder.glob(pattern)):
            yield path.relative_to(folder).as_posix(), gzip.decompress(path.read_bytes())


def false_boxes() -> tuple[dict[str, Any], list[tuple[float, bool]]]:
    """Boxes where there are none, and how sure the reader was of lists there."""
    without, wrong, other = 0, list[str](), dict[str, Any]()
    sure: list[tuple[float, bool]] = []
    for name, body in articles():
        text = xml_text(body, "")
        shown = len(CLOCK.findall(UNSEEN.sub(" ", text)))
        listing, _ = read(body, "https://page.invalid/")
        box = listing if listing and listing.kind is Kind.BOX and listing.found else None
        if shown < FEWEST:
            without += 1
            wrong += [name] if box else []
            sure += [(verdict.confidence, False) for verdict in candidates(text, date(2026, 11, 23))]
        elif box and box.found:
            other[name] = f"{box.found.confidence}: {len(box.rows)} rows, the first: {box.rows[0].title[:60]}"
    return {"pages_without": without, "false_boxes": len(wrong), "false": wrong, "boxes_to_look_at": other}, sure


def calibration(sure: list[tuple[float, bool]]) -> dict[str, Any]:
    """Mean confidence in what is a box and in what is not, and the share of boxes among lists of each confidence."""
    right, wrong = ([mark for mark, is_box in sure if is_box is wanted] for wanted in (True, False))
    bins: dict[str, Any] = {}
    for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 1.01)):
        within = [is_box for mark, is_box in sure if low <= mark < high]
        bins[f"{low} to {min(high, 1)}"] = f"{sum(within)} of {len(within)}"
    return {
        "right": round(statistics.mean(right), 3),
        "wrong": round(statistics.mean(wrong), 3) if wrong else None,
        "boxes_by_confidence": bins,
    }


def share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0


def main() -> dict[str, Any]:
    """Every figure."""
    lines = (DATA / "boxes" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    pages = [Page(json.loads(line)) for line in lines]
    hits, found, there = (
        sum(map(len, sets)) for sets in zip(*((p.hits, p.found, p.there) for p in pages), strict=True)
    )
    dates = [is_right for page in pages for is_right in page.dates()]
    elsewhere, sure = false_boxes()
    return {
        "recall": share(hits, there),
        "precision": share(hits, found),
        "by_title_recall": share(sum(page.by_title() for page in pages), there),
        "by_title_precision": share(sum(page.by_title() for page in pages), found),
        "date_accuracy": share(sum(dates), len(dates)),
        "dated_rows": len(dates),
        "pages": {
            page.name: {
                "recall": share(len(page.hits), len(page.there)),
                "precision": share(len(page.hits), len(page.found)),
            }
            for page in pages
        },
        **elsewhere,
        "confidence": calibration([*(one for page in pages for one in page.confidences()), *sure]),
        "selectors": share(sum(page.selected for page in pages), len(pages)),
        "ms": round(statistics.median(page.ms for page in pages), 1),
    }


if __name__ == "__main__":
    if DATA.is_dir():
        print(json.dumps(main(), ensure_ascii=False))
    else:
        print(json.dumps({"skipped": f"the real pages are not at {DATA}"}))
