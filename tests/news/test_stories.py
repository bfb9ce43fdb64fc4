"""A story is told once: which headlines tell it again, and when it is forgotten."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.news import lexicon
from bot.news.model import Headline
from bot.news.stories import WINDOW, Stories
from bot.news.story_words import story_words

NINE = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
OTHERS = (
    "Rain floods the old town of Porto",
    "Union and railway agree on higher wages",
    "New species of frog found in the cloud forest",
    "Museum returns stolen bronze to its village",
    "Champion withdraws from the tennis final with an injured knee",
)


def told(name: str, title: str, after: timedelta = timedelta(0), url: str = "https://example.org/1") -> Headline:
    """A headline from a source of its own."""
    return Headline(name, title, url, f"source-{name}", NINE + after, NINE + after, lang="en")


def tell(stories: Stories, headline: Headline) -> str:
    story = stories.find(headline) or headline.id
    stories.add(headline, story)
    return story


@pytest.fixture
def stories() -> Stories:
    filled = Stories()
    for place, title in enumerate(OTHERS):
        filled.add(told(f"other{place}", title), f"other{place}")
    filled.add(told("quake", "Earthquake of magnitude 7.1 shakes northern Chile"), "quake")
    return filled


def test_another_wording_tells_the_story_again(stories):
    assert stories.find(told("b", "Chile: magnitude 7.1 earthquake shakes the north")) == "quake"


def test_other_news_begins_a_story_of_its_own(stories):
    assert stories.find(told("b", "Parliament votes on the budget of the army")) is None


def test_one_word_in_common_is_not_a_story(stories):
    assert stories.find(told("b", "Chile elects a young president in the second round")) is None


def test_an_address_tells_what_a_cut_title_does_not(stories):
    cut = told(
        "b", "What we know so far", url="https://example.org/2026/chile-earthquake-magnitude-shakes-northern-towns"
    )
    assert stories.find(cut) == "quake"


def test_what_a_source_alone_told_it_tells_again_when_there_is_something_new(stories):
    new = "Chile: magnitude 7.1 earthquake leaves two towns without water"
    assert stories.find(replace(told("b", new), source="source-quake")) is None


def test_the_same_words_with_other_numbers_are_the_next_of_a_kind():
    stories = Stories()
    for place, shares in enumerate((14, 3, 28)):
        headline = replace(
            told(str(place), f"Market report: shares close {shares} points up in Casablanca"), source="a"
        )
        assert tell(stories, headline) == str(place)


def test_a_round_number_is_a_number_though_dictionaries_know_it_as_a_word():
    lexicon.read("en")
    stories = Stories()
    for number in (100, 200, 300, 1000):
        tell(stories, replace(told(str(number), f"Fire: {number} houses burn near the port of Casablanca"), source="a"))
    assert len(stories) == 4


def test_finding_changes_nothing(stories):
    asked = told("b", "Chile: magnitude 7.1 earthquake shakes the north")
    assert [stories.find(asked) for _ in range(3)] == ["quake"] * 3
    assert len(stories) == len(OTHERS) + 1


def test_a_corrected_headline_stays_in_its_story_whatever_it_says_now(stories):
    corrected = told("quake", "Correction: quite another thing happened")
    assert tell(stories, corrected) == "quake"
    assert stories.find(told("b", "Quite another thing happened")) == "quake"
    assert stories.find(told("c", "Earthquake of magnitude 7.1 shakes northern Chile")) is None


def test_a_story_begun_elsewhere_is_joined_here(stories):
    stories.add(told("late", "Volcano erupts near the capital of Iceland"), "begun-elsewhere")
    assert stories.find(told("b", "Volcano near Iceland capital erupts")) == "begun-elsewhere"


def test_a_story_is_forgotten_48_hours_after_its_last_headline(stories):
    again = "Earthquake shakes northern Chile, magnitude 7.1"
    stories.add(told("b", again, timedelta(hours=40)), "quake")
    stories.forget(NINE + timedelta(hours=80))
    assert len(stories) == 1
    assert stories.find(told("c", again, timedelta(hours=80))) == "quake"
    stories.forget(NINE + timedelta(hours=40) + WINDOW + timedelta(seconds=1))
    assert len(stories) == 0
    assert stories.find(told("c", again)) is None


def test_a_new_headline_makes_room_for_itself(stories):
    stories.add(told("b", "Ferry runs aground", WINDOW + timedelta(minutes=1)), "b")
    assert len(stories) == 1


def test_after_everything_is_forgotten_answers_are_those_of_new_stories(stories):
    stories.forget(NINE + 2 * WINDOW)
    fresh, dice = Stories(), random.Random(3)
    words = ["quake", "flood", "vote", "strike", "fire", "court", "bank", "train", "storm", "treaty"]
    for place in range(300):
        title = " ".join(dice.sample(words, 4))
        headline = told(f"n{place}", title, 2 * WINDOW + timedelta(seconds=place))
        assert tell(stories, headline) == tell(fresh, headline)


@pytest.mark.parametrize("odd", ["", "…", "?!", "the", "́" * 50, "a" * 5000, "\ud800"])
def test_odd_titles_begin_stories_and_raise_nothing(stories, odd):
    assert tell(stories, told("odd", odd, url="http://[broken")) == "odd"
    stories.forget(NINE + 2 * WINDOW)
    assert len(stories) == 0


def test_an_address_that_is_only_a_number_says_nothing():
    headline = told("a", "Ferry runs aground")
    assert story_words(replace(headline, url="https://example.org/news/123456")) == story_words(headline)
