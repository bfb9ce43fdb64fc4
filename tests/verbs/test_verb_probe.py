"""`headline-bot probe`: what would be watched at an address or in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

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
