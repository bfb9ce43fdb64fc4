"""Latest-news boxes: a page -> its timed, linked headlines, newest first, and how they were found.

Here: the page, the selectors that a source may name, and the rows as a listing.
Not here: finding rows (boxrows), which of them stand together (boxgroups) and are news (boxverdicts), their days
(boxmoments, news/clocktimes), making selectors (boxselectors).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, tzinfo
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from bot.ingest.bodies import is_markup
from bot.ingest.boxgroups import FEWEST_ROWS, groups
from bot.ingest.boxmoments import moment
from bot.ingest.boxroles import agreed
from bot.ingest.boxrows import Links, TimedLink, timed_links
from bot.ingest.boxselectors import SelectorError, read_by, selectors_of
from bot.ingest.boxtitles import folded
from bot.ingest.boxverdicts import Verdict, chosen, rows_of, verdicts
from bot.ingest.feeds import MOST_ROWS
from bot.ingest.htmltree import parse_page
from bot.ingest.links import base_of, followable, joined, unlinked
from bot.ingest.textboxes import text_rows
from bot.news import languages
from bot.news.clocktimes import date_rows
from bot.news.errors import NotParseable
from bot.news.identity import canonical_url, short_id
from bot.news.model import Fetched, Found, Kind, Listing, Selectors
from bot.news.said import Said, said
from bot.news.text import clean, fold

_NOTHING = said("There is neither a feed nor a latest-news box.")
_A_FEED = re.compile(r"rss|atom|feed\+json", re.IGNORECASE)
_READERS_TALK = re.compile(r"(?:user-?)?(?:comment|kommentar|reply|replie|forum)s?(?:-?(?:list|item))?", re.IGNORECASE)
_UNSEEN = ("script", "style", "template", "noscript", "svg")
# Lines of text hold no links and no markup that could confirm them.
_SURE_OF_TEXT = 0.5
_Row = tuple[time | datetime, str, str]


def read_box(text: str, url: str, selectors: Selectors | None, zone: tzinfo, now: datetime) -> Listing:
    """The rows of the page's latest-news boxes, newest first. Raises NotParseable where it has none.

    Selectors that find nothing (any more) are done without; the listing's `found` says so.
    """
    if not is_markup(text):
        return _from_text(text, url, zone, now)
    root = _page(text)
    page = Links()
    timed = _selected(root, selectors, page) if selectors else []
    if timed:
        found = Found(1.0, ("read by the source's own selectors",), selectors)
    else:
        links = timed_links(root, page)
        if not links:
            return _from_text(_lines(root), url, zone, now, _nothing(root, url))
        timed, found = _latest(root, links, page, now.astimezone(zone).date())
    if not timed:
        raise NotParseable(_nothing(root, url))
    if selectors and found.selectors != selectors:
        found = replace(found, why=(f"the source's selector {selectors.row} finds no row any more", *found.why))
    base = _base(root, url)
    rows = [(moment(row, zone, now), row.title, joined(base, row.href)) for row in timed[:MOST_ROWS]]
    return _listing(rows, url, zone, now, found, root)


def candidates(text: str, today: date) -> list[Verdict]:
    """Every list of a page that may be a latest-news box, surest first; of these, `chosen` are read."""
    if not is_markup(text):
        return []
    page = Links()
    return verdicts([agreed(group, page) for group in groups(timed_links(_page(text), page))], today)


def own_address(text: str) -> str:
    """The address that a page says it has; empty where it says none."""
    return _own_address(_page(text)) if is_markup(text) else ""


def _page(text: str) -> HtmlElement:
    root = parse_page(text)
    if root is None:
        raise NotParseable(said("That page is empty or too broken to read."))
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, *_UNSEEN, with_tail=False)
    return root


def _selected(root: HtmlElement, selectors: Selectors, page: Links) -> list[TimedLink]:
    """The rows where the source says that they are. Raises NotParseable where it says nonsense."""
    try:
        return read_by(root, selectors, page)
    except SelectorError:
        raise NotParseable(said("The source's selectors are no valid CSS.")) from None


def _latest(root: HtmlElement, links: Sequence[TimedLink], page: Links, today: date) -> tuple[list[TimedLink], Found]:
    """The rows of the lists that are latest news, in the page's order, and how they were found."""
    lists = [agreed(group, page) for group in groups(links)]
    boxes = chosen(verdicts(lists, today))
    if not boxes:
        return [], Found(0.0)
    places = {row.stamp: place for place, row in enumerate(links)}
    rows = sorted(rows_of(boxes, lists), key=lambda row: places[row.stamp])
    more = len(rows) - len(boxes[0].group.rows)
    why = (*boxes[0].why, *([f"{more} more rows in lists that are as good or marked alike"] if more else []))
    selectors = selectors_of(root, rows, page) if len(rows) <= MOST_ROWS else None
    return rows, Found(boxes[0].confidence, why, selectors)


