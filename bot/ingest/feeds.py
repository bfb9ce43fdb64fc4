"""RSS, RDF and Atom: a tree of elements -> the rows of a listing.

Here: which element of which dialect is a row's title, link, time and text.
Not here: broken XML (xmltree), JSON Feed (jsonfeeds), sitemaps, telling one kind from another (listing).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import unescape
from urllib.parse import urljoin

from lxml import etree

from bot.ingest.instants import read_instant
from bot.ingest.links import followable, unlinked
from bot.ingest.plaintext import has_markup, to_text
from bot.ingest.xmltree import local, space, text_of
from bot.news.model import Fetched, Kind, Listing
from bot.news.text import clean

MOST_ROWS = 500
LONGEST_SUMMARY = 1000
LONGEST_TEXT = 100_000
# A title made of an entry's text, where it has none, is cut here.
LONGEST_MADE_TITLE = 120
MOST_SECTIONS = 8
LONGEST_SECTION = 40

_ROOTS = {"rss": Kind.RSS, "channel": Kind.RSS, "rdf": Kind.RDF, "feed": Kind.ATOM}
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DATES = (
    "pubdate", "published", "issued", "dc:date", "date", "created", "dcterms:created", "dcterms:issued", "updated",
    "modified", "dcterms:modified", "lastbuilddate",
)  # fmt: skip
_SUMMARIES = ("description", "summary", "dc:description", "itunes:summary", "itunes:subtitle", "media:description")
_TEXTS = ("content:encoded", "content", "xhtml:body", "fullitem")
# Namespaces by a part of their names, so that misspelt and undeclared ones (a bare prefix) are known too.
_SPACES = (
    ("w3.org/2005/atom", ""), ("purl.org/atom", ""), ("rss/1.0/modules/content", "content:"),
    ("purl.org/dc/terms", "dcterms:"), ("purl.org/dc/", "dc:"), ("mrss", "media:"), ("itunes", "itunes:"),
    ("feedburner", "feedburner:"), ("xhtml", "xhtml:"), ("content", "content:"), ("dcterms", "dcterms:"), ("dc", "dc:"),
    ("atom", ""), ("media", "media:"), ("purl.org/rss", ""), ("rss", ""), ("netscape", ""), ("userland", ""),
)  # fmt: skip
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
Fields = dict[str, list[etree._Element]]


@dataclass(frozen=True, slots=True)
class _Feed:
    """What all rows of a feed share."""

    url: str
    site: str
    zone: tzinfo
    now: datetime
    atom: bool


def is_feed(root: str) -> bool:
    """Whether a root element of this name begins a feed that is read here."""
    return root in _ROOTS


def read_feed(root: etree._Element, url: str, zone: tzinfo, now: datetime) -> Listing:
    """The rows of a feed in its order, at most MOST_ROWS; dates without a zone are taken in `zone`."""
    kind = _ROOTS[local(root)]
    channel = next((child for child in root if local(child) == "channel"), root) if kind is not Kind.ATOM else root
    about = _fields(channel)
    feed = _Feed(url, "", zone, now, kind is Kind.ATOM)
    feed = _Feed(url, _link(channel, about, feed) or url, zone, now, feed.atom)
    rows = (_row(item, feed) for item in _items(root))
    return Listing(
        kind,
        tuple(row for row in rows if row),
        title=clean(_title(about, feed)),
        lang=_language(about, channel) or _language({}, root),
    )


def _items(root: etree._Element) -> Iterator[etree._Element]:
    """The rows' elements, wherever a feed puts them."""
    found = (element for element in root.iter("{*}item", "{*}entry", "{*}Item", "{*}Entry"))
    return (element for _, element in zip(range(MOST_ROWS), found, strict=False))


def _fields(element: etree._Element) -> Fields:
    """An element's children by name; those of other namespaces have a prefix that we choose."""
    fields: Fields = {}
    for child in element:
        fields.setdefault(_name(child), []).append(child)
    return fields


def _name(element: etree._Element) -> str:
    named = space(element)
    if not named:
        return local(element)
    return next((prefix for part, prefix in _SPACES if part in named), "other:") + local(element)


