"""Following topics, as a person does it."""

from __future__ import annotations

import pytest


async def test_subscribe_says_what_it_means_and_what_it_would_have_caught(news, person):
    await news("Rabat hosts a summit")

    answer = await person.says("/subscribe summit")

    assert "“summit”" in answer.text
    assert "It would have told you 1 story." in answer.text
    assert "Rabat hosts a summit" in answer.text
    assert {"Undo", "Show matches"} <= set(answer.labels)


async def test_undo_takes_a_subscription_back_and_can_be_undone(person):
    await person.says("/follow oil")

    assert "no longer follow “oil”" in (await person.taps("Undo")).text
    await person.taps("Undo")
    assert "/subscribe oil" in (await person.says("/topics")).text


async def test_show_matches_lists_them(news, person):
    await news("Rabat hosts a summit")
    await person.says("/subscribe summit")

    assert "1. " in (await person.taps("Show matches")).text


async def test_subscribing_twice_is_said_kindly(person):
    await person.says("/subscribe oil")

    assert "already follow" in (await person.says("/subscribe OIL")).text


async def test_subscribe_alone_offers_topics_to_tap(person):
    assert "Sport" in (await person.says("/subscribe")).labels


async def test_a_wrong_topic_is_marked_at_the_place(person):
    answer = await person.says("/subscribe oil (gas")

    assert "oil (gas\n    ^" in answer.text


async def test_topics_lists_commands_that_can_be_sent_again_and_ends_one_with_a_tap(person):
    await person.says("/subscribe oil")
    await person.says("/subscribe gas -russia")

    listed = await person.says("/topics")
    assert "/subscribe gas -russia" in listed.text

    left = await person.taps("✖ oil")
    assert left.edited
    assert "/subscribe oil" not in left.text
    assert "/subscribe gas" in left.text


async def test_unsubscribe_by_number_by_text_and_alone(person):
    await person.says("/subscribe oil")
    await person.says("/subscribe gas")

    assert "✖ oil" in (await person.says("/unsubscribe")).labels
    assert "no longer follow “oil”" in (await person.says("/unsubscribe 1")).text
    assert "no longer follow “gas”" in (await person.says("/unfollow GAS")).text
    assert "do not follow “gas”" in (gone := await person.says("/unsubscribe gas")).text
    assert "Follow" in gone.labels


async def test_unsubscribe_takes_a_part_of_a_name_and_asks_where_several_fit(person):
    for topic in ("oil price", "gas price", "cricket world cup"):
        await person.says(f"/subscribe {topic}")

    assert "no longer follow “cricket world cup”" in (await person.says("/unsubscribe cricket")).text
    asked = await person.says("/unsubscribe price")
    assert "Which one shall I end?" in asked.text
    assert {"✖ oil price", "✖ gas price"} <= set(asked.labels)
    assert "no longer follow “gas price”" in (await person.taps("✖ gas price")).text
    assert "/subscribe oil price" in (await person.says("/topics")).text


async def test_a_topic_taken_from_the_list_comes_back_with_a_tap(person):
    await person.says("/subscribe oil")
    await person.says("/subscribe gas")
    await person.says("/topics")

    assert "/subscribe oil" not in (ended := await person.taps("✖ oil")).text
    assert "↩ oil" in ended.labels
    assert "/subscribe oil" in (back := await person.taps("↩ oil")).text
    assert back.id == ended.id


async def test_many_topics_are_paged(person):
    for number in range(12):
        await person.says(f"/subscribe topic{number}")

    assert "topic9" in (await person.says("/topics")).text
    assert "topic11" in (await person.taps("More ›")).text


async def test_words_without_a_command_offer_to_follow_or_to_search(news, person):
    await news("Rabat hosts a summit")

    assert {"Follow", "Search"} <= set((await person.says("rabat summit")).labels)
    assert "1. " in (await person.taps("Search")).text
    await person.says("rabat summit")
    assert "From now on" in (await person.taps("Follow")).text


LONG = "климатическая политика городов"  # Telegram's buttons carry 64 bytes; in this script that is 30 letters


async def test_words_too_long_for_a_button_have_their_buttons_all_the_same(news, person):
    await news("Климатическая политика городов")
    assert {"Follow", "Search"} <= set((await person.says(LONG)).labels)
    assert "1. " in (await person.taps("Search")).text
    await person.says(LONG)
    assert "From now on" in (await person.taps("Follow")).text

    await person.says("/unsubscribe 1")
    assert "From now on" in (await person.taps("Undo")).text
    assert LONG in (await person.says("/topics")).text


async def test_a_button_whose_words_are_kept_no_longer_answers_with_what_can_be_done(person, database):
    await person.says(LONG)
    [kept] = await database.call("KEYS", "*:kept:*")
    await database.call("DEL", kept)

    answer = await person.taps("Follow")

    assert "from an older time" in answer.text
    assert {"Latest headlines", "My topics", "Topics to tap", "Help"} == set(answer.labels)


async def test_stop_forgets_the_words_of_long_buttons_too(person, database):
    await person.says(LONG)
    await person.says("/stop")
    await person.taps("Forget everything")
    assert await database.call("KEYS", "*:kept:*") == []


async def test_the_mute_button_of_an_alert_ends_its_topic(person):
    await person.says("/subscribe oil")
    topic = await person.topic("oil")

    answer = await person.presses(f"mute:{topic}")

    assert "no longer follow “oil”" in answer.text
    assert "no topic yet" in (await person.says("/topics")).text


@pytest.mark.parametrize("typed", ["undo", "annule", "deshacer", "撤销"])
async def test_undo_that_is_typed_leads_to_where_it_is_a_button(person, typed):
    answer = await person.says(typed)
    assert "“Undo”" in answer.text
    assert answer.labels == ("My topics", "Settings")
