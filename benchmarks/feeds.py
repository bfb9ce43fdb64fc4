"""How fast and how well feeds are read, beside feedparser on the same feeds in the same run (pip install feedparser).

Prints one JSON object; everything is measured on `../shared/data/feeds`, by processor time.

- **Speed**, on the real feeds: each is read five times by us and twice by feedparser, in turns, and the best of each
  counts. `ms` and `feedparser_ms` a feed, `feeds_per_second` and `feedparser_feeds_per_second`, are of all feeds
  together, and so is `ratio_vs_feedparser`, the cost of all by feedparser over the cost of all by us. `ratio_median` is
  the median of the feeds' own ratios: of a small feed it is less. A poll asks for the title, link, time, section and
  language of every row; what a row says beyond is made plain when its headline turns out to be new. `ratio_one_new` has
  the texts of one row read too, `ratio_all_new` those of all rows (feedparser makes all of them safe at once).
  `ratio_unchanged` is for a body of which the digest is known already: nothing is read then.
- **Entries**: of those that feedparser finds in the real feeds (`entries`), the share that we have, each with the same
  link (or, where it has none, the same title) [`entries_found`], the share of these whose title is the same as plain
  text [`entries_same_title`], and whose time is to the second [`entries_same_time`; one before there were feeds is
  none].
- **Agreement**: rss-parser's tests say what its 28 feeds hold. `agreement` and `feedparser_agreement` are the shares of
  all titles, links and times (`isoDate`) in there, `agreement_of` in number, that are right: titles as plain text
  without spaces; links, of which the relative ones are made absolute by the feed's own for everybody, and beside a link
  that FeedBurner made the original (feedburner:origLink) is right as well; times to the second. Rows are compared in
  their order. What rss-parser itself gets wrong is wrong for both.
- **feedparser's tests**: of its files with an Expect line that asks what we keep, `total`, those that hold, `passed`;
  how such a line is read and what is fair is said in _expectations. Where a file's entry has nothing but a date or a
  language, and so is no headline, it is given the title "x". `out` are the others, by what they ask for, the more
  frequent ones by name. `slowest_ms` is the slowest of them and of the validator's cases.
- **The W3C validator's cases**: `validator_cases` read without anything but rows or NotParseable; of those that are a
  feed, have an item with a title or a text, and are called valid by their comment, `validator_rows` give rows.
- **Large ones**: a feed of 5 MB, and the first 5 MB of one of 50: rows, `ms`, and what they add to the memory of a
  process in its own right, in MB.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import json
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from benchmarks._expectations import EXPECT, HEADER, Term, holds, plain, plain_text, terms
from bot.ingest.instants import EARLIEST
from bot.ingest.listing import read_listing
from bot.ingest.xmltree import xml_text
from bot.news.errors import NotParseable
from bot.news.model import Fetched, Listing

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "feeds"
NOW = datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
PLACE = "https://example.org/feed"
LIMIT = 5_000_000  # bytes, as in ingest/web
OFTEN = 10  # files: what is asked for more often is named
SAYS_SOMETHING = re.compile(
    rb"<(?:\w+:)?(?:item|entry)[\s>].*<(?:\w+:)?(?:title|description|summary|content)[\s>]", re.DOTALL
)
WITHOUT_MORE = {"published", "updated", "created", "published_parsed", "updated_parsed", "created_parsed", "language"}


def read(body: bytes, url: str = PLACE, charset: str = "", content_type: str = "") -> Listing | None:
    """The listing; None where there is none."""
    try:
        return read_listing(body, url, charset=charset, content_type=content_type, fetched_at=NOW)
    except NotParseable:
        return None


def spent(work: Callable[[], object]) -> float:
    """Seconds of processor."""
    began = time.process_time()
    work()
    return time.process_time() - began


def real() -> list[bytes]:
    """The real feeds."""
    bodies = [gzip.decompress(file.read_bytes()) for file in sorted((DATA / "real").glob("*.gz"))]
    return [body for body in bodies if not body.startswith(b"MIT License")]


def texts_of(body: bytes, rows: int) -> None:
    """A poll in which so many rows are new."""
    listing = read(body)
    for row in listing.rows[:rows] if listing else ():
        _ = row.summary, row.text


def speed(bodies: list[bytes], theirs: Callable[[bytes], Any]) -> dict[str, float]:
    """What reading costs, in turns with feedparser."""
    ways: dict[str, tuple[Callable[[bytes], object], int]] = {
        "theirs": (theirs, 2),
        "ours": (read, 5),
        "one_new": (functools.partial(texts_of, rows=1), 3),
        "all_new": (functools.partial(texts_of, rows=500), 2),
        "unchanged": (lambda body: hashlib.blake2b(body, digest_size=16).digest(), 5),
    }
    best = {way: [9.0] * len(bodies) for way in ways}
    for place, body in enumerate(bodies):
        for turn in range(5):
            for way, (work, turns) in ways.items():
                if turn < turns:
                    best[way][place] = min(best[way][place], spent(functools.partial(work, body)))
    whole = {way: sum(each) for way, each in best.items()}
    return {
        "feeds": len(bodies),
        "ms": round(1000 * whole["ours"] / len(bodies), 2),
        "feedparser_ms": round(1000 * whole["theirs"] / len(bodies), 1),
        "feeds_per_second": round(len(bodies) / whole["ours"]),
        "feedparser_feeds_per_second": round(len(bodies) / whole["theirs"], 1),
        "ratio_vs_feedparser": round(whole["theirs"] / whole["ours"], 1),
        "ratio_median": round(
            statistics.median(them / us for them, us in zip(best["theirs"], best["ours"], strict=True)), 1
        ),
        "ratio_one_new": round(whole["theirs"] / whole["one_new"], 1),
        "ratio_all_new": round(whole["theirs"] / whole["all_new"], 1),
        "ratio_unchanged": round(whole["theirs"] / whole["unchanged"]),
    }


def entries(bodies: list[bytes], theirs: Callable[[bytes], Any]) -> dict[str, float]:
    """What feedparser finds, looked for among ours one by one."""
    found = same_title = same_time = there = 0
    for body in bodies:
        listing = read(body)
        rows = listing.rows if listing else ()
        by_link, by_title = {row.url: row for row in rows}, {plain_text(row.title): row for row in rows}
        for entry in theirs(body).entries:
            there += 1
            title = plain(entry.get("title", ""))
            row = by_link.get(entry.get("link", "")) or by_title.get(title)
            if row:
                found += 1
                same_title += not title or plain_text(row.title).rstrip("…") in title
                at = _time_of(entry)
                same_time += (row.published_at and row.published_at.replace(microsecond=0)) == (
                    at if at and at >= EARLIEST else None
                )
    return {
        "entries": there,
        "entries_found": round(found / there, 4),
        "entries_same_title": round(same_title / found, 4),
        "entries_same_time": round(same_time / found, 4),
    }


def _time_of(entry: Mapping[str, Any]) -> datetime | None:
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    return datetime(*parsed[:6], tzinfo=UTC) if parsed else None


def agreement(theirs: Callable[[bytes], Any]) -> dict[str, float]:
    """Facts of rss-parser's expected results that each gets right."""
    facts, right = 0, Counter[str]()
    for expected in sorted((DATA / "rss-parser" / "output").glob("*.json")):
        body = next((DATA / "rss-parser" / "input").glob(f"{expected.stem}.*")).read_bytes()
        listing, feed = read(body), theirs(body)
        rows = [(row.title, row.url, row.published_at) for row in listing.rows] if listing else []
        rivals = [(plain(each.get("title", "")), each.get("link", ""), _time_of(each)) for each in feed.entries]
        truth = _truth(expected.read_bytes())
        for place, item in enumerate(truth["items"]):
            item["link"] = [urljoin(truth.get("link", ""), item["link"].strip())] if item.get("link") else []
            if item["link"] and place < len(feed.entries):
                item["link"].append(feed.entries[place].get("feedburner_origlink"))
            facts += sum(bool(item.get(name)) for name in ("title", "link", "isoDate"))
            for who, found in ((rows, "ours"), (rivals, "feedparser")):
                title, link, at = who[place] if place < len(who) else ("", "", None)
                right[found] += _right(item, title, urljoin(truth.get("link", ""), link), at)
    return {
        "agreement": round(right["ours"] / facts, 4),
        "feedparser_agreement": round(right["feedparser"] / facts, 4),
        "agreement_of": facts,
    }


