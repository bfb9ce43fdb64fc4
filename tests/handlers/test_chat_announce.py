"""/announce: looked at first, confirmed by a button that says how many hear it, and ended by anybody for their chat."""

from __future__ import annotations

import pytest

from bot.news.announcements import Announcement, Audience, Stage
from bot.news.model import ChatKind
from bot.store.announcements import Announcements
from bot.store.choices import Choices
from tests.handlers.conftest import Stranger


@pytest.fixture
def announcements(database) -> Announcements:
    return Announcements(database)


async def drafted(person, text: str = "We move tonight.") -> object:
    await person.says("/start")  # a chat that is known
    return await person.says(f"/announce {text}")


async def test_it_is_shown_as_it_will_look_with_how_many_hear_it(person, group):
    await group.says("/subscribe@local_headline_bot morocco")
    said = await drafted(person)
    assert person.texts[-2] == "We move tonight."
    assert "• one person" in said.text
    assert "• one group" in said.text
    assert said.labels == ("Send to 2 chats", "One language …", "Discard it")
    assert person.errors == []


async def test_nothing_is_sent_before_the_button_and_progress_can_be_stopped(person, announcements):
    await drafted(person)
    assert await announcements.job() is None
    said = await person.taps("Send to one chat")
    assert said.text.startswith("📣 It is on its way.")
    assert (await announcements.job()).stage is Stage.OWING
    assert (await announcements.job()).announcement.message == said.id
    assert (await person.taps("Stop")).text.startswith("⏹ Stopped")
    assert (await announcements.job()).stage is Stage.STOPPED
    assert (await person.says("/announce")).text.startswith("⏹ Stopped")


async def test_more_chats_than_the_button_said_are_shown_before_they_hear_it(person, group, announcements):
    await drafted(person)
    await group.says("/subscribe@local_headline_bot morocco")

    said = await person.taps("Send to one chat")
    assert await announcements.job() is None
    assert "• one group" in said.text
    assert said.labels[0] == "Send to 2 chats"
    await person.taps("Send to 2 chats")

    assert (await announcements.job()).stage is Stage.OWING


async def test_to_fewer_chats_than_the_button_said_it_goes_at_once(person, group, announcements):
    await group.says("/subscribe@local_headline_bot morocco")
    await drafted(person)
    await group.blocks_the_bot()

    await person.taps("Send to 2 chats")
    assert (await announcements.job()).stage is Stage.OWING


def test_a_button_holds_its_promise_only_for_the_kinds_that_it_named():
    announcement = Announcement("x", "We move.", 1)
    people = Audience({(ChatKind.PRIVATE, "en"): 3})
    groups = Audience({(ChatKind.PRIVATE, "en"): 1, (ChatKind.GROUP, "en"): 1})
    assert people.keeps(announcement, people.promise(announcement))
    assert not groups.keeps(announcement, people.promise(announcement))
    assert not people.keeps(announcement, "")


async def test_one_language_may_be_chosen_and_taken_back(person):
    await drafted(person)
    assert (await person.taps("One language …")).labels == ("All languages", "English (1)")
    assert "Only to those who read English." in (await person.taps("English (1)")).text
    await person.taps("One language …")
    assert "Only to" not in (await person.taps("All languages")).text


async def test_a_draft_is_discarded_and_looked_at_again(person, announcements):
    await drafted(person)
    assert "nobody was told" in (await person.taps("Discard it")).text
    assert (await person.taps("Look at it again")).labels[0] == "Send to one chat"
    assert await announcements.job() is None


async def test_a_message_that_is_replied_to_is_announced(person):
    await person.says("/start")
    about = await person.says("/about")
    await person.says("/announce", reply_to=about.id)
    assert person.texts[-2] == about.text


async def test_a_chat_wants_no_more_of_these_and_takes_it_back(person, database):
    await drafted(person)
    await person.taps("No more of these")
    assert not (await Choices(database).of(person.chat)).announcements
    assert person.over_the_chat[-1].startswith("Good, no more announcements here.")
    assert (await drafted(person, "Again.")).labels == ("One language …", "Discard it")
    await person.taps("Send them again")
    assert (await Choices(database).of(person.chat)).announcements


async def test_only_who_runs_the_bot_announces(talk, person, group):
    somebody = Stranger(talk, person.chat, {"id": 60, "is_bot": False, "first_name": "Somebody"})
    assert "Yours is 60." in (await somebody.says("/announce Buy this")).text
    await drafted(person)
    await somebody.presses("cast:x:go")
    assert person.over_the_chat[-1].startswith("Only those who run this bot")
    assert "private chat" in (await group.says("/announce Hello")).text


@pytest.mark.parametrize("data", ["cast:", "cast:x", "cast:x:go", "cast:x:stop", "cast::lang:fr", "no-more:x"])
async def test_forged_and_old_buttons_answer_helpfully(person, data):
    await drafted(person)
    await person.presses(data)
    assert person.errors == []


async def test_without_a_text_it_says_how(person):
    assert "Write what everybody is to hear" in (await person.says("/announce")).text
