"""Lists of sources as feed readers exchange them: OPML (http://opml.org/spec2.opml). Owns reading and writing it.

Here: outlines with a feed's address in `xmlUrl`, or a page's in `url`; the outlines around one are its folder.
Not here: which of them are watched (desk/watching).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from bot.ingest.links import followable
from bot.ingest.xmltree import find_root, local, parse_xml, xml_text
from bot.news.errors import NotParseable
from bot.news.said import said
from bot.news.text import clean

# Nobody reads more sources than that; a longer list is somebody's joke.
MOST_SOURCES = 10_000
MOST_BYTES = 5_000_000
# Of a folder's name, and of the folders in folders.
_LONGEST_FOLDER = 60
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Outline:
    """One source of a list: its title, its address, whether that is a feed's, and its folder ("World/Africa")."""

    title: str
    url: str
    is_feed: bool = True
    folder: str = ""


@dataclass(frozen=True, slots=True)
class SourceList:
    """What a list holds: its sources, and those whose address is none of the web, as they stand there.

    `is_cut`: it has more than are read.
    """

    outlines: tuple[Outline, ...]
    odd: tuple[Outline, ...] = ()
    is_cut: bool = False


def read_opml(body: bytes) -> SourceList:
    """The first MOST_SOURCES of a list, in its order, each address once. Raises NotParseable where it is none."""
    text = xml_text(body[:MOST_BYTES])
    place, _ = find_root(text)
    tree = parse_xml(text[max(place, 0) :])
    if tree is None or local(tree) != "opml":
        raise NotParseable(said("That is no OPML."))
    found: dict[str, Outline] = {}
    is_cut = len(body) > MOST_BYTES
    for outline in _outlines(tree):
        if len(found) == MOST_SOURCES and outline.url not in found:
            is_cut = True
            break
        found.setdefault(outline.url, outline)
    if not found:
        raise NotParseable(said("That is no OPML that names a source."))
    good = {url: followable(url) for url in found}
    return SourceList(
        tuple(Outline(one.title, good[url], one.is_feed, one.folder) for url, one in found.items() if good[url]),
        tuple(one for url, one in found.items() if not good[url]),
        is_cut,
    )


def _outlines(tree: etree._Element) -> Iterator[Outline]:
    for element in tree.iter("{*}outline", "{*}Outline"):
        feed, page = _told(element, "xmlurl"), _told(element, "url")
        if feed or page:
            yield Outline(_name(element, 100), feed or page, bool(feed), _folder(element))


def _folder(element: etree._Element) -> str:
    """The names of the outlines around it; else, as readers without folders write it, its first category."""
    around = [_name(above, _LONGEST_FOLDER) for above in element.iterancestors() if local(above) == "outline"]
    category = clean(_told(element, "category").partition(",")[0], 2 * _LONGEST_FOLDER)
    levels = [level.strip() for level in "/".join(reversed(around)).split("/")] if any(around) else category.split("/")
    return "/".join([level for level in levels if level][:_DEEPEST])


def _name(element: etree._Element, longest: int) -> str:
    return clean(_told(element, "title") or _told(element, "text"), longest)


def _told(element: etree._Element, name: str) -> str:
    """An attribute, in whatever case it is written."""
    return next((str(value).strip() for key, value in element.attrib.items() if str(key).lower() == name), "")


def write_opml(outlines: Iterable[Outline]) -> str:
    """A list that feed readers take in, folder by folder; what is no feed stands there as a link."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Sources of headline-bot"
    places = {"": etree.SubElement(root, "body")}
    for one in outlines:
        where = {"type": "rss", "xmlUrl": one.url} if one.is_feed else {"type": "link", "url": one.url}
        etree.SubElement(_place(places, one.folder), "outline", {"text": one.title, "title": one.title} | where)
    return etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8").decode()


def _place(places: dict[str, etree._Element], folder: str) -> etree._Element:
    """The element of a folder, made with those around it where it is not there yet."""
    if folder not in places:
        outer, _, name = folder.rpartition("/")
        places[folder] = etree.SubElement(_place(places, outer), "outline", {"text": name, "title": name})
    return places[folder]
