"""A topic that catches too much or too little, as a person tunes it."""

from __future__ import annotations

import pytest


async def test_a_new_topic_may_be_kept_narrowed_or_widened(news, person):
    await news("Climate policy of the cities")
    await news("A policy for the climate")

    answer = await person.says("/subscribe climate policy")
    assert {"👍 Keep", "− Narrower", "+ Wider"} <= set(answer.labels)
    assert "2 stories" in answer.text

    offered = await person.taps("− Narrower")
    assert offered.edited
    assert "“climate policy”: 2 stories · in the last day" in offered.text
    assert 'As a phrase: "climate policy"\n1 story · in the last day' in offered.text

    taken = await person.taps("1")
    assert taken.edited
    assert "I tell you about “" in taken.text
    listed = (await person.says("/topics")).text
    assert '/subscribe "climate policy"' in listed
    assert "You follow 1 topic" in listed


async def test_a_topic_that_was_taken_instead_can_be_undone(news, person):
    await news("Climate policy of the cities")
    await person.says("/subscribe climate policy")
    await person.taps("− Narrower")
    assert "instead of “climate policy”" in (await person.taps("1")).text

    assert "about “climate policy”" in (await person.taps("Undo")).text

    listed = (await person.says("/topics")).text
    assert "/subscribe climate policy" in listed
    assert "You follow 1 topic" in listed


async def test_a_topic_may_be_widened(news, person):
    await news("Climate policy of the cities")
    await news("The climate of the cities")
    await person.says("/subscribe climate policy")

    offered = await person.taps("+ Wider")
    assert "Any of these: climate OR policy\n2 stories · in the last day" in offered.text


async def test_keep_leaves_the_topic_and_takes_the_buttons_away(person):
    await person.says("/subscribe climate policy")
    kept = await person.taps("👍 Keep")
    assert kept.edited
    assert kept.labels == ("Latest on it", "Unsubscribe", "All my topics")
    assert "/subscribe climate policy" in (await person.says("/topics")).text


async def test_a_topic_that_was_ended_meanwhile_is_not_tuned(person):
    await person.says("/subscribe oil price")
    answer = await person.presses(f"take:{await person.topic('gas price')}:narrower:1")
    assert "does not follow that topic" in answer.text
    assert "My topics" in answer.labels
    await person.presses(f"take:{await person.topic('oil price')}:sideways:1")
    await person.presses(f"take:{await person.topic('oil price')}:narrower:99")
    assert person.errors == []
    assert "/subscribe oil price" in (await person.says("/topics")).text


async def test_a_topic_that_catches_nearly_everything_is_asked_about_before_it_is_saved(news, person):
    for number in range(60):
        await news(f"The harbour and ship number {number} of the north")

    asked = await person.says("/subscribe the")
    assert "catches nearly everything" in asked.text
    assert "follow no topic yet" in (await person.says("/topics")).text

    await person.taps("Follow it anyway")
    assert "/subscribe the" in (await person.says("/topics")).text
    assert "catches nearly" not in (await person.says("/subscribe ship number 7")).text


@pytest.mark.parametrize("typed", ["*", "the"])
async def test_every_headline_is_asked_about_first_also_where_few_are_known(person, typed):
    assert "catches nearly everything" in (await person.says(f"/subscribe {typed}")).text
    assert "follow no topic yet" in (await person.says("/topics")).text
    await person.says(f"/subscribe {typed}")
    await person.taps("Follow it anyway")
    assert "You follow 1 topic" in (await person.says("/topics")).text


async def test_a_story_is_followed_and_left_by_the_button_under_its_alert(news, person, desk):
    headline = await news("Rabat hosts a summit")
    await person.says("/subscribe summit")
    await person.presses(f"story:{headline.id}")
    assert person.over_the_chat[-1] == "I tell you how this story goes on."
    assert f"/subscribe story:{headline.id} (Rabat hosts a summit)" in (await person.says("/topics")).text
    assert "long over" in (await person.presses("story:long-gone")).text


async def test_a_topic_of_a_source_that_nobody_watches_is_asked_about_before_it_is_saved(news, person):
    await news("Storms in the north")
    asked = await person.says("/subscribe storms source:bbcc")
    assert "I watch no source called “bbcc”" in asked.text
    assert "follow no topic yet" in (await person.says("/topics")).text
    assert "I tell you about" in (await person.taps("Follow it anyway")).text


async def test_a_topic_in_a_language_that_there_is_not_is_refused_with_its_place(person):
    assert "There is no language" in (await person.says("/subscribe storms lang:zz")).text
