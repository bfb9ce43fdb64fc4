"""/latest and /search, as a person uses them."""

from __future__ import annotations

import pytest


async def test_latest_numbers_its_rows_newest_first_with_a_time_and_a_button_each(news, person):
    await news("Rabat hosts a summit")
    await news("Oil falls")

    answer = await person.says("/latest")

    lines = answer.text.splitlines()
    assert any(line.startswith("1.") and "Oil falls" in line for line in lines)
    assert any(line.startswith("2.") and "Rabat hosts a summit" in line for line in lines)
    assert {"1", "2"} <= set(answer.labels)
    assert answer.entities.count("date_time") == 2


async def test_latest_pages_in_place(news, person):
    for number in range(1, 13):
        await news(f"Story {number}")
    await person.says("/latest 5")

    second = await person.taps("Older ›")
    assert "6. " in second.text
    assert "Story 7" in second.text
    assert second.edited

    first = await person.taps("‹ Newer")
    assert "Story 12" in first.text


async def test_latest_with_a_number_and_a_topic(news, person):
    await news("Rabat hosts a summit")
    await news("Oil falls")

    answer = await person.says("/latest 20 summit")

    assert "Rabat hosts a summit" in answer.text
    assert "Oil" not in answer.text


@pytest.mark.parametrize("many", ["500", "99999999999999999999"])
async def test_latest_says_that_thirty_rows_are_the_most(news, person, many):
    for number in range(32):
        await news("A rather long headline about the story " + "and more words " * 12 + f"number {number}")

    answer = await person.says(f"/latest {many}")

    assert "30 rows at most" in answer.text
    assert answer.text.count("\n30.") == 1


async def test_a_list_of_nothing_says_so_and_offers_to_follow(news, person):
    await news("Oil falls")

    answer = await person.says("/search summit")

    assert "Nothing on “summit”" in answer.text
    assert "Follow “summit”" in answer.labels


async def test_before_the_first_headline_latest_says_that_they_are_on_their_way(person):
    assert "on their way" in (await person.says("/latest")).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [("/latest 0", "/latest 5"), ("/search", "/search interest rates"), ("/latest 3 (oil", "^")],
)
async def test_wrong_arguments_get_a_sentence_with_an_example(person, typed, told):
    assert told in (await person.says(typed)).text
