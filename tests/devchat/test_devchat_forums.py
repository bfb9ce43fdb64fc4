"""Forums: topics made by people and by the bot, what stands in which, and topics that take nothing."""

from __future__ import annotations

import pytest
from telegram.error import BadRequest

from bot.devchat.refusals import Refusal

BOT, YOU, GROUP = 1, 1001, -2001
NOT_FOUND = "Bad Request: message thread not found"


@pytest.fixture
def forum(devchat) -> int:
    return devchat.people.opens("supergroup", "Club", is_forum=True).id


async def messages(ptb) -> list:
    return [update.message for update in await ptb.get_updates(timeout=0) if update.message]


async def test_what_is_said_in_a_topic_is_told_with_it(devchat, ptb, forum) -> None:
    topic = devchat.people.creates_topic(forum, "Sport")
    devchat.people.says(forum, "/latest", thread=topic)
    devchat.people.says(forum, "/latest")
    created, inside, general = (await messages(ptb))[-3:]
    assert (created.forum_topic_created.name, created.message_id, created.message_thread_id) == ("Sport", topic, topic)
    assert (inside.message_thread_id, inside.is_topic_message, inside.chat.is_forum) == (topic, True, True)
    assert inside.reply_to_message.forum_topic_created.name == "Sport"  # as Telegram does where nothing is answered
    assert (general.message_thread_id, general.is_topic_message, general.reply_to_message) == (None, None, None)


async def test_the_bot_writes_into_a_topic_and_answers_where_it_was_asked(devchat, ptb, api, forum) -> None:
    topic = devchat.people.creates_topic(forum, "Sport")
    asked = devchat.people.says(forum, "/latest", thread=topic)["message_id"]
    said = await ptb.send_message(forum, "News", message_thread_id=topic)
    assert (said.message_thread_id, said.is_topic_message) == (topic, True)
    answer = await api.says("News", forum, reply_parameters={"message_id": asked})
    assert (answer["message_thread_id"], answer["reply_to_message"]["message_id"]) == (topic, asked)
    assert (await api.says("News", forum)).get("message_thread_id") is None


async def test_a_reply_of_a_person_stays_in_its_topic(devchat, ptb, api, forum) -> None:
    topic = devchat.people.creates_topic(forum, "Sport")
    mine = await api.says("News", forum, message_thread_id=topic)
    devchat.people.says(forum, "thanks", reply_to=mine["message_id"])
    heard = (await messages(ptb))[-1]
    assert (heard.text, heard.message_thread_id, heard.reply_to_message.text) == ("thanks", topic, "News")


async def test_a_topic_that_the_bot_made_does_not_make_all_talk_its_business(devchat, ptb, api, forum) -> None:
    devchat.people.promotes(forum, BOT)
    topic = (await ptb.create_forum_topic(forum, "News")).message_thread_id
    devchat.people.demotes(forum, BOT)
    devchat.people.says(forum, "hello everybody", thread=topic)
    assert (await messages(ptb))[-1].text is None


@pytest.mark.parametrize("thread", [1, 999])
async def test_a_topic_that_is_not_there_takes_nothing(devchat, api, forum, thread) -> None:
    assert await api.refused("a", forum, message_thread_id=thread) == NOT_FOUND
    with pytest.raises(Refusal):
        devchat.people.says(forum, "a", thread=999)


async def test_a_topic_that_was_deleted_is_gone_with_all_that_stood_in_it(devchat, api, forum) -> None:
    topic = devchat.people.creates_topic(forum, "Sport")
    await api.says("inside", forum, message_thread_id=topic)
    await api.says("general", forum)
    devchat.people.deletes_topic(forum, topic)
    assert [text for text in devchat.texts(forum) if text] == ["general"]
    assert await api.refused("a", forum, message_thread_id=topic) == NOT_FOUND


async def test_a_closed_topic_takes_messages_of_those_alone_who_manage_topics(devchat, api, ptb, forum) -> None:
    amina = devchat.people.meets("Amina")["id"]
    devchat.people.joins(forum, amina)
    topic = devchat.people.creates_topic(forum, "Sport")
    devchat.people.closes_topic(forum, topic, closed=True)
    assert await api.refused("a", forum, message_thread_id=topic) == "Bad Request: TOPIC_CLOSED"
    with pytest.raises(Refusal):
        devchat.people.says(forum, "a", thread=topic, person=amina)
    devchat.people.says(forum, "a", thread=topic)
    devchat.people.promotes(forum, BOT)
    assert await api.says("a", forum, message_thread_id=topic)
    devchat.people.closes_topic(forum, topic, closed=False)
    service = [message for message in await messages(ptb) if message.message_thread_id]
    assert [message.forum_topic_closed is not None for message in service].count(True) == 1
    assert service[-1].forum_topic_reopened is not None
    with pytest.raises(BadRequest, match="Topic_not_modified"):
        await ptb.reopen_forum_topic(forum, topic)


async def test_a_bot_that_manages_topics_makes_changes_and_deletes_them(devchat, ptb, forum) -> None:
    devchat.people.promotes(forum, BOT)
    topic = await ptb.create_forum_topic(forum, "Sport", icon_color=9367192)
    assert (topic.name, topic.icon_color) == ("Sport", 9367192)
    thread = topic.message_thread_id
    assert await ptb.edit_forum_topic(forum, thread, name="Football")
    assert await ptb.close_forum_topic(forum, thread)
    assert await ptb.reopen_forum_topic(forum, thread)
    created, edited, closed, reopened = (await messages(ptb))[-4:]
    assert created.forum_topic_created.name == "Sport"
    assert edited.forum_topic_edited.name == "Football"
    assert (closed.forum_topic_closed, reopened.forum_topic_reopened) != (None, None)
    assert await ptb.delete_forum_topic(forum, thread)
    with pytest.raises(BadRequest, match="Topic_id_invalid"):
        await ptb.edit_forum_topic(forum, thread, name="Tennis")


async def test_the_general_topic_is_closed_and_opened_by_the_bot(devchat, ptb, api, forum) -> None:
    devchat.people.promotes(forum, BOT)
    assert await ptb.close_general_forum_topic(forum)
    devchat.people.demotes(forum, BOT)
    assert await api.refused("a", forum) == "Bad Request: TOPIC_CLOSED"


async def test_a_bot_without_the_right_is_told_what_it_lacks(devchat, api, forum) -> None:
    topic = devchat.people.creates_topic(forum, "Sport")
    for method, words in {
        "createForumTopic": "create a topic",
        "editForumTopic": "edit the topic",
        "closeForumTopic": "close or open the topic",
        "deleteForumTopic": "delete the topic",
    }.items():
        complaint = await api.complaint(method, chat_id=forum, message_thread_id=topic, name="News")
        assert complaint == f"Bad Request: not enough rights to {words}"
    assert await api.complaint("createForumTopic", chat_id=GROUP, name="a") == "Bad Request: the chat is not a forum"


async def test_a_supergroup_can_become_a_forum_and_people_rename_topics(devchat, ptb) -> None:
    club = devchat.people.opens("supergroup", "Club").id
    devchat.people.becomes_forum(club)
    topic = devchat.people.creates_topic(club, "Sport")
    devchat.people.renames_topic(club, topic, "Football")
    assert (await ptb.get_chat(club)).is_forum
    assert (await messages(ptb))[-1].forum_topic_edited.name == "Football"
    with pytest.raises(Refusal):
        devchat.people.becomes_forum(GROUP)
    with pytest.raises(Refusal):
        devchat.people.creates_topic(club, " ")