def _truth(written: bytes) -> dict[str, Any]:
    try:
        truth = json.loads(written)
    except UnicodeDecodeError:
        truth = json.loads(written.decode("latin-1"))
    feed: dict[str, Any] = truth.get("feed", truth)
    return {"items": [], **feed}


def _right(item: dict[str, Any], title: str, link: str, at: datetime | None) -> int:
    right = link in item["link"]
    if isinstance(item.get("title"), str) and item["title"]:
        right += plain(item["title"]) == plain_text(title)
    if item.get("isoDate") and at:
        right += datetime.fromisoformat(item["isoDate"]).replace(microsecond=0) == at.replace(microsecond=0)
    return right


def expectations() -> tuple[dict[str, Any], float]:
    """feedparser's tests; and the slowest of them, in seconds."""
    passed = total = 0
    slowest, out = 0.0, Counter[str]()
    for file in sorted((DATA / "feedparser").rglob("*.xml")):
        body = file.read_bytes()
        text = xml_text(body)
        said = EXPECT.search(text)
        asked, reason = terms(said[1]) if said else ([], "no Expect line")
        began = time.process_time()
        listing = _as_served(body, text, f"http://127.0.0.1:8097/{file.relative_to(DATA / 'feedparser')}", asked)
        slowest = max(slowest, time.process_time() - began)
        if reason:
            out[reason] += 1
            continue
        total += 1
        passed += all(holds(term, listing) for term in asked)
    named = {reason: number for reason, number in out.most_common() if number >= OFTEN}
    named["fewer each"] = out.total() - sum(named.values())
    return {"passed": passed, "total": total, "out": named}, slowest


