"""What a source gave us, whatever it is: bytes -> a listing. Owns telling one kind from another.

Here: the first look, by what stands in the bytes; what servers and file names call it is often wrong.
Not here: reading each kind (feeds, jsonfeeds, sitemaps, boxes), fetching (web).
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.ingest.bodies import not_text
from bot.ingest.boxes import read_box
from bot.ingest.feeds import is_feed, read_feed
from bot.ingest.jsonfeeds import read_json_feed
from bot.ingest.sitemaps import is_sitemap, read_sitemap
from bot.ingest.xmltree import find_root, local, parse_xml, wide_encoding, without_long_texts, xml_text
from bot.news.errors import NotParseable
from bot.news.model import Listing, Source
from bot.news.said import said


def read_listing(
    body: bytes,
    url: str,
    *,
    content_type: str = "",
    charset: str = "",
    source: Source | None = None,
    fetched_at: datetime,
) -> Listing:
    """The rows that `body` holds, in its order (boxes and sitemaps: newest first). Raises NotParseable."""
    if not body or body.isspace():
        raise NotParseable(said("There is nothing there: the answer was empty."))
    if not wide_encoding(body) and (name := not_text(body)):
        raise NotParseable(said("That is {what}, not a feed or a page.", what=name))
    text = xml_text(body, charset)
    zone = _zone_of(source)
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")) and "html" not in content_type:
        return read_json_feed(text.lstrip("\ufeff \t\r\n"), url, zone, fetched_at)
    place, root = find_root(text)
    if is_feed(root) or is_sitemap(root):
        document, texts = without_long_texts(text, place) if is_feed(root) else (text[place:], [])
        tree = parse_xml(document)
        if tree is None or local(tree) != root:  # mending may have made another element of the first tag
            raise NotParseable(said("That is XML, but too broken to read."))
        return read_feed(tree, texts, url, zone, fetched_at) if is_feed(root) else read_sitemap(tree, zone, fetched_at)
    return read_box(text, url, source.selectors if source else None, zone, fetched_at)


def _zone_of(source: Source | None) -> tzinfo:
    """The time zone whose clock a source shows."""
    try:
        return ZoneInfo(source.zone) if source else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
