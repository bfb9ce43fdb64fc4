"""Where sources may be: what a page says, what looks like a feed, what robots.txt and an index of sitemaps name."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from bot.ingest.discovery import Lead, leads_in, sitemaps_in, sitemaps_named, usual_feeds
from bot.ingest.links import followable

SHARED = Path(__file__).parents[3] / "shared" / "data"
PAGE = "https://news.example/world/today.html"


def leads(head: str = "", body: str = "", url: str = PAGE) -> list[Lead]:
    page = f"<!doctype html><html><head><title>News</title>{head}</head><body>{body}</body></html>"
    return list(leads_in(page.encode(), url))


def link(href: str, kind: str = "application/rss+xml", rel: str = "alternate", title: str = "") -> str:
    return f'<link rel="{rel}" type="{kind}" href="{href}" title="{title}">'


@pytest.mark.parametrize(
    "kind",
    [
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "text/rss",
        "Application/RSS+XML; charset=utf-8",
        "application/x.atom+xml",
    ],
)
def test_a_page_names_its_feeds_by_every_type_in_use(kind: str) -> None:
    assert leads(link("/f", kind, title="All news")) == [Lead("https://news.example/f", "All news", said=True)]


@pytest.mark.parametrize(
    "other",
    [
        link("/f", rel="stylesheet"),
        link("/de/", "", rel="alternate"),
        link("/page.amp", "text/html"),
        link("/api/wp/v2/posts/1", "application/json"),
        link("/oembed?format=xml", "text/xml+oembed"),
        link("/search.xml", "application/opensearchdescription+xml", rel="search"),
        link("android-app://example/feed"),
        link("javascript:alert(1)"),
        link("https://[broken/feed"),
        link(""),
    ],
)
def test_what_is_no_feed_is_not_taken_for_one(other: str) -> None:
    assert leads(other) == []


def test_a_json_feed_under_its_first_name_is_known_by_its_address() -> None:
    assert leads(link("/feed.json", "application/json")) == [Lead("https://news.example/feed.json", said=True)]


def test_links_are_joined_to_the_pages_base_and_stand_there_once() -> None:
    head = '<base href="https://cdn.example/x/">' + link("rss.xml#top") + link("https://cdn.example/x/rss.xml")
    assert [lead.url for lead in leads(head)] == ["https://cdn.example/x/rss.xml"]
    assert leads(link("feed://news.example/f"))[0].url == "https://news.example/f"
    assert leads(link("feed:http://news.example/f"))[0].url == "http://news.example/f"
    assert leads(link(PAGE)) == []


@pytest.mark.parametrize(
    "href",
    [
        "/feed", "/feed/", "/blog/feed/", "/rss", "/rss.xml", "/rss/world.xml", "/news-rss.xml", "/atom.xml",
        "/index.xml", "/feeds/all", "/index.rss", "/?feed=rss2", "/list?format=rss", "https://feeds.example/top",
    ],
)  # fmt: skip
def test_a_link_that_looks_like_a_feed_is_worth_asking(href: str) -> None:
    assert leads(body=f'<a href="{href}">here</a>') == [Lead(urljoin(PAGE, href), "here")]


@pytest.mark.parametrize(
    "href",
    ["/feedback", "/rssi", "/feeding-the-world.html", "/share/feed?u=https://news.example/", "/atomic", "/rss.pdf"],
)
def test_other_links_are_not(href: str) -> None:
    assert leads(body=f'<a href="{href}">here</a>') == []


def test_a_link_that_is_called_rss_is_worth_asking_wherever_it_leads() -> None:
    assert [lead.url for lead in leads(body='<a href="/service/1234.html"> RSS-Feeds </a>')] == [
        "https://news.example/service/1234.html"
    ]


def test_what_the_head_says_comes_first_and_the_sites_own_before_others() -> None:
    body = '<a href="https://other.example/rss">RSS</a><a href="/rss">RSS</a>'
    assert [lead.url for lead in leads(link("/main"), body)] == [
        "https://news.example/main",
        "https://news.example/rss",
        "https://other.example/rss",
    ]


@pytest.mark.parametrize("body", [b"", b"\x89PNG\r\n", b"just words", b"<", b"<html", b"\x00" * 100])
def test_what_is_no_page_names_nothing(body: bytes) -> None:
    assert leads_in(body, PAGE) == ()


def test_a_feed_is_usually_below_the_section_and_at_the_root() -> None:
    assert usual_feeds("https://news.example/world?x=1")[:3] == (
        "https://news.example/world/feed",
        "https://news.example/feed",
        "https://news.example/rss",
    )
    assert usual_feeds("https://news.example/")[0] == "https://news.example/feed"
    assert "https://news.example/?feed=rss2" in usual_feeds("https://news.example")


def test_robots_txt_names_sitemaps_and_those_with_news_come_first() -> None:
    robots = b"User-agent: *\nSitemap: https://news.example/all.xml\n sitemap : /news.xml\r\nSitemap: nonsense:"
    assert sitemaps_named(robots, "https://news.example/robots.txt") == (
        "https://news.example/news.xml",
        "https://news.example/all.xml",
    )


def test_an_index_of_sitemaps_leads_to_the_one_with_news() -> None:
    index = (
        '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<sitemap><loc>https://a.example/2020.xml</loc></sitemap>"
        "<sitemap><loc> https://a.example/sitemap-news.xml </loc></sitemap></sitemapindex>"
    )
    assert sitemaps_in(index.encode())[0] == "https://a.example/sitemap-news.xml"
    assert sitemaps_in(b"<urlset><url><loc>https://a.example/</loc></url></urlset>") == ()
    assert sitemaps_in(b"<html><body>nothing</body></html>") == ()


class _Heads(HTMLParser):
    """An independent reading of <link rel="alternate">."""

    def __init__(self) -> None:
        super().__init__()
        self.feeds: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        is_feed = re.search(r"(?:rss|atom|rdf)\+xml|feed\+json", told.get("type") or "")
        if tag == "link" and is_feed and "alternate" in (told.get("rel") or "") and told.get("href"):
            self.feeds.append(told["href"] or "")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real pages are not here")
def test_every_feed_that_a_real_page_names_is_found_and_nothing_else_is_called_one() -> None:
    pages = [*SHARED.glob("articles/fundus/**/*.html.gz"), *SHARED.glob("boxes/pages/*")]
    named = 0
    for file in pages:
        body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        heads = _Heads()
        heads.feed(body.decode("utf-8", "replace"))
        told = {followable(urljoin(PAGE, href.strip())) for href in heads.feeds}
        assert {lead.url for lead in leads_in(body, PAGE) if lead.said} == told, file.name
        named += bool(told)
    assert named >= 50
