"""The topics that we ship: whole in every language, each its own, and catching what their names promise."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from bot.desk.meant import by_name
from bot.news.matcher import Matcher
from bot.news.model import ReadyTopic
from bot.news.topics import canonical
from tests.news.real_headlines import matcher_of, ready_topics, says

LANGUAGES = {"en", "fr", "ar", "es", "pt", "de", "ru", "fa", "tr", "id", "hi", "zh"}
# In UTF-16 units: two buttons stand abreast on a telephone.
LONGEST_NAME = 24
MOST_BYTES = 64

HERE = Path(__file__).parent.parent
READY = ready_topics()
MADE_UP: dict[str, dict[str, tuple[str, str]]] = tomllib.loads(
    (HERE / "data" / "ready_topics.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("typed", "key", "name"),
    [
        ("foot", "football", "⚽ Football"),
        ("Soccer", "football", "⚽ Football"),
        ("bola", "football", "⚽ Sepak bola"),
        ("futbol", "football", "⚽ Fútbol"),
        ("tech", "technology", "💻 Technology"),
        ("кино", "film", "🎬 Кино и сериалы"),
    ],
)
def test_what_people_call_a_topic_besides_means_it(typed: str, key: str, name: str) -> None:
    found = by_name(typed, tuple(READY.values()))
    assert found
    assert (found.expression, found.name) == (READY[key].wish, name)


def test_words_that_may_be_meant_as_such_are_no_ready_topic() -> None:
    assert by_name("war", tuple(READY.values())) is None


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    """An index of all ready topics but the one that catches everything."""
    return matcher_of({key: ready.topic for key, ready in READY.items() if key != "everything"})


def test_there_are_about_thirty_ready_topics() -> None:
    assert 30 <= len(READY) <= 40


@pytest.mark.parametrize("ready", READY.values(), ids=READY)
def test_a_ready_topic_has_a_name_in_each_language_that_fits_its_button(ready: ReadyTopic) -> None:
    assert ready.names.keys() == LANGUAGES
    assert all(len(name.encode("utf-16-le")) // 2 <= LONGEST_NAME for name in ready.names.values())
    assert len(f"sub:{ready.key}".encode()) <= MOST_BYTES


def test_no_two_ready_topics_share_a_name_in_any_language() -> None:
    names = Counter(name for ready in READY.values() for name in {name.casefold() for name in ready.names.values()})
    assert [name for name, times in names.items() if times > 1] == []


def test_no_two_ready_topics_are_the_same() -> None:
    assert len({canonical(ready.topic) for ready in READY.values()}) == len(READY)


def test_every_ready_topic_is_tried_in_every_language() -> None:
    assert MADE_UP.keys() == READY.keys() - {"everything"}
    assert all(pairs.keys() == LANGUAGES for pairs in MADE_UP.values())


@pytest.mark.parametrize("key", MADE_UP)
def test_a_ready_topic_catches_what_its_name_promises_and_not_what_comes_near(key: str, matcher: Matcher) -> None:
    for lang, (caught, missed) in MADE_UP[key].items():
        assert key in matcher.match(says(caught, lang)), (lang, caught)
        assert key not in matcher.match(says(missed, lang)), (lang, missed)


@pytest.mark.parametrize("key", MADE_UP)
def test_a_ready_topic_catches_the_same_where_nobody_told_the_language(key: str, matcher: Matcher) -> None:
    for caught, missed in MADE_UP[key].values():
        assert key in matcher.match(says(caught, "")), caught
        assert key not in matcher.match(says(missed, "")), missed


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_what_one_topic_is_for_is_left_alone_by_most_others(lang: str, matcher: Matcher) -> None:
    found = [len(matcher.match(says(pairs[lang][0], lang))) for pairs in MADE_UP.values()]
    assert sum(found) / len(found) < 4
    assert max(found) <= 8
