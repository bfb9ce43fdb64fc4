"""One hostile input, read both as a listing and as an article, and what is wrong with what came of it.

Here: what every value that leaves the readers must be, and the function that runs within a reading process.
Not here: the inputs (_corpus), the processes (bot/ingest/reader).
"""

from __future__ import annotations

import json
import re
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot.ingest.articles import extract
from bot.ingest.feeds import MOST_ROWS
from bot.ingest.listing import read_listing
from bot.ingest.opml import read_opml
from bot.news.addresses import outside
from bot.news.article import Article, Block
from bot.news.errors import NotParseable, NotReadable
from bot.news.model import Fetched, Listing
from bot.news.text import clean

NOW = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
URL = "https://news.example/page"
# What an entity of the attacks would bring in: this machine's own file, or laughter without end.
SECRET = " ".join(Path("/etc/passwd").read_text(encoding="utf-8", errors="replace").split()[:5])
LAUGHTER = "ha" * 500


@dataclass(frozen=True, slots=True)
class Endured:
    """What became of one input: how it ended each way ("read" or a reason), what is wrong, and what it cost."""

    listing: str
    article: str
    wrong: tuple[str, ...]
    ms: float
    rss_kb: int


def endure(body: bytes, url: str = URL, charset: str = "") -> Endured:
    """Read it every way; whatever is raised that is no sentence is among what is wrong."""
    start = time.perf_counter()
    ends, wrong = zip(*(_tried(read, check) for read, check in _ways(body, url, charset)), strict=True)
    spent = 1000 * (time.perf_counter() - start)
    return Endured(ends[0], ends[1], tuple(fault for faults in wrong for fault in faults), spent, peak_kb())


def peak_kb() -> int:
    """The most memory that this process held. (The system's own figure takes over that of whoever started it.)"""
    with suppress(OSError):
        if found := re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii")):
            return int(found[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def endured(body: bytes, url: str, charset: str) -> Article:
    """The same as the work of a reading process, which gives articles: the facts stand in the title."""
    return Article(url, json.dumps(asdict(endure(body, url, charset))), ())


def _ways(body: bytes, url: str, charset: str) -> Iterator[tuple[Callable[[], object], Callable[..., Iterator[str]]]]:
    yield lambda: read_listing(body, url, charset=charset, fetched_at=NOW), faults_of_listing
    yield lambda: extract(body, url, charset), faults_of_article
    yield lambda: read_opml(body), lambda _: iter(())


def _tried(read: Callable[[], object], check: Callable[..., Iterator[str]]) -> tuple[str, list[str]]:
    try:
        found = read()
    except (NotParseable, NotReadable) as reason:
        return str(reason), [] if is_sentence(str(reason)) else [f"no sentence: {str(reason)[:80]!r}"]
    except MemoryError:
        raise
    except Exception as error:  # what is looked for here
        return "crash", [f"crash: {type(error).__name__}: {str(error)[:120]}"]
    return "read", list(check(found))


def is_sentence(text: str) -> bool:
    """Whether a reason can be shown to people."""
    return (
        (text.endswith(".") or "names a feed: http" in text)
        and text[0].isupper()
        and len(text) < 3000
        and text.isprintable()
    )


def faults_of_listing(listing: Listing) -> Iterator[str]:
    """What is wrong with a listing's values."""
    if listing.title != clean(listing.title):
        yield f"listing's title {listing.title[:60]!r}"
    for row in listing.rows:
        yield from faults_of_row(row)
    if listing.lang is not None and not re.fullmatch(r"[a-z]{2,3}", listing.lang):
        yield f"listing's language {listing.lang!r}"
    if len(listing.rows) > MOST_ROWS:
        yield f"{len(listing.rows)} rows"


def faults_of_row(row: Fetched) -> Iterator[str]:
    """What is wrong with a row's values."""
    if not row.title or row.title != clean(row.title):
        yield f"title {row.title[:60]!r}"
    if not is_link(row.url):
        yield f"url {row.url[:80]!r}"
    if row.published_at and not (row.published_at.tzinfo and EARLIEST <= row.published_at <= NOW):
        yield f"time {row.published_at}"
    if row.lang is not None and not re.fullmatch(r"[a-z]{2,3}", row.lang):
        yield f"language {row.lang!r}"
    if len(row.summary) > 1000 or len(row.text) > 100_000 or any(name != clean(name, 60) for name in row.sections):
        yield "sizes"
    if tells_a_secret(f"{row.title} {row.summary} {row.text}"):
        yield "an entity was resolved"


def faults_of_article(article: Article) -> Iterator[str]:
    """What is wrong with an article's values."""
    for name in ("title", "byline", "site", "caption", "credit"):
        if (said := getattr(article, name)) != clean(said, max(300, len(said) + 1)):
            yield f"{name} {said[:60]!r}"
    for block in article.blocks:
        yield from faults_of_block(block)
    if article.image and not (is_link(article.image) and outside(article.image)):
        yield f"image {article.image[:80]!r}"
    if article.published_at and not article.published_at.tzinfo:
        yield f"time {article.published_at}"
    if tells_a_secret(article.text):
        yield "an entity was resolved"


def faults_of_block(block: Block) -> Iterator[str]:
    """What is wrong with a block of an article."""
    if any(line != clean(line, 20_000) for line in block.text.split("\n")):
        yield f"block {block.text[:60]!r}"
    for mark in block.marks:
        if not 0 <= mark.start < mark.end <= len(block.text) or (mark.url and not is_link(mark.url)):
            yield f"mark {mark}"
    if block.url and not is_link(block.url):
        yield f"block's url {block.url[:80]!r}"


def tells_a_secret(text: str) -> bool:
    """Whether an entity was followed that leads out of the document, or grows without end."""
    return SECRET in " ".join(text.split()) or LAUGHTER in text


def is_link(url: str) -> bool:
    """Whether a link is one word that leads into the web."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and url.isprintable()
            and " " not in url
            and len(url) <= 8000
        )
    except ValueError:
        return False
