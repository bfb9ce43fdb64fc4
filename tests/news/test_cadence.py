from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.news.cadence import Paces, SourceState, current, failed, fetched_well
from bot.news.errors import FetchFailed, NotParseable
from bot.news.model import Fetched, Kind, Listing, Source
from bot.news.page import Page, Tags

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SOURCE = Source("example", "https://example.org/feed")
UNKNOWN = SourceState()
PACES = Paces(every=timedelta(minutes=5), box_every=timedelta(minutes=2))
ROWS = (Fetched("One", "https://example.org/1"), Fetched("Two", "https://example.org/2"))
FEED = Listing(Kind.RSS, ROWS, title="Example News")
PAGE = Page("https://example.org/feed", b"...", tags=Tags('"v1"', "Mon, 23 Nov 2026 11:00:00 GMT"))


def well(state: SourceState = UNKNOWN, source: Source = SOURCE, page: Page = PAGE, new: int = 1) -> SourceState:
    return fetched_well(state, source, page, None if page.unchanged else FEED, new, NOON, PACES)


def wait(state: SourceState) -> timedelta:
    return state.due - NOON


def about(wait: timedelta, minutes: float) -> bool:
    usual = timedelta(minutes=minutes)
    return usual <= wait <= usual * 1.1


def test_a_feed_is_asked_again_after_the_usual_time() -> None:
    state = well()
    assert about(wait(state), 5)
    assert (state.last_ok, state.found, state.title, state.kind) == (NOON, 2, "Example News", Kind.RSS)


def test_a_box_is_asked_more_often_than_a_feed() -> None:
    state = fetched_well(SourceState(), SOURCE, PAGE, Listing(Kind.BOX, ROWS), 0, NOON, PACES)
    assert about(wait(state), 2)


def test_the_operators_cadence_wins_over_everything() -> None:
    source = replace(SOURCE, every=timedelta(seconds=2))
    page = replace(PAGE, max_age=timedelta(hours=1))
    long_silent = SourceState(last_new=NOON - timedelta(days=90))
    assert about(wait(well(long_silent, source, page, new=0)), 2 / 60)


def test_sources_of_one_cadence_do_not_knock_in_the_same_second() -> None:
    dues = {well(source=replace(SOURCE, name=f"source-{number}")).due for number in range(50)}
    assert len(dues) > 40
    assert well().due == well().due


def test_a_server_that_says_how_long_nothing_changes_is_believed_within_reason() -> None:
    assert about(wait(well(page=replace(PAGE, max_age=timedelta(minutes=10)))), 10)
    assert about(wait(well(page=replace(PAGE, max_age=timedelta(days=10)))), 15)
    assert about(wait(well(page=replace(PAGE, max_age=timedelta(0)))), 5)


@pytest.mark.parametrize(("days", "minutes"), [(1, 5), (3, 15), (29, 15), (30, 60)])
def test_a_source_that_has_nothing_new_for_long_is_asked_less_often(days: int, minutes: int) -> None:
    assert about(wait(well(SourceState(last_new=NOON - timedelta(days=days)), new=0)), minutes)
    assert about(wait(well(SourceState(last_new=NOON - timedelta(days=days)), new=1)), 5)


def test_an_unchanged_answer_keeps_what_was_known() -> None:
    unchanged = Page(PAGE.url, b"", unchanged=True)
    state = well(well(), page=unchanged, new=0)
    assert (state.etag, state.modified) == ('"v1"', "Mon, 23 Nov 2026 11:00:00 GMT")
    assert (state.found, state.title) == (2, "Example News")


def test_a_server_that_stops_giving_tags_is_asked_without_them() -> None:
    state = well(well(), page=replace(PAGE, tags=Tags()))
    assert (state.etag, state.modified) == ("", "")


def test_failures_make_the_waits_grow_up_to_a_quarter_of_a_day() -> None:
    state, waits = well(), []
    for _ in range(12):
        state = failed(state, SOURCE, FetchFailed("The server answered 503."), NOON, PACES)
        waits.append(wait(state))
    assert about(waits[0], 10)
    assert about(waits[1], 20)
    assert about(waits[-1], 6 * 60)
    assert waits == sorted(waits)
    assert (state.error, state.failures, state.last_ok) == ("The server answered 503.", 12, NOON)


def test_a_poll_that_goes_well_ends_the_trouble() -> None:
    state = well(failed(well(), SOURCE, NotParseable("That is no feed."), NOON, PACES))
    assert (state.failures, state.error) == (0, "")
    assert about(wait(state), 5)


def test_a_server_that_asks_for_time_gets_it_but_never_more_than_a_day() -> None:
    patient = failed(well(), SOURCE, FetchFailed("Later.", timedelta(hours=2)), NOON, PACES)
    assert about(wait(patient), 120)
    forever = failed(well(), SOURCE, FetchFailed("Later.", timedelta(days=300)), NOON, PACES)
    assert about(wait(forever), 24 * 60)
    hasty = failed(well(), SOURCE, FetchFailed("Later.", timedelta(seconds=1)), NOON, PACES)
    assert about(wait(hasty), 10)


def test_a_source_that_is_gone_is_asked_once_a_day() -> None:
    assert about(wait(failed(well(), SOURCE, FetchFailed("Gone.", gone=True), NOON, PACES)), 24 * 60)


def test_a_source_that_moved_for_good_is_asked_there_until_that_fails_too() -> None:
    moved = well(page=replace(PAGE, moved_to="https://new.example.org/feed"))
    assert moved.url == "https://new.example.org/feed"
    assert well(moved).url == moved.url
    for _ in range(3):
        moved = failed(moved, SOURCE, FetchFailed("Not there."), NOON, PACES)
    assert moved.url == ""


def test_a_source_whose_address_the_operator_changed_starts_afresh() -> None:
    state = well()
    assert current(state, SOURCE) == state
    fresh = current(state, replace(SOURCE, url="https://example.org/other"))
    assert (fresh.etag, fresh.last_ok, fresh.due) == ("", None, state.due)
