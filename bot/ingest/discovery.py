"""Where sources may be: a page, a robots.txt or an index of sitemaps -> addresses that are worth asking.

Here: what a page says of its feeds, what looks like the address of one, where feeds usually are, which sitemap has
the news.
Not here: asking (desk/finding), reading what stands there (listing), which of it is offered first (news/candidates).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from bot.ingest.bodies import is_markup, not_text
from bot.ingest.htmltree import parse_page
from bot.ingest.links import base_of, followable, joined
from bot.ingest.xmltree import find_root, local, parse_xml, text_of, wide_encoding, xml_text
from bot.news.text import clean

# A page that lists more than that lists the feeds of others.
MOST_LEADS = 60
# An index of sitemaps may have 50,000 lines; the one with the news stands among the first or the last.
_MOST_SITEMAPS = 1000
LONGEST_TITLE = 100

# What feeds are called: the types in use (https://www.rssboard.org/rss-autodiscovery), and those that are seen.
_FEED_TYPE = re.compile(
    r"(?:application|text)/(?:x[.-])?(?:(?:rss|atom|rdf|feed)(?:\+(?:xml|json))?|xml)|application/json", re.IGNORECASE
)
_SAYS_NOTHING = {"", "application/json", "text/xml", "application/xml"}
_FEED_ADDRESS = re.compile(
    r"(?:^|[/._-])(?:rss2?|atom|rdf|feeds?)(?:[/._-]?(?:\d|news|feeds?|rss|all|index|xml))*/?(?:\.(?:xml|php|aspx?|json|rss))?$"
    r"|\.(?:rss|atom|rdf)$|[/._-](?:rss2?|feeds?)[/._-].*\.xml$|/index\.xml$",
    re.IGNORECASE,
)
_FEED_QUERY = re.compile(
    r"(?:^|&)(?:feed|format|type|output|alt|view)=(?:rss2?|atom|rdf|feed|json_?feed)", re.IGNORECASE
)
_CALLED_FEED = re.compile(r"(?:rss|atom)(?:[ -]?(?:news)?feeds?)?|(?:news)?feeds?", re.IGNORECASE)
_A_PAGE = re.compile(r"\.(?:html?|pdf|jpe?g|png|gif|svg|mp[34]|zip|css|js)$", re.IGNORECASE)
_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_NEWS = re.compile(r"news|noticias|nachrichten|actu|latest|recent", re.IGNORECASE)
# Where the software that most sites run puts its feed, the most usual first.
_USUAL_FEEDS = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "?feed=rss2", "feed.json")
_USUAL_SITEMAPS = ("news-sitemap.xml", "sitemap-news.xml", "sitemap.xml")


@dataclass(frozen=True, slots=True)
class Lead:
    """An address at which a source may be. `said`: the page says in its head that it is a feed; else it looks so."""

    url: str
    title: str = ""
    said: bool = False


def leads_in(body: bytes, url: str, charset: str = "") -> tuple[Lead, ...]:
    """The feeds that a page names: first those that its head says, then links that look like one; each address once."""
    if not body.strip() or (not wide_encoding(body) and not_text(body)):
        return ()
    text = xml_text(body, charset)
    if not is_markup(text):
        return ()
    root = parse_page(text)
    if root is None:
        return ()
    base = base_of(root, url)
    found: dict[str, Lead] = {}
    for lead in (*_said(root, base), *_linked(root, base)):
        found.setdefault(lead.url, lead)
    found.pop(url, None)
    return tuple(found.values())[:MOST_LEADS]


def usual_feeds(url: str) -> tuple[str, ...]:
    """Where a feed usually is: of the page's own section first, then of the site; for pages that name none."""
    page = url.partition("#")[0].partition("?")[0]
    section = () if urlsplit(page).path in {"", "/"} else (f"{page.rstrip('/')}/feed",)
    return tuple(dict.fromkeys((*section, *(urljoin(page, f"/{name}") for name in _USUAL_FEEDS))))


def usual_sitemaps(url: str) -> tuple[str, ...]:
    """Where a news sitemap usually is; for sites whose robots.txt names none."""
    return tuple(urljoin(url, f"/{name}") for name in _USUAL_SITEMAPS)


def sitemaps_named(robots: bytes, url: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names, those first that are called after news."""
    named = (_joined(url, line) for line in _SITEMAP_LINE.findall(robots.decode("utf-8", "replace")))
    return _news_first(named)


def sitemaps_in(body: bytes, charset: str = "") -> tuple[str, ...]:
    """The sitemaps that an index lists, those first that are called after news; none where it is no index."""
    text = xml_text(body, charset)
    place, root = find_root(text)
    tree = parse_xml(text[place:]) if root == "sitemapindex" else None
    if tree is None:
        return ()
    return _news_first(followable(text_of(element)) for element in tree.iter("{*}loc") if local(element) == "loc")


def is_of_news(sitemap: str) -> bool:
    """Whether a sitemap is called after news."""
    return bool(_NEWS.search(urlsplit(sitemap).path))


def _news_first(urls: Iterable[str]) -> tuple[str, ...]:
    found = [url for _, url in zip(range(_MOST_SITEMAPS), dict.fromkeys(urls), strict=False) if url]
    return tuple(sorted(found, key=lambda url: not is_of_news(url)))


def _said(root: HtmlElement, base: str) -> Iterator[Lead]:
    """<link rel="alternate"> and <link rel="feed">, wherever they stand: some heads end early by mistake."""
    for link in root.iter("link"):
        rel, kind = (link.get("rel") or "").lower().split(), (link.get("type") or "").partition(";")[0].strip().lower()
        href = _joined(base, link.get("href") or "")
        if not href or not ("feed" in rel or ("alternate" in rel and _FEED_TYPE.fullmatch(kind or "text/xml"))):
            continue
        if "feed" not in rel and kind in _SAYS_NOTHING and not _looks_like_feed(href):
            continue  # a translation, a program's interface
        yield Lead(href, clean(link.get("title") or "", LONGEST_TITLE), said=True)


def _linked(root: HtmlElement, base: str) -> list[Lead]:
    """Links that look like a feed's or are called one, those of the page's own host first."""
    host = urlsplit(base).hostname
    found = []
    for link in root.iter("a"):
        href, title = (
            _joined(base, link.get("href") or ""),
            clean(link.get("title") or link.text_content(), LONGEST_TITLE),
        )
        kind = (link.get("type") or "").strip().lower()
        says = kind not in _SAYS_NOTHING and _FEED_TYPE.fullmatch(kind)
        if href and (says or _CALLED_FEED.fullmatch(title) or _looks_like_feed(href)):
            found.append(Lead(href, title))
    return sorted(found, key=lambda lead: urlsplit(lead.url).hostname != host)


def _looks_like_feed(url: str) -> bool:
    """Whether an address is one as feeds have; one that holds another address only passes something on."""
    parts = urlsplit(url)
    if _A_PAGE.search(parts.path) or "http" in parts.query.lower():
        return False
    by_host = (parts.hostname or "").startswith(("feeds.", "rss."))
    return by_host or bool(_FEED_ADDRESS.search(parts.path) or _FEED_QUERY.search(parts.query))


def _joined(base: str, link: str) -> str:
    """The absolute address of a link, without its fragment; feed: is how links once opened feed readers."""
    link = link.strip()
    if link[:5].lower() == "feed:":
        link = link[5:] if link[5:].lower().startswith(("http:", "https:")) else f"https:{link[5:]}"
    return joined(base, link).partition("#")[0] if link else ""
