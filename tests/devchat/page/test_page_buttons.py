"""Buttons under messages, and the keyboard that a bot puts in the place of letters."""

from __future__ import annotations

from playwright.async_api import expect

from tests.devchat.screens import Screen, page_tests

pytestmark = page_tests


async def test_a_button_spins_until_the_bot_answers_with_a_toast(screen: Screen) -> None:
    rows = [[{"text": "Sport", "callback_data": "s"}], [{"text": "Site", "url": "https://example.org/"}]]
    await screen.bot_says("Choose", reply_markup={"inline_keyboard": rows})
    key = screen.page.locator(".keyboard button", has_text="Sport")

    await key.click()

    await expect(key).to_have_attribute("aria-busy", "true")
    query = (await screen.updates())[-1]["callback_query"]
    assert query["data"] == "s"
    await screen.bot("answerCallbackQuery", callback_query_id=query["id"], text="You follow Sport")
    await expect(key).to_have_attribute("aria-busy", "false")
    await expect(screen.page.locator("#toast")).to_have_text("You follow Sport")
    site = screen.page.locator(".keyboard a")
    await expect(site).to_have_attribute("target", "_blank")
    await expect(site).to_have_attribute("rel", "noopener noreferrer")


async def test_an_alert_stands_until_it_is_read(screen: Screen) -> None:
    await screen.bot_says("?", reply_markup={"inline_keyboard": [[{"text": "Why", "callback_data": "w"}]]})
    await screen.page.click(".keyboard button")
    await expect(screen.page.locator(".keyboard button")).to_have_attribute("aria-busy", "true")
    query = (await screen.updates())[-1]["callback_query"]["id"]

    await screen.bot("answerCallbackQuery", callback_query_id=query, text="Because.", show_alert=True)

    await expect(screen.page.locator("dialog")).to_contain_text("Because.")
    await screen.page.keyboard.press("Enter")
    await expect(screen.page.locator("dialog")).to_have_count(0)
