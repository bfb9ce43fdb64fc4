"""The list of chats, what is new in them, and where the page stands in one."""

from __future__ import annotations

from playwright.async_api import expect

from bot.devchat.server import DevChat
from tests.devchat.screens import CHANNEL, GROUP, PLENTY, YOU, Screen, page_tests

pytestmark = page_tests


async def test_other_chats_count_what_came_and_are_one_click_away(screen: Screen) -> None:
    await screen.bot_says("one", chat=GROUP)
    await screen.bot_says("two", chat=GROUP)
    group = screen.page.locator(f'[data-chat-id="{GROUP}"]')
    await expect(group.locator(".badge")).to_have_text("2")

    await group.click()

    await expect(screen.page.locator("#head-name")).to_have_text("News group")
    await expect(screen.page.locator(".message")).to_have_count(2)
    await expect(group.locator(".badge")).to_have_count(0)
    await screen.page.click(f'[data-chat-id="{CHANNEL}"]')
    await screen.person_says("A post")
    await expect(screen.page.locator(".message")).to_have_count(1)
    assert "channel_post" in (await screen.updates())[-1]


async def test_a_reader_of_old_messages_is_left_in_peace(screen: Screen) -> None:
    for number in range(40):
        await screen.bot_says(f"Headline {number}")
    await expect(screen.page.get_by_text("Headline 39").first).to_be_visible()
    await screen.page.evaluate("document.querySelector('#scroll').scrollTop = 0")
    await expect(screen.page.locator("#down")).to_be_visible()

    last = await screen.bot_says("The newest")

    await expect(screen.page.locator("#down-count")).to_have_text("1 new")
    assert await screen.page.evaluate("document.querySelector('#scroll').scrollTop") == 0
    await screen.page.click("#down")
    await expect(screen.bubble(last)).to_be_in_viewport()
    await expect(screen.page.locator("#down")).to_be_hidden()


async def test_a_phone_shows_the_list_or_the_chat(screen: Screen) -> None:
    await screen.page.set_viewport_size({"width": 390, "height": 800})
    await expect(screen.page.locator("#chats")).to_be_visible()
    await expect(screen.page.locator("#chat")).to_be_hidden()

    await screen.page.click(f'[data-chat-id="{YOU}"]')

    await expect(screen.page.locator("#start")).to_be_visible()
    await expect(screen.page.locator("#chats")).to_be_hidden()
    await screen.page.click("#back")
    await expect(screen.page.locator("#chats")).to_be_visible()


async def test_a_server_that_begins_anew_is_found_again(screen: Screen) -> None:
    await screen.bot_says("From the first")
    await expect(screen.page.locator(".message")).to_have_count(1)
    await screen.chat.stop()
    await expect(screen.page.locator("#head-status")).to_have_text("connecting…")

    second = DevChat(port=int(screen.chat.url.rpartition(":")[2]), limits=PLENTY)
    await second.start()
    try:
        await expect(screen.page.locator("#head-status")).to_have_text("bot")
        await expect(screen.page.locator(".message")).to_have_count(0)
        await screen.page.click("#start")
        await expect(screen.page.locator(".message.out")).to_have_count(1)
    finally:
        await second.stop()
    await expect(screen.page.locator("#head-status")).to_have_text("connecting…")
    await screen.page.close()
    # The browser itself complains of every refused connection.
    screen.complaints[:] = [said for said in screen.complaints if "ERR_" not in said]
