"""Inline mode and deep links: asked from anywhere, picked, followed, and opened as "/start payload"."""

from __future__ import annotations

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)
from telegram.error import BadRequest

from bot.devchat.refusals import Refusal

BOT, YOU, GROUP, CHANNEL = 1, 1001, -2001, -1002000000001
TOO_OLD = "Query is too old"


def article(ident: str = "1", text: str = "<b>Fed holds</b>", **more: object) -> InlineQueryResultArticle:
    content = InputTextMessageContent(text, parse_mode="HTML")
    return InlineQueryResultArticle(ident, "Fed holds", content, description="Small News", **more)


FOLLOW = InlineKeyboardMarkup([[InlineKeyboardButton("Follow", callback_data="follow")]])


async def test_what_is_typed_after_the_bots_name_is_asked(devchat, ptb) -> None:
    devchat.people.asks_inline("fed", chat=GROUP)
    devchat.people.asks_inline("", offset="20")
    one, other = (update.inline_query for update in await ptb.get_updates(timeout=0))
    assert (one.query, one.chat_type, one.offset, one.from_user.id) == ("fed", "group", "", YOU)
    assert (other.query, other.chat_type, other.offset) == ("", "sender", "20")


async def test_the_answer_is_shown_to_whoever_asked(devchat, ptb) -> None:
    query = devchat.people.asks_inline("fed")
    button = InlineQueryResultsButton("Choose topics", start_parameter="topics")
    await ptb.answer_inline_query(query, [article(), article("2")], button=button, next_offset="2", cache_time=0)
    shown = devchat.chats.events[-1]
    assert (shown["kind"], shown["person"], shown["query_id"], shown["next_offset"]) == ("inline", YOU, query, "2")
    assert [(result["id"], result["title"], result["description"]) for result in shown["results"]] == [
        ("1", "Fed holds", "Small News"),
        ("2", "Fed holds", "Small News"),
    ]
    assert shown["button"] == {"text": "Choose topics", "start_parameter": "topics"}


async def test_a_result_that_is_picked_stands_in_the_chat_by_way_of_the_bot(devchat, ptb) -> None:
    query = devchat.people.asks_inline("fed", chat=GROUP)
    await ptb.answer_inline_query(query, [article()])
    devchat.people.picks(query, "1")
    _, sent, chosen = await ptb.get_updates(timeout=0)
    assert (sent.message.text, sent.message.from_user.id, sent.message.via_bot.id) == ("Fed holds", YOU, BOT)
    assert sent.message.entities[0].type == "bold"
    assert (chosen.chosen_inline_result.result_id, chosen.chosen_inline_result.query) == ("1", "fed")
    assert chosen.chosen_inline_result.inline_message_id is None


async def test_buttons_under_a_picked_result_call_back_with_its_inline_id(devchat, ptb) -> None:
    query = devchat.people.asks_inline("fed", chat=GROUP)
    await ptb.answer_inline_query(query, [article(reply_markup=FOLLOW)])
    message = devchat.people.picks(query, "1")
    devchat.people.taps_button(GROUP, message["message_id"], "Follow")
    *_, chosen, tapped = await ptb.get_updates(timeout=0)
    ident = chosen.chosen_inline_result.inline_message_id
    assert (tapped.callback_query.inline_message_id, tapped.callback_query.message) == (ident, None)
    assert await ptb.edit_message_text("Followed", inline_message_id=ident) is True
    assert devchat.texts(GROUP) == ["Followed"]
    with pytest.raises(BadRequest, match="Message_id_invalid"):
        await ptb.edit_message_text("Followed", inline_message_id="none")


async def test_the_bot_is_asked_in_chats_that_it_is_not_in(devchat, ptb) -> None:
    devchat.people.blocks(GROUP, blocked=True)
    query = devchat.people.asks_inline("fed", chat=GROUP)
    await ptb.answer_inline_query(query, [article()])
    devchat.people.picks(query, "1")
    assert devchat.texts(GROUP)[-1] == "Fed holds"
    assert (await ptb.get_updates(timeout=0))[-1].chosen_inline_result.result_id == "1"


