"""What feeds write in many ways: namespaces, markup, bases of links, languages, their rhythm and their hub."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest

from bot.ingest.listing import read_listing
from bot.news.model import Fetched, Listing, Rhythm

URL = "https://feeds.example.org/all.xml"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ATOM = "xmlns='http://www.w3.org/2005/Atom'"
ARTICLE = "<p>Ships wait &amp; crews sleep.</p>" * 30
TEXT = "\n\n".join(["Ships wait & crews sleep."] * 30)


def read(feed: str) -> Listing:
    return read_listing(feed.encode(), URL, fetched_at=NOON)


def item(fields: str, rss: str = "version='2.0'") -> Fetched:
    [row] = read(f"<rss {rss}><channel><item>{fields}</item></channel></rss>").rows
    return row


def entry(fields: str, feed: str = ATOM) -> Fetched:
    [row] = read(f"<feed {feed}><entry>{fields}</entry></feed>").rows
    return row


@pytest.mark.parametrize(
    ("declared", "fields"),
    [
        ("xmlns:x='http://purl.org/dc/elements/1.1/'", "<x:title>T</x:title><x:date>2026-11-23</x:date>"),
        ("xmlns:dc='http://purl.org/DC/Elements/1.0/'", "<dc:title>T</dc:title><dc:date>2026-11-23</dc:date>"),
        ("xmlns:dc='http://example.org/ours'", "<dc:title>T</dc:title><dc:date>2026-11-23</dc:date>"),
        ("", "<dc:title>T</dc:title><dc:date>2026-11-23</dc:date>"),
        ("xmlns='http://backend.userland.com/rss2'", "<title>T</title><pubDate>2026-11-23</pubDate>"),
        ("xmlns='http://example.org/rss-of-ours'", "<title>T</title><pubDate>2026-11-23</pubDate>"),
        ("xmlns:a='http://www.w3.org/2005/Atom'", "<a:title>T</a:title><a:updated>2026-11-23</a:updated>"),
    ],
)
def test_fields_are_known_under_any_prefix(declared: str, fields: str) -> None:
    row = item(fields, declared)
    assert (row.title, row.published_at) == ("T", datetime(2026, 11, 23, tzinfo=UTC))


def test_fields_of_other_modules_are_not_the_rows_own() -> None:
    modules = (
        "xmlns:podcast='https://podcastindex.org/namespace/1.0' xmlns:m='http://purl.org/rss/1.0/modules/mine/' "
        "xmlns:media='http://search.yahoo.com/mrss/'"
    )
    own = "<podcast:title>No</podcast:title><m:title>No</m:title><media:title>No</media:title><title>Yes</title>"
    assert item(own, modules).title == "Yes"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<content>1 &lt; 2 &amp;amp; 3</content>", "1 < 2 & 3"),
        ("<content type='html'>&lt;p>One &amp;amp; two&lt;/p></content>", "One & two"),
        ("<content type='text/html' mode='escaped'>&lt;b>One&lt;/b></content>", "One"),
        ("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><b>One</b> two</div></content>", "One two"),
        ("<content type='html'><div>&lt;b>One&lt;/b></div></content>", "One"),
        (f"<content mode='base64'>{b64encode(b'<b>One</b>').decode()}</content>", "One"),
        (f"<content type='application/octet-stream'>{b64encode(b'<b>One</b>').decode()}</content>", "One"),
        (f"<content type='image/png'>{b64encode(bytes(range(99, 255))).decode()}</content>", ""),
        ("<content type='html'><![CDATA[<b>One</b>]]></content>", "One"),
    ],
)
def test_atoms_markup_is_read_as_its_type_says(content: str, text: str) -> None:
    assert entry(f"<title>T</title>{content}").text == text


@pytest.mark.parametrize(
    "field",
    [
        f"<content:encoded><![CDATA[{ARTICLE}]]></content:encoded>",
        f"<content:encoded>\n<![CDATA[{ARTICLE}]]> </content:encoded>",
        f"<content:encoded>{ARTICLE.replace('&', '&amp;').replace('<', '&lt;')}</content:encoded>",
        f"<content:encoded><![CDATA[{ARTICLE[:500]}]]><![CDATA[{ARTICLE[500:]}]]></content:encoded>",
        f"<content:encoded type='html' xml:lang='en'><![CDATA[{ARTICLE}]]></content:encoded>",
        f"<content:encoded>{ARTICLE}</content:encoded>",
    ],
    ids=["cdata", "spaced", "escaped", "in two", "with attributes", "elements"],
)
def test_a_long_article_is_read_however_it_is_wrapped(field: str) -> None:
    row = item(f"<title>T</title>{field}<link>https://example.org/1</link>")
    assert (row.title, row.text, row.url) == ("T", TEXT, "https://example.org/1")


def test_an_article_about_feeds_takes_nothing_from_the_feed() -> None:
    about = f"<content:encoded>{ARTICLE}</content:encoded><description>{'x' * 900}</description>"
    title = "<title><![CDATA[On <item>s]]></title>"
    row = item(f"{title}<description><![CDATA[{about}]]></description><pubDate>2026-11-23</pubDate>")
    assert row.summary.startswith("Ships wait & crews sleep.")
    assert row.published_at == datetime(2026, 11, 23, tzinfo=UTC)


def test_cdata_in_cdata_is_as_much_as_can_be_read() -> None:
    nested = f"<description><![CDATA[One <![CDATA[two {'x' * 400}]]> three]]></description>"
    row = item(f"<title>T</title>{nested}<link>https://example.org/1</link>")
    assert row.url == "https://example.org/1"
    assert row.summary.startswith("One two" if "<![CDATA[" not in row.summary else "One")


def test_a_feed_cannot_name_another_rows_text() -> None:
    rows = read(
        f"<rss><channel><item><title>A</title><description>{'y' * 900}</description></item>"
        "<item><title>B</title><description>\ufdd099</description></item></channel></rss>"
    ).rows
    assert [len(row.summary) for row in rows] == [900, 3]


@pytest.mark.parametrize(
    ("feed", "fields", "url"),
    [
        (f"{ATOM} xml:base='https://a.example/x/'", "<link href='y'/>", "https://a.example/x/y"),
        (f"{ATOM} xml:base='https://a.example/x/'", "<link xml:base='z/' href='y'/>", "https://a.example/x/z/y"),
        (f"{ATOM} xml:base='/x/'", "<link href='y'/>", "https://feeds.example.org/x/y"),
        (ATOM, "<link href='/y'/>", "https://feeds.example.org/y"),
        (ATOM, "<link rel='enclosure' href='/a.mp3'/><link href='/y'/>", "https://feeds.example.org/y"),
        (ATOM, "<link type='application/json' href='/j'/><link type='text/html' href='/y'/>", "https://feeds.example.org/y"),
        (ATOM, "<link rel='http://www.iana.org/assignments/relation/alternate' href='/y'/>", "https://feeds.example.org/y"),
        (ATOM, "<link rel='self'>https://a.example/feed</link><id>https://a.example/1</id>", "https://a.example/1"),
        (ATOM, "<content src='https://a.example/1'/>", "https://a.example/1"),
    ],
)  # fmt: skip
def test_links_of_atom_lead_where_they_are_meant_to(feed: str, fields: str, url: str) -> None:
    assert entry(f"<title>T</title>{fields}", feed).url == url


def test_a_row_that_says_nothing_is_called_by_where_it_leads() -> None:
    row = item("<title/><description>&lt;img src='x.jpg'></description><link>https://example.org/a%20day/7</link>")
    assert (row.title, row.summary) == ("example.org/a day/7", "")


@pytest.mark.parametrize(
    ("feed", "fields", "lang"),
    [
        (f"{ATOM} xml:lang='de'", "<title>T</title>", None),
        (f"{ATOM} xml:lang='de'", "<title xml:lang='fr-CA'>T</title>", "fr"),
        (f"{ATOM} xml:lang='de'", "<summary xml:lang='fr'>S</summary><title>T</title>", None),
        (f"{ATOM} xml:lang='de'", "<summary xml:lang='fr'>S</summary>", "fr"),
        (f"{ATOM} xmlns:dc='http://purl.org/dc/elements/1.1/'", "<title>T</title><dc:language>pt</dc:language>", "pt"),
    ],
)
def test_a_rows_language_is_its_titles(feed: str, fields: str, lang: str | None) -> None:
    assert entry(fields, feed).lang == lang


HUB = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title>
<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="/all.xml?full"/></channel></rss>"""


