"""RSS, RDF and Atom: a tree of elements -> the rows of a listing.

Here: which element of which dialect is a row's title, time, text, language and section.
Not here: broken XML (xmltree), namespaces and markup (feedfields), links (feedlinks), a feed's rhythm (rhythms),
JSON Feed (jsonfeeds), sitemaps, telling one kind from another (listing).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from urllib.parse import unquote

from lxml import etree

from bot.ingest.feedfields import Dialect, Fields
from bot.ingest.feedlinks import link_of, related
from bot.ingest.instants import read_instant
from bot.ingest.links import unlinked
from bot.ingest.rhythms import rhythm_of
from bot.ingest.xmltree import local, text_of
from bot.news import languages
from bot.news.model import Fetched, Kind, Listing
from bot.news.plaintext import Markup
from bot.news.text import clean

MOST_ROWS = 5000
# A title made of an entry's text, where it has none, is cut here.
LONGEST_MADE_TITLE = 120
MOST_SECTIONS = 8
LONGEST_SECTION = 40

_ROOTS = {"rss": Kind.RSS, "channel": Kind.RSS, "rdf": Kind.RDF, "feed": Kind.ATOM, "entry": Kind.ATOM}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TITLES = ("title", "dc:title", "media:title")
_DATES = (
    "pubdate", "published", "issued", "dc:date", "date", "created", "dcterms:created", "dcterms:issued", "updated",
    "modified", "dcterms:modified", "lastbuilddate",
)  # fmt: skip
_SUMMARIES = ("description", "summary", "dc:description", "itunes:summary", "itunes:subtitle", "media:description")
_TEXTS = ("content:encoded", "content", "xhtml:body", "body", "fullitem")


@dataclass(frozen=True, slots=True)
class _Feed:
    """What all rows of a feed share; `site` is where it leads, to which relative links are relative."""

    site: str
    zone: tzinfo
    now: datetime
    dialect: Dialect


def is_feed(root: str) -> bool:
    """Whether a root element of this name begins a feed that is read here."""
    return root in _ROOTS


def read_feed(root: etree._Element, texts: Sequence[str], url: str, zone: tzinfo, now: datetime) -> Listing:
    """The rows of a feed in its order, at most MOST_ROWS; dates without a zone are taken in `zone`.

    `texts` are the long texts that were taken out of it (xmltree.without_long_texts).
    """
    kind = _ROOTS[local(root)]
    atom = kind is Kind.ATOM
    dialect = Dialect(root, atom=atom, texts=texts)
    head = root if atom else next((child for child in root if local(child) == "channel"), root)
    about = dialect.fields(head)
    feed = _Feed(link_of(head, about, url) or url, zone, now, dialect)
    rows = (_row(item, feed) for item in _items(root))
    hub = related(about, "hub", url)
    return Listing(
        kind,
        tuple(row for row in rows if row),
        title=_title(about, feed),
        lang=_language(about, head) or _language({}, root),
        rhythm=rhythm_of(about),
        hub=hub,
        topic=(related(about, "self", url) or url) if hub else "",
    )


def _items(root: etree._Element) -> Iterator[etree._Element]:
    """The rows' elements, wherever a feed puts them."""
    found = (element for element in root.iter("{*}item", "{*}entry", "{*}Item", "{*}Entry"))
    return (element for _, element in zip(range(MOST_ROWS), found, strict=False))


def _row(item: etree._Element, feed: _Feed) -> Fetched | None:
    fields = feed.dialect.fields(item)
    summary, text = feed.dialect.first(fields, _SUMMARIES), feed.dialect.first(fields, _TEXTS)
    url, given = link_of(item, fields, feed.site), ""
    title = _title(fields, feed) or made_title(summary or text, url)
    if not title:
        return None
    if not url:
        url, given = unlinked(feed.site, title)
    return Fetched(
        title,
        url,
        _published(fields, feed),
        summary,
        text,
        _language(fields, item, *(("title",) if "title" in fields else ("summary", "content"))),
        given,
        filed_under(map(_category, (*fields.get("category", ()), *fields.get("dc:subject", ())))),
    )


def made_title(told: Markup, url: str) -> str:
    """A title for a row that has none: how its text begins, else where it leads."""
    return clean(told.plain, LONGEST_MADE_TITLE) or clean(unquote(url.partition("://")[2]), LONGEST_MADE_TITLE)


def filed_under(names: Iterable[str]) -> tuple[str, ...]:
    """The first few sections that a row names; a feed that lists all words of its article names none to go by."""
    found = dict.fromkeys([clean(name.replace(",", " "), LONGEST_SECTION + 1) for name in names])
    return tuple([name for name in found if 0 < len(name) <= LONGEST_SECTION][:MOST_SECTIONS])


def _category(element: etree._Element) -> str:
    """RSS writes a category's name between the tags, Atom beside them."""
    return element.get("label") or element.get("term") or text_of(element)


def _title(fields: Fields, feed: _Feed) -> str:
    for name in _TITLES:
        for element in fields.get(name, ()):
            if title := clean(feed.dialect.markup(element).plain):
                return title
    return ""


def _published(fields: Fields, feed: _Feed) -> datetime | None:
    for name in _DATES:
        for element in fields.get(name, ()):
            if instant := read_instant(text_of(element), feed.zone, feed.now):
                return instant
    return None


def _language(fields: Fields, element: etree._Element, *closer: str) -> str | None:
    """What is said of a row (or a feed), in it, at one of its fields that is `closer` to us, or at the whole."""
    said = [text_of(each) for name in ("language", "dc:language") for each in fields.get(name, ())]
    said += [each.get(_LANG, "") for name in closer for each in fields.get(name, ())[:1]]
    return next(filter(None, map(languages.code, (*said, element.get(_LANG, "")))), None)
