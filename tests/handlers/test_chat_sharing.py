"""Sharing: our name typed in any chat, and the links that lead back to us."""

from __future__ import annotations

from typing import Any

import pytest

from bot.news.identity import headline_id
from bot.news.sharing import topic_payload


@pytest.fixture
def asks(talk, desk):
    """Type "@bot query" and see what is offered, by a bot that has read what is listed."""

    async def asks(query: str, offset: str = "") -> dict[str, Any]:
        await desk.library.step()
        talk.devchat.people.asks_inline(query, offset=offset)
        await talk.handle_all()
        return next(event for event in reversed(talk.devchat.chats.events) if event["kind"] == "inline")

    return asks


async def test_our_name_alone_offers_the_newest_headlines(news, asks):
    await news("Rabat hosts a summit")
    await news("Oil falls")

    offered = await asks("")

    assert [result["title"] for result in offered["results"]] == ["Oil falls", "Rabat hosts a summit"]
    assert offered["results"][0]["description"] == "small · just now"
    assert offered["results"][1]["description"] == "small · 1 minute ago"


async def test_a_topic_offers_its_headlines_and_itself(news, asks, talk, person):
    await news("Morocco hosts a summit")
    await news("Oil falls")

    offered = await asks("morocco")

    assert [result["title"] for result in offered["results"]] == ["Share the topic “morocco”", "Morocco hosts a summit"]
    assert offered["button"] == {"text": "Follow “morocco”", "start_parameter": topic_payload("morocco")}
    shared = talk.devchat.people.picks(offered["query_id"], offered["results"][1]["id"])
    assert shared["text"].startswith("Morocco hosts a summit\n")
    read, follow = shared["reply_markup"]["inline_keyboard"][0]
    assert read["url"].endswith(f"?start=r-{headline_id('https://small.example/story-1')}")
    assert follow["url"].endswith(f"?start={topic_payload('morocco')}")


async def test_whoever_opens_the_links_reads_and_follows(news, asks, talk, person):
    await news("Morocco hosts a summit")
    offered = await asks("morocco")
    shared = talk.devchat.people.picks(offered["query_id"], offered["results"][1]["id"])
    read, follow = shared["reply_markup"]["inline_keyboard"][0]

    talk.devchat.people.opens_link(read["url"])
    await talk.handle_all()
    assert "The talks went on." in person.texts[-1]
    talk.devchat.people.opens_link(follow["url"])
    await talk.handle_all()
    assert "“Morocco”" in person.texts[-1]
    assert "Morocco" in (await person.says("/topics")).text


async def test_scrolling_brings_more_and_ends(news, asks):
    for number in range(1, 31):
        await news(f"Story {number}")

    first = await asks("")
    second = await asks("", first["next_offset"])

    assert len(first["results"]) == 25
    assert [result["title"] for result in second["results"]] == [f"Story {number}" for number in range(5, 0, -1)]
    assert second["next_offset"] == ""


async def test_a_share_button_hands_on_its_headline(news, asks):
    headline = await news("Rabat hosts a summit")

    offered = await asks(f"#r-{headline_id(headline.url)}")
    assert [result["title"] for result in offered["results"]] == ["Rabat hosts a summit"]
    assert (await asks("#r-nothing"))["results"] == []


async def test_what_is_no_topic_is_offered_help(news, asks):
    await news("Oil falls")

    offered = await asks("(oil")

    assert offered["results"] == []
    assert offered["button"]["start_parameter"] == "help"


async def test_the_buttons_above_lead_somewhere(person, talk):
    talk.devchat.people.starts("help")
    await talk.handle_all()
    assert "You need no commands" in person.texts[-1]


async def test_a_long_topic_is_shared_all_the_same(news, asks, person, talk):
    topic = "summit -football -tennis -cricket -basketball -handball -volleyball"
    await news("Morocco hosts a summit")

    payload = (await asks(topic))["button"]["start_parameter"]
    assert payload.startswith("k-")
    talk.devchat.people.starts(payload)
    await talk.handle_all()
    assert "handball" in (await person.says("/topics")).text


@pytest.mark.parametrize("payload", ["k-AAAAAAAAAAA", "t-____", "r-nothing", "nonsense", "-", "start"])
async def test_an_old_or_made_up_link_is_answered_with_what_to_do(person, talk, payload):
    talk.devchat.people.starts(payload)
    await talk.handle_all()

    assert any(way in person.texts[-1] for way in ("/latest", "Send me"))
    assert not person.errors


async def test_a_group_that_somebody_chose_for_us_follows_the_topic(group, talk, news):
    await news("Oil falls")
    await group.says(f"/start@{group.bot_name} {topic_payload('oil')}")

    assert "oil" in (await group.says(f"/topics@{group.bot_name}")).text


async def test_who_types_our_name_without_end_is_asked_to_try_later(news, talk, desk):
    await news("Rabat hosts a summit")
    await desk.library.step()
    ana = talk.devchat.people.meets("Ana", language_code="en")
    offered = list[dict[str, Any]]()
    for _ in range(41):
        talk.devchat.people.asks_inline("", person=ana["id"])
        await talk.handle_all()
        offered.append(next(event for event in reversed(talk.devchat.chats.events) if event["kind"] == "inline"))

    assert offered[39]["results"]
    assert (offered[40]["results"], offered[40]["button"]["text"]) == ([], "I am slow just now, try again")
