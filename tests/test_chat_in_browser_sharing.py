"""What is handed on from chat to chat, as people see it in real browsers: headlines, topics, links that lead back."""

from __future__ import annotations

from playwright.async_api import expect

from tests.chatroom import Room, Seen, in_browser

pytestmark = in_browser
ME, GROUP = 1001, -2001


async def friend_in_group(room: Room) -> tuple[Seen, int]:
    """Amina, who is in a group with you and has never met the bot, before that group's page; and her own chat."""
    amina = room.meets("Amina")
    room.world.devchat.people.joins(GROUP, amina)
    return await room.look(GROUP, amina), amina


async def test_a_headline_is_shared_in_any_chat_and_whoever_sees_it_follows_and_is_told(room: Room) -> None:
    await room.hears("A tunnel office opens")
    await room.hears("Parliament votes on the budget")
    friend, amina = await friend_in_group(room)
    me = await room.look(GROUP)
    offered = await me.asks_inline("tunnel")
    titles = await offered.locator(".label").all_inner_texts()
    assert titles == ["Share the topic “tunnel”", "A tunnel office opens"]
    await offered.get_by_text("A tunnel office opens").click()

    shared = await friend.reads("A tunnel office opens")
    await expect(shared.locator(".via")).to_have_text("via @local_headline_bot")
    assert await friend.keys("A tunnel office opens") == ["📖 Read", "Follow this topic"]
    await friend.taps("A tunnel office opens", "Follow this topic")
    await expect(friend.page.locator("#head-name")).to_have_text("Headline Bot")
    await friend.reads("From now on I tell you about “tunnel”")

    await room.hears("The tunnel gets a railway")
    await friend.reads("The tunnel gets a railway")
    assert room.world.told(amina, "The tunnel gets a railway") == 1
    assert room.world.told(GROUP, "The tunnel gets a railway") == 0


async def test_a_shared_headline_is_read_in_the_readers_own_chat(room: Room) -> None:
    await room.hears("A tunnel office opens")
    friend, _ = await friend_in_group(room)
    me = await room.look(GROUP)
    await (await me.asks_inline("")).get_by_text("A tunnel office opens").click()
    await friend.taps("A tunnel office opens", "📖 Read")
    await expect(friend.page.locator("#head-name")).to_have_text("Headline Bot")
    await friend.reads("Paragraph 1.")
    await me.sees_no("Paragraph 1.")


async def test_a_topic_is_shared_and_followed_with_one_tap(room: Room) -> None:
    await room.hears("A tunnel office opens")
    friend, amina = await friend_in_group(room)
    me = await room.look(GROUP)
    await (await me.asks_inline("tunnel")).get_by_text("Share the topic “tunnel”").click()
    await friend.reads("I tell you what is new on “tunnel”")
    await friend.taps("I tell you what is new", "Follow “tunnel”")
    await friend.reads("From now on I tell you about “tunnel”")
    await friend.taps("From now on", "Undo")
    await friend.reads("You no longer follow “tunnel”.")
    await room.hears("The tunnel gets a railway")
    assert room.world.told(amina, "The tunnel gets a railway") == 0


async def test_what_one_reads_is_shared_with_a_button_that_asks_where(room: Room) -> None:
    await room.hears("A tunnel office opens")
    friend, _ = await friend_in_group(room)
    me = await room.look(ME)
    await me.starts()
    await me.taps("Hello!", "Read the example")
    await me.taps("Paragraph 1.", "Share")
    await me.page.get_by_role("dialog", name="Choose a chat").get_by_role("button", name="News group").click()
    await expect(me.page.locator("#head-name")).to_have_text("News group")
    await me.page.locator("#results").get_by_text("A tunnel office opens").click()
    await friend.reads("A tunnel office opens")


async def test_words_that_find_nothing_can_be_followed_all_the_same(room: Room) -> None:
    me = await room.look(GROUP)
    offered = await me.asks_inline("tunnel")
    await offered.get_by_role("button", name="Follow “tunnel”").click()
    await expect(me.page.locator("#head-name")).to_have_text("Headline Bot")
    await me.reads("From now on I tell you about “tunnel”")
