"""What a bot may write, and what it is told when it may not."""

from __future__ import annotations

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden

YOU, GROUP, CHANNEL = 1001, -2001, -1002000000001

TOO_LONG, EMPTY = "Bad Request: message is too long", "Bad Request: message text is empty"


def button(**what: str) -> dict:
    return {"inline_keyboard": [[{"text": "Read", **what}]]}


async def test_a_message_holds_4096_units_after_its_entities_are_parsed(api, clock) -> None:
    whole = await api.says(f"<b>{'a' * 4090}</b>&lt;&lt;😀😀", parse_mode="HTML")
    assert whole["text"] == "a" * 4090 + "<<😀😀"
    assert whole["entities"] == [{"type": "bold", "offset": 0, "length": 4090}]
    assert await api.refused(f"<b>{'a' * 4091}</b>&lt;&lt;😀😀", parse_mode="HTML") == TOO_LONG
    assert await api.refused("😀" * 2049) == TOO_LONG


@pytest.mark.parametrize("text", ["", " \n ", "<b> </b>", "<i></i>", "\r"])
async def test_an_empty_message_is_refused(api, text) -> None:
    assert await api.refused(text, parse_mode="HTML") == EMPTY


async def test_markup_that_is_wrong_is_refused_with_the_place(api) -> None:
    assert await api.refused("é <b>a", parse_mode="HTML") == (
        "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""
    )
    assert await api.refused("é <x>a</x>", parse_mode="HTML") == (
        'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 3'
    )
    assert await api.refused("a", parse_mode="Nonsense") == "Bad Request: unsupported parse_mode"


async def test_callback_data_has_at_most_64_bytes(api) -> None:
    kept = await api.says("a", reply_markup=button(callback_data="é" * 32))
    assert kept["reply_markup"] == button(callback_data="é" * 32)
    for data in ("é" * 32 + "a", ""):
        assert await api.refused("a", reply_markup=button(callback_data=data)) == "Bad Request: BUTTON_DATA_INVALID"


@pytest.mark.parametrize(
    ("url", "works"),
    [
        ("https://news.example/a?b=c#d", True),
        ("http://127.0.0.1:8000/story", True),
        ("tg://user?id=1", True),
        ("http://localhost/story", False),
        ("https://news example/", False),
        ("javascript:alert(1)", False),
        ("ftp://news.example/", False),
        ("https://[broken/", False),
        ("", False),
    ],
)
async def test_a_button_leads_to_the_web_or_is_refused(api, url, works) -> None:
    body = await api.call("sendMessage", chat_id=YOU, text="a", reply_markup=button(url=url))
    assert body["ok"] is works
    assert works or body["description"] == f"Bad Request: inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"


async def test_a_button_says_something_and_does_something(api) -> None:
    assert "non-empty" in await api.refused(
        "a", reply_markup={"inline_keyboard": [[{"text": " ", "url": "x.example"}]]}
    )
    assert "unallowed" in await api.refused("a", reply_markup=button())
    many = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}] * 8] * 13}
    assert "too many buttons" in await api.refused("a", reply_markup=many)


@pytest.mark.parametrize("chat", [99, "99", "@nobody", "@None", "nonsense", -1, "²"])
async def test_a_chat_that_nobody_knows_is_not_found(api, chat) -> None:
    assert await api.refused("a", chat) == "Bad Request: chat not found"


async def test_no_chat_is_no_chat(api) -> None:
    assert await api.complaint("sendMessage", text="a") == "Bad Request: chat_id is empty"


async def test_a_chat_is_found_by_its_name(api) -> None:
    assert (await api.says("a", "@you"))["chat"]["id"] == YOU


async def test_whoever_blocks_the_bot_is_not_written_to(devchat, ptb) -> None:
    devchat.people.blocks(YOU, blocked=True)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await ptb.send_message(YOU, "a")
    devchat.people.blocks(GROUP, blocked=True)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await ptb.send_message(GROUP, "a")


async def test_a_group_that_became_a_supergroup_tells_its_new_id(devchat, ptb) -> None:
    new = devchat.people.upgrades(GROUP)
    with pytest.raises(ChatMigrated) as moved:
        await ptb.send_message(GROUP, "a")
    assert moved.value.new_chat_id == new.id
    assert (await ptb.send_message(new.id, "a")).chat.type == "supergroup"


