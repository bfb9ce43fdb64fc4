"""Forums: a topic goes into a thread of its own."""

from __future__ import annotations

import pytest

from bot.handlers import COMMANDS
from bot.handlers.menus import hang_up
from bot.news.answers import Caller
from bot.news.model import ChatKind
from bot.tongues import spoken
from tests.handlers.gatherings import Someone, somebody, you


@pytest.fixture
async def forum(talk) -> Someone:
    """You, in the General topic of a forum."""
    chat = talk.devchat.people.opens("supergroup", "Traders", is_forum=True)
    await talk.handle_all()
    return you(talk, chat.id)


async def threads(desk, forum: Someone) -> dict[str, int]:
    """The thread of each topic, by its words."""
    at = (await desk.preferences.of(forum.chat)).threads
    return {w.expression: at[w.topic] for w in await desk.wishes.topics(forum.chat) if w.topic in at}


async def test_a_topic_that_is_named_in_a_thread_goes_there(talk, desk, forum):
    thread = talk.devchat.people.creates_topic(forum.chat, "Energy")

    answer = await forum.at(forum.chat, thread).says("/subscribe oil")
    await forum.says("/subscribe gold")

    assert "Its alerts come into this thread." in answer.text
    assert talk.devchat.chats.find(forum.chat).messages[answer.id]["message_thread_id"] == thread
    assert await threads(desk, forum) == {"oil": thread}


async def test_what_only_its_asker_sees_is_asked_and_answered_in_the_thread(talk, forum):
    thread = talk.devchat.people.creates_topic(forum.chat, "Energy")
    await hang_up(talk.house.bot, spoken(), COMMANDS, ())

    await forum.at(forum.chat, thread).says("/topics")

    stand = list(talk.devchat.chats.find(forum.chat).messages.values())
    asked, answered = [message for message in stand if "receiver_user" in message][-2:]
    assert asked["text"] == "/topics"
    assert answered["receiver_user"]["id"] == forum.user["id"]
    assert asked["message_thread_id"] == answered["message_thread_id"] == thread
    assert forum.errors == []


async def test_it_goes_to_general_instead_by_a_tap(talk, desk, forum):
    thread = talk.devchat.people.creates_topic(forum.chat, "Energy")
    here = forum.at(forum.chat, thread)
    await here.says("/subscribe oil")

    assert "go to: General" in (await here.taps("To General instead")).text
    assert await threads(desk, forum) == {}
    await here.taps("📌 Into this thread")
    assert await threads(desk, forum) == {"oil": thread}


async def test_the_list_of_topics_leads_to_where_each_goes(talk, desk, forum):
    thread = talk.devchat.people.creates_topic(forum.chat, "Energy")
    await forum.at(forum.chat, thread).says("/subscribe oil")
    await forum.says("/subscribe gold")
    await forum.says("/topics")

    shown = await forum.taps("🧵 Threads")
    assert "oil: a thread of its own" in shown.text
    assert "gold: General" in shown.text
    await forum.taps("oil")
    await forum.taps("To General")
    assert "oil: General" in (await forum.taps("‹ All topics")).text


async def test_we_make_a_thread_for_a_topic_where_we_may(talk, desk, forum):
    talk.devchat.people.promotes(forum.chat, talk.house.bot.id)
    await forum.says("/subscribe oil")
    await forum.says("/topics")
    await forum.taps("🧵 Threads")
    await forum.taps("oil")

    assert "a thread of its own" in (await forum.taps("🧵 A new thread")).text
    made = (await threads(desk, forum))["oil"]
    assert talk.devchat.chats.find(forum.chat).threads[made]["name"] == "oil"


async def test_where_we_may_not_make_threads_it_is_said_what_helps(talk, desk, forum):
    await forum.says("/subscribe oil")
    await forum.says("/topics")
    await forum.taps("🧵 Threads")
    await forum.taps("oil")
    await forum.taps("🧵 A new thread")

    assert "admin who may manage topics" in forum.over_the_chat[-1]
    assert await threads(desk, forum) == {}


async def test_a_member_moves_nothing(talk, desk, forum):
    thread = talk.devchat.people.creates_topic(forum.chat, "Energy")
    await forum.at(forum.chat, thread).says("/subscribe oil")
    ana = somebody(talk, forum.chat)

    await ana.taps("To General instead")

    assert "the admins choose" in ana.over_the_chat[-1]
    assert await threads(desk, forum) == {"oil": thread}


async def test_who_takes_an_unsubscription_back_finds_the_topic_in_its_thread(talk, desk, forum):
    thread = talk.devchat.people.creates_topic(forum.chat, "Energy")
    here = forum.at(forum.chat, thread)
    await here.says("/subscribe oil")
    await here.says("/unsubscribe oil")
    await here.taps("Undo")

    assert await threads(desk, forum) == {"oil": thread}


async def test_threads_are_managed_from_private_too(talk, desk, forum):
    talk.devchat.people.promotes(forum.chat, talk.house.bot.id)
    private = forum.at(forum.user["id"])
    await private.opens(f"manage_{forum.chat}")
    await private.says("/subscribe oil")
    await private.presses(f"thread:{(await desk.wishes.topics(forum.chat))[0].topic}")

    await private.taps("🧵 A new thread")
    assert (await desk.preferences.of(forum.chat)).threads
    assert (await desk.preferences.of(Caller(forum.user["id"], ChatKind.PRIVATE).chat)).threads == {}
