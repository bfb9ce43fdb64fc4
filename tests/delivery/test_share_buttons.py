"""A share button hands on a card of ours where Telegram allows that, else the link."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import orjson

from bot.delivery.forms import keyboard
from bot.delivery.render.sharing import read_button, share_button
from bot.delivery.send import badge_in
from bot.news.identity import headline_id
from bot.news.message import Button
from bot.news.model import Headline
from bot.news.said import ENGLISH
from bot.news.sharing import Badge, is_payload, topic_payload, words_of

AT = datetime(2026, 1, 1, tzinfo=UTC)
HEADLINE = Headline("h1", "Rabat hosts a summit", "https://small.example/summit", "small", AT, AT)


def made(badge: Badge) -> dict[str, object]:
    [[button]] = keyboard((share_button(ENGLISH, HEADLINE),), badge)["reply_markup"]["inline_keyboard"]
    assert button.pop("text") == "Share"
    return button


def test_with_inline_mode_it_asks_for_the_chat_and_names_the_headline():
    button = made(Badge("headline_bot", inline=True))

    chosen = button["switch_inline_query_chosen_chat"]
    assert chosen["query"] == "#r-" + headline_id(HEADLINE.url)
    assert [chosen[f"allow_{kind}_chats"] for kind in ("user", "group", "channel")] == [True, True, True]


def test_without_it_shares_the_page_with_a_link_to_us():
    url = made(Badge("headline_bot"))["url"]

    shared = parse_qs(urlsplit(url).query)
    assert url.startswith("https://t.me/share/url?")
    assert shared["url"] == [HEADLINE.url]
    assert shared["text"] == [f"Rabat hosts a summit\nhttps://t.me/headline_bot?start=r-{headline_id(HEADLINE.url)}"]


def test_before_telegram_said_who_we_are_it_shares_the_page():
    assert parse_qs(urlsplit(made(Badge())["url"]).query)["text"] == ["Rabat hosts a summit"]


def test_a_headline_that_leads_nowhere_cannot_be_shared():
    assert share_button(ENGLISH, Headline("h", "Title", "javascript:alert(1)", "small", AT, AT)) == ()


def test_where_nobody_can_be_answered_reading_leads_to_us_and_to_the_page_while_our_name_is_unknown():
    button = read_button(ENGLISH, HEADLINE)

    [[known]] = keyboard((button,), Badge("headline_bot"))["reply_markup"]["inline_keyboard"]
    [[unknown]] = keyboard((button,))["reply_markup"]["inline_keyboard"]
    assert known["url"] == f"https://t.me/headline_bot?start=r-{headline_id(HEADLINE.url)}"
    assert unknown["url"] == HEADLINE.url


def test_a_button_that_leads_only_to_us_is_left_out_while_our_name_is_unknown():
    assert keyboard(((Button("Follow", start="t-bW9yb2Njbw"),),)) == {}


def test_telegram_says_who_we_are():
    said = {"ok": True, "result": {"id": 1, "username": "headline_bot", "supports_inline_queries": True}}
    assert badge_in(200, orjson.dumps(said)) == Badge("headline_bot", inline=True)
    assert badge_in(200, b'{"ok":true,"result":true}') is None
    assert badge_in(502, b"<html>") is None


def test_the_words_of_a_topic_travel_in_a_link_as_far_as_they_fit():
    payload = topic_payload("morocco -football")
    assert is_payload(payload)
    assert words_of(payload) == "morocco -football"
    assert words_of(topic_payload("انتخابات")) == "انتخابات"
    assert topic_payload("word " * 12) == ""


def test_what_we_did_not_pack_holds_no_words():
    assert words_of("t-%%%") == ""
    assert words_of("t-_w") == ""
