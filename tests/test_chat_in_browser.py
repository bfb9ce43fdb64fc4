"""What one person sees of the bot in a real browser: the first minute, an alert, an article."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.chatroom import Room, in_browser

pytestmark = in_browser
ME = 1001
# Thirty paragraphs, which take several pages.
LONG_STORY = "".join(f"<p>Day {number}. {'The ferry crossed the strait again. ' * 14}</p>" for number in range(4, 34))
FERRY = f"<html lang='en'><head><title>Ferry</title></head><body><article>{LONG_STORY}</article></body></html>"


async def test_the_first_minute_says_what_the_bot_does_and_ends_with_a_topic(room: Room) -> None:
    await room.hears("Morocco opens a new port")
    me = await room.look(ME)
    await expect(me.page.locator(".welcome")).to_contain_text("What can this bot do?")
    await expect(me.page.locator("#start")).to_have_text("START")
    await me.starts()

    welcome = await me.reads("Hello!")
    first, example = (await welcome.locator(".text").inner_text()).split("\n", 1)
    assert len(re.findall(r"[^.!]{20,}\.", first)) == 2, "two sentences say it all"
    assert "This is how an alert looks" in example
    await expect(welcome.locator("blockquote")).to_contain_text("Morocco opens a new port")
    assert {"🌐 World", "🇲🇦 Morocco", "⚽ Football", "More ›", "Read the example"} <= set(await me.keys("Hello!"))

    await me.taps("Hello!", "⚽ Football")
    await me.reads("Done: I write to you here as soon as there is something on “⚽ Football”")
    await expect(me.key("Hello!", "✅ ⚽ Football")).to_be_visible()
    assert {"Latest on it", "Undo", "Quiet hours", "Daily digest", "Help"} <= set(await me.keys("Done:"))


async def test_the_example_of_the_first_minute_can_be_read(room: Room) -> None:
    await room.hears("Morocco opens a new port")
    me = await room.look(ME)
    await me.starts()
    await me.taps("Hello!", "Read the example")
    await me.reads("Paragraph 1.")


async def test_who_follows_a_topic_by_a_tap_is_told_of_it_and_of_nothing_else(room: Room) -> None:
    me = await room.look(ME)
    await me.starts()
    await room.hears("Football: the Lions win the cup")
    await me.sees_no("the Lions win the cup")

    await me.taps("Hello!", "⚽ Football")
    await me.reads("Done:")
    await room.hears("Football: the final is sold out")
    await room.hears("Parliament votes on the budget")

    alert = await me.reads("the final is sold out")
    await expect(alert).to_contain_text("because you follow “⚽ Football”")
    await expect(alert.locator("time").first).to_have_text(re.compile(r"\d\d:\d\d"))
    assert {"📖 Read", "⋯ More"} <= set(await me.keys("the final is sold out"))
    await me.sees_no("Parliament votes")


async def test_a_topic_that_was_tapped_by_mistake_is_taken_back(room: Room) -> None:
    me = await room.look(ME)
    await me.starts()
    await me.taps("Hello!", "⚽ Football")
    await me.taps("Done:", "Undo")
    await me.reads("You no longer follow")
    await room.hears("Football: the final is sold out")
    await me.sees_no("the final is sold out")


async def test_an_article_is_read_in_the_chat_page_by_page_and_back(room: Room) -> None:
    room.world.site.pages["ferry"] = FERRY
    me = await room.look(ME)
    await me.starts()
    await me.says("/subscribe ferry")
    await me.reads("From now on I tell you about")
    await me.says("/settings")
    await me.turns("Settings", "Articles", into="How shall I show articles?")
    await me.turns("How shall I show articles?", "In pages", into="✅ In pages")
    await room.hears("The ferry is back", "ferry")

    await me.taps("The ferry is back", "📖 Read")
    first = await me.reads("Day 4.")
    page = me.page.locator(f'[data-message-id="{await first.get_attribute("data-message-id")}"]')
    await expect(page).not_to_contain_text("Day 33.")

    await page.get_by_role("button", name=re.compile(r"^Page 2 of \d ›")).click()
    await expect(page).to_contain_text("Page 3 of")
    await expect(page).not_to_contain_text("Day 4.")
    await page.get_by_role("button", name=re.compile(r"^‹ Page 1 of \d")).click()
    await expect(page).to_contain_text("Day 4.")
    await expect(me.page.locator(".message.in", has_text="Day ")).to_have_count(1)
