"""What a person hears when something breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.desk.wishes import Wishes
from bot.devchat.faults import Fault
from bot.devchat.refusals import bad
from bot.meaning.meanings import Meanings
from bot.store.chats import Chats
from bot.store.database import Database
from bot.store.headlines import Headlines
from bot.store.topics import Topics


@pytest.fixture
async def no_memory(desk, clock, tmp_path: Path):
    """The desk keeps its wishes in a Redis that nobody has started."""
    nowhere = Database.connect(f"unix://{tmp_path / 'nobody'}")
    desk.wishes = Wishes(Headlines(nowhere), Chats(nowhere), Topics(nowhere), Meanings(60), (), clock)
    yield
    await nowhere.close()


async def test_without_redis_the_bot_says_that_it_cannot_reach_its_memory(no_memory, person):
    assert "my memory" in (await person.says("/topics")).text


async def test_a_tap_without_redis_is_answered_too(person, desk, no_memory):
    await person.says("/help")

    assert "my memory" in (await person.taps("My topics")).text
    assert person.over_the_chat == [""]


async def test_a_bug_is_logged_and_told_with_an_apology_that_shows_nothing_of_it(news, web, person):
    await news("Rabat hosts a summit")
    web.bug = RuntimeError("secret inner workings")

    answer = await person.says("/read")

    assert "sorry" in answer.text
    assert "secret" not in answer.text
    assert [line["event"] for line in person.errors] == ["handler failed"]


async def test_html_that_telegram_refuses_comes_as_plain_text(person, devchat):
    devchat.breaks(Fault(bad("can't parse entities: Unsupported start tag")))

    answer = await person.says("/help")

    assert "What you can ask" in answer.text
    assert answer.entities.count("bold") == 0


async def test_a_message_that_is_gone_is_not_edited_but_said_anew(news, person, devchat):
    for number in range(12):
        await news(f"Story {number}")
    await person.says("/latest 5")
    devchat.breaks(Fault(bad("message to edit not found"), "editMessageText"))

    answer = await person.taps("More ›")

    assert not answer.edited
    assert "6. " in answer.text


async def test_what_could_not_be_said_over_the_chat_in_time_is_said_in_it(person, clock, devchat):
    await person.says("/subscribe oil")
    await person.says("/unsubscribe oil")
    devchat.breaks(
        Fault(bad("query is too old and response timeout expired or query ID is invalid"), "answerCallbackQuery")
    )

    answer = await person.presses("unsub:gone")

    assert "does not follow that topic" in answer.text
    assert person.errors == []
