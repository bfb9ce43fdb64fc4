"""Following topics, as a person does it."""

from __future__ import annotations


async def test_subscribe_says_what_it_means_and_what_it_would_have_caught(news, person):
    await news("Rabat hosts a summit")

    answer = await person.says("/subscribe summit")

    assert "“summit”" in answer.text
    assert "would have told you one story of the last day" in answer.text
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
    assert "does not follow" in (await person.says("/unsubscribe gas")).text


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


async def test_words_too_long_for_a_button_can_be_sent_as_a_command(person):
    words = "a topic with so many words that no button of Telegram could carry it"
    answer = await person.says(words)

    assert f"/subscribe {words}" in answer.text


async def test_the_mute_button_of_an_alert_ends_its_topic(person):
    await person.says("/subscribe oil")
    topic = await person.topic("oil")

    answer = await person.presses(f"mute:{topic}")

    assert "no longer follow “oil”" in answer.text
    assert "no topic yet" in (await person.says("/topics")).text
