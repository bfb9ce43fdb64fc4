"""What a person types on the page, and what comes of it."""

from __future__ import annotations

from playwright.async_api import expect

from tests.devchat.screens import YOU, Screen, page_tests

pytestmark = page_tests


async def test_a_newcomer_presses_start(screen: Screen) -> None:
    await expect(screen.page.locator("#feed")).to_contain_text("This page is a small Telegram on your own computer.")

    await screen.page.click("#start")

    await expect(screen.page.locator(".message.out .text")).to_contain_text("/start")
    await expect(screen.page.locator("#start")).to_be_hidden()
    await expect(screen.page.locator("#composer")).to_be_visible()
    assert [update["message"]["text"] for update in await screen.updates()] == ["/start"]


async def test_enter_sends_and_shift_enter_begins_a_line(screen: Screen) -> None:
    await screen.page.click("#start")
    await screen.page.locator("#composer").press_sequentially("one")
    await screen.page.press("#composer", "Shift+Enter")
    await screen.page.locator("#composer").press_sequentially("two")
    await screen.page.press("#composer", "Enter")

    await expect(screen.page.locator(".message.out")).to_have_count(2)
    assert screen.chat.texts(YOU) == ["/start", "one\ntwo"]
    await expect(screen.page.locator("#composer")).to_have_value("")


async def test_a_slash_offers_commands_that_keys_complete_and_a_tap_sends(screen: Screen) -> None:
    await screen.page.click("#start")
    field, offers = screen.page.locator("#composer"), screen.page.locator("#commands [role=option]")
    await field.press_sequentially("/")
    await expect(offers).to_have_count(2)
    await field.press("ArrowDown")
    await field.press("Tab")
    await expect(field).to_have_value("/latest ")
    await expect(offers.first).to_be_hidden()
    await field.fill("")

    await screen.page.click("#menu")
    await offers.filter(has_text="latest").click()

    await expect(screen.page.locator(".message.out")).to_have_count(2)
    assert screen.chat.texts(YOU) == ["/start", "/latest"]


async def test_a_reply_quotes_and_escape_takes_it_back(screen: Screen) -> None:
    message = await screen.bot_says("Ask me")
    await screen.bubble(message).click(button="right")
    await screen.page.get_by_role("menuitem", name="Reply").click()
    await expect(screen.page.locator("#reply")).to_contain_text("Ask me")
    await screen.page.press("#composer", "Escape")
    await expect(screen.page.locator("#reply")).to_be_hidden()

    await screen.bubble(message).hover()
    await screen.bubble(message).get_by_role("button", name="Reply").click()
    await screen.person_says("What is new?")

    await expect(screen.page.locator(".message.out .quote")).to_contain_text("Ask me")
    assert (await screen.updates())[-1]["message"]["reply_to_message"]["message_id"] == message


async def test_whoever_blocks_the_bot_may_begin_again(screen: Screen) -> None:
    await screen.page.click("#start")
    await expect(screen.page.locator("#composer")).to_be_visible()
    await screen.page.click("#head-menu")
    await screen.page.get_by_role("menuitem", name="Block bot").click()
    await expect(screen.page.locator("#start")).to_have_text("RESTART")

    await screen.page.click("#start")

    await expect(screen.page.locator(".message.out")).to_have_count(2)
    statuses = [
        u["my_chat_member"]["new_chat_member"]["status"] for u in await screen.updates() if "my_chat_member" in u
    ]
    assert statuses == ["kicked", "member"]


async def test_typing_shows_until_the_message_comes(screen: Screen) -> None:
    await screen.bot("sendChatAction", chat_id=YOU, action="typing")
    await expect(screen.page.locator("#head-status")).to_have_text("typing…")
    await screen.bot_says("Here")
    await expect(screen.page.locator("#head-status")).to_have_text("bot")


async def test_the_field_is_whole_once_the_bot_is_started(screen: Screen) -> None:
    await screen.page.click("#start")

    box = await screen.page.locator("#composer").bounding_box()

    assert box
    assert box["height"] >= 40
