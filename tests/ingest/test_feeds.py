"""Feeds as they are written: every dialect, and the ways in which each goes wrong."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ingest.listing import read_listing
from bot.news.errors import NotParseable
from bot.news.model import Fetched, Kind, Listing, Source

URL = "https://feeds.example.org/all.xml"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>Small News</title><link>https://example.org/</link><language>en-GB</language>
<atom:link rel="self" href="https://feeds.example.org/all.xml"/>
<item><category>World</category><category domain="x">Trade</category><title>Harbour reopens &amp; ships sail</title><link>https://example.org/harbour?utm_source=rss</link>
<guid isPermaLink="false">tag:example.org,7</guid><pubDate>Mon, 23 Nov 2026 11:30:00 +0100</pubDate>
<description>&lt;p&gt;The &lt;b&gt;longest&lt;/b&gt; storm is over.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>First.</p><script>alert(1)</script><p>Second &eacute;t&eacute;.</p>]]></content:encoded>
<media:content url="https://example.org/a.jpg"><media:title>A picture</media:title></media:content></item>
<item><title><![CDATA[Budget <em>passes</em>]]></title><link>/budget</link><dc:date>2026-11-23T09:00:00Z</dc:date>
<dc:language>fr</dc:language></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://example.org/news/">
<title type="html">Kleine &amp;amp; feine Nachrichten</title><link href="https://example.org/"/>
<entry><category term="politik"/>
<title type="html">Hafen &lt;i&gt;offen&lt;/i&gt;</title><link rel="edit" href="/edit"/>
<link rel="alternate" type="text/html" href="hafen"/><id>urn:x</id><updated>2026-11-23T11:00:00Z</updated>
<published>2026-11-23T10:00:00+01:00</published><summary>Kurz.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Erstens.</p><p>Zweitens.</p></div></content></entry>
<entry><title>Wie man &lt;video&gt; benutzt</title><link href="/video"/><updated>2026-11-22T10:00:00Z</updated></entry>
</feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://example.org/"><title>Old News</title>
<link>https://example.org/</link><dc:language>ja</dc:language></channel>
<item rdf:about="https://example.org/1"><title>港が再開</title><dc:date>2026-11-23T20:00+09:00</dc:date></item></rdf:RDF>"""

JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "JSON News", "home_page_url": "https://example.org",
 "language": "en", "items": [
 {"id": "1", "url": "https://example.org/1", "title": "Harbour reopens", "content_html": "<p>One.</p><p>Two.</p>",
  "date_published": "2026-11-23T11:00:00Z", "summary": "Short"},
 {"id": "https://example.org/2", "content_text": "A note without a title", "date_published": 7, "tags": ["Notes", 3]},
 {"id": "3", "title": "A note without a link"}, "nonsense", {"id": "4"}]}"""

SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://example.org/old</loc><news:news><news:publication><news:name>Map News</news:name>
<news:language>es</news:language></news:publication><news:publication_date>2026-11-22</news:publication_date>
<news:title>Ayer</news:title></news:news></url>
<url><loc>https://example.org/new</loc><image:image><image:title>A picture</image:title></image:image><news:news>
<news:publication_date>2026-11-23T10:00:00Z</news:publication_date>
<news:title>Hoy &amp; ahora</news:title></news:news></url>
<url><loc>https://example.org/untitled</loc></url></urlset>"""


def read(feed: str | bytes, charset: str = "", zone: str = "UTC") -> Listing:
    body = feed.encode() if isinstance(feed, str) else feed
    return read_listing(body, URL, charset=charset, source=Source("x", URL, zone=zone), fetched_at=NOON)


def item(fields: str, head: str = "") -> Fetched:
    """The only row of an RSS feed with these fields."""
    [row] = read(f"<rss version='2.0'><channel><title>T</title>{head}<item>{fields}</item></channel></rss>").rows
    return row


