from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.news.cadence import Paces, asked_with, current, failed, fetched_well, host_free, says_nothing_new, with_push
from bot.news.errors import FetchFailed, NotParseable
from bot.news.habits import Habit
from bot.news.model import Fetched, Kind, Listing, Rhythm, Source
from bot.news.page import Page, Tags
from bot.news.sourcestate import SourceState
from bot.news.websub import Push

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SOURCE = Source("example", "https://example.org/feed")
UNKNOWN = SourceState()
# A source of which nothing is known but that it was asked an hour ago, when it told what a usual one tells.
KNOWN = SourceState(last_ok=NOON - timedelta(hours=1), habit=Habit(NOON, NOON))
PACES = Paces(every=timedelta(minutes=5), box_every=timedelta(minutes=2))
ROWS = (Fetched("One", "https://example.org/1"), Fetched("Two", "https://example.org/2"))
FEED = Listing(Kind.RSS, ROWS, title="Example News")
PAGE = Page("https://example.org/feed", b"...", tags=Tags('"v1"', "Mon, 23 Nov 2026 11:00:00 GMT"))


def well(state: SourceState = KNOWN, source: Source = SOURCE, page: Page = PAGE, new: int = 0) -> SourceState:
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
    state = fetched_well(KNOWN, SOURCE, PAGE, Listing(Kind.BOX, ROWS), 0, NOON, PACES)
    assert about(wait(state), 2)


def test_the_operators_cadence_wins_over_everything() -> None:
    source = replace(SOURCE, every=timedelta(seconds=2))
    page = replace(PAGE, max_age=timedelta(hours=1))
    long_silent = replace(KNOWN, habit=Habit(NOON - timedelta(days=90), NOON))
    assert about(wait(well(long_silent, source, page, new=0)), 2 / 60)


def test_sources_of_one_cadence_do_not_knock_in_the_same_second() -> None:
    dues = {well(source=replace(SOURCE, name=f"source-{number}")).due for number in range(50)}
    assert len(dues) > 40
    assert well().due == well().due


def test_a_server_that_says_how_long_nothing_changes_is_believed_within_reason() -> None:
    assert about(wait(well(page=replace(PAGE, max_age=timedelta(minutes=10)))), 10)
    assert about(wait(well(page=replace(PAGE, max_age=timedelta(days=10)))), 15)
    assert about(wait(well(page=replace(PAGE, max_age=timedelta(0)))), 5)


def test_a_source_that_is_added_with_many_others_is_asked_again_sooner_than_usual() -> None:
    dues = [wait(well(UNKNOWN, replace(SOURCE, name=f"source-{number}"))) for number in range(200)]
    assert timedelta(seconds=25) < min(dues) < timedelta(minutes=1)
    assert timedelta(minutes=4) < max(dues) <= timedelta(minutes=5)


def test_busy_sources_are_asked_more_often_and_quiet_ones_less_but_within_bounds() -> None:
    def publishes(a_day: float) -> timedelta:
        habit = Habit(NOON - timedelta(days=90), NOON, (a_day * 10 / 24,) * 24)
        return wait(well(replace(KNOWN, habit=habit)))

    assert about(publishes(4), 5)
    assert about(publishes(16), 2.5)
    assert about(publishes(2000), 1)
    assert about(publishes(0), 30)


def test_a_feed_that_says_how_long_it_lives_is_left_alone_for_so_long_within_reason() -> None:
    def lives(minutes: int) -> timedelta:
        listing = replace(FEED, rhythm=Rhythm(ttl=timedelta(minutes=minutes)))
        return wait(fetched_well(KNOWN, SOURCE, PAGE, listing, 0, NOON, PACES))

    assert about(lives(20), 20)
    assert about(lives(3), 5)
    assert about(lives(60 * 24), 30)


def test_a_feed_is_not_asked_in_the_hours_and_on_the_days_that_it_skips() -> None:
    def due(rhythm: Rhythm, source: Source = SOURCE) -> datetime:
        return fetched_well(KNOWN, source, PAGE, replace(FEED, rhythm=rhythm), 0, NOON, PACES).due

    lunch = Rhythm(skip_hours=frozenset({12, 13}))
    assert due(lunch) == NOON + timedelta(hours=2)
    monday_and_tuesday = Rhythm(skip_days=frozenset({0, 1}))
    assert due(monday_and_tuesday) == NOON.replace(hour=0) + timedelta(days=2)
    assert due(Rhythm(skip_days=frozenset(range(7)))) < NOON + timedelta(minutes=6), "all days cannot be meant"
    assert due(lunch, replace(SOURCE, every=timedelta(minutes=3))) < NOON + timedelta(minutes=4)


def test_once_a_day_a_source_is_read_whole_whatever_it_says_has_not_changed() -> None:
    state = well()
    assert asked_with(state, NOON + timedelta(hours=23)) == PAGE.tags
    assert asked_with(state, NOON + timedelta(hours=24)) == Tags()
    assert says_nothing_new(state, PAGE, NOON + timedelta(hours=1)), "the body is the same"
    assert not says_nothing_new(state, replace(PAGE, body=b"other"), NOON + timedelta(hours=1))
    assert not says_nothing_new(state, PAGE, NOON + timedelta(hours=25))


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


def test_a_source_that_says_twice_that_it_is_gone_is_asked_no_more() -> None:
    gone = FetchFailed("Gone.", gone=True)
    once = failed(well(), SOURCE, gone, NOON, PACES)
    assert about(wait(once), 60)
    assert not once.has_ended
    soon = failed(once, SOURCE, gone, NOON + timedelta(minutes=10), PACES)
    assert not soon.has_ended
    twice = failed(once, SOURCE, gone, NOON + timedelta(minutes=61), PACES)
    assert twice.has_ended
    assert fetched_well(once, SOURCE, PAGE, FEED, 0, NOON, PACES).gone is None


def test_all_sources_of_a_host_wait_for_as_long_as_it_asked_one_of_them() -> None:
    second = timedelta(seconds=1)
    assert host_free(NotParseable("No feed."), NOON, second) == NOON + second
    assert host_free(FetchFailed("Later.", timedelta(hours=2)), NOON, second) == NOON + timedelta(hours=2)
    assert host_free(FetchFailed("Later.", timedelta(days=9)), NOON, second) == NOON + timedelta(days=1)


def test_a_source_whose_hub_tells_us_is_asked_rarely_and_in_time_for_its_lease() -> None:
    push = Push("https://hub.example/", PAGE.url, "t", "s", NOON, "", NOON, NOON + timedelta(days=5))
    assert about(wait(with_push(well(), SOURCE, push, NOON, PACES)), 30)
    short = replace(push, until=NOON + timedelta(minutes=20))
    assert wait(with_push(well(), SOURCE, short, NOON, PACES)) == timedelta(minutes=15)
    for distrusted in (None, replace(push, until=None), replace(push, missed=NOON)):
        assert about(wait(with_push(well(), SOURCE, distrusted, NOON, PACES)), 5)


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