def _row(item: etree._Element, feed: _Feed) -> Fetched | None:
    fields = _fields(item)
    summary = " ".join(to_text(_first(fields, _SUMMARIES)).split())[:LONGEST_SUMMARY]
    text = to_text(_first(fields, _TEXTS))[:LONGEST_TEXT]
    title = clean(_title(fields, feed)) or clean(summary or text, LONGEST_MADE_TITLE)
    if not title:
        return None
    url, given = _link(item, fields, feed), ""
    if not url:
        url, given = unlinked(feed.site, title)
    return Fetched(
        title=title,
        url=url,
        published_at=_published(fields, feed),
        summary="" if summary == title else summary,
        text=text,
        lang=_language(fields, item),
        id=given,
        sections=filed_under(map(_category, (*fields.get("category", ()), *fields.get("dc:subject", ())))),
    )


def filed_under(names: Iterable[str]) -> tuple[str, ...]:
    """The first few sections that a row names; a feed that lists all words of its article names none to go by."""
    found = dict.fromkeys(clean(name.replace(",", " "), LONGEST_SECTION + 1) for name in names)
    return tuple(name for name in found if 0 < len(name) <= LONGEST_SECTION)[:MOST_SECTIONS]


def _category(element: etree._Element) -> str:
    """RSS writes a category's name between the tags, Atom beside them."""
    return element.get("label") or element.get("term") or text_of(element)


def _first(fields: Fields, names: tuple[str, ...]) -> str:
    """The markup of the first of these fields that holds any."""
    return next((markup for name in names for element in fields.get(name, ()) if (markup := _markup(element))), "")


def _markup(element: etree._Element) -> str:
    """An element's content as HTML: escaped in its text, or (Atom's xhtml) its own elements."""
    if len(element):
        return etree.tostring(element, encoding="unicode", with_tail=False)
    return (element.text or "").strip()


def _title(fields: Fields, feed: _Feed) -> str:
    for element in (*fields.get("title", ()), *fields.get("dc:title", ()), *fields.get("media:title", ())):
        if len(element):
            title = to_text(_markup(element))
        elif feed.atom and element.get("type", "text") in {"text", "text/plain"}:
            title = unescape(element.text or "")  # only an escaped entity is a mistake here; <b> is meant so
        else:
            title = element.text or ""
            title = to_text(title) if has_markup(title) else title
        if title.strip():
            return title
    return ""


def _link(element: etree._Element, fields: Fields, feed: _Feed) -> str:
    """Where a row (or a feed) leads, absolute; empty where it leads nowhere that a browser goes."""
    for link, base in _candidates(fields, element):
        url = followable(urljoin(_base(base, feed), link.strip()) if _joins(link) else "")
        if url:
            return url
    return ""


def _joins(link: str) -> bool:
    """Whether urljoin can take the link: it raises on what looks like a broken IPv6 address."""
    try:
        urljoin("http://example.org/", link)
    except ValueError:
        return False
    return bool(link.strip())


def _candidates(fields: Fields, element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """What may be the link, best first, each with the element that it stands in."""
    links = fields.get("link", [])
    for link in (*fields.get("feedburner:origlink", ()), *(link for link in links if not link.get("href"))):
        yield text_of(link), link
    pages = [link for link in links if link.get("href") and link.get("rel", "alternate").lower().endswith("alternate")]
    for link in sorted(pages, key=lambda link: "html" not in (link.get("type") or "html")):
        yield link.get("href") or "", link
    for guid in (*fields.get("guid", ()), *fields.get("id", ())):
        if guid.get("isPermaLink", "true").lower() != "false" and text_of(guid).startswith(("http://", "https://")):
            yield text_of(guid), guid
    yield element.get(_ABOUT) or element.get("about") or "", element
    for content in fields.get("content", ()):
        yield content.get("src") or "", content


def _base(element: etree._Element, feed: _Feed) -> str:
    """What a relative link is relative to: xml:base where it stands, else the site, else the feed."""
    base = ""
    for above in (element, *element.iterancestors()):
        if said := above.get(_BASE):
            base = urljoin(said, base) if _joins(said) else base
    return urljoin(feed.site or feed.url, base)


def _published(fields: Fields, feed: _Feed) -> datetime | None:
    for name in _DATES:
        for element in fields.get(name, ()):
            if instant := read_instant(text_of(element), feed.zone, feed.now):
                return instant
    return None


def _language(fields: Fields, element: etree._Element) -> str | None:
    said = [text_of(found) for name in ("language", "dc:language") for found in fields.get(name, ())]
    for name in (*said, element.get(_LANG) or ""):
        if found := _LANGUAGE.fullmatch(name.strip()):
            return found[1].lower()
    return None
