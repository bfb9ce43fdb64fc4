"""What the bot is told: getUpdates, one at a time, and what people do."""

from __future__ import annotations

import asyncio

import pytest
from telegram.error import BadRequest, Conflict

YOU, GROUP, CHANNEL = 1001, -2001, -1002000000001


async def test_updates_stay_until_a_later_offset_confirms_them(devchat, ptb) -> None:
    devchat.people.says(YOU, "one")
    devchat.people.says(YOU, "two")
    first, second = await ptb.get_updates(timeout=0)
    assert [first.message.text, second.message.text] == ["one", "two"]
    assert [update.update_id for update in await ptb.get_updates(timeout=0)] == [first.update_id, second.update_id]
    assert [update.message.text for update in await ptb.get_updates(first.update_id + 1, timeout=0)] == ["two"]
    assert await ptb.get_updates(second.update_id + 1, timeout=0) == ()
    assert await ptb.get_updates(timeout=0) == ()


async def test_a_long_poll_ends_when_something_is_typed(devchat, ptb) -> None:
    poll = asyncio.create_task(ptb.get_updates(timeout=30))
    await asyncio.sleep(0)
    devchat.people.says(YOU, "hello")
    assert [update.message.text for update in await poll] == ["hello"]


async def test_a_second_poll_ends_the_first_with_a_conflict(devchat, ptb, api) -> None:
    first = asyncio.create_task(ptb.get_updates(timeout=30))
    while not first.done():  # the second may come in first: then it is the one that ends
        await api.call("getUpdates", timeout=0)
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        first.result()


async def test_only_the_kinds_that_the_bot_allows_are_told(devchat, ptb) -> None:
    await ptb.get_updates(timeout=0, allowed_updates=["my_chat_member"])
    devchat.people.says(YOU, "hello")
    devchat.people.blocks(YOU, blocked=True)
    (update,) = await ptb.get_updates(timeout=0)
    assert update.my_chat_member.new_chat_member.status == "kicked"


async def test_what_waits_can_be_dropped(devchat, ptb) -> None:
    devchat.people.says(YOU, "hello")
    assert (await ptb.get_webhook_info()).pending_update_count == 1
    await ptb.delete_webhook(drop_pending_updates=True)
    assert await ptb.get_updates(timeout=0) == ()


async def test_what_is_typed_arrives_with_its_commands_and_links(devchat, ptb) -> None:
    devchat.people.says(GROUP, "😀 /read@local_headline_bot https://news.example/a")
    devchat.people.says(CHANNEL, "/latest")
    in_group, in_channel = await ptb.get_updates(timeout=0)
    entities = in_group.message.parse_entities()
    assert list(entities.values()) == ["/read@local_headline_bot", "https://news.example/a"]
    assert (in_group.message.from_user.id, in_group.message.chat.id) == (YOU, GROUP)
    assert (in_channel.channel_post.text, in_channel.channel_post.sender_chat.id) == ("/latest", CHANNEL)


async def test_everybody_speaks_in_their_own_private_chat(devchat, ptb, api) -> None:
    other = devchat.people.opens("private", "Amina")
    devchat.people.says(other.id, "hello")
    await api.says("a", other.id, reply_markup={"inline_keyboard": [[{"text": "Tap", "callback_data": "x"}]]})
    devchat.people.taps_button(other.id, 2, "x")
    typed, tapped = await ptb.get_updates(timeout=0)
    assert typed.message.from_user.id == tapped.callback_query.from_user.id == other.id


async def test_a_tap_can_be_answered_once_and_not_after_a_quarter_of_an_hour(devchat, ptb, api, clock) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Tap", "callback_data": "x"}]]}
    message = (await api.says("a", reply_markup=keyboard))["message_id"]
    query = devchat.people.taps_button(YOU, message, "Tap")
    await ptb.answer_callback_query(query, "Done", show_alert=True)
    toast = devchat.chats.events[-1]
    assert (toast["kind"], toast["text"], toast["alert"]) == ("toast", "Done", True)
    with pytest.raises(BadRequest, match="Query is too old"):
        await ptb.answer_callback_query(query)
    late = devchat.people.taps_button(YOU, message, "Tap")
    clock.tick(minutes=16)
    with pytest.raises(BadRequest, match="Query is too old"):
        await ptb.answer_callback_query(late)


async def test_a_group_that_becomes_a_supergroup_is_told_in_both_chats(devchat, ptb) -> None:
    new = devchat.people.upgrades(GROUP)
    member, old, fresh = await ptb.get_updates(timeout=0)
    assert member.my_chat_member.chat.id == new.id
    assert (old.message.chat.id, old.message.migrate_to_chat_id) == (GROUP, new.id)
    assert (fresh.message.chat.id, fresh.message.migrate_from_chat_id) == (new.id, GROUP)


async def test_being_removed_and_let_in_again_is_told(devchat, ptb) -> None:
    for chat, out, back in ((YOU, "kicked", "member"), (GROUP, "left", "member"), (CHANNEL, "kicked", "administrator")):
        devchat.people.blocks(chat, blocked=True)
        devchat.people.blocks(chat, blocked=True)  # twice is the same as once
        devchat.people.blocks(chat, blocked=False)
        told = [update for update in await ptb.get_updates(timeout=0) if update.my_chat_member]
        gone, restored = told[-2:]
        assert gone.my_chat_member.new_chat_member.status == out
        assert restored.my_chat_member.new_chat_member.status == back
        assert restored.my_chat_member.old_chat_member.status == out


async def test_writing_to_a_bot_that_was_blocked_lets_it_in_again(devchat, ptb) -> None:
    devchat.people.blocks(YOU, blocked=True)
    devchat.people.says(YOU, "/start")
    kinds = [update.my_chat_member is not None for update in await ptb.get_updates(timeout=0)]
    assert kinds == [True, True, False]
    assert await ptb.send_message(YOU, "Welcome back")
