"""What several people see of the bot in real browsers: a group with an admin and a member, a forum, a channel."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.chatroom import Room, Seen, in_browser

pytestmark = in_browser
ME, GENERAL = 1001, 1


@pytest.fixture
async def club(room: Room) -> tuple[Seen, Seen]:
    """The admin of a new group, and a member of it, each before their own page."""
    amina = room.meets("Amina")
    group = room.opens("supergroup", "Harbour club", amina)
    return await room.look(group), await room.look(group, amina)


async def test_a_group_is_greeted_and_its_admin_chooses_what_all_are_told(room: Room, club: tuple[Seen, Seen]) -> None:
    admin, member = club
    for person in club:
        await person.reads("Hello, I watch the latest news and tell this group")

    await member.taps("Hello, I watch", "⚽ Football")
    await member.is_told("the admins choose")
    await room.hears("Football: the Lions win the cup")
    await admin.sees_no("the Lions win the cup")

    await admin.taps("Hello, I watch", "⚽ Football")
    await admin.is_told("You follow it now.")
    await expect(member.key("Hello, I watch", "✅ ⚽ Football")).to_be_visible()
    await room.hears("Football: the final is sold out")
    for person in club:
        await person.reads("the final is sold out")


async def test_a_member_who_types_is_refused_kindly_and_an_admin_is_not(room: Room, club: tuple[Seen, Seen]) -> None:
    admin, member = club
    await member.says("/subscribe tunnel")
    await member.reads("the admins choose")
    await member.says("/topics")
    await member.reads("no topic yet")

    await admin.says("/subscribe tunnel")
    for person in club:
        await person.reads("From now on I tell you about “tunnel”")
    await member.taps("From now on", "Undo")
    await member.is_told("the admins choose")
    await room.hears("A tunnel office opens")
    for person in club:
        await person.reads("A tunnel office opens")


async def test_what_a_member_asks_is_answered_for_them_alone(room: Room, club: tuple[Seen, Seen]) -> None:
    admin, member = club
    await room.hears("A tunnel office opens")
    await member.reads("Hello, I watch")
    await member.says("/latest@local_headline_bot")
    await expect((await member.reads("A tunnel office opens")).locator(".only")).to_have_text("Only you see this")
    await member.taps("A tunnel office opens", "1")
    await expect((await member.reads("Paragraph 1.")).locator(".only")).to_have_text("Only you see this")
    await admin.sees_no("A tunnel office opens")
    await admin.sees_no("Paragraph 1.")


async def test_a_topic_that_is_named_in_a_thread_is_told_there_and_not_elsewhere(room: Room) -> None:
    forum = room.opens("supergroup", "Harbour club", is_forum=True)
    weather = room.world.devchat.people.creates_topic(forum, "Weather")
    me = await room.look(forum, thread=weather)
    await me.says("/subscribe storm")
    await me.reads("Its alerts come into this thread.")
    await me.page.click("#back")
    await me.goes(forum, GENERAL)
    await me.says("/subscribe tunnel")
    await me.reads("From now on I tell you about “tunnel”")

    await room.hears("A storm crosses the sea")
    await room.hears("A tunnel office opens")

    await me.reads("A tunnel office opens")
    await me.sees_no("A storm crosses the sea")
    await me.page.click("#back")
    thread = me.page.locator(f'[data-thread-id="{weather}"]')
    await expect(thread).to_contain_text("A storm crosses the sea")
    await thread.click()
    await me.reads("A storm crosses the sea")
    await me.sees_no("A tunnel office opens")


async def test_a_channel_is_managed_in_private_and_its_readers_see_alerts_alone(room: Room) -> None:
    me = await room.look(ME)
    await me.starts()
    await me.reads("Hello!")
    amina = room.meets("Amina")
    channel = room.opens("channel", "Harbour news", amina)
    reader = await room.look(channel, amina)
    await me.reads("You are managing Harbour news")
    assert "what shall I post there?" in await me.message("You are managing Harbour news").inner_text()
    await me.taps("what shall I post there?", "⚽ Football")
    await me.is_told("You follow it now.")

    await room.hears("Football: the final is sold out")

    post = await reader.reads("the final is sold out")
    await expect(post).not_to_contain_text("because you follow")
    assert await reader.keys("the final is sold out") == ["📖 Read", "Share"]
    await expect(post.get_by_role("link", name="📖 Read")).to_have_attribute("href", re.compile(r"\?start=r-"))
    await expect(reader.page.locator(".message")).to_have_count(1)
    await expect(reader.page.locator("#mute")).to_have_text("Only admins post here.")
    await me.sees_no("the final is sold out")
    await me.taps("what shall I post there?", "‹ My own chat")
    await me.reads("This is about your own chat with me again.")
