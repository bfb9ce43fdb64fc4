"""JSON Feed (https://www.jsonfeed.org): an object -> the rows of a listing.

Here: which member is a row's title, link, time and text; members of a wrong type count as absent. Of a feed that
breaks off, the items that came whole.
Not here: XML feeds (feeds).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, tzinfo
from html import escape
from typing import Any

import orjson

from bot.ingest.feeds import MOST_ROWS, filed_under, made_title
from bot.ingest.instants import read_instant
from bot.ingest.links import joined, unlinked
from bot.news import languages
from bot.news.errors import NotParseable
from bot.news.model import Fetched, Kind, Listing
from bot.news.plaintext import Markup, to_text
from bot.news.said import said
from bot.news.text import clean

_ITEMS = re.compile(r'"items"\s*:\s*\[\s*')
_BETWEEN = re.compile(r"\s*,\s*")


def read_json_feed(text: str, url: str, zone: tzinfo, now: datetime) -> Listing:
    """The rows of a JSON feed in its order, at most MOST_ROWS. Raises NotParseable."""
    try:
        feed = orjson.loads(text.encode("utf-8", "replace"))
    except orjson.JSONDecodeError:
        feed = {"items": list(_whole_items(text))}
        if not feed["items"]:
            raise NotParseable(said("That is JSON, but broken.")) from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise NotParseable(said("That is JSON, but not a JSON Feed."))
    site = _joined(url, _text(feed, "home_page_url")) or url
    language = languages.code(_text(feed, "language")) or None
    rows = (_row(item, site, language, zone, now) for item in items[:MOST_ROWS] if isinstance(item, dict))
    hubs = (_joined(url, _text(hub, "url")) for hub in _list(feed, "hubs") if isinstance(hub, dict) and _is_websub(hub))
    hub = next(filter(None, hubs), "")
    return Listing(
        Kind.JSONFEED,
        tuple(row for row in rows if row),
        clean(_text(feed, "title")),
        language,
        hub=hub,
        topic=(_joined(url, _text(feed, "feed_url")) or url) if hub else "",
    )


def _whole_items(text: str) -> Iterator[Any]:
    """The items before the place where a feed breaks off."""
    found, decoder = _ITEMS.search(text), json.JSONDecoder()
    with suppress(ValueError, RecursionError):
        while found:
            item, place = decoder.raw_decode(text, found.end())
            yield item
            found = _BETWEEN.match(text, place)


def _is_websub(hub: dict[str, Any]) -> bool:
    return _text(hub, "type").lower() in {"websub", "pubsubhubbub"}


def _row(item: dict[str, Any], site: str, language: str | None, zone: tzinfo, now: datetime) -> Fetched | None:
    text = Markup(_text(item, "content_html")) or _as_html(_text(item, "content_text"))
    summary = _as_html(_text(item, "summary"))
    links = (_joined(site, _text(item, name)) for name in ("url", "external_url", "id"))
    url, given = next(filter(None, links), ""), ""
    title = clean(to_text(_text(item, "title"))) or made_title(summary or text, url)
    if not title:
        return None
    if not url:
        url, given = unlinked(site, title)
    dates = (read_instant(_text(item, name), zone, now) for name in ("date_published", "date_modified"))
    return Fetched(
        title=title,
        url=url,
        published_at=next(filter(None, dates), None),
        summary_html=summary,
        text_html=text,
        lang=languages.code(_text(item, "language")) or language,
        id=given,
        sections=filed_under(tag for tag in _list(item, "tags") if isinstance(tag, str)),
    )


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return value.strip() if isinstance(value, str) else ""


def _as_html(text: str) -> Markup:
    """A plain text as markup; its lines stay apart."""
    return Markup(escape(text, quote=False).replace("\n", "<br>"))


def _list(item: dict[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else []


def _joined(base: str, link: str) -> str:
    return joined(base, link) if link.startswith(("http:", "https:", "/")) else ""
