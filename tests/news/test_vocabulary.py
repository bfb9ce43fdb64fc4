"""The words of topics, made ready for a language step by step while topics come and go."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.vocabulary import Vocabulary

MANY = [f"word{number}" for number in range(1200)]  # more than one step takes
FORMS = ["election", "elections", "vote", "voted", "voting"]
WORDS = [*FORMS, *MANY[:60:3], "vot*", "=voted"]
LANGS = ("en",)


def vocabulary_of(words: list[str]) -> Vocabulary:
    vocabulary = Vocabulary()
    for word in words:
        vocabulary.add(word)
    return vocabulary


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["step", *WORDS]), max_size=40), st.booleans())
def test_what_comes_and_goes_while_a_language_is_made_ready_is_neither_missed_nor_kept(
    happens: list[str], finished: bool
) -> None:
    asked = set(FORMS + MANY)
    vocabulary = vocabulary_of([*asked])
    steps = vocabulary.prepare(LANGS)
    next(steps)
    for what in happens:
        if what == "step":
            next(steps, None)
        elif what in asked:
            asked.remove(what)
            vocabulary.remove(what)
        else:
            asked.add(what)
            vocabulary.add(what)
    if finished:
        assert all(step is None for step in steps)
    fresh = vocabulary_of([*asked])
    for word in (*FORMS, "votes", "election's", *MANY):
        assert vocabulary.find(word, LANGS) == fresh.find(word, LANGS)


def steps_for(vocabulary: Vocabulary, lang: str) -> int:
    return sum(1 for _ in vocabulary.prepare([lang]))


def test_a_language_made_ready_leaves_nothing_to_do_and_many_words_take_many_steps() -> None:
    vocabulary = vocabulary_of(MANY)
    assert steps_for(vocabulary, "en") > 1
    assert steps_for(vocabulary, "en") == 0


def test_a_word_that_comes_later_waits_for_the_next_headline_and_is_found_by_it() -> None:
    vocabulary = vocabulary_of(MANY)
    assert steps_for(vocabulary, "en") > 1
    vocabulary.add("flood")
    assert vocabulary.find("floods", LANGS) == {"flood"}
    vocabulary.add("drought")
    assert steps_for(vocabulary, "en")
    assert steps_for(vocabulary, "en") == 0
    vocabulary.add("frost")
    vocabulary.remove("frost")
    assert steps_for(vocabulary, "en") == 0


def test_of_many_languages_the_one_used_longest_ago_is_made_anew() -> None:
    vocabulary = vocabulary_of(FORMS)
    assert steps_for(vocabulary, "en")
    assert steps_for(vocabulary, "fr")
    for number in range(30):
        assert steps_for(vocabulary, f"x{number}")
        assert vocabulary.find("elections", LANGS)
    assert steps_for(vocabulary, "en") == 0
    assert steps_for(vocabulary, "fr") == 1
