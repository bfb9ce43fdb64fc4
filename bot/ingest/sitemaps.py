"""News sitemaps: a tree of elements -> the rows of a listing.

Here: <news:title> and <news:publication_date> beside <loc>.
Not here: following an index of sitemaps; a source names the sitemap that has its news.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from lxml import etree

from bot.ingest.feeds import MOST_ROWS
from bot.ingest.instants import read_instant
from bot.ingest.links import followable
from bot.ingest.xmltree import local, space, text_of
from bot.news import languages
from bot.news.errors import NotParseable
from bot.news.model import Fetched, Kind, Listing
from bot.news.plaintext import to_text
from bot.news.said import said
from bot.news.text import clean


def is_sitemap(root: str) -> bool:
    """Whether a root element of this name begins a sitemap, or an index of them."""
    return root in {"urlset", "sitemapindex"}


def read_sitemap(root: etree._Element, zone: tzinfo, now: datetime) -> Listing:
    """The rows of a news sitemap, newest first, at most MOST_ROWS. Raises NotParseable where it has no titles."""
    if local(root) == "sitemapindex":
        raise NotParseable(said("That is an index of sitemaps. Name one of its sitemaps, the one with the news."))
    rows = [row for url in root if local(url) == "url" and (row := _row(url, zone, now))]
    if not rows and len(root):
        raise NotParseable(said("That sitemap lists pages without their titles; a news sitemap is needed."))
    rows.sort(key=lambda row: row.published_at.timestamp() if row.published_at else 0, reverse=True)
    site = next((name for url in root for name in _said(url, "name")), "")
    return Listing(
        Kind.SITEMAP, tuple(rows[:MOST_ROWS]), clean(site), next((row.lang for row in rows if row.lang), None)
    )


def _row(url: etree._Element, zone: tzinfo, now: datetime) -> Fetched | None:
    title = clean(to_text(next(_said(url, "title"), "")))
    link = followable(next((text_of(child) for child in url if local(child) == "loc"), ""))
    if not title or not link:
        return None
    dates = [*_said(url, "publication_date"), *(text_of(child) for child in url if local(child) == "lastmod")]
    return Fetched(
        title=title,
        url=link,
        published_at=next((instant for date in dates if (instant := read_instant(date, zone, now))), None),
        lang=languages.code(next(_said(url, "language"), "")) or None,
    )


def _said(url: etree._Element, name: str) -> Iterator[str]:
    """What the elements of the news namespace say; pictures and videos have titles of their own."""
    for element in url.iter():
        if local(element) == name and "news" in space(element) and text_of(element):
            yield text_of(element)
