"""Several people at once: each has a chat of their own, and everything they do comes from them."""

from __future__ import annotations

import pytest

from bot.devchat.refusals import Refusal

YOU, GROUP, CHANNEL = 1001, -2001, -1002000000001
TAP = {"inline_keyboard": [[{"text": "Tap", "callback_data": "x"}]]}


@pytest.fixture
def amina(devchat) -> int:
    return devchat.people.meets("Amina", username="amina", language_code="ar")["id"]


async def test_whoever_is_new_has_a_private_chat_and_a_language(devchat, ptb, amina) -> None:
    devchat.people.says(amina, "salaam")
    (update,) = await ptb.get_updates(timeout=0)
    assert update.message.chat.id == update.message.from_user.id == amina
    assert (update.message.from_user.first_name, update.message.from_user.language_code) == ("Amina", "ar")
    assert update.message.from_user.username == "amina"


async def test_in_a_group_everybody_speaks_for_themselves(devchat, ptb, amina) -> None:
    devchat.people.joins(GROUP, amina)
    devchat.people.says(GROUP, "/latest", person=amina)
    devchat.people.says(GROUP, "/latest")
    joined, hers, yours = await ptb.get_updates(timeout=0)
    assert [user.id for user in joined.message.new_chat_members] == [amina]
    assert (hers.message.from_user.id, yours.message.from_user.id) == (amina, YOU)


async def test_everybody_can_tap_the_same_button(devchat, ptb, api, amina) -> None:
    devchat.people.joins(GROUP, amina)
    message = (await api.says("a", GROUP, reply_markup=TAP))["message_id"]
    hers = devchat.people.taps_button(GROUP, message, "x", person=amina)
    yours = devchat.people.taps_button(GROUP, message, "x")
    *_, one, other = await ptb.get_updates(timeout=0)
    assert (one.callback_query.from_user.id, other.callback_query.from_user.id) == (amina, YOU)
    await ptb.answer_callback_query(hers, "Hers")
    await ptb.answer_callback_query(yours, "Yours")
    toasts = [event for event in devchat.chats.events if event["kind"] == "toast"]
    assert [(toast["person"], toast["text"]) for toast in toasts] == [(amina, "Hers"), (YOU, "Yours")]


async def test_whoever_is_not_in_a_chat_does_nothing_there(devchat, ptb, api, amina) -> None:
    message = (await api.says("a", GROUP, reply_markup=TAP))["message_id"]
    for act in (
        lambda: devchat.people.says(GROUP, "hello", person=amina),
        lambda: devchat.people.taps_button(GROUP, message, "x", person=amina),
        lambda: devchat.people.shares_location(YOU, 33.5, -7.6, person=amina),
        lambda: devchat.people.says(GROUP, "hello", person=77),
    ):
        with pytest.raises(Refusal):
            act()
    assert await ptb.get_updates(timeout=0) == ()


async def test_what_one_typed_can_be_changed_by_oneself_alone(devchat, ptb, amina) -> None:
    devchat.people.joins(GROUP, amina)
    typed = devchat.people.says(GROUP, "/latset", person=amina)["message_id"]
    with pytest.raises(Refusal):
        devchat.people.edits(GROUP, typed, "/start")
    devchat.people.edits(GROUP, typed, "/latest", person=amina)
    *_, update = await ptb.get_updates(timeout=0)
    assert (update.edited_message.text, update.edited_message.edit_date is not None) == ("/latest", True)


async def test_a_message_that_is_passed_on_says_where_it_comes_from(devchat, ptb, api, amina) -> None:
    posted = devchat.people.says(CHANNEL, "News https://news.example/a")
    devchat.people.forwards(YOU, CHANNEL, posted["message_id"])
    said = devchat.people.says(amina, "hello")
    devchat.people.forwards(YOU, amina, said["message_id"])
    again = devchat.people.forwards(YOU, amina, said["message_id"])
    devchat.people.forwards(amina, YOU, again["message_id"])
    updates = await ptb.get_updates(timeout=0)
    origins = [update.message.forward_origin for update in updates if update.message and update.message.forward_origin]
    assert (origins[0].type, origins[0].chat.id, origins[0].message_id) == ("channel", CHANNEL, posted["message_id"])
    assert [(origin.type, origin.sender_user.id) for origin in origins[1:]] == [("user", amina)] * 3
    assert updates[1].message.entities[0].type == "url"
    secret = await api.says("a", protect_content=True)
    with pytest.raises(Refusal):
        devchat.people.forwards(amina, YOU, secret["message_id"])


async def test_each_person_sees_their_own_chats_on_the_page(devchat, session, amina) -> None:
    async def seen(person: int | None) -> dict:
        query = f"?as={person}" if person else ""
        async with session.get(f"{devchat.url}/page/state{query}") as answer:
            assert answer.status == 200
            return await answer.json()

    assert {chat["id"] for chat in (await seen(amina))["chats"]} == {amina}
    assert {chat["id"] for chat in (await seen(YOU))["chats"]} == {YOU, GROUP, CHANNEL}
    assert {chat["id"] for chat in (await seen(None))["chats"]} == {YOU, GROUP, CHANNEL, amina}
    devchat.people.joins(GROUP, amina)
    state = await seen(amina)
    assert state["me"]["id"] == amina
    assert {person["id"] for person in state["people"]} == {YOU, amina}
    (group,) = [chat for chat in state["chats"] if chat["id"] == GROUP]
    assert {(member["user"]["id"], member["status"]) for member in group["members"]} == {
        *((YOU, "creator"), (amina, "member"), (1, "member")),
    }
    async with session.get(f"{devchat.url}/page/state?as=77") as answer:
        assert answer.status == 404