def _as_served(body: bytes, text: str, url: str, asked: list[Term]) -> Listing | None:
    """The listing of a test, with the headers that it names; an entry that is no headline is made one."""
    headers = {name.lower(): value for name, value in HEADER.findall(text)}
    content_type = headers.get("content-type", "")
    charset = re.search(r"charset=[\"']?([\w-]+)", content_type)
    told = (headers.get("content-location", url), charset[1] if charset else "", content_type.partition(";")[0])
    listing = read(body, *told)
    if (not listing or not listing.rows) and asked and {term.field for term in asked} <= WITHOUT_MORE:
        titled = re.sub(rb"</(entry|item)>", rb"<title>x</title></\1>", body, count=1)
        return read(titled, *told)
    return listing


def validator() -> tuple[dict[str, float], float]:
    """The validator's cases; and the slowest of them, in seconds."""
    cases = good = rows = 0
    slowest = 0.0
    for file in sorted((DATA / "feedvalidator").rglob("*.xml")):
        body = file.read_bytes()
        began = time.process_time()
        listing = read(body, f"https://example.org/{file.name}")
        slowest = max(slowest, time.process_time() - began)
        cases += 1
        if re.search(rb"Expect:\s*!", body) and SAYS_SOMETHING.search(body):
            good += 1
            rows += bool(listing and listing.rows)
    return {"validator_cases": cases, "validator_rows": round(rows / good, 4)}, slowest


def large() -> Iterator[tuple[str, Any]]:
    """Feeds of 5 MB, whole and cut off, each in a process of its own."""
    for name in ("5_mb", "50_mb_cut"):
        body = large_feed(5_000_000 if name == "5_mb" else 50_000_000)[:LIMIT]
        command = [sys.executable, "-m", "benchmarks.feeds", "-"]
        yield name, json.loads(subprocess.run(command, input=body, capture_output=True, check=True).stdout)


def large_feed(size: int) -> bytes:
    """A feed of so many bytes, with articles of 4 kB."""
    row = (
        "<item><title>The {0}th storm &amp; the harbour</title><link>https://example.org/{0}</link>"
        "<pubDate>Mon, 23 Nov 2026 10:00:00 +0100</pubDate><content:encoded><![CDATA[{1}]]></content:encoded></item>"
    )
    words = "<p>Ships of <b>many</b> lands wait outside the harbour, été comme hiver.</p>" * 55
    rows = (row.format(number, words) for number in range(size // len(row.format(1, words))))
    head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title>'
    return f"{head}{''.join(rows)}</channel></rss>".encode()


def memory(kind: str) -> int:
    """Kilobytes of this process, now or at the most (Linux)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{kind}:")[2].split()[0])


def one_large(body: bytes) -> dict[str, float]:
    """What reading a large feed takes."""
    read(large_feed(10_000))
    before = memory("VmRSS")
    listing: list[Listing | None] = []
    took = spent(lambda: listing.append(read(body)))
    more = memory("VmHWM") - before
    rows: tuple[Fetched, ...] = listing[0].rows if listing[0] else ()
    return {"rows": len(rows), "ms": round(1000 * took, 1), "mb": round(more / 1024, 1)}


def main() -> int:
    if len(sys.argv) > 1:
        print(json.dumps(one_large(sys.stdin.buffer.read())))
        return 0
    if not DATA.is_dir():
        print(json.dumps({"skipped": f"the feeds are not at {DATA}"}))
        return 0
    figures: dict[str, Any] = {}
    try:
        import feedparser

        bodies = real()
        figures |= speed(bodies, feedparser.parse) | entries(bodies, feedparser.parse) | agreement(feedparser.parse)
    except ImportError:
        figures["feedparser"] = "not installed"
    tests, slow = expectations()
    cases, slower = validator()
    figures |= tests | cases | {"slowest_ms": round(1000 * max(slow, slower), 1)} | dict(large())
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
