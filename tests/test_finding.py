"""Looking around at an address: what is asked, in which order, and what is offered."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime

import pytest

from bot.desk import finding
from bot.desk.finding import MOST_REQUESTS, Finding
from bot.ingest.discovery import leads_in
from bot.ingest.listing import read_listing
from bot.news.errors import FetchFailed, NotParseable, UserError
from bot.news.model import Kind
from bot.news.page import Page

HOME = "https://news.example/"


@dataclass
class Site:
    """A site on a web of its own: what stands where, where it moved for good, and what was asked."""

    pages: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    never: set[str] = field(default_factory=set)

    async def get(self, url, tags=None):
        self.asked.append(url)
        if url in self.never:
            await asyncio.Event().wait()
        where = self.moved.get(url, url)
        if where not in self.pages:
            raise FetchFailed("The server answered 404 (Not Found).")
        return Page(where, self.pages[where].encode(), moved_to=where if url in self.moved else "")

    def page(self, url=HOME, head="", body="<p>Nothing here.</p>"):
        self.pages[url] = f"<!doctype html><html><head><title>News</title>{head}</head><body>{body}</body></html>"

    def feed(self, url, clock, *titles, name="News", age=timedelta(0)):
        items = "".join(
            f"<item><title>{title}</title><link>{url}/{title}</link><pubDate>"
            f"{format_datetime(clock.now() - age - timedelta(minutes=number))}</pubDate></item>"
            for number, title in enumerate(titles)
        )
        self.pages[url] = f'<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'

    def sitemap(self, url, *titles):
        news = "".join(
            f"<url><loc>{HOME}{title}</loc><n:news><n:publication_date>2026-11-23T10:00:00Z</n:publication_date>"
            f"<n:title>{title}</n:title></n:news></url>"
            for title in titles
        )
        self.pages[url] = (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            f'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{news}</urlset>'
        )


class PlainReading:
    async def listing(self, page, source, now):
        return read_listing(page.body, page.url, source=source, fetched_at=now)

    async def leads(self, page):
        return leads_in(page.body, page.url)


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def look(site, clock):
    async def look(url=HOME):
        return await Finding(site, PlainReading(), clock).at(url)

    return look


def link(href: str) -> str:
    return f'<link rel="alternate" type="application/rss+xml" href="{href}">'


BOX = "<ul class=latest>" + "".join(
    f'<li><time>11:{minute}</time> <a href="/story-{minute}">The council meets again on item {minute}</a></li>'
    for minute in range(50, 40, -1)
)


async def test_an_address_that_is_a_feed_is_the_one_candidate(site, look, clock):
    site.feed(f"{HOME}feed", clock, "Rain", "Sun")
    found = await look(f"{HOME}feed")
    [one] = found.candidates
    assert (one.kind, one.count, one.source.url, one.source.title) == (Kind.RSS, 2, f"{HOME}feed", "News")
    assert site.asked == [f"{HOME}feed"]


async def test_a_pages_feeds_its_box_and_its_news_sitemap_are_offered_in_this_order(site, look, clock):
    site.page(head=link("/comments/feed") + link("/main") + link("/sport"), body=BOX)
    site.feed(f"{HOME}comments/feed", clock, "I agree")
    site.feed(f"{HOME}main", clock, *"abcdefghij")
    site.feed(f"{HOME}sport", clock, "A goal")
    site.pages[f"{HOME}robots.txt"] = "Sitemap: /sitemap-all.xml\nSitemap: https://news.example/sitemap-news.xml"
    site.sitemap(f"{HOME}sitemap-news.xml", "Rain", "Sun")
    found = (await look()).candidates
    assert [(one.kind, one.source.url.removeprefix(HOME)) for one in found] == [
        (Kind.RSS, "main"),
        (Kind.RSS, "sport"),
        (Kind.BOX, ""),
        (Kind.SITEMAP, "sitemap-news.xml"),
        (Kind.RSS, "comments/feed"),
    ]


async def test_a_feed_that_is_named_nowhere_is_found_where_feeds_usually_are(site, look, clock):
    site.page()
    site.feed(f"{HOME}rss.xml", clock, "Rain")
    [one] = (await look()).candidates
    assert one.source.url == f"{HOME}rss.xml"
    assert f"{HOME}atom.xml" not in site.asked  # one is enough


async def test_an_overview_of_feeds_is_looked_through(site, look, clock):
    site.page(body='<a href="/service/rss.html">RSS</a>')
    site.page(f"{HOME}service/rss.html", body='<a href="/rss/top.xml">Top</a> <a href="/rss/sport.xml">Sport</a>')
    site.feed(f"{HOME}rss/top.xml", clock, "Rain")
    site.feed(f"{HOME}rss/sport.xml", clock, "A goal")
    assert [one.source.url for one in (await look()).candidates] == [f"{HOME}rss/top.xml", f"{HOME}rss/sport.xml"]


async def test_an_index_of_sitemaps_leads_to_the_news(site, look):
    site.page()
    site.pages[f"{HOME}robots.txt"] = f"Sitemap: {HOME}sitemap.xml"
    inner = "".join(f"<sitemap><loc>{HOME}{name}.xml</loc></sitemap>" for name in ("2020", "2021", "news"))
    site.pages[f"{HOME}sitemap.xml"] = f"<sitemapindex>{inner}</sitemapindex>"
    site.sitemap(f"{HOME}news.xml", "Rain")
    assert [one.source.url for one in (await look()).candidates] == [f"{HOME}news.xml"]
    assert f"{HOME}2020.xml" not in site.asked
    assert [one.source.url for one in (await look(f"{HOME}sitemap.xml")).candidates] == [f"{HOME}news.xml"]


async def test_a_feed_that_moved_for_good_is_offered_where_it_is_now(site, look, clock):
    site.page(head=link("/old"))
    site.moved[f"{HOME}old"] = "https://feeds.example/new"
    site.feed("https://feeds.example/new", clock, "Rain")
    assert [one.source.url for one in (await look()).candidates] == ["https://feeds.example/new"]


async def test_a_broken_feed_is_left_out(site, look, clock):
    site.page(head=link("/gone") + link("/here"))
    site.feed(f"{HOME}here", clock, "Rain")
    assert [one.source.url for one in (await look()).candidates] == [f"{HOME}here"]


async def test_nothing_found_is_told_with_what_to_try(site, look):
    site.page()
    with pytest.raises(
        UserError, match=r"no feed, no latest-news box and no news sitemap at news\.example.*Try the front"
    ):
        await look()


async def test_an_address_that_does_not_answer_says_why(look):
    with pytest.raises(FetchFailed, match="404"):
        await look("https://gone.example/")


async def test_one_look_asks_a_bounded_number_of_times_whatever_a_page_names(site, look, clock):
    head = "".join(link(f"/feed-{number}") for number in range(500))
    site.page(head=head, body="".join(f'<a href="/rss/{number}.xml">RSS</a>' for number in range(500)))
    for number in range(3):
        site.feed(f"{HOME}feed-{number}", clock, f"Headline {number}")
    found = await look()
    assert len(site.asked) <= MOST_REQUESTS
    assert len(found.candidates) == 3
    assert tuple(map(str, found.remarks)) == ("There are more; if the one you want is missing, name its own address.",)


async def test_a_page_of_pages_that_name_one_another_ends(site, look):
    for number in range(40):
        site.page(f"{HOME}{number or ''}", body="".join(f'<a href="/{other}">RSS</a>' for other in range(40)))
    with pytest.raises(UserError):
        await look()
    assert len(site.asked) <= MOST_REQUESTS + 1


async def test_a_look_that_takes_too_long_offers_what_it_has(site, look, clock, monkeypatch):
    monkeypatch.setattr(finding, "MOST_SECONDS", 0.2)
    site.page(head=link("/quick") + link("/never"))
    site.feed(f"{HOME}quick", clock, "Rain")
    site.never = {f"{HOME}never"}
    found = await look()
    assert [one.source.url for one in found.candidates] == [f"{HOME}quick"]
    assert "stopped looking" in str(found.remarks[0])


async def test_a_page_that_its_reader_refuses_is_no_candidate(site, clock):
    class Refusing(PlainReading):
        async def listing(self, page, source, now):
            raise NotParseable("This page took too long to read.")

    site.page(head=link("/f"))
    with pytest.raises(UserError, match="no feed"):
        await Finding(site, Refusing(), clock).at(HOME)
