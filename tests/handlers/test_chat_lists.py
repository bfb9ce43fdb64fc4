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

    second = await person.taps("More ›")
    assert "6. " in second.text
    assert "Story 7" in second.text
    assert second.edited

    first = await person.taps("‹ Back")
    assert "Story 12" in first.text


async def test_a_list_keeps_its_numbers_while_news_comes_in(news, person):
    for number in range(1, 13):
        await news(f"Story {number}")
    await person.says("/latest 5")
    await news("Story 13")

    second = await person.taps("More ›")
    assert "6. " in second.text
    assert "Story 7" in second.text
    assert "Story 8" not in second.text
    assert "Story 12" in (await person.says("/read 1")).text


async def test_refreshing_a_list_says_how_many_are_new(news, person):
    await news("Story 1")
    await person.says("/latest")

    assert "Nothing new since" in (await person.taps("↻ Refresh")).text
    await news("Story 2")
    await news("Story 3")
    answer = await person.taps("↻ Refresh")
    assert "2 new since" in answer.text
    assert "1. " in answer.text.split("Story 3")[0]
    assert answer.edited
    assert answer.entities.count("date_time") == 4


async def test_more_than_ten_rows_have_small_buttons_and_each_can_be_read(news, person):
    for number in range(1, 13):
        await news(f"Story {number}")

    answer = await person.says("/latest 12")

    assert [label for label in answer.labels if label.isdecimal()] == [str(number) for number in range(1, 13)]
    assert "Story 1" in (await person.taps("12")).text


@pytest.mark.parametrize("typed", ["/latest 20 summit", "/latest summit 20"])
async def test_latest_with_a_number_and_a_topic(news, person, typed):
    await news("Rabat hosts a summit")
    await news("Oil falls")

    answer = await person.says(typed)

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


async def test_a_search_puts_the_title_before_the_summary_and_can_be_put_in_order_of_time(news, person):
    await news("Rabat hosts a summit")
    await news("Ministers travel", summary="They come home from the summit.")

    best = await person.says("/search summit")
    assert "2 headlines · best first" in best.text
    assert best.text.index("Rabat") < best.text.index("Ministers")

    newest = await person.taps("Newest first")
    assert "newest first" in newest.text
    assert newest.text.index("Ministers") < newest.text.index("Rabat")
    assert "Best first" in newest.labels


async def test_what_is_found_is_paged_and_says_how_much_there_is(news, person):
    for number in range(1, 26):
        await news(f"Summit, day {number}")

    assert "25 headlines" in (await person.says("/search summit")).text
    second = await person.taps("More ›")
    assert "25 headlines" in second.text
    assert "11. " in second.text
    assert "Summit, day 15" in (await person.says("/read 11")).text


async def test_a_phrase_is_found_where_it_stands_and_its_words_elsewhere_are_not(news, person):
    await news("Interest rates rise")
    await news("Rates of interest in football")

    answer = await person.says('/search "interest rates"')
    assert "1 headline ·" in answer.text
    assert "rise" in answer.text


async def test_a_slip_of_the_thumb_is_asked_about(news, person):
    await news("Morocco hosts a summit")

    answer = await person.says("/search moroco")

    assert "Did you mean" in answer.text
    assert "morocco" in answer.labels
    assert "Morocco hosts a summit" in (await person.taps("morocco")).text


async def test_a_long_topic_can_be_paged_and_followed_all_the_same(news, person):
    for number in range(1, 13):
        await news(f"Summit, day {number}")
    topic = "summit -football -tennis -cricket -basketball -handball -volleyball"

    await person.says(f"/latest {topic}")
    assert "Summit, day 1" in (await person.taps("More ›")).text
    follow = next(label for label in (await person.taps("‹ Back")).labels if label.startswith("Follow"))
    assert topic in (await person.taps(follow)).text


async def test_before_the_first_headline_latest_says_that_they_are_on_their_way(person):
    assert "on their way" in (await person.says("/latest")).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [("/latest 0", "/latest 5"), ("/search", "/search interest rates"), ("/latest 3 (oil", "^")],
)
async def test_wrong_arguments_get_a_sentence_with_an_example(person, typed, told):
    assert told in (await person.says(typed)).text
