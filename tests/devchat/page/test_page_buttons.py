"""Buttons under messages, and the keyboard that a bot puts in the place of letters."""

from __future__ import annotations

from playwright.async_api import expect

from tests.devchat.screens import YOU, Screen, page_tests

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


async def test_a_button_copies_its_text(screen: Screen) -> None:
    await screen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    key = {"text": "Copy", "copy_text": {"text": "https://x.example/feed"}}
    await screen.bot_says("Here", reply_markup={"inline_keyboard": [[key]]})

    await screen.page.get_by_role("button", name="Copy").click()

    await expect(screen.page.locator("#toast")).to_have_text("Copied: https://x.example/feed")
    assert await screen.page.evaluate("navigator.clipboard.readText()") == "https://x.example/feed"


async def test_a_keyboard_in_the_place_of_letters_goes_when_it_was_used_once(screen: Screen) -> None:
    keyboard = [[{"text": "Share my location", "request_location": True}], ["Rabat", "Paris"]]
    markup = {"keyboard": keyboard, "one_time_keyboard": True, "input_field_placeholder": "A city"}
    await screen.bot("sendMessage", chat_id=YOU, text="Where are you?", reply_markup=markup)
    keys = screen.page.get_by_role("group", name="Keyboard of the bot")
    await expect(keys.get_by_role("button")).to_have_text(["Share my location", "Rabat", "Paris"])
    await expect(screen.page.locator("#composer")).to_have_attribute("placeholder", "A city")

    await keys.get_by_role("button", name="Rabat").click()

    await expect(screen.page.locator(".message.out .text")).to_contain_text("Rabat")
    await expect(keys).to_be_hidden()
    await screen.page.click("#keys-toggle")
    await keys.get_by_role("button", name="Share my location").click()
    await screen.page.get_by_role("button", name="London").click()
    await expect(screen.page.locator(".message.out .place")).to_be_visible()
    remove = {"remove_keyboard": True}
    await screen.bot("sendMessage", chat_id=YOU, text="Thank you", reply_markup=remove)
    await expect(screen.page.locator("#keys-toggle")).to_be_hidden()
