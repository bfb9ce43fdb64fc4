"""Whatever is typed or forged, the bot answers in a sentence or keeps silent."""

from __future__ import annotations

import json

import pytest

from bot.handlers.buttons import VERBS

# The commands that look at what stands behind them.
TAKE_WORDS = ("latest", "read", "subscribe", "unsubscribe", "search")
FORGED = ["", ":", "::", "nonsense", "read", "page:x:y", "page::9999999999999", "latest:-1:x:((", "latest:9:9:"]


@pytest.mark.parametrize(
    ("typed", "near"), [("/sorces", "/sources"), ("/topic", "/topics"), ("/abuot", "/about"), ("/redd 3", "/read 3")]
)
async def test_a_mistyped_command_gets_the_one_that_was_meant_as_a_button(person, typed, near):
    answer = await person.says(typed)
    assert f"Did you mean {near.split()[0]}?" in answer.text
    assert near in answer.labels
    assert (await person.taps(near)) is not None


@pytest.mark.parametrize("typed", ["/xyzzy", "/etc/passwd", "/<b>bold</b>", "/weather london"])
async def test_a_command_that_nobody_knows_gets_buttons_for_what_there_is(person, typed):
    answer = await person.says(typed)
    assert "I do not know" in answer.text
    assert {"Latest headlines", "My topics", "Topics to tap", "Help"} <= set(answer.labels)


@pytest.mark.parametrize("typed", ["hello", "Hi!", "bonjour", "مرحبا", "السلام عليكم", "नमस्ते", "你好"])
async def test_a_greeting_gets_the_welcome(person, typed):
    assert "Tap a topic to follow it" in (await person.says(typed)).text


@pytest.mark.parametrize(
    "typed", ["HELP", "/HELP", "help!!", "/", "//", "/ayuda", "/aide", "/مساعدة", "what can you do?"]
)
async def test_help_is_had_in_many_ways(person, typed):
    assert "You need no commands" in (await person.says(typed)).text


@pytest.mark.parametrize(
    "typed", ["/ABOUT", "/about@local_headline_bot", "\\about", "/ about", "about@local_headline_bot", "!about"]
)
async def test_commands_are_known_in_many_spellings(person, typed):
    assert "MIT" in (await person.says(typed)).text


async def test_a_command_of_another_bot_is_told_apart_where_only_we_are(person, group):
    answer = await person.says("/ban@another_bot")
    assert "That is for @another_bot" in answer.text
    assert "Help" in answer.labels
    assert await group.says("/ban@another_bot") is None


async def test_markup_that_is_typed_is_shown_as_it_was_typed(person):
    assert "“a &lt; <b>b</b>”" in (await person.says("/subscribe a &lt; <b>b</b>")).text


@pytest.mark.parametrize(
    "data", [*FORGED, *(f"{verb}:{rest}" for verb in VERBS for rest in ("", "x", "x:y:z", "((", "٣"))]
)
async def test_forged_and_old_buttons_are_answered(person, data):
    await person.says("/help")

    await person.presses(data)

    assert len(person.over_the_chat) == 1
    assert person.errors == []


async def test_of_a_very_long_message_the_key_words_are_offered(person):
    answer = await person.says("The minister of finance said on Tuesday that the budget of the ministry is cut. " * 50)
    assert "Shall I look for its key words, “minister finance Tuesday budget ministry”?" in answer.text
    assert {"Follow", "Search"} <= set(answer.labels)


async def test_every_naughty_string_is_answered_as_text_and_as_argument(person, shared_data):
    file = shared_data / "hostile" / "blns" / "blns.json"
    if not file.is_file():
        pytest.skip("the naughty strings of ../shared/data/hostile are not here")
    for string in json.loads(file.read_text(encoding="utf-8")):
        for typed in (string, *(f"/{command} {string}" for command in TAKE_WORDS)):
            await person.pastes(typed)
        assert person.errors == [], string


async def test_a_very_long_word_is_shown_shortened(person):
    asked = await person.says("x" * 4000)

    assert asked.text.startswith("That is a lot at once.")
    assert len(asked.text) < 250
    assert {"Follow", "Search"} <= set(asked.labels)