def test_rss() -> None:
    listing = read(RSS)
    assert (listing.kind, listing.title, listing.lang) == (Kind.RSS, "Small News", "en")
    first = listing.rows[0]
    assert (first.title, first.url) == ("Harbour reopens & ships sail", "https://example.org/harbour?utm_source=rss")
    assert first.published_at == datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
    assert (first.summary, first.text) == ("The longest storm is over.", "First.\n\nSecond été.")
    assert (first.lang, first.id, first.sections) == (None, "", ("World", "Trade"))
    assert (listing.rows[1].title, listing.rows[1].url) == ("Budget passes", "https://example.org/budget")
    assert (listing.rows[1].lang, listing.rows[1].published_at) == ("fr", datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


def test_atom() -> None:
    listing = read(ATOM)
    assert (listing.kind, listing.title, listing.lang) == (Kind.ATOM, "Kleine & feine Nachrichten", "de")
    first, second = listing.rows
    assert (first.title, first.url) == ("Hafen offen", "https://example.org/news/hafen")
    assert first.published_at == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert (first.summary, first.text) == ("Kurz.", "Erstens.\n\nZweitens.")
    assert first.sections == ("politik",)
    assert (second.title, second.url) == ("Wie man <video> benutzt", "https://example.org/video")


def test_rdf() -> None:
    listing = read(RDF)
    assert (listing.kind, listing.title, listing.lang) == (Kind.RDF, "Old News", "ja")
    assert listing.rows == (Fetched("港が再開", "https://example.org/1", datetime(2026, 11, 23, 11, 0, tzinfo=UTC)),)


def test_json_feed() -> None:
    listing = read(JSON)
    assert (listing.kind, listing.title, listing.lang) == (Kind.JSONFEED, "JSON News", "en")
    first, second, third = listing.rows
    assert (first.title, first.text, first.summary) == ("Harbour reopens", "One.\n\nTwo.", "Short")
    assert (second.title, second.url, second.published_at) == ("A note without a title", "https://example.org/2", None)
    assert third.url.startswith("https://example.org#:~:text=A%20note")
    assert second.sections == ("Notes",)
    assert third.id


def test_a_news_sitemap_is_sorted_newest_first() -> None:
    listing = read(SITEMAP)
    assert (listing.kind, listing.title, listing.lang) == (Kind.SITEMAP, "Map News", "es")
    assert [(row.title, row.url) for row in listing.rows] == [
        ("Hoy & ahora", "https://example.org/new"),
        ("Ayer", "https://example.org/old"),
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"%PDF-1.7", "a PDF file"),
        (b"{", "broken"),
        (b'{"a": 1}', "not a JSON Feed"),
        (b"[" * 100_000, "broken"),
        (b"<html><body><p>Nothing here</p></body></html>", "neither a feed nor"),
        (b"just words", "neither a feed nor"),
        (b"<sitemapindex><sitemap><loc>https://example.org/s.xml</loc></sitemap></sitemapindex>", "index"),
        (b"<urlset><url><loc>https://example.org/a</loc></url></urlset>", "without their titles"),
    ],
)
def test_what_is_no_listing_is_told_in_a_sentence(body: bytes, reason: str) -> None:
    with pytest.raises(NotParseable, match=reason):
        read(body)


@pytest.mark.parametrize(
    "feed",
    ["<rss version='2.0'><channel><title>T</title></channel></rss>", '{"version": "1", "items": []}', "<feed/>"],
)
def test_a_feed_may_be_empty(feed: str) -> None:
    assert read(feed).rows == ()


SUMMER = "<rss><channel><item><title>Été à Fès</title></item></channel></rss>"


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (SUMMER.encode(), "iso-8859-1"),
        (f"<?xml version='1.0' encoding='iso-8859-1'?>{SUMMER}".encode("latin-1"), ""),
        (f"<?xml version='1.0'?>{SUMMER}".encode("latin-1"), "iso-8859-1"),
        (f"<?xml version='1.0' encoding='utf-8'?>{SUMMER}".encode("cp1252"), ""),
        (f"\ufeff{SUMMER}".encode(), ""),
        (f"\ufeff{SUMMER}".encode("utf-16-be"), ""),
        (SUMMER.encode("utf-16-le"), ""),
        (SUMMER.encode("utf-32-be"), ""),
    ],
)
def test_letters_arrive_in_every_encoding(body: bytes, charset: str) -> None:
    assert read(body, charset).rows[0].title == "Été à Fès"


