"""Latest-news boxes: a page -> its timed, linked headlines, newest first.

Here: the page, the selectors that a source may name, and the rows as a listing.
Not here: finding rows (boxrows), judging them (boxgroups), their days (boxmoments, news/clocktimes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time, tzinfo
from urllib.parse import urljoin

from cssselect import SelectorError
from lxml import etree, html
from lxml.html import HtmlElement

from bot.ingest.bodies import is_markup
from bot.ingest.boxgroups import latest_news
from bot.ingest.boxmoments import moment
from bot.ingest.boxrows import TimedLink, row_in, timed_links
from bot.ingest.boxtitles import folded
from bot.ingest.feeds import MOST_ROWS
from bot.ingest.links import followable, unlinked
from bot.ingest.textboxes import text_rows
from bot.news import languages
from bot.news.clocktimes import date_rows
from bot.news.errors import NotParseable
from bot.news.identity import canonical_url
from bot.news.model import Fetched, Kind, Listing, Selectors
from bot.news.text import clean, fold

_NOTHING = "There is neither a feed nor a latest-news box."
_A_FEED = re.compile(r"rss|atom|feed\+json", re.IGNORECASE)
_READERS_TALK = re.compile(r"(?:user-?)?(?:comment|kommentar|reply|replie|forum)s?(?:-?(?:list|item))?", re.IGNORECASE)
_UNSEEN = ("script", "style", "template", "noscript", "svg")


def read_box(text: str, url: str, selectors: Selectors | None, zone: tzinfo, now: datetime) -> Listing:
    """The rows of the page's latest-news boxes, newest first. Raises NotParseable where it has none."""
    if not is_markup(text):
        return _from_text(text, url, zone, now)
    root = _page(text)
    found = _selected(root, selectors) if selectors else timed_links(root)
    if not found:
        return _from_text(_lines(root), url, zone, now, _nothing(root, url))
    timed = found if selectors else latest_news(found, now.astimezone(zone).date())
    if not timed:
        raise NotParseable(_nothing(root, url))
    base = _base(root, url)
    rows = [(moment(row.stamp, zone, now), row.title, _followed(base, row.href)) for row in timed[:MOST_ROWS]]
    return _listing(rows, url, zone, now, root)


def _page(text: str) -> HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise NotParseable("That page is empty or too broken to read.") from None
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, *_UNSEEN, with_tail=False)
    return root


def _selected(root: HtmlElement, selectors: Selectors) -> list[TimedLink]:
    """The rows where the source says that they are. Raises NotParseable where it is wrong."""
    try:
        found = [
            row_in(
                holder,
                next(iter(holder.cssselect(selectors.time)), None) if selectors.time else None,
                next(iter(holder.cssselect(selectors.link)), None) if selectors.link else None,
            )
            for holder in root.cssselect(selectors.row)
        ]
    except SelectorError:
        raise NotParseable("The source's selectors are no valid CSS.") from None
    rows = [row for row in found if row]
    if not rows:
        raise NotParseable(f"The selector {selectors.row} finds no timed, linked headline on that page.")
    return rows


def _lines(root: HtmlElement) -> str:
    """The page's text, a line for each element's own, without what its readers say."""
    for element in root.xpath("//*[@class or @id]"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
        if any(_READERS_TALK.fullmatch(name) for name in names) and element.getparent() is not None:
            element.drop_tree()
    return "\n".join(folded(piece) for piece in root.itertext() if piece.strip())


def _base(root: HtmlElement, url: str) -> str:
    base = root.find(".//base[@href]")
    try:
        return urljoin(url, base.get("href") or "") if base is not None else url
    except ValueError:
        return url


def _followed(base: str, href: str) -> str:
    try:
        return followable(urljoin(base, href))
    except ValueError:
        return ""


def _nothing(root: HtmlElement, url: str) -> str:
    """What is said of a page without a box; most of them name their feed."""
    for link in root.iterfind(".//link[@href]"):
        if "alternate" in (link.get("rel") or "").lower() and _A_FEED.search(link.get("type") or ""):
            feed = _followed(_base(root, url), link.get("href") or "")
            return f"{_NOTHING} But the page names a feed: {feed}" if feed else _NOTHING
    return _NOTHING


def _from_text(text: str, url: str, zone: tzinfo, now: datetime, nothing: str = _NOTHING) -> Listing:
    rows = [(clock, title, "") for clock, title in text_rows(text)]
    if not rows:
        raise NotParseable(nothing)
    return _listing(rows, url, zone, now)


def _listing(
    rows: Sequence[tuple[time | datetime, str, str]],
    url: str,
    zone: tzinfo,
    now: datetime,
    root: HtmlElement | None = None,
) -> Listing:
    dated = zip(rows, date_rows([when for when, _, _ in rows], zone, now), strict=True)
    fetched = [_fetched(title, link, url, instant) for (_, title, link), instant in dated]
    fetched.sort(key=lambda row: row.published_at or now, reverse=True)
    title = root.findtext(".//title") if root is not None else ""
    lang = languages.code(root.get("lang") or "") if root is not None else ""
    return Listing(Kind.BOX, tuple(_once(fetched)), clean(title or ""), lang or None)


def _fetched(title: str, link: str, url: str, instant: datetime) -> Fetched:
    title = clean(title)
    link, given = (link, "") if link else unlinked(url, title)
    return Fetched(title, link, instant, id=given)


def _once(rows: Sequence[Fetched]) -> Iterator[Fetched]:
    """The rows without the copies that a page holds for telephones, or in a second tab."""
    seen: set[str] = set()
    for row in rows:
        names = {row.id or canonical_url(row.url), fold(row.title)}
        if not names & seen:
            yield row
        seen |= names
