"""Whatever is typed or forged, the bot answers in a sentence or keeps silent."""

from __future__ import annotations

import json

import pytest

from bot.handlers.buttons import VERBS

# The commands that look at what stands behind them.
TAKE_WORDS = ("latest", "read", "subscribe", "unsubscribe", "search")
FORGED = ["", ":", "::", "nonsense", "read", "page:x:y", "page::9999999999999", "latest:-1:x:((", "latest:9:9:"]


@pytest.mark.parametrize(
    ("typed", "near"), [("/lates", "/latest"), ("/subscrbe oil", "/subscribe"), ("/HELPP", "/help")]
)
async def test_a_mistyped_command_gets_the_one_that_was_meant(person, typed, near):
    assert f"Did you mean {near}?" in (await person.says(typed)).text


@pytest.mark.parametrize("typed", ["/", "//", "/xyzzy", "/etc/passwd", "/<b>bold</b>", "/ latest", "/123456"])
async def test_a_command_that_nobody_knows_points_to_the_help(person, typed):
    assert "I do not know" in (await person.says(typed)).text


@pytest.mark.parametrize("typed", ["hello", "Hi!", "HELP", "bonjour", "مرحبا", "السلام عليكم"])
async def test_a_greeting_gets_the_help(person, typed):
    assert "What you can ask" in (await person.says(typed)).text


async def test_commands_are_known_in_capitals_and_with_our_name(person):
    assert "MIT" in (await person.says("/ABOUT")).text
    assert "MIT" in (await person.says(f"/about@{person.bot_name}")).text
    assert await person.says("/about@another_bot") is None


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


async def test_a_very_long_message_gets_a_sentence(person):
    assert "characters" in (await person.says("word " * 800)).text


async def test_every_naughty_string_is_answered_as_text_and_as_argument(person, shared_data):
    file = shared_data / "hostile" / "blns" / "blns.json"
    if not file.is_file():
        pytest.skip("the naughty strings of ../shared/data/hostile are not here")
    for string in json.loads(file.read_text(encoding="utf-8")):
        for typed in (string, *(f"/{command} {string}" for command in TAKE_WORDS)):
            await person.pastes(typed)
        assert person.errors == [], string
