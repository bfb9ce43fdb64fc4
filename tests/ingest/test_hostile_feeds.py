"""Feeds that mean harm: they give rows or a sentence, soon, and reach for nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.feeds import MOST_ROWS
from bot.ingest.listing import read_listing
from bot.news.errors import NotParseable
from bot.news.model import Fetched
from bot.news.plaintext import to_text

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ROW = "<item><title>&x;Title</title></item>"


def rows(feed: str | bytes) -> tuple[Fetched, ...]:
    body = feed if isinstance(feed, bytes) else feed.encode()
    try:
        return read_listing(body, "https://example.org/", fetched_at=NOON).rows
    except NotParseable:
        return ()


def test_a_file_is_not_read_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not tell")
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert "tell" not in repr(rows(f"{doctype}<rss><channel>{ROW}</channel></rss>"))


def test_no_connection_is_made_for_an_entity_or_a_document_type() -> None:
    doctype = '<!DOCTYPE rss SYSTEM "http://192.0.2.1/x.dtd" [<!ENTITY % p SYSTEM "http://192.0.2.1/p">%p;]>'
    assert len(rows(f"{doctype}<rss><channel>{ROW}</channel></rss>")) == 1  # the wall in conftest sees the rest


@pytest.mark.timeout(20)
def test_entities_that_multiply_stay_small() -> None:
    laughs = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 30))
    doctype = f'<!DOCTYPE rss [<!ENTITY x0 "ha">{laughs}<!ENTITY x "&x29;">]>'
    assert all(len(row.title) < 1000 for row in rows(f"{doctype}<rss><channel>{ROW}</channel></rss>"))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "attack",
    [
        "<rss><channel>" + "<item>" * 100_000,
        "<rss><channel><item><title>" + "<a>" * 100_000,
        "<rss>" + "&" * 500_000,
        "<rss>" + "<![CDATA[" * 100_000,
        "<rss><channel><item><description>" + "&lt;p" * 100_000 + "</description></item></channel></rss>",
        "<rss><channel><item>" + "<description><![CDATA[" * 100_000,
        "<rss><channel><item>" + ("<description>" + " " * 50) * 50_000,
        "<rss><channel><item>" + "<description " * 100_000,
        "<rss><channel>" + "<item>" * 100_000 + "</item>",
        '{"items": [' + '{"id": [' * 50_000,
        "<!DOCTYPE x [" + "]" * 500_000,
        "<!--" * 100_000,
        '{"items": ' + "[" * 100_000,
        '{"items": [{"title": "' + "\\u0301" * 50_000 + '"}]}',
    ],
    ids=map(str, range(14)),
)
def test_attacks_end_soon(attack: str) -> None:
    assert len(rows(attack)) <= 1


def test_a_million_items_are_cut() -> None:
    assert len(rows("<rss><channel>" + "<item><title>T</title></item>" * 20_000)) == MOST_ROWS


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece", ["<script", "<!--", "<a ", "<p", "&", "<style ", "<a <", "&#", "<svg>", "<iframe>", "<![CDATA["]
)
def test_markup_that_never_ends_ends(piece: str) -> None:
    to_text(piece * 100_000)


@given(st.binary(max_size=400) | st.text(alphabet="<>/&;!-[]{}\"'= rssitemtlcdha\n\0é", max_size=400).map(str.encode))
def test_any_bytes_give_rows_or_a_sentence(body: bytes) -> None:
    for start in (b"", b"<rss><channel><item>", b"<html><body>12:15 ", b'{"items": ['):
        rows(start + body)


SMALL = (
    b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    b"<channel><title>T</title><link>https://example.org/</link><ttl>5</ttl><skipHours><hour>3</hour></skipHours><item>"
    b"<title>A &amp; b</title><link>/a</link><pubDate>Mon, 23 Nov 2026 11:00:00 +0100</pubDate><content:encoded>"
    + b"<![CDATA["
    + b"<p>Long</p> " * 40
    + b"]]></content:encoded></item></channel></rss>",
    b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/" xml:lang="de"><title>T</title><entry>'
    b'<title type="html">A &lt;b&gt;</title><link href="a"/><link rel="hub" href="h"/><updated>2026-11-23T10:00:00Z'
    b'</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A</p></div></content></entry></feed>',
    b'{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1", "url": "https://example.org/1",'
    b' "title": "A", "date_published": "2026-11-23T10:00:00Z", "tags": ["x"]}], "hubs": [{"type": "WebSub"}]}',
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/'
    b'sitemap-news/0.9"><url><loc>https://example.org/1</loc><news:news><news:title>A</news:title></news:news></url></urlset>',
)
PIECES = st.sampled_from(
    [b"<![CDATA[", b"]]>", b"<!--", b"-->", b"&", b"&#", b"&eacute;", b"<", b">", b"</", b'"', b"\0", b"\xff\xfe",
     b"\xe9", "\ufdd07".encode(), b"<item>", b"</item>", b"<entry", b"xmlns:",
     b"<!DOCTYPE x [", b"<?", b"{", b"[", b"]"]
)  # fmt: skip


@given(
    st.sampled_from(SMALL),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES | st.binary(max_size=8)), min_size=1, max_size=6),
)
def test_a_feed_that_is_cut_and_patched_gives_rows_or_a_sentence(
    feed: bytes, patches: list[tuple[float, int, bytes]]
) -> None:
    for where, length, piece in patches:
        place = int(where * len(feed))
        feed = feed[:place] + piece + feed[place + length :]
    for row in rows(feed):
        assert row.title
        assert row.url.startswith(("http://", "https://"))
        assert len(row.summary) + len(row.text) < 5 * len(feed) + 100


def test_the_known_attacks_are_survived(shared_data: Path) -> None:
    for folder in ("xxe", "fuzzdict", "html5lib", "blns"):
        for file in (shared_data / "hostile" / folder).rglob("*"):
            if file.is_file():
                body = file.read_bytes()
                assert b"root:" not in repr(rows(body)).encode()
                rows(b"<rss><channel><item><title>" + body)


def test_every_real_feed_gives_rows(shared_data: Path) -> None:
    from benchmarks.feeds import read, real

    listings = [read(body) for body in real()]
    assert len(listings) > 50
    assert all(listing and listing.rows for listing in listings)


def test_a_news_sitemap_row_without_a_title_that_can_be_seen_is_none() -> None:
    sitemap = (
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        b' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">%s</urlset>'
    )
    row = b"<url><loc>https://news.example/%d</loc><news:news><news:title>%s</news:title></news:news></url>"
    shown = rows(sitemap % (row % (1, b"\xe2\x80\x8d") + row % (2, b"Rain at last")))
    assert [each.title for each in shown] == ["Rain at last"]
