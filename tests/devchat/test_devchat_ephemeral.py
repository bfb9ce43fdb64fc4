"""Messages in a group that one person alone sees, as Bot API 10.2 and 10.3 have them."""

from __future__ import annotations

import json

import pytest

BOT, YOU, GROUP, CHANNEL = 1, 1001, -2001, -1002000000001
TAP = {"inline_keyboard": [[{"text": "Mine", "callback_data": "x"}]]}


@pytest.fixture
def amina(devchat) -> int:
    person = devchat.people.meets("Amina")["id"]
    devchat.people.joins(GROUP, person)
    return person


def to(person: int, **more: object) -> dict:
    return {"ephemeral_message_parameters": {"receiver_user_id": person, **more}}


async def test_an_administrator_tells_one_person_alone(devchat, api, amina) -> None:
    devchat.people.promotes(GROUP, BOT)
    sent = await api.says("Only you", GROUP, **to(amina))
    assert (sent["message_id"], sent["receiver_user"]["id"]) == (0, amina)
    assert sent["ephemeral_message_id"] > 0
    await api.says("Everybody", GROUP)
    assert [text for text in devchat.texts(GROUP, amina) if text] == ["Only you", "Everybody"]
    assert [text for text in devchat.texts(GROUP, YOU) if text] == ["Everybody"]


async def test_the_parameters_of_10_2_are_understood(devchat, api, amina) -> None:
    devchat.people.promotes(GROUP, BOT)
    assert (await api.says("Only you", GROUP, receiver_user_id=amina))["receiver_user"]["id"] == amina


async def test_another_bot_answers_a_tap_within_fifteen_seconds(devchat, api, amina, clock) -> None:
    message = (await api.says("Alert", GROUP, reply_markup=TAP))["message_id"]
    assert await api.refused("Yours", GROUP, **to(amina)) == "Bad Request: MESSAGE_NOT_COMMAND"
    tap = devchat.people.taps_button(GROUP, message, "x", person=amina)
    assert await api.refused("Yours", GROUP, **to(YOU, callback_query_id=tap)) == "Bad Request: MESSAGE_NOT_COMMAND"
    clock.tick(seconds=15)
    shown = await api.says("Yours", GROUP, **to(amina, callback_query_id=tap, replace_callback_query_message=True))
    replaced = devchat.chats.events[-1]
    assert (replaced["kind"], replaced["person"], replaced["message_id"]) == ("replaced", amina, message)
    assert replaced["ephemeral_message_id"] == shown["ephemeral_message_id"]
    clock.tick(seconds=1)
    assert "MESSAGE_NOT_COMMAND" in await api.refused("Yours", GROUP, **to(amina, callback_query_id=tap))


async def test_a_command_that_the_menu_calls_ephemeral_is_seen_by_the_bot_alone(devchat, api, amina) -> None:
    command = {"command": "settings", "description": "Settings", "is_ephemeral": True}
    await api.call("setMyCommands", commands=[command, {"command": "latest", "description": "News"}])
    devchat.people.says(GROUP, "/settings", person=amina)
    devchat.people.says(GROUP, "/latest", person=amina)
    *_, asked, public = ((update["message"]) for update in (await api.call("getUpdates"))["result"])
    assert (asked["message_id"], asked["from"]["id"], public["message_id"] > 0) == (0, amina, True)
    assert devchat.texts(GROUP, YOU)[-1:] == ["/latest"]
    answer = {"reply_parameters": {"ephemeral_message_id": asked["ephemeral_message_id"]}, **to(amina)}
    assert (await api.says("Yours", GROUP, **answer))["receiver_user"]["id"] == amina
    devchat.people.says(YOU, "/settings")  # in private there is nobody to hide it from
    assert (await api.call("getUpdates"))["result"][-1]["message"]["message_id"] > 0


