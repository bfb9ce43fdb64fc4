"""`headline-bot sources`: what is watched; adding and removing."""

from __future__ import annotations

import pytest

from bot.ingest.opml import read_opml
from tests.verbs.conftest import Operator, Site


def test_a_source_is_looked_at_named_and_added_and_removed_again(with_redis: Operator, site: Site) -> None:
    with_redis.names_sources(("ours", f"{site.url}/ours"))
    url = site.feed("/feed", "Small News – World", "Rain at last", "Second")
    said = with_redis.types("sources", "add", url)
    assert said.out == (
        "small-news is watched from now on: rss, 2 headlines; the newest, 2026-11-23T10:15:00Z: Second\n"
    )
    rows = with_redis.types("sources", "--json").json["sources"]
    assert [(row["name"], row["from"], row["state"]) for row in rows] == [
        ("ours", "sources.toml", "not asked yet"),
        ("small-news", "added", "not asked yet"),
    ]
    assert "watched already, as small-news" in with_redis.types("sources", "add", url, code=1).err
    with_redis.types("sources", "remove", "small-news")
    assert len(with_redis.types("sources").lines) == 1


def test_a_second_source_of_the_same_title_gets_a_name_of_its_own(with_redis: Operator, site: Site) -> None:
    with_redis.names_sources(("small-news", f"{site.url}/ours"))
    url = site.feed("/feed", "Small News", "Rain at last")
    assert with_redis.types("sources", "add", url).out.startswith("small-news-2 is watched")


def test_the_operator_may_choose_the_name_and_the_zone(with_redis: Operator, site: Site) -> None:
    with_redis.names_sources(("ours", f"{site.url}/ours"))
    url = site.feed("/feed", "Small News", "Rain at last")
    with_redis.types("sources", "add", url, "--name", "rainy", "--zone", "Africa/Casablanca")
    added = with_redis.types("sources", "--json").json["sources"][1]
    assert (added["name"], added["zone"]) == ("rainy", "Africa/Casablanca")
    taken = with_redis.types("sources", "add", f"{site.url}/other", "--name", "rainy", code=1)
    assert "already" in taken.err


def test_a_page_that_shows_no_headlines_is_not_added(with_redis: Operator, site: Site) -> None:
    with_redis.names_sources(("ours", f"{site.url}/ours"))
    with_redis.types("sources", "add", f"{site.url}/gone", code=1)
    assert len(with_redis.types("sources").lines) == 1


@pytest.mark.parametrize("host", ["localhost", "[::1]", "2130706433", "10.0.0.1"])
def test_a_private_address_is_refused_with_the_place_where_it_belongs(with_redis: Operator, host: str) -> None:
    err = with_redis.types("sources", "add", f"http://{host}:8000/feed", code=1).err
    assert err.endswith("is not on the public internet; a source of your own network goes into sources.toml.\n")


@pytest.mark.parametrize("words", [["nonsense"], ["https://e.org/", "--name", "No Name"]])
def test_adding_nonsense_is_wrong_use(with_redis: Operator, words: list[str]) -> None:
    with_redis.types("sources", "add", *words, code=2)


def test_a_configured_source_is_removed_where_it_is_named(with_redis: Operator) -> None:
    with_redis.names_sources(("ours", "https://example.org/feed"))
    assert "sources.toml; remove it there" in with_redis.types("sources", "remove", "ours", code=1).err
    assert "No source called theirs" in with_redis.types("sources", "remove", "theirs", code=1).err


def test_a_feed_readers_list_is_taken_in_and_given_out_again(with_redis: Operator) -> None:
    with_redis.names_sources(("ours", "https://ours.example/feed"))
    file = with_redis.config / "feeds.opml"
    file.write_text(
        '<opml version="1.0"><body><outline text="Folder">'
        '<outline text="A &amp; B" title="A &amp; B" type="rss" xmlUrl="https://a.example/feed"/>'
        '<outline text="Again" xmlUrl="https://a.example/feed"/><outline text="A &amp; B" url="https://b.example/"/>'
        '<outline text="Ours" xmlUrl="https://ours.example/feed"/><outline text="x" xmlUrl="javascript:alert(1)"/>'
        "</outline></body></opml>"
    )
    assert with_redis.types("sources", "import", str(file)).out.startswith("2 of 3 are watched from now on")
    assert with_redis.types("sources", "import", str(file)).out.startswith("0 of 3 are watched from now on")
    names = [row["name"] for row in with_redis.types("sources", "--json").json["sources"]]
    assert names == ["ours", "a-b", "a-b-2"]
    given = with_redis.types("sources", "export").out
    assert [(one.title, one.url) for one in read_opml(given.encode())] == [
        ("ours", "https://ours.example/feed"),
        ("A & B", "https://a.example/feed"),
        ("A & B", "https://b.example/"),
    ]


@pytest.mark.parametrize("text", ["", "no list", "<rss/>", "<opml"])
def test_what_is_no_list_is_refused(with_redis: Operator, text: str) -> None:
    file = with_redis.config / "feeds.opml"
    file.write_text(text)
    assert "no OPML" in with_redis.types("sources", "import", str(file), code=1).err
