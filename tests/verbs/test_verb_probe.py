"""`headline-bot probe`: what would be watched at an address or in a file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.ingest.listing import read_listing
from bot.news.model import Kind
from bot.settings import load
from tests.verbs.conftest import Operator, Site, Typed

SEED = Path(__file__).parents[3] / "shared" / "seed" / "article-with-latest-news-box.txt"
SEED_TITLES = [
    "Morocco hailed as ‘important partner’ for Germany and EU in agriculture",
    "Marrakech premieres film festival celebrating Moroccan heritage and memory",
    "How NASA turned the Hubble telescope into an innovative UV camera cleaner",
    "First monkeypox case detected in Azerbaijan as traveler tests positive",
    "Sacred melodies: The hidden political power of spiritual songs across cultures",
    "Palestinian Authority signals readiness for Gaza control as ceasefire deal advances",
    "Historic reopening: First commercial vehicle crosses Morocco-Spain border after six years",
]


def test_a_feed_is_shown_with_its_kind_and_every_headline(operator: Operator, site: Site) -> None:
    url = site.feed("/feed", "Small News", "Rain [at] last", "Second")
    found = operator.types("probe", url, "--json").json
    assert found == {
        "kind": "rss",
        "title": "Small News",
        "headlines": [
            {"published_at": "2026-11-23T09:15:00Z", "title": "Rain [at] last", "url": "https://example.org/0"},
            {"published_at": "2026-11-23T10:15:00Z", "title": "Second", "url": "https://example.org/1"},
        ],
    }


def test_a_pipe_gets_lines_with_tabs_and_no_escape_codes(operator: Operator, site: Site) -> None:
    said = operator.types("probe", site.feed("/feed", "Small News", "Rain [at] last"))
    assert said.lines == [
        "rss · Small News · one headline",
        "2026-11-23T09:15:00Z\tRain [at] last\thttps://example.org/0",
    ]
    assert said.err == ""


def test_a_headline_without_a_time_has_none(operator: Operator, tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(
        '<rss version="2.0"><channel><title>N</title><item><title>When?</title>'
        "<link>https://example.org/when</link></item></channel></rss>"
    )
    assert operator.types("probe", str(feed), "--json").json["headlines"][0]["published_at"] is None


@pytest.mark.skipif(not SEED.is_file(), reason="the seed's text is not beside the repository")
def test_the_seeds_box_gives_its_seven_headlines_in_order_and_to_the_letter(operator: Operator) -> None:
    found = operator.types("probe", str(SEED), "--json").json
    assert found["kind"] == "box"
    assert [row["title"] for row in found["headlines"]] == SEED_TITLES
    times = [row["published_at"][11:16] for row in found["headlines"]]
    assert times == ["12:15", "11:45", "11:15", "10:45", "10:15", "09:44", "09:10"]


@pytest.mark.skipif(not SEED.is_file(), reason="the seed's text is not beside the repository")
def test_a_boxs_clock_is_read_in_the_zone_that_is_named(operator: Operator) -> None:
    found = operator.types("probe", str(SEED), "--json", "--zone", "Asia/Tokyo").json
    assert found["headlines"][0]["published_at"][11:16] == "03:15"


BOX = "<h2>Latest news</h2><ul class='latest'>{}</ul>".format(
    "".join(
        f"<li><time>{clock}</time> <a href='/{n}'>The harbour and its storms, part {n}</a></li>"
        for n, clock in enumerate(("12:15", "12:02", "11:45", "10:58"))
    )
)
MORE = "<h3>More from the coast</h3><div>{}</div>".format(
    "".join(f"<p>{9 - n}:10 <a href='/more-{n}'>Another story of the coast, part {n}</a></p>" for n in range(3))
)


def test_a_box_is_shown_with_why_it_is_one_and_what_else_might_be(operator: Operator, site: Site) -> None:
    site.pages["/"] = (200, "text/html", f"<html><body>{BOX}{MORE}</body></html>")
    said = operator.types("probe", f"{site.url}/").out
    assert "85% sure that this is a latest-news box:\n  4 rows with a time and a link of their own" in said
    assert "announced as “Latest news”" in said
    assert "Other lists on the page:\n  45% sure: 3 rows, the first: Another story of the coast, part 0" in said
    assert "read as UTC" in said
    assert "read as UTC" not in operator.types("probe", f"{site.url}/", "--zone", "Europe/Paris").out


def test_a_page_that_says_whose_clock_it_shows_is_not_asked_for_its_zone(operator: Operator, site: Site) -> None:
    rows = BOX.replace("<time>", "<time datetime='2026-11-23T").replace("</time>", ":00+01:00'>at noon</time>")
    site.pages["/"] = (200, "text/html", f"<html><body>{rows}</body></html>")
    said = operator.types("probe", f"{site.url}/").out
    assert "4 headlines" in said
    assert "read as UTC" not in said


def test_the_lines_that_keep_a_box_are_ready_to_paste(operator: Operator, site: Site) -> None:
    site.pages["/"] = (200, "text/html", f"<html lang='en'><body>{BOX}{MORE}</body></html>")
    found = operator.types("probe", f"{site.url}/", "--json", "--zone", "Europe/Paris").json
    assert found["selectors"] == {"row": "ul.latest > li", "time": "time", "link": "a"}
    assert [other["headlines"][0] for other in found["others"]] == ["Another story of the coast, part 0"]

    printed = operator.types("probe", f"{site.url}/", "--zone", "Europe/Paris").out
    lines = printed.partition("To keep it, put into sources.toml:\n\n")[2]
    assert lines == found["sources_toml"] + "\n"
    (operator.config / "sources.toml").write_text(lines)
    [source] = load({"HEADLINE_BOT_CONFIG": str(operator.config)}).sources
    assert (source.url, source.zone, source.kind, source.lang) == (f"{site.url}/", "Europe/Paris", Kind.BOX, "en")
    now = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    body = site.pages["/"][2].encode()
    kept = read_listing(body, source.url, source=source, fetched_at=now)
    assert kept.found is not None
    assert kept.found.confidence == 1
    assert [row.title for row in kept.rows] == [row["title"] for row in found["headlines"]]


def test_a_page_in_a_file_is_linked_as_it_says_itself(operator: Operator, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        f"<html><head><link rel='canonical' href='https://example.org/coast/'></head><body>{BOX}</body></html>"
    )
    found = operator.types("probe", str(page), "--json").json
    assert found["headlines"][0]["url"] == "https://example.org/0"
    assert 'url = "https://example.org/coast/"' in found["sources_toml"]


def test_what_is_no_source_is_told_in_a_sentence(operator: Operator, site: Site) -> None:
    site.pages["/about"] = (200, "text/html", "<html><body><p>About us.</p></body></html>")
    said = operator.types("probe", f"{site.url}/about", code=1)
    assert said.out == ""
    assert said.err.count("\n") == 1


def test_a_page_that_is_not_there_is_told_in_a_sentence(operator: Operator, site: Site) -> None:
    assert operator.types("probe", f"{site.url}/gone", code=1).err == "The server answered 404 (Not Found).\n"


@pytest.mark.parametrize("place", ["no-such-file", "ftp://example.org/", "", "http://[::1", "https://example.org:bad/"])
def test_nonsense_is_wrong_use(typed: Typed, place: str) -> None:
    said = typed("probe", place)
    assert said.code == 2
    assert said.err.strip()


def test_a_folder_and_a_zone_that_is_none_are_told(typed: Typed, tmp_path: Path) -> None:
    assert "directory" in typed("probe", str(tmp_path)).err
    assert "no time zone 'Mars'" in typed("probe", "x", "--zone", "Mars").err
