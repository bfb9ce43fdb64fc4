"""When an article was published. Owns finding the instant on its page.

Here: JSON-LD, meta tags, microdata and `<time>`, in the order in which they deserve trust; the line below the headline.
Not here: reading an instant's notation (instants), a day's words (news/days).

A time without a zone is taken for UTC, as everywhere in the house: the zone of a site's country would be a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING

from bot.ingest.instants import EARLIEST, read_dated
from bot.ingest.jsonld import Thing, text_of
from bot.news.clocktimes import clocks
from bot.news.days import read_day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_METAS = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time",
    "datepublished", "date.published", "parsely-pub-date", "cxenseparse:recs:publishtime", "sailthru.date",
    "publishdate", "publish-date", "published-date", "publication_date", "pubdate", "ptime", "citation_date",
    "citation_publication_date", "dc.date.issued", "dc.issued", "dcterms.issued", "dcterms.created", "dcterms.date",
    "dc.date", "dc.created", "date", "article.published", "og:pubdate", "article_date_original", "last-modified",
)  # fmt: skip
_CLOCK = re.compile(r"\d[T ]{1,2}\d{1,2}:\d\d")
_DOTTED = re.compile(
    r"(?<!\d)(\d{1,2})\.(\d{1,2})\.((?:19|20)?\d\d)(?!\d)"
)  # with dots the day stands first everywhere
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OPEN = re.compile(r"(?<!\d)(?:0?\d|1[0-2])[/-](?:0?\d|1[0-2])[/-](?:19|20)\d\d")  # day or month first, who knows
_CHANGED = re.compile(r"updat|modif|aktualis|mis à jour|actualiz|aggiorn|изменен|güncelle", re.IGNORECASE)
_LAST_DAY = date(2200, 1, 1)  # a line that names its year needs no today
_SHORT = 90  # characters; a dateline is a line of its own
_PIECES = 12  # of text in such a line
_BEFORE, _AFTER = 25, 80  # elements around the headline among which it stands


def published(tree: HtmlElement, metas: Mapping[str, str], story: Thing) -> datetime | None:
    """The instant, UTC; what names a time of day goes before what names a day alone. None where nothing is told."""
    told = [text_of(story.get("datePublished")), *(metas.get(name, "") for name in _METAS)]
    told += islice(_marked(tree), 3)
    told += [text_of(story.get(name)) for name in ("dateCreated", "uploadDate", "dateModified")]
    with_clock = [text for text in told if _CLOCK.search(text)]
    read = (read for text in with_clock + told if (read := read_dated(text, UTC)))
    return next(read, None) or next(_datelines(tree), None)


def _marked(tree: HtmlElement) -> Iterator[str]:
    """What microdata and the first `<time>` say."""
    for element in tree.xpath(".//*[@itemprop='datePublished' or @property='datePublished' or @pubdate]"):
        yield element.get("datetime") or element.get("content") or element.text_content()
    for element in tree.iter("time"):
        if element.get("itemprop") != "dateModified":
            yield element.get("datetime") or ""


def _datelines(tree: HtmlElement) -> Iterator[datetime]:
    """What short lines around the headline say in words: 25.04.24 | 14:07."""
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    head = next((place for place, element in enumerate(elements) if element.tag == "h1"), None)
    if head is None:
        head = next((place for place, element in enumerate(elements) if element.tag == "h2"), 0)
    for element in elements[max(0, head - _BEFORE) : head + _AFTER]:
        if element.tag in {"script", "style", "h1", "title", "a"}:
            continue
        line = " ".join(" ".join(islice(element.itertext(), _PIECES)).split())
        if 6 <= len(line) <= _SHORT and (read := _dateline(line)):
            yield read


def _dateline(line: str) -> datetime | None:
    line = _CHANGED.split(line)[0]
    line = _DOTTED.sub(lambda found: f"{found[3]:0>4}-{found[2]}-{found[1]}".replace("00", "20", 1), line)
    if not _YEAR.search(line) or _OPEN.search(line):
        return None
    day = read_day(line, _LAST_DAY)
    if day is None or not EARLIEST.date() <= day < _LAST_DAY:
        return None
    return datetime.combine(day, next((found.time for found in clocks(line)), time()), UTC)