@pytest.mark.parametrize(
    ("broken", "title"),
    [
        ("<title>Fish & chips</title>", "Fish & chips"),
        ("<title>Caf&eacute;&nbsp;&hellip;</title>", "Café …"),
        ("<title>AT&amp;amp;T</title>", "AT&T"),
        ("<title>a < b</title>", "a < b"),
        ("<title>a &lt; b</title>", "a < b"),
        ("<title>Tab\x0bs and \x00 nulls</title>", "Tabs and nulls"),
        ("<dc:title>Undeclared prefix</dc:title>", "Undeclared prefix"),
        ("<title></title><description>What it is about</description>", "What it is about"),
        ("<media:title>A picture</media:title><title>The story</title>", "The story"),
        ("<title>&lt;img src=x onerror=alert(1)&gt;Safe</title>", "Safe"),
        ("<title>Line\n  break</title>", "Line break"),
    ],
)
def test_broken_titles_are_mended(broken: str, title: str) -> None:
    assert item(broken).title.rstrip() == title


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ("<link>https://example.org/a?x=1&y=2</link>", "https://example.org/a?x=1&y=2"),
        ("<link><![CDATA[https://example.org/a?x=1&y=2]]></link>", "https://example.org/a?x=1&y=2"),
        ("<guid>https://example.org/g</guid>", "https://example.org/g"),
        ("<link> https://example.org/a b </link>", "https://example.org/a%20b"),
        ("<link>//example.org/a</link>", "https://example.org/a"),
        ("<link>a</link>", "https://site.example/a"),
        ("<link>javascript:alert(1)</link><guid>https://example.org/g</guid>", "https://example.org/g"),
        ("<link>http://[broken</link><guid>https://example.org/g</guid>", "https://example.org/g"),
        ("<feedburner:origLink>https://example.org/o</feedburner:origLink><link>https://fb.example/x</link>", "https://example.org/o"),
    ],
)  # fmt: skip
def test_links_are_found_and_made_whole(fields: str, url: str) -> None:
    assert item(f"<title>T</title>{fields}", "<link>https://site.example/</link>").url == url


@pytest.mark.parametrize(
    "fields", ["", "<guid isPermaLink='false'>https://example.org/g</guid>", "<link>data:,x</link>"]
)
def test_a_row_that_leads_nowhere_leads_to_its_place_on_the_site(fields: str) -> None:
    row = item(f"<title>Harbour reopens</title>{fields}", "<link>https://site.example/</link>")
    assert row.url == "https://site.example/#:~:text=Harbour%20reopens"
    assert row.id


def test_a_date_without_a_zone_is_of_the_sources_zone() -> None:
    feed = "<rss><item><title>T</title><pubDate>2026-11-23 12:00</pubDate></item></rss>"
    assert read(feed, zone="Asia/Tokyo").rows[0].published_at == datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def test_warnings_before_and_garbage_behind_a_feed_are_passed_over() -> None:
    assert len(read(f"\n<br />Warning: mysql gone\n<!-- <rss> -->{RSS}<script>x</script>").rows) == 2


@pytest.mark.parametrize(
    "break_at", ["udget <em>", "/title><link>/budget", "/budget", "<dc:language>fr", "</item>\n</ch"]
)
def test_a_feed_that_breaks_off_gives_the_rows_that_came_whole(break_at: str) -> None:
    rows = read(RSS[: RSS.rindex(break_at)]).rows
    assert [row.title for row in rows] == ["Harbour reopens & ships sail"]


def test_a_feed_whose_last_row_was_never_closed_has_it_all_the_same() -> None:
    assert [row.title for row in read(RSS.replace("</item>\n</channel>", "</channel>")).rows][1:] == ["Budget passes"]


def test_a_json_feed_that_breaks_off_gives_the_rows_that_came_whole() -> None:
    rows = read(JSON[: JSON.index("a link")]).rows
    assert [row.title for row in rows] == ["Harbour reopens", "A note without a title"]
