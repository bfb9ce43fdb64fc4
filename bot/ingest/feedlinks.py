"""Where a feed and its rows lead. Owns which of their links is meant, and what it is relative to.

Here: the links of every dialect, permanent ids, xml:base at any level.
Not here: which links may be followed at all (links).
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from bot.ingest.feedfields import Fields
from bot.ingest.links import followable
from bot.ingest.xmltree import text_of

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_WHOLE = ("http://", "https://")


def link_of(element: etree._Element, fields: Fields, base: str) -> str:
    """Where a row (or a feed) leads, absolute; empty where it leads nowhere that a browser goes."""
    for link, holder in _candidates(fields, element):
        if url := whole(link, holder, base):
            return url
    return ""


def related(fields: Fields, rel: str, base: str) -> str:
    """The first link of a feed that is said to be its `rel`, absolute; else empty."""
    links = (link for link in fields.get("link", ()) if rel in (link.get("rel") or "").lower().split())
    return next((url for link in links if (url := whole(link.get("href") or "", link, base))), "")


def whole(link: str, holder: etree._Element, base: str) -> str:
    """A link that stands in `holder`, absolute and ready to be followed; empty where it cannot be."""
    link = link.strip()
    if not link.startswith(_WHOLE):
        link = _joined(_base(holder, base), link) if link else ""
    return followable(link)


def _candidates(fields: Fields, element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """What may be the link, best first, each with the element that it stands in."""
    for name in ("feedburner:origlink", "link"):
        for link in fields.get(name, ()):
            if _is_alternate(link) and (text := text_of(link)):
                yield text, link
    pages = [link for link in fields.get("link", ()) if link.get("href") and _is_alternate(link)]
    for link in sorted(pages, key=lambda link: "html" not in (link.get("type") or "html")):
        yield link.get("href") or "", link
    for guid in (*fields.get("guid", ()), *fields.get("id", ())):
        if guid.get("isPermaLink", "true").lower() != "false" and text_of(guid).startswith(_WHOLE):
            yield text_of(guid), guid
    yield element.get(_ABOUT) or element.get("about") or "", element
    for content in fields.get("content", ()):
        yield content.get("src") or "", content


def _is_alternate(link: etree._Element) -> bool:
    """Whether a link leads to the row itself, as a page: no rel says so too."""
    return link.get("rel", "alternate").strip().lower().endswith("alternate")


def _base(element: etree._Element, base: str) -> str:
    """What a relative link is relative to: xml:base where it stands, else what the whole feed is relative to."""
    said = ""
    for above in (element, *element.iterancestors()):
        if more := above.get(_BASE):
            said = _joined(more, said)
    return _joined(base, said)


def _joined(base: str, link: str) -> str:
    """urljoin, which raises on what looks like a broken IPv6 address."""
    try:
        return urljoin(base, link)
    except ValueError:
        return base