async def test_a_query_is_answered_once_and_soon(devchat, ptb, clock) -> None:
    query = devchat.people.asks_inline("fed")
    await ptb.answer_inline_query(query, [])
    late = devchat.people.asks_inline("fed")
    clock.tick(seconds=11)
    for which in (query, late, "none"):
        with pytest.raises(BadRequest, match=TOO_OLD):
            await ptb.answer_inline_query(which, [])


async def test_answers_that_are_wrong_are_refused_in_telegrams_words(devchat, api) -> None:
    text = {"message_text": "a"}
    good = {"type": "article", "id": "1", "title": "a", "input_message_content": text}

    async def refused(results: list, **more: object) -> str:
        query = devchat.people.asks_inline("fed")
        return await api.complaint("answerInlineQuery", inline_query_id=query, results=results, **more)

    assert await refused([good] * 51) == "Bad Request: too many inline query results specified"
    assert await refused([good] * 2) == "Bad Request: RESULT_ID_DUPLICATE"
    assert await refused([{**good, "id": "a" * 65}]) == "Bad Request: RESULT_ID_INVALID"
    assert await refused([good], next_offset="a" * 65) == "Bad Request: NEXT_OFFSET_INVALID"
    assert "is unsupported" in await refused([{**good, "type": "castle"}])
    assert "message text is empty" in await refused([{**good, "input_message_content": {"message_text": " "}}])
    assert await refused([good], button={"text": "a", "start_parameter": "a b"}) == "Bad Request: START_PARAM_INVALID"
    assert "exactly one optional field" in await refused([good], button={"text": "a"})


async def test_a_bot_without_inline_mode_is_not_asked(devchat) -> None:
    devchat.bot["supports_inline_queries"] = False
    with pytest.raises(Refusal):
        devchat.people.asks_inline("fed")
    devchat.bot["supports_inline_queries"] = True
    with pytest.raises(Refusal):
        devchat.people.picks(devchat.people.asks_inline("fed"), "1")


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ("https://t.me/local_headline_bot?start=topic_fed-1", "/start topic_fed-1"),
        ("t.me/Local_Headline_Bot?start=", "/start"),
        ("https://t.me/local_headline_bot", "/start"),
        ("tg://resolve?domain=local_headline_bot&start=a1", "/start a1"),
    ],
)
async def test_a_deep_link_opens_the_bot_with_its_payload(devchat, ptb, link, text) -> None:
    amina = devchat.people.meets("Amina")["id"]
    assert devchat.people.opens_link(link, person=amina) == amina
    (update,) = await ptb.get_updates(timeout=0)
    assert (update.message.text, update.message.chat.id, update.message.from_user.id) == (text, amina, amina)
    assert update.message.entities[0].type == "bot_command"


async def test_a_startgroup_link_adds_the_bot_and_tells_it_why(devchat, ptb) -> None:
    devchat.people.blocks(GROUP, blocked=True)
    await ptb.get_updates(-1, timeout=0)
    devchat.people.opens_link("https://t.me/local_headline_bot?startgroup=fed", chat=GROUP)
    *_, added, service, started = await ptb.get_updates(timeout=0)
    assert added.my_chat_member.new_chat_member.status == "member"
    assert [user.id for user in service.message.new_chat_members] == [BOT]
    assert started.message.text == "/start@local_headline_bot fed"
    devchat.people.opens_link("https://t.me/local_headline_bot?startgroup=gold", chat=GROUP)  # it is there already
    assert (await ptb.get_updates(timeout=0))[-1].message.text == "/start@local_headline_bot gold"


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/local_headline_bot?start=a%20b",
        f"https://t.me/local_headline_bot?start={'a' * 65}",
        "https://t.me/somebody_else?start=a",
        "https://t.me/local_headline_bot?startgroup=a",
    ],
)
async def test_a_link_that_leads_nowhere_does_nothing(devchat, ptb, link) -> None:
    with pytest.raises(Refusal):
        devchat.people.opens_link(link)
    assert await ptb.get_updates(timeout=0) == ()
