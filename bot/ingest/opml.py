"""Lists of sources as feed readers exchange them: OPML. Owns reading and writing it.

Here: outlines with a feed's address in `xmlUrl`, or a page's in `url`; folders are looked through.
Not here: which of them are watched (verbs/sources).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from bot.ingest.links import followable
from bot.ingest.xmltree import find_root, local, parse_xml, xml_text
from bot.news.errors import NotParseable
from bot.news.text import clean

# Nobody reads more sources than that; a longer list is somebody's joke.
MOST_SOURCES = 10_000


@dataclass(frozen=True, slots=True)
class Outline:
    """One source of a list: its title, its address, and whether that is a feed's."""

    title: str
    url: str
    is_feed: bool = True


def read_opml(body: bytes) -> list[Outline]:
    """The sources of a list, in its order, each address once. Raises NotParseable where it is none."""
    text = xml_text(body)
    place, _ = find_root(text)
    tree = parse_xml(text[max(place, 0) :])
    if tree is None or local(tree) != "opml":
        raise NotParseable("That is no OPML.")
    found: dict[str, Outline] = {}
    for element in tree.iter("{*}outline"):
        told = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        feed = followable(told.get("xmlurl", ""))
        url = feed or followable(told.get("url", ""))
        if url:
            found.setdefault(url, Outline(clean(told.get("title") or told.get("text") or "", 100), url, bool(feed)))
    if not found:
        raise NotParseable("That is no OPML that names a source.")
    return list(found.values())[:MOST_SOURCES]


def write_opml(outlines: Iterable[Outline]) -> str:
    """A list that feed readers take in; what is no feed stands there as a link."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Sources of headline-bot"
    body = etree.SubElement(root, "body")
    for one in outlines:
        where = {"type": "rss", "xmlUrl": one.url} if one.is_feed else {"type": "link", "url": one.url}
        etree.SubElement(body, "outline", {"text": one.title, "title": one.title} | where)
    return etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8").decode()