def test_a_feed_names_its_hub_and_the_name_that_the_hub_knows_it_by() -> None:
    listing = read(HUB)
    assert (listing.hub, listing.topic) == ("https://hub.example/", "https://feeds.example.org/all.xml?full")
    assert read(HUB.replace("self", "via")).topic == URL
    assert (read(HUB.replace('"hub"', '"self"')).hub, read(HUB.replace('"hub"', '"self"')).topic) == ("", "")


def test_a_json_feed_names_its_hub_too() -> None:
    hubs = [{"type": "rssCloud", "url": "https://x.example/"}, {"type": "WebSub", "url": "https://hub.example/"}]
    listing = read(json.dumps({"items": [], "hubs": hubs, "feed_url": "https://example.org/f"}))
    assert (listing.hub, listing.topic) == ("https://hub.example/", "https://example.org/f")


PERIOD = "<sy:updatePeriod>{}</sy:updatePeriod>"
HOURS = "<skipHours><hour>0</hour><hour>24</hour><hour>7</hour><hour>x</hour></skipHours>"
DAYS = "<skipDays><day>Saturday</day><day>sunday</day><day>Someday</day></skipDays>"


@pytest.mark.parametrize(
    ("head", "rhythm"),
    [
        ("", Rhythm()),
        ("<ttl>90</ttl>", Rhythm(ttl=timedelta(minutes=90))),
        ("<ttl>soon</ttl><ttl>5</ttl>", Rhythm()),
        ("<ttl>99999999</ttl>", Rhythm(ttl=timedelta(days=365))),
        (f"{PERIOD.format('daily')}<sy:updateFrequency>6</sy:updateFrequency>", Rhythm(timedelta(hours=4))),
        (f"{PERIOD.format(' hourly ')}<sy:updateFrequency>1</sy:updateFrequency>", Rhythm()),
        (HOURS, Rhythm(skip_hours=frozenset({0, 7}))),
        (DAYS, Rhythm(skip_days=frozenset({5, 6}))),
    ],
)  # fmt: skip
def test_a_feed_says_when_it_wants_to_be_left_alone(head: str, rhythm: Rhythm) -> None:
    syndication = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"
    assert read(f"<rss {syndication}><channel>{head}</channel></rss>").rhythm == rhythm


def test_windows_characters_in_disguise_are_letters_and_quotes() -> None:
    assert item("<title>Don&#146;t &#x93;panic&#x94;</title>").title == "Don’t “panic”"
