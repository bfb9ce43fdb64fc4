"""The first minute with the bot."""

from __future__ import annotations

from bot.handlers import COMMANDS
from bot.news.topics import LANGUAGE


async def test_start_welcomes_with_topics_to_tap_and_an_example_of_an_alert(news, person):
    await news("Rabat hosts a summit")

    welcome = await person.says("/start")

    assert "Rabat hosts a summit" in welcome.text
    assert {"Sport", "Morocco", "Read the example"} <= set(welcome.labels)


async def test_start_before_the_first_headline_shows_an_example_and_says_that_it_is_made_up(person):
    welcome = await person.says("/start")
    assert "made up, as no headline has come in yet" in welcome.text
    assert "The new harbour bridge is open" in welcome.text
    assert "Read the example" not in welcome.labels


async def test_the_first_tap_says_what_comes_now_and_what_can_be_done_next(person):
    await person.says("/start")
    told = await person.taps("Sport")
    assert told.text.startswith("Done: I write to you here as soon as there is something on “Sport”.")
    assert {"Latest on it", "Undo", "Quiet hours", "Daily digest", "More topics", "Help"} == set(told.labels)
    again = await person.taps("Morocco")
    assert "✅ Morocco" in again.labels, "the second tap only ticks"

    assert "no longer follow “Sport”" in (await person.taps("Undo")).text


async def test_who_comes_back_is_greeted_so(person):
    await person.says("/subscribe oil")
    assert "Welcome back" in (welcome := await person.says("/start")).text
    assert "You follow 1 topic;" in welcome.text


async def test_a_tapped_topic_gets_a_tick_and_loses_it_with_the_next_tap(person):
    await person.says("/start")

    await person.taps("Sport")
    assert "/subscribe Sport" in (await person.says("/topics")).text

    unticked = await person.taps("✅ Sport")
    assert "Sport" in unticked.labels
    assert "no topic yet" in (await person.says("/topics")).text


async def test_start_shows_a_dozen_topics_and_turns_to_more_in_place(news, person):
    await news("Rabat hosts a summit")
    welcome = await person.says("/start")
    assert {"Sport", "⛺ Place 9"} <= set(welcome.labels)
    assert "⛺ Place 10" not in welcome.labels

    more = await person.taps("More ›")
    assert (more.id, more.text) == (welcome.id, welcome.text)
    assert {"⛺ Place 10", "‹ Back", "Read the example", "My topics"} <= set(more.labels)
    assert not {"Sport", "More ›"} & set(more.labels)

    await person.taps("⛺ Place 10")
    assert "✅ ⛺ Place 10" in (await person.says("/start") and await person.taps("More ›")).labels
    assert "Paragraph 1" in (await person.taps("Read the example")).text
    assert "Sport" in (await person.taps("‹ Back")).labels


async def test_topics_to_tap_have_pages_under_subscribe_as_well(person):
    asked = await person.says("/subscribe")
    more = await person.taps("More ›")
    assert (more.id, more.text) == (asked.id, asked.text)
    assert "⛺ Place 11" in more.labels


async def test_a_page_that_is_not_there_any_more_is_the_last_one(person):
    await person.says("/start")
    assert "⛺ Place 11" in (await person.presses("more:99999:")).labels


async def test_a_ready_topic_is_known_by_its_name_wherever_a_topic_is_asked_for(news, person):
    await news("The tents of place3 are open")
    assert "tents" in (await person.says("/latest ⛺ Place 3")).text
    assert "What shall I do with “⛺ Place 3”?" in (await person.says("place 3")).text

    followed = await person.says("/subscribe Place 3")
    assert "about “⛺ Place 3”" in followed.text
    assert "would have told you 1 story" in followed.text
    assert "tents" in (await person.taps("Show matches")).text


async def test_the_topics_to_tap_speak_the_language_of_the_app(person):
    person.user["language_code"] = "fr"
    assert "Le sport" in (await person.pastes("/start")).labels


async def test_the_example_can_be_read(news, person):
    await news("Rabat hosts a summit")
    await person.says("/start")

    assert "Paragraph 1" in (await person.taps("Read the example")).text


async def test_help_lists_every_command_in_parts_that_fit_a_screen(person):
    pages = [await person.says("/help")]
    pages += [await person.taps(part) for part in ("Reading", "About this bot", "Running the bot", "Following")]
    assert {page.id for page in pages} == {pages[0].id}, "the parts are shown in place"
    for command in COMMANDS:
        assert any(f"/{command.name}" in page.text for page in pages)
    assert all(page.text.count("\n") <= 18 for page in pages)


async def test_help_tells_how_to_write_a_topic_page_by_page(person):
    await person.says("/help")
    pages = [await person.taps("How to write a topic")]
    typed = (await person.says("/help topics")).text
    assert pages[0].text == typed
    while "More ›" in pages[-1].labels:
        pages.append(await person.taps("More ›"))
    told = "\n".join(page.text for page in pages)
    for way in LANGUAGE:
        assert str(way.name) in told
        assert way.example in told
        assert str(way.means) in told
    assert all(page.text.count("\n") <= 18 for page in pages)


async def test_about_and_privacy_answer(person):
    assert "MIT" in (await person.says("/about")).text
    assert "/stop" in (await person.says("/privacy")).text


async def test_sources_say_how_they_fare(person):
    assert "Small News" in (await person.says("/sources")).text
    assert "not asked yet" in (await person.says("/sources")).text


async def test_stop_asks_first_and_then_forgets(person):
    await person.says("/subscribe oil")

    await person.says("/stop")
    await person.taps("Keep it")
    assert "oil" in (await person.says("/topics")).text

    await person.says("/stop")
    assert "forgotten" in (await person.taps("Forget everything")).text
    assert "no topic yet" in (await person.says("/topics")).text


async def test_the_command_that_topics_shows_for_a_tapped_topic_gives_that_topic_again(person):
    await person.says("/start")
    await person.taps("Sport")
    await person.says("/unsubscribe 1")

    again = await person.says("/subscribe Sport")

    assert again.text.startswith("Done. From now on I tell you about “Sport”.")
    assert "✅ Sport" in (await person.says("/start")).labels


async def test_the_latest_on_a_topic_that_was_just_followed_stands_newest_first(person, news):
    await news("Football football football")
    await news("Tennis and football")
    await person.says("/start")
    await person.taps("Sport")

    shown = await person.taps("Latest on it")

    assert shown.text.startswith("Latest on “Sport”")
    assert shown.text.index("Tennis and football") < shown.text.index("Football football football")
