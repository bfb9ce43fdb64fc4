"""What pages say of their articles, beside what trafilatura takes from the same pages in the same run.

Right is meant so, for every page of fundus' publishers, which name what a person took from it:
- title: the same characters after folding case, spaces, quotation marks and dashes;
- authors: the same set of names, folded likewise, whatever their order and without a "By"; of nobody, nobody;
- time: the same instant, to the minute. Where the truth names no zone, the same minutes in whichever zone of the
  world; where it is a bare midnight without a zone, the same day, since it names no more.

Mozilla's Readability tells title, byline, time, language and site of its pages: those that it tells are compared in the
same way (of a language the part before the hyphen). What it does not tell is not counted.

Here: the comparison and its counts. Not here: what is read of the text (articles).
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import trafilatura
from lxml import html

from bot.ingest.bodies import decode
from bot.ingest.pagefacts import page_facts

_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟″＂", '"') | dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("–—−‐‑", "-"))
_SEVERAL = re.compile(r", ?| and | und | et | og ")
_BY = re.compile(r"^(?:by|par)\s+", re.IGNORECASE)
_QUARTER = timedelta(minutes=15)  # every zone's offset is some of these


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of an article, by the truth or by a reader of pages."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    language: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A page, where it came from, and what is true of it; `tells` is which facts the truth knows."""

    name: str
    url: str
    body: bytes
    truth: Told
    tells: tuple[str, ...] = ("title", "authors", "published_at")


def fold(text: str) -> str:
    """Equal for texts that differ in case, spaces, quotation marks and dashes alone."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold().replace("\u200b", "").split())


def fundus(folder: Path) -> Iterator[Known]:
    """Every page of fundus' publishers; versions and pages go by their order, as many of one as of the other."""
    for truths in sorted(folder.glob("*/*.json")):
        told = json.loads((truths.parent / "meta.info").read_text())
        versions = json.loads(truths.read_text())
        pages = sorted(truths.parent.glob(f"{truths.stem}_[0-9]*.html.gz"))
        if len(pages) != len(versions):
            continue
        for version, page in zip(sorted(versions), pages, strict=True):
            true = versions[version]
            at = datetime.fromisoformat(true["publishing_date"]) if true.get("publishing_date") else None
            truth = Told(true.get("title") or "", tuple(true.get("authors") or ()), at)
            yield Known(page.stem, told[page.name]["url"], gzip.decompress(page.read_bytes()), truth)


def readability(folder: Path) -> Iterator[Known]:
    """Every page of Readability's tests with the facts that it tells."""
    for expected in sorted(folder.glob("*/expected-metadata.json")):
        true: dict[str, Any] = json.loads(expected.read_text())
        at, authors = true.get("publishedTime"), true.get("byline")
        truth = Told(
            true.get("title") or "",
            (authors,) if authors else (),
            _instant(at) if at else None,
            (true.get("lang") or "").split("-")[0].lower(),
            true.get("siteName") or "",
        )
        names = ("title", "authors", "published_at", "language", "site")
        body = gzip.decompress((expected.parent / "source.html.gz").read_bytes())
        yield Known(
            expected.parent.name,
            "http://fakehost/test/page.html",
            body,
            truth,
            tuple(n for n in names if getattr(truth, n)),
        )


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def ours(page: Known) -> Told:
    """What the bot takes from a page."""
    tree = trafilatura.load_html(decode(page.body))
    if tree is None:
        return Told()
    facts = page_facts(tree, page.url)
    authors = tuple(filter(None, facts.byline.split(", ")))
    return Told(facts.title, authors, facts.published_at, facts.language, facts.site)


def theirs(page: Known) -> Told:
    """What trafilatura takes from a page."""
    found = trafilatura.extract_metadata(html.fromstring(page.body), default_url=page.url)
    at = _instant(found.date) if found.date else None
    authors = tuple(filter(None, re.split(r"; ?", found.author or "")))
    return Told(found.title or "", authors, at, found.language or "", found.sitename or "")


def is_right(name: str, page: Known, told: Told) -> bool:
    """Whether the fact `name` is told as it is true."""
    if name == "published_at":
        return _same_minute(page.truth.published_at, told.published_at)
    if name == "authors":
        return _names(page.truth.authors) == _names(told.authors)
    return fold(getattr(page.truth, name)) == fold(getattr(told, name))


def _names(authors: tuple[str, ...]) -> set[str]:
    """The folded names; several in one string are parted, and a "By" is no part of a name."""
    return {fold(_BY.sub("", name)) for author in authors for name in _SEVERAL.split(author)}


def _same_minute(true: datetime | None, told: datetime | None) -> bool:
    if true is None or told is None:
        return true is told
    if told.tzinfo is None:  # a day alone: never the minute
        return False
    true_utc = true if true.tzinfo else true.replace(tzinfo=UTC)
    minute = {"second": 0, "microsecond": 0}
    apart = true_utc.astimezone(UTC).replace(**minute) - told.astimezone(UTC).replace(**minute)
    if true.tzinfo:
        return not apart
    if (true.hour, true.minute) == (0, 0):
        return abs(apart) <= timedelta(days=1)
    return abs(apart) <= timedelta(hours=14) and not apart % _QUARTER


def shares(pages: list[Known], read: Callable[[Known], Told]) -> dict[str, float]:
    """Of the pages that tell a fact, the share on which it is read right; `day`: on the right day."""
    found = [(page, read(page)) for page in pages]
    right: dict[str, float] = {}
    for name in dict.fromkeys(name for page in pages for name in page.tells):
        of = [is_right(name, page, told) for page, told in found if name in page.tells]
        right[name] = round(sum(of) / len(of), 4)
    days = [_same_day(page.truth.published_at, told.published_at) for page, told in found if page.truth.published_at]
    return right | {"day": round(sum(days) / max(1, len(days)), 4)}


def _same_day(true: datetime, told: datetime | None) -> bool:
    """The same day in the zone of the truth; of a library that names no zone, the day that it names."""
    if told is None:
        return False
    return true.date() == (told.astimezone(true.tzinfo) if told.tzinfo and true.tzinfo else told).date()


def facts(data: Path) -> dict[str, object]:
    """The figures, ready to stand beside those of the texts: `title`, `authors`, `published_at` and the rest."""
    publishers, others = list(fundus(data / "fundus")), list(readability(data / "readability"))
    return {
        **shares(publishers, ours),
        "facts_trafilatura": shares(publishers, theirs),
        "facts_readability": shares(others, ours),
        # its metadata name no language
        "facts_readability_trafilatura": {name: x for name, x in shares(others, theirs).items() if name != "language"},
    }
