"""What a box that looks otherwise than at the last look leads to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.news.errors import NotParseable
from bot.news.layout import TRIES, Box, Look, look, lost
from bot.news.model import Fetched, Found, Kind, Listing, Selectors, Source

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LAST = NOON - timedelta(minutes=2)
SOURCE = Source("harbour", "https://example.org/", selectors=Selectors("li.row", "time", "a"))
BY_HAND = Found(1.0, (), SOURCE.selectors)
SELF_FOUND = Found(0.8, ("8 rows",), None)


def row(number: int, minutes: float, path: str = "/2026/11/story-{}-of-the-harbour") -> Fetched:
    return Fetched(f"Headline number {number} of the day", "https://example.org" + path.format(number), ago(minutes))


def ago(minutes: float) -> datetime:
    return NOON - timedelta(minutes=minutes)


def box(*rows: Fetched, found: Found = BY_HAND) -> Listing:
    return Listing(Kind.BOX, rows, found=found)


def five(first: int = 1, minutes: float = 10, path: str = "/2026/11/story-{}-of-the-harbour") -> list[Fetched]:
    return [row(first + n, minutes + 30 * n, path) for n in range(5)]


def seen(*rows: Fetched) -> Box:
    """What is remembered of a box with these rows."""
    box_seen = look(None, SOURCE, box(*rows), None, LAST).box
    assert box_seen is not None
    return box_seen


def then(*rows: Fetched, before: Box | None = None, found: Found = BY_HAND) -> Look:
    return look(before or seen(*five()), SOURCE, box(*rows, found=found), LAST, NOON)


def test_a_new_row_above_the_known_ones_is_news() -> None:
    result = then(row(9, 1), *five()[:4])
    assert (result.backlog, result.word) == (frozenset(), None)


def test_a_row_that_an_editor_kept_for_an_hour_is_news() -> None:
    assert not then(*five()[:2], row(9, 60), *five()[2:]).backlog


def test_a_box_that_was_not_looked_at_for_a_night_has_only_news() -> None:
    before, morning = seen(*five()), NOON + timedelta(hours=9)
    rows = [replace(fetched, published_at=morning - timedelta(minutes=9 * n)) for n, fetched in enumerate(five(20))]
    assert look(before, SOURCE, box(*rows), LAST, morning) == Look(look(None, SOURCE, box(*rows), LAST, morning).box)


def test_a_box_that_shows_more_rows_than_before_shows_old_ones() -> None:
    result = then(*five(), *five(first=20, minutes=200))
    assert len(result.backlog) == 5
    assert result.word is None


def test_the_same_headlines_under_other_links_are_old_and_admins_hear_of_it() -> None:
    result = then(*five(first=70, path="/news/{}"))
    assert len(result.backlog) == 5
    assert str(result.word).startswith("The page of harbour has a new layout. 5 older headlines")


def test_another_list_of_the_page_in_the_boxs_place_is_old() -> None:
    result = then(*five(first=30, minutes=40))
    assert len(result.backlog) == 5
    assert "new layout" in str(result.word)


def test_what_is_newer_than_the_last_look_is_news_even_in_a_new_layout() -> None:
    result = then(row(50, 1), *five(first=30, minutes=40))
    assert len(result.backlog) == 5, "all but the one that is a minute old"


def test_after_the_change_the_new_layout_is_the_known_one() -> None:
    changed = then(*five(first=70, path="/news/{}"))
    after = look(changed.box, SOURCE, box(row(80, 1, "/news/{}"), *five(70, path="/news/{}")[:4]), LAST, NOON)
    assert (after.backlog, after.word) == (frozenset(), None)


def test_a_page_that_changes_at_every_look_is_told_of_once_a_day() -> None:
    old, new = five(), five(first=70, path="/news/{}")
    first = then(*new)
    back = look(first.box, SOURCE, box(*old), LAST, NOON + timedelta(minutes=2))
    assert (len(back.backlog), back.word) == (5, None)
    tomorrow = look(back.box, SOURCE, box(*new), LAST, NOON + timedelta(days=1))
    assert tomorrow.word


def test_selectors_that_find_nothing_any_more_are_told_of_once() -> None:
    first = then(*five(), found=SELF_FOUND)
    assert str(first.word).startswith("The selectors of harbour find nothing any more")
    assert not first.backlog
    again = look(first.box, SOURCE, box(*five(), found=SELF_FOUND), LAST, NOON + timedelta(days=3))
    assert again.word is None


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([replace(fetched, url=f"https://example.org/#:~:text={n}") for n, fetched in enumerate(five())], "nowhere"),
        ([replace(fetched, title="Sports") for fetched in five()], "no headlines"),
        ([replace(fetched, published_at=NOON) for fetched in five(40)], "the same time"),
        ([replace(fetched, title="Subscribe to our newsletter") for fetched in five()], "the same title"),
    ],
)
def test_rows_that_turned_to_nonsense_are_not_taken(rows: list[Fetched], reason: str) -> None:
    with pytest.raises(NotParseable, match=reason):
        then(*rows)


def test_a_feed_is_no_box() -> None:
    assert look(None, SOURCE, Listing(Kind.RSS, tuple(five())), LAST, NOON) == Look(None)


def test_a_box_that_is_not_found_is_told_of_once_when_it_is_no_hiccup() -> None:
    gone, state, words = NotParseable("There is neither a feed nor a latest-news box."), seen(*five()), []
    for failures in range(1, 2 * TRIES):
        result = lost(state, SOURCE, failures, gone, NOON + timedelta(minutes=failures))
        words.append(result.word)
        assert result.box is not None
        state = result.box
    assert [bool(word) for word in words] == [False, False, True, False, False]
    assert str(words[2]).startswith("I can no longer read harbour: There is neither")


def test_a_source_that_never_had_a_box_is_not_told_of() -> None:
    assert lost(None, SOURCE, TRIES, NotParseable("That is no feed."), NOON) == Look(None)
