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


def front_page(site: Site) -> str:
    """A page that names two feeds."""
    urls = [site.feed("/feed", "Small News", "Rain at last", "Second"), site.feed("/sport", "Small Sport", "A goal")]
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{url}">' for url in urls)
    site.pages["/"] = (200, "text/html", f"<html><head><title>News</title>{links}</head><body><p>Hi</p></body></html>")
    return f"{site.url}/"


def test_of_several_sources_none_is_added_until_one_is_picked(with_redis: Operator, site: Site) -> None:
    with_redis.names_sources(("ours", f"{site.url}/ours"))
    said = with_redis.types("sources", "add", front_page(site), code=2)
    assert said.lines == [
        "  1  rss · Small News · 2 headlines · the newest 2026-11-23T10:15:00Z",
        f"     {site.url}/feed",
        "     2026-11-23T10:15:00Z  Second",
        "     2026-11-23T09:15:00Z  Rain at last",
        "",
        "  2  rss · Small Sport · one headline · the newest 2026-11-23T09:15:00Z",
        f"     {site.url}/sport",
        "     2026-11-23T09:15:00Z  A goal",
    ]
    assert said.err == "Nothing was added. Say which one with --pick N, or name its own address.\n"
    with_redis.types("sources", "add", f"{site.url}/", "--pick", "3", code=2)
    assert len(with_redis.types("sources").lines) == 1
    assert with_redis.types("sources", "add", f"{site.url}/", "--pick", "2").out.startswith("small-sport is watched")


def test_programs_get_the_candidates_and_pick_by_number(with_redis: Operator, site: Site) -> None:
    with_redis.names_sources(("ours", f"{site.url}/ours"))
    first, second = with_redis.types("sources", "add", front_page(site), "--json").json["candidates"]
    assert (first["pick"], first["kind"], first["url"], first["headlines"]) == (1, "rss", f"{site.url}/feed", 2)
    assert first["last"][0] == {
        "published_at": "2026-11-23T10:15:00Z",
        "title": "Second",
        "url": "https://example.org/1",
    }
    assert (first["watched_as"], second["title"], second["comments"]) == (None, "Small Sport", False)
    assert len(with_redis.types("sources").lines) == 1  # looking adds nothing
    picked = with_redis.types("sources", "add", f"{site.url}/", "--json", "--pick", "1").json
    assert (picked["added"], picked["url"]) == ("small-news", f"{site.url}/feed")


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


def test_a_feed_readers_list_is_taken_in_with_its_folders_and_given_out_again(with_redis: Operator) -> None:
    with_redis.names_sources(("ours", "https://ours.example/feed"))
    file = with_redis.config / "feeds.opml"
    file.write_text(
        '<opml version="1.0"><body><outline text="World"><outline text="Africa">'
        '<outline text="A &amp; B" title="A &amp; B" type="rss" xmlUrl="https://a.example/feed"/></outline>'
        '<outline text="Again" xmlUrl="https://a.example/feed"/><outline text="A &amp; B" url="https://b.example/"/>'
        '<outline text="Ours" xmlUrl="https://ours.example/feed"/><outline text="x" xmlUrl="javascript:alert(1)"/>'
        '<outline text="Router" xmlUrl="http://192.168.0.1/feed"/></outline></body></opml>'
    )
    said = with_redis.types("sources", "import", str(file))
    assert said.lines == [
        "added\ta-b\tWorld/Africa\thttps://a.example/feed",
        "added\ta-b-2\tWorld\thttps://b.example/",
        "watched already\tours\t\thttps://ours.example/feed",
        "2 of 5 are watched from now on; 1 was already, 2 are refused.",
    ]
    assert said.err.splitlines() == [
        "x: javascript:alert(1) is no address of the web.",
        "Router: http://192.168.0.1/feed is not asked. That address is not on the public internet.",
    ]
    assert with_redis.types("sources", "import", str(file)).lines[-1].startswith("0 of 5 are watched from now on")
    rows = with_redis.types("sources", "--json").json["sources"]
    assert [(row["name"], row["folder"]) for row in rows] == [("ours", ""), ("a-b", "World/Africa"), ("a-b-2", "World")]
    given = with_redis.types("sources", "export").out
    assert {(one.title, one.url, one.folder) for one in read_opml(given.encode()).outlines} == {
        ("ours", "https://ours.example/feed", ""),
        ("A & B", "https://a.example/feed", "World/Africa"),
        ("A & B", "https://b.example/", "World"),
    }


@pytest.mark.parametrize("text", ["", "no list", "<rss/>", "<opml"])
def test_what_is_no_list_is_refused(with_redis: Operator, text: str) -> None:
    file = with_redis.config / "feeds.opml"
    file.write_text(text)
    assert "no OPML" in with_redis.types("sources", "import", str(file), code=1).err


def test_a_list_that_is_not_there_is_wrong_use(operator: Operator, tmp_path) -> None:
    assert "There is no file" in operator.types("sources", "import", str(tmp_path / "none.opml"), code=2).err