async def test_an_answer_to_the_bots_ephemeral_message_is_one_too(devchat, api, amina) -> None:
    devchat.people.promotes(GROUP, BOT)
    sent = await api.says("Which city?", GROUP, **to(amina))
    devchat.people.says(GROUP, "Rabat", person=amina, reply_to=-sent["ephemeral_message_id"])
    told = (await api.call("getUpdates"))["result"][-1]["message"]
    assert (told["text"], told["message_id"], told["receiver_user"]["id"]) == ("Rabat", 0, BOT)
    assert "Rabat" not in devchat.texts(GROUP, YOU)


async def test_they_are_changed_tapped_and_deleted_by_ways_of_their_own(devchat, api, amina) -> None:
    devchat.people.promotes(GROUP, BOT)
    sent = await api.says("One", GROUP, reply_markup=TAP, **to(amina))
    which = {"chat_id": GROUP, "receiver_user_id": amina, "ephemeral_message_id": sent["ephemeral_message_id"]}
    key = -sent["ephemeral_message_id"]
    devchat.people.taps_button(GROUP, key, "x", person=amina)
    tapped = (await api.call("getUpdates"))["result"][-1]["callback_query"]
    assert tapped["message"]["ephemeral_message_id"] == sent["ephemeral_message_id"]
    assert (await api.call("editEphemeralMessageText", text="<b>Two</b>", parse_mode="HTML", **which))["result"] is True
    assert (await api.call("editEphemeralMessageReplyMarkup", reply_markup=TAP, **which))["result"] is True
    assert devchat.texts(GROUP, amina)[-1] == "Two"
    other = {**which, "receiver_user_id": YOU}
    assert "not found" in await api.complaint("editEphemeralMessageText", text="Three", **other)
    assert "not found" in await api.complaint("deleteMessage", chat_id=GROUP, message_id=0)
    assert (await api.call("deleteEphemeralMessage", **which))["result"] is True
    assert "Two" not in devchat.texts(GROUP, amina)


async def test_pictures_can_be_for_one_person(devchat, api, amina) -> None:
    devchat.people.promotes(GROUP, BOT)
    picture = {"chat_id": GROUP, "photo": "https://pictures.example/a.jpg", "caption": "One", **to(amina)}
    sent = (await api.call("sendPhoto", **picture))["result"]
    which = {"chat_id": GROUP, "receiver_user_id": amina, "ephemeral_message_id": sent["ephemeral_message_id"]}
    assert (await api.call("editEphemeralMessageCaption", caption="Two", **which))["ok"]
    media = {"type": "photo", "media": "https://pictures.example/b.jpg", "caption": "Three"}
    assert (await api.call("editEphemeralMessageMedia", media=media, **which))["ok"]
    assert devchat.texts(GROUP, amina)[-1] == "Three"


async def test_they_are_for_members_of_groups(devchat, api) -> None:
    stranger = devchat.people.meets("Omar")["id"]
    devchat.people.promotes(GROUP, BOT)
    assert await api.refused("a", GROUP, **to(stranger)) == "Bad Request: user not found"
    for chat in (YOU, CHANNEL):
        assert "only to groups" in await api.refused("a", chat, **to(YOU))


async def test_nobody_else_hears_of_them_on_the_page(devchat, api, session, amina) -> None:
    devchat.people.promotes(GROUP, BOT)
    since = devchat.chats.last_event
    await api.says("Only you", GROUP, **to(amina))
    await api.says("Everybody", GROUP)
    for person, expected in ((amina, ["Only you", "Everybody"]), (YOU, ["Everybody"])):
        heard: list[str] = []
        async with session.get(f"{devchat.url}/page/events?as={person}&since={since}") as stream:
            async for line in stream.content:
                if line.startswith(b"data: "):
                    heard.append(json.loads(line.removeprefix(b"data: "))["message"]["text"])
                if heard[-1:] == ["Everybody"]:
                    break
        assert heard == expected
        async with session.get(f"{devchat.url}/page/state?as={person}") as answer:
            assert ("Only you" in await answer.text()) is (person == amina)
