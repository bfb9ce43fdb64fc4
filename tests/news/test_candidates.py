"""Of what was found: which are one source, and which is offered first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.news.candidates import best_first, candidate_of, with_names
from bot.news.model import Fetched, Kind, Listing, Source
from bot.news.naming import free_name

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def found(url: str, *titles: str, kind: Kind = Kind.RSS, age: timedelta | None = timedelta(0), title: str = ""):
    rows = tuple(
        Fetched(one, f"https://news.example/{one}", None if age is None else NOW - age - timedelta(minutes=number))
        for number, one in enumerate(titles)
    )
    return candidate_of(Listing(kind, rows, title=title), url)


def urls(*candidates) -> list[str]:
    return [one.source.url for one in best_first(candidates, NOW)]


def test_they_stay_in_the_order_in_which_the_page_names_them():
    assert urls(found("https://n.example/1", "a"), found("https://n.example/2", "b")) == [
        "https://n.example/1",
        "https://n.example/2",
    ]


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://n.example/comments/feed", ""),
        ("https://n.example/?feed=comments-rss2", ""),
        ("https://n.example/x", "Comments on: The news"),
        ("https://n.example/x", "Kommentar-Feed"),
        ("https://n.example/x", "The news » Flux des commentaires"),
        ("https://n.example/x", "Комментарии"),
    ],
)
def test_what_readers_say_comes_last(url: str, title: str):
    theirs, ours = found(url, "a", title=title), found("https://n.example/feed", "b", age=timedelta(days=400))
    assert best_first([theirs, ours], NOW) == (ours, theirs)


def test_an_opinion_section_is_not_what_readers_say():
    assert not found("https://n.example/commentisfree/rss", "a").comments


def test_what_has_long_had_no_news_comes_behind_what_has_some():
    old, empty, new = (
        found("https://n.example/old", "a", age=timedelta(days=31)),
        found("https://n.example/empty"),
        found("https://n.example/new", "b"),
    )
    assert best_first([old, empty, new], NOW) == (new, old, empty)


def test_the_same_headlines_in_another_format_are_the_same_feed():
    rss, atom = found("https://n.example/rss", *"abcdef"), found("https://n.example/atom", *"abcdef", kind=Kind.ATOM)
    assert urls(rss, atom) == urls(atom, rss) == ["https://n.example/atom"]


def test_of_two_formats_the_one_with_times_is_offered():
    atom = found("https://n.example/atom", *"abcdef", kind=Kind.ATOM, age=None)
    assert urls(atom, found("https://n.example/rss", *"abcdef")) == ["https://n.example/rss"]


def test_one_feed_at_two_addresses_is_offered_at_the_first():
    assert urls(found("https://n.example/feed/", *"abc"), found("https://n.example/rss.xml", *"abc")) == [
        "https://n.example/feed/"
    ]
    assert urls(found("https://n.example/feed/", "a"), found("http://www.n.example/feed", "b")) == [
        "https://n.example/feed/"
    ]


def test_a_sections_feed_is_not_the_sites_even_if_it_has_the_last_headlines():
    assert len(urls(found("https://n.example/all", *"abcdefghij"), found("https://n.example/world", *"abc"))) == 2


def test_a_box_and_a_feed_of_the_same_headlines_are_two_ways_to_watch():
    assert len(urls(found("https://n.example/feed", *"abc"), found("https://n.example/", *"abc", kind=Kind.BOX))) == 2


def test_what_is_watched_already_says_so():
    [one] = with_names([found("https://n.example/feed/", "a")], [Source("news", "https://www.n.example/feed")])
    assert one.known == "news"


def test_the_newest_headlines_show_what_it_is_whatever_their_order():
    rows = (
        Fetched("old", "https://n.example/o", NOW - timedelta(days=9)),
        Fetched("new", "https://n.example/n", NOW),
        Fetched("none", "https://n.example/x"),
        Fetched("middle", "https://n.example/m", NOW - timedelta(hours=1)),
    )
    one = candidate_of(Listing(Kind.RSS, rows), "https://n.example/feed", "As the page calls it")
    assert [row.title for row in one.last] == ["new", "middle", "old"]
    assert (one.newest, one.count, one.source.title) == (NOW, 4, "As the page calls it")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://127.0.0.1:8082/feed", "127-0-0-1"),
        ("https://163.example/", "163-example"),
        ("https://www.n.example/", "n"),
    ],
)
def test_a_name_that_is_made_of_a_host_is_no_bare_number(url: str, name: str):
    assert free_name("", url, ()) == name
