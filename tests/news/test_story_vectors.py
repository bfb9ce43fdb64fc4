"""A translation shares no word with the story, but its meaning: only where vectors are given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.news.model import Headline
from bot.news.stories import WINDOW, Stories

pytest.importorskip("numpy", reason="vectors need the extra [semantic]")

from bot.news.story_vectors import StoryVectors

NINE = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
ENGLISH = Headline("en", "Earthquake shakes Chile", "https://a.example/1", "a", NINE, NINE, lang="en")
FRENCH = Headline("fr", "Un séisme frappe le Chili", "https://b.example/2", "b", NINE, NINE, lang="fr")
QUAKE, NEARLY, OTHER = (1.0, 0.0, 0.0), (0.98, 0.2, 0.0), (0.0, 0.0, 1.0)


@pytest.fixture
def stories() -> Stories:
    filled = Stories(vectors=StoryVectors())
    filled.add(ENGLISH, "en", QUAKE)
    return filled


def test_a_translation_joins_by_meaning(stories):
    assert stories.find(FRENCH, NEARLY) == "en"


def test_another_meaning_does_not_join(stories):
    assert stories.find(FRENCH, OTHER) is None


def test_without_a_vector_only_words_count(stories):
    assert stories.find(FRENCH) is None


def test_a_forgotten_story_is_no_longer_meant(stories):
    stories.forget(NINE + WINDOW + timedelta(seconds=1))
    assert stories.find(FRENCH, QUAKE) is None


@pytest.mark.parametrize(
    "title", ["Rain floods Porto", "Chile quake", "Fed holds rates", "Union agrees on wages today"]
)
def test_a_story_of_which_only_a_headline_without_words_is_left_is_found_by_its_meaning(title):
    stories = Stories(vectors=StoryVectors())
    for place in range(4):
        stories.add(replace(ENGLISH, id=f"t{place}", title=f"{title} {'again ' * place}"), "s", QUAKE)
    stories.add(replace(ENGLISH, id="none", title="!!!"), "s", QUAKE)
    for place in range(4):
        stories.discard(f"t{place}")
    assert stories.find(replace(ENGLISH, id="b", title="???"), QUAKE) == "s"


def test_many_stories_keep_their_own_vectors():
    vectors = StoryVectors()
    for place in range(600):
        vectors.add(f"s{place}", [float(place == at) for at in range(600)])
    vectors.forget("s7")
    vectors.add("new", [float(at == 7) for at in range(600)])
    assert vectors.alike([float(at == 7) for at in range(600)], ["s8"]) == {"s8": 0.0, "new": pytest.approx(1.0)}