def _lines(root: HtmlElement) -> str:
    """The page's text, a line for each element's own, without what its readers say."""
    for element in root.xpath("//*[@class or @id]"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
        if any(_READERS_TALK.fullmatch(name) for name in names) and element.getparent() is not None:
            element.drop_tree()
    return "\n".join(folded(piece) for piece in root.itertext() if piece.strip())


def _base(root: HtmlElement, url: str) -> str:
    """The address that links are relative to: for a page in a file, the one that the page says it has."""
    own = "" if urlsplit(url).scheme in {"http", "https"} else _own_address(root)
    return base_of(root, own or url)


def _own_address(root: HtmlElement) -> str:
    said = [link.get("href") for link in root.iterfind(".//link[@rel='canonical']")]
    said += [meta.get("content") for meta in root.iterfind(".//meta[@property='og:url']")]
    return next((address for value in said if (address := followable(value or ""))), "")


def _nothing(root: HtmlElement, url: str) -> Said:
    """What is said of a page without a box; most of them name their feed."""
    for link in root.iterfind(".//link[@href]"):
        if "alternate" in (link.get("rel") or "").lower() and _A_FEED.search(link.get("type") or ""):
            feed = joined(_base(root, url), link.get("href") or "")
            return (
                said("There is neither a feed nor a latest-news box. But the page names a feed: {feed}", feed=feed)
                if feed
                else _NOTHING
            )
    return _NOTHING


def _from_text(text: str, url: str, zone: tzinfo, now: datetime, nothing: Said = _NOTHING) -> Listing:
    rows: list[_Row] = [(clock, title, "") for clock, title in text_rows(text)[:MOST_ROWS]]
    if not rows:
        raise NotParseable(nothing)
    return _listing(rows, url, zone, now, Found(_SURE_OF_TEXT, (f"{len(rows)} lines of text that a time begins",)))


def _listing(
    rows: Sequence[_Row], url: str, zone: tzinfo, now: datetime, found: Found, root: HtmlElement | None = None
) -> Listing:
    dated = zip(rows, date_rows([when for when, _, _ in rows], zone, now), strict=True)
    anchored = _anchored([link for _, _, link in rows])
    fetched = [_fetched(title, link, url, instant, anchored) for (_, title, link), instant in dated]
    fetched.sort(key=lambda row: row.published_at or now, reverse=True)
    title = root.findtext(".//title") if root is not None else ""
    lang = languages.code(root.get("lang") or "") if root is not None else ""
    return Listing(Kind.BOX, tuple(_once(fetched)), clean(title or ""), lang or None, found=found)


def _anchored(links: Sequence[str]) -> set[str]:
    """The pages to whose places rows lead: many rows to one page, each to a place of its own."""
    counts = Counter(canonical_url(link) for link in set(links) if "#" in link)
    return {page for page, times in counts.items() if times >= FEWEST_ROWS}


def _fetched(title: str, link: str, url: str, instant: datetime, anchored: set[str]) -> Fetched:
    title, given = clean(title), ""
    if not link:
        link, given = unlinked(url, title)
    elif "#" in link and canonical_url(link) in anchored:
        given = short_id(f"{canonical_url(link)} {link.partition('#')[2]}")
    return Fetched(title, link, instant, id=given)


def _once(rows: Sequence[Fetched]) -> Iterator[Fetched]:
    """The rows without the copies that a page holds for telephones, or in a second tab."""
    seen: set[str] = set()
    for row in rows:
        names = {row.id or canonical_url(row.url), fold(row.title)}
        if not names & seen:
            yield row
        seen |= names