async def test_a_message_goes_through_the_library_and_back(ptb) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Read", callback_data="read:1")]])
    sent = await ptb.send_message(YOU, "<b>News</b>", parse_mode="HTML", reply_markup=keyboard)
    assert (sent.text, sent.entities[0].type, sent.reply_markup) == ("News", "bold", keyboard)
    edited = await ptb.edit_message_text("Newer", YOU, sent.message_id)
    assert (edited.text, edited.entities, edited.reply_markup) == ("Newer", (), None)
    posted = await ptb.send_message(CHANNEL, "a")
    assert (posted.from_user, posted.sender_chat.id) == (None, CHANNEL)


async def test_an_edit_that_changes_nothing_is_refused(ptb) -> None:
    sent = await ptb.send_message(YOU, "<b>News</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await ptb.edit_message_text("<b>News</b>", YOU, sent.message_id, parse_mode="HTML")
    await ptb.edit_message_text("News", YOU, sent.message_id)  # the markup was another


async def test_only_what_the_bot_wrote_can_be_edited(devchat, ptb) -> None:
    typed = devchat.people.says(YOU, "Hello")
    with pytest.raises(BadRequest, match=r"Message can.t be edited"):
        await ptb.edit_message_text("a", YOU, typed["message_id"])
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await ptb.edit_message_text("a", YOU, 999)


async def test_an_answer_quotes_the_question_or_says_that_it_is_gone(devchat, api) -> None:
    typed = devchat.people.says(YOU, "Hello")
    answer = await api.says("a", reply_parameters={"message_id": typed["message_id"]})
    assert answer["reply_to_message"]["text"] == "Hello"
    assert await api.refused("a", reply_parameters={"message_id": 99}) == "Bad Request: message to be replied not found"
    await api.says("a", reply_parameters={"message_id": 99, "allow_sending_without_reply": True})


async def test_a_thread_that_is_not_there_is_not_found(api) -> None:
    assert await api.refused("a", GROUP, message_thread_id=7) == "Bad Request: message thread not found"


async def test_parameters_come_in_the_address_as_a_form_or_as_json(devchat, api, session) -> None:
    form = {
        "chat_id": str(YOU),
        "text": "form",
        "reply_markup": '{"inline_keyboard": [[{"text": "a", "url": "a.example"}]]}',
    }
    async with session.post(f"{api.url}/bot1:for-tests/SendMessage", data=form) as answer:
        assert (await answer.json())["ok"]
    async with session.get(f"{api.url}/bot1:for-tests/sendmessage?chat_id={YOU}&text=address") as answer:
        assert (await answer.json())["ok"]
    assert devchat.texts(YOU) == ["form", "address"]


@pytest.mark.parametrize("body", [b"{", b"[]", b'"a"', b"\xff"])
async def test_parameters_that_are_no_json_are_refused(api, session, body) -> None:
    headers = {"Content-Type": "application/json"}
    async with session.post(f"{api.url}/bot1:for-tests/sendMessage", data=body, headers=headers) as answer:
        assert (answer.status, (await answer.json())["ok"]) == (400, False)


async def test_numbers_that_are_none_are_refused(api) -> None:
    assert "expected a number" in await api.complaint("getUpdates", offset="x")
    assert "expected a number" in await api.complaint("editMessageText", chat_id=YOU, message_id="x", text="a")


async def test_a_wrong_token_and_an_unknown_method_are_told_apart(api, session) -> None:
    async with session.post(f"{api.url}/bot2:wrong/getMe") as answer:
        assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")
    body = await api.call("flyToTheMoon")
    assert (body["error_code"], body["description"]) == (404, "Not Found")


async def test_commands_are_kept_by_scope_and_language(ptb) -> None:
    await ptb.set_my_commands([("latest", "The newest headlines")])
    await ptb.set_my_commands([("latest", "Les derniers titres")], language_code="fr")
    assert [c.description for c in await ptb.get_my_commands()] == ["The newest headlines"]
    assert [c.description for c in await ptb.get_my_commands(language_code="fr")] == ["Les derniers titres"]
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await ptb.set_my_commands([("a" * 33, "Too long")])
