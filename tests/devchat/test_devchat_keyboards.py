"""Keyboards in the place of a person's own, places on the map, and buttons that do other things than call back."""

from __future__ import annotations

import pytest
from telegram import ForceReply, KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.error import BadRequest

from bot.devchat.refusals import Refusal

YOU, GROUP, CHANNEL = 1001, -2001, -1002000000001
WHERE = ReplyKeyboardMarkup([[KeyboardButton("Send my location", request_location=True)], ["Skip"]])


def shown(devchat, chat: int, person: int = YOU) -> list[str]:
    keyboard = devchat.chats.find(chat).keyboards.get(person, {})
    return [button["text"] for row in keyboard.get("keyboard", []) for button in row]


async def test_a_reply_keyboard_stays_until_it_is_taken_away(devchat, ptb) -> None:
    sent = await ptb.send_message(YOU, "Where are you?", reply_markup=WHERE)
    assert sent.reply_markup is None
    assert shown(devchat, YOU) == ["Send my location", "Skip"]
    await ptb.send_message(YOU, "Thanks", reply_markup=ReplyKeyboardRemove())
    assert shown(devchat, YOU) == []


async def test_an_answer_that_is_asked_for_is_asked_for_once(devchat, ptb) -> None:
    await ptb.send_message(YOU, "Which city?", reply_markup=ForceReply(input_field_placeholder="Rabat"))
    assert devchat.chats.find(YOU).keyboards[YOU]["input_field_placeholder"] == "Rabat"
    devchat.people.says(YOU, "Casablanca")
    assert devchat.chats.find(YOU).keyboards == {}


async def test_a_place_is_shared_as_asked(devchat, ptb) -> None:
    asked = (await ptb.send_message(YOU, "Where are you?", reply_markup=WHERE)).message_id
    devchat.people.shares_location(YOU, 33.57, -7.59, reply_to=asked)
    (update,) = await ptb.get_updates(timeout=0)
    assert (update.message.location.latitude, update.message.location.longitude) == (33.57, -7.59)
    assert update.message.reply_to_message.message_id == asked
    with pytest.raises(Refusal):
        devchat.people.shares_location(YOU, 91, 0)


async def test_a_place_is_asked_for_in_private_alone(ptb) -> None:
    with pytest.raises(BadRequest, match="Location can be requested in private chats only"):
        await ptb.send_message(GROUP, "Where are you?", reply_markup=WHERE)
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await ptb.send_message(CHANNEL, "Where are you?", reply_markup=WHERE)


async def test_a_selective_keyboard_is_for_whom_it_answers_or_names(devchat, api) -> None:
    amina = devchat.people.meets("Amina", username="amina")["id"]
    devchat.people.joins(GROUP, amina)
    asked = devchat.people.says(GROUP, "/topics", person=amina)["message_id"]
    markup = {"keyboard": [["One", "Two"]], "selective": True}
    await api.says("Choose", GROUP, reply_markup=markup, reply_parameters={"message_id": asked})
    assert (shown(devchat, GROUP, amina), shown(devchat, GROUP)) == (["One", "Two"], [])
    await api.says("Never mind @amina", GROUP, reply_markup={"remove_keyboard": True, "selective": True})
    assert shown(devchat, GROUP, amina) == []
    await api.says("All", GROUP, reply_markup={"keyboard": [["Three"]]})
    assert shown(devchat, GROUP, amina) == shown(devchat, GROUP) == ["Three"]


@pytest.mark.parametrize(
    "button",
    [
        {"switch_inline_query": "fed"},
        {"switch_inline_query": ""},
        {"switch_inline_query_current_chat": ""},
        {"switch_inline_query_chosen_chat": {"query": "fed", "allow_group_chats": True}},
        {"copy_text": {"text": "fed AND rates"}},
    ],
)
async def test_buttons_that_share_and_copy_are_taken(api, button) -> None:
    rows = {"inline_keyboard": [[{"text": "Do", **button}]]}
    assert (await api.says("a", reply_markup=rows))["reply_markup"] == rows


async def test_a_channel_has_no_button_that_asks_the_bot_inline(api) -> None:
    rows = {"inline_keyboard": [[{"text": "Share", "switch_inline_query": "fed"}]]}
    assert await api.refused("a", CHANNEL, reply_markup=rows) == (
        "Bad Request: can't use switch_inline_query button in a channel chat, "
        "because users will not be able to use the button without knowing bot's username"
    )


async def test_a_text_to_copy_has_256_characters_at_most(api) -> None:
    for text in ("", "a" * 257):
        rows = {"inline_keyboard": [[{"text": "Copy", "copy_text": {"text": text}}]]}
        assert await api.refused("a", reply_markup=rows) == "Bad Request: BUTTON_COPY_TEXT_INVALID"


async def test_an_edit_takes_inline_keyboards_alone(ptb) -> None:
    sent = await ptb.send_message(YOU, "a")
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await ptb.edit_message_text("b", YOU, sent.message_id, reply_markup=WHERE)
