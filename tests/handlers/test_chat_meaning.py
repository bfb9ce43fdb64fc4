"""Following a meaning, as a person does it."""

from __future__ import annotations

import pytest


@pytest.fixture
def only_words(meanings, monkeypatch):
    """A bot whose operator has not installed the extra."""
    monkeypatch.setattr(meanings, "installed", False)


async def test_subscribing_to_a_meaning_shows_what_it_would_have_caught_in_another_language(news, person):
    await news("Bundestag beschließt neues Klimaschutzgesetz")
    await news("Arsenal win the derby")

    answer = await person.says("/subscribe ~climate policy")

    assert "would have told you 1 story" in answer.text
    assert "Klimaschutzgesetz" in answer.text


async def test_latest_and_search_know_meanings_too(news, person):
    await news("Bundestag beschließt neues Klimaschutzgesetz")
    await news("Arsenal win the derby")

    answer = await person.says("/search ~climate policy")

    assert "Klimaschutzgesetz" in answer.text
    assert "Arsenal" not in answer.text


async def test_a_bot_that_knows_only_words_says_so_before_anything_is_saved(person, only_words):
    answer = await person.says("/subscribe ~climate policy")

    assert "words but not meanings" in answer.text
    assert "headline-bot[semantic]" in answer.text
    assert "climate" not in (await person.says("/topics")).text


async def test_a_meaning_that_was_followed_before_can_still_be_given_up(person, meanings, monkeypatch):
    await person.says("/subscribe ~climate policy")
    monkeypatch.setattr(meanings, "installed", False)

    assert "no longer follow" in (await person.says("/unsubscribe ~climate policy")).text


async def test_tuning_a_meaning_begins_where_the_operator_set_it(news, person, meanings, monkeypatch):
    monkeypatch.setattr(meanings, "level", 37)
    await news("Bundestag beschließt neues Klimaschutzgesetz")
    await person.says("/subscribe ~climate policy")

    assert '~47:"climate policy"' in (await person.taps("− Narrower")).text
