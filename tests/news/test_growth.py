"""How a story grows: who counts as a source, when an alert is worth an edit, and what is breaking."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.news.growth import breaking, grew, independent
from bot.news.model import Telling

NINE = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def told_by(*hosts: str, apart: timedelta = timedelta(minutes=5)) -> list[Telling]:
    """Tellings of one story, one after the other; each by a source of its own name."""
    return [
        Telling(f"source {place}", host, NINE + place * apart, f"headline {place}") for place, host in enumerate(hosts)
    ]


def test_three_sources_within_minutes_are_breaking():
    tellings = told_by("www.a.com", "b.com", "c.com")
    assert breaking(tellings, NINE + timedelta(minutes=11))
    assert breaking(tellings[::-1], NINE + timedelta(minutes=11))
    assert not breaking(tellings[:2], NINE + timedelta(minutes=11))


def test_what_broke_hours_ago_is_breaking_no_more():
    assert not breaking(told_by("a.com", "b.com", "c.com"), NINE + timedelta(hours=2))


def test_sources_that_come_late_or_share_a_site_are_not_breaking():
    assert not breaking(told_by("a.com", "b.com", "c.com", apart=timedelta(minutes=8)), NINE)
    assert not breaking(told_by("www.a.co.uk", "m.a.co.uk", "c.co.uk"), NINE)


def test_an_alert_is_edited_when_a_slow_story_breaks_at_whatever_source():
    slow = told_by("a.com", "b.com", apart=timedelta(hours=3))
    later = NINE + timedelta(hours=9)
    quick = [Telling(f"q{place}", f"{place}.org", later + timedelta(minutes=place), f"q{place}") for place in range(3)]
    assert breaking(slow + quick, later + timedelta(minutes=3))
    assert [grew(slow + quick, f"q{place}") for place in range(3)] == [True, False, True]  # the third, and the burst


def test_a_site_counts_once_whatever_its_hosts_are_called():
    tellings = told_by("www.bbc.co.uk", "feeds.bbc.co.uk", "theguardian.co.uk", "abc.es", "news.abc.es", "127.0.0.1")
    assert [telling.host for telling in independent(tellings)] == [
        "www.bbc.co.uk",
        "theguardian.co.uk",
        "abc.es",
        "127.0.0.1",
    ]


def test_an_alert_is_edited_at_three_sources_and_then_at_doublings():
    tellings = told_by(*(f"{place}.com" for place in range(50)))
    assert [place for place in range(50) if grew(tellings, f"headline {place}")] == [2, 5, 11, 23, 47]


def test_a_second_headline_of_a_source_makes_no_story_grow():
    assert not grew(told_by("a.com", "b.com", "c.com"), "another headline")
