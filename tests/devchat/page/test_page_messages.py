"""How messages look on the page: formats, times, edits, quotes, and never as markup."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.devchat.screens import YOU, Screen, page_tests

pytestmark = page_tests

NOON_UTC = 1_737_028_800  # 16 January 2025, 12:00; 21:00 in Tokyo
# Releases of Chromium do not agree about the comma.
LONG_DATE = re.compile(r"Thursday,? 16 January 2025")


async def test_a_time_is_told_by_the_clock_of_the_browser(screen: Screen) -> None:
    form = f'<tg-time unix="{NOON_UTC}" format="{{}}">12:00</tg-time>'
    message = await screen.bot_says(" · ".join(form.format(letters) for letters in ("t", "wD", "T", "")))

    times = screen.bubble(message).locator("time[data-form]")

    await expect(times).to_have_text(["21:00", LONG_DATE, "21:00:00", "12:00"])
    await expect(times.first).to_have_attribute("title", LONG_DATE)
    await expect(screen.page.locator(f'[data-chat-id="{YOU}"] .line')).to_contain_text("21:00 · ")


async def test_formats_links_and_commands_look_as_in_telegram(screen: Screen) -> None:
    message = await screen.bot_says(
        '🗞 <b>bold <i>both</i></b> <a href="https://example.org/">link</a>'
        ' <a href="javascript:alert(1)">bad</a> /latest'
    )
    bubble = screen.bubble(message)

    await expect(bubble.locator("strong")).to_have_text("bold both")
    await expect(bubble.locator("strong em")).to_have_text("both")
    await expect(bubble.locator(".text a")).to_have_attribute("href", "https://example.org/")
    await expect(bubble.locator(".text a")).to_have_count(1)
    await bubble.locator(".link", has_text="/latest").click()
    await expect(screen.page.locator(".message.out .text")).to_contain_text("/latest")


async def test_a_spoiler_shows_when_it_is_tapped_and_not_in_the_list(screen: Screen) -> None:
    message = await screen.bot_says("The winner is <tg-spoiler>Rabat</tg-spoiler>")
    secret = screen.bubble(message).locator(".spoiler > span")

    await expect(secret).to_be_hidden()
    await expect(screen.page.locator(f'[data-chat-id="{YOU}"]')).to_contain_text("The winner is ▒▒▒▒▒")
    await screen.bubble(message).locator(".spoiler").click()

    await expect(secret).to_be_visible()


async def test_a_message_is_edited_in_its_place_and_may_be_deleted(screen: Screen) -> None:
    first, second = await screen.bot_says("Working"), await screen.bot_says("Other")

    await screen.bot("editMessageText", chat_id=YOU, message_id=first, text="Done")

    await expect(screen.bubble(first).locator(".text")).to_contain_text("Done")
    await expect(screen.bubble(first).locator(".edited")).to_have_text("edited")
    await expect(screen.page.locator(".message .text").first).to_contain_text("Done")
    await screen.bot("deleteMessage", chat_id=YOU, message_id=second)
    await expect(screen.bubble(second)).to_have_count(0)


async def test_no_text_becomes_markup(screen: Screen) -> None:
    evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    escaped = evil.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    await screen.page.click("#start")
    await screen.person_says(evil)
    message = await screen.bot_says(
        f"<b>{escaped}</b>", reply_markup={"inline_keyboard": [[{"text": evil, "callback_data": "x"}]]}
    )
    await screen.bot("setMyCommands", commands=[{"command": "start", "description": evil}])
    screen.chat.people.opens("group", evil)
    await screen.page.click("#menu")

    await expect(screen.bubble(message).locator("strong")).to_have_text(evil)
    await expect(screen.page.locator("#commands")).to_contain_text(evil)
    await expect(screen.page.locator("#chats")).to_contain_text(evil)
    assert await screen.page.locator("main img, nav img, main script, nav script").count() == 0
    assert "owned" not in await screen.page.title()


async def test_a_silent_message_has_a_crossed_bell(screen: Screen) -> None:
    silent = await screen.bot_says("Hush", disable_notification=True)
    loud = await screen.bot_says("Now")

    await expect(screen.bubble(silent).get_by_role("img", name="Silent")).to_be_visible()
    await expect(screen.bubble(loud).get_by_role("img", name="Silent")).to_have_count(0)
    await screen.page.reload()
    await expect(screen.bubble(silent).get_by_role("img", name="Silent")).to_be_visible()


async def test_a_large_preview_stands_above_the_text(screen: Screen) -> None:
    options = {"url": "https://news.example.org/storm", "prefer_large_media": True, "show_above_text": True}
    message = await screen.bot_says("Storm", link_preview_options=options)

    preview, text = screen.bubble(message).locator(".preview"), screen.bubble(message).locator(".text")
    await expect(preview).to_contain_text("news.example.org")
    above, below = await preview.bounding_box(), await text.bounding_box()
    assert above
    assert below
    assert above["height"] > 150
    assert above["y"] < below["y"]


async def test_ones_own_message_is_changed_and_says_so(screen: Screen) -> None:
    await screen.page.click("#start")
    await screen.person_says("Mororcco")
    mine = screen.page.locator(".message.out").last
    await expect(mine).to_contain_text("Mororcco")
    await mine.click(button="right")
    await screen.page.get_by_role("menuitem", name="Edit").click()
    await expect(screen.page.locator("#composer")).to_have_value("Mororcco")

    await screen.person_says("Morocco")

    await expect(mine.locator(".text")).to_contain_text("Morocco")
    await expect(mine.locator(".edited")).to_have_text("edited")
    assert (await screen.updates())[-1]["edited_message"]["text"] == "Morocco"
