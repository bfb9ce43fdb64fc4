"""The chat page in a real browser: what a person sees and does there, and what the bot sees of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.devchat.limits import Limits
from bot.devchat.server import DevChat
from tests.browser import needs_chromium, opened_browser

YOU, GROUP, CHANNEL = 1001, -2001, -1002000000001
NOON_UTC = 1_737_028_800  # 16 January 2025, 12:00; 21:00 in Tokyo
# Releases of Chromium do not agree about the comma.
LONG_DATE = re.compile(r"Thursday,? 16 January 2025")
COMMANDS = [{"command": "start", "description": "Begin"}, {"command": "latest", "description": "The newest headlines"}]
PLENTY = Limits(per_second=1000, per_chat_burst=1000, per_group_minute=1000)

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),  # one browser for all; a context, a page and a server for each
]


@dataclass
class Screen:
    """A page in Tokyo, the server behind it, and a bot that says what the test lets it say."""

    page: Page
    chat: DevChat
    http: aiohttp.ClientSession
    complaints: list[str] = field(default_factory=list)

    async def bot(self, method: str, **call: Any) -> Any:
        async with self.http.post(f"{self.chat.url}/bot1:devchat/{method}", json=call) as answer:
            body = await answer.json()
        assert body["ok"], body
        return body["result"]

    async def bot_says(self, text: str, chat: int = YOU, **more: Any) -> int:
        return int((await self.bot("sendMessage", chat_id=chat, text=text, parse_mode="HTML", **more))["message_id"])

    async def person_says(self, text: str) -> None:
        await self.page.fill("#composer", text)
        await self.page.press("#composer", "Enter")

    async def updates(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.bot("getUpdates")
        return found

    def bubble(self, message_id: int) -> Any:
        return self.page.locator(f'[data-message-id="{message_id}"]')


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with opened_browser() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def server() -> AsyncIterator[DevChat]:
    chat = DevChat(limits=PLENTY)
    await chat.start()
    yield chat
    await chat.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def screen(browser: Browser, server: DevChat) -> AsyncIterator[Screen]:
    context = await browser.new_context(
        timezone_id="Asia/Tokyo", locale="en-GB", viewport={"width": 1200, "height": 800}
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    async with aiohttp.ClientSession() as http:
        here = Screen(page, server, http, complaints)
        await here.bot("setMyCommands", commands=COMMANDS)
        await page.goto(server.url)
        await expect(page.locator("#head-name")).to_have_text("Headline Bot")
        yield here
        await context.close()
    assert not complaints


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


async def test_a_message_is_edited_in_its_place_and_may_be_deleted(screen: Screen) -> None:
    first, second = await screen.bot_says("Working"), await screen.bot_says("Other")

    await screen.bot("editMessageText", chat_id=YOU, message_id=first, text="Done")

    await expect(screen.bubble(first).locator(".text")).to_contain_text("Done")
    await expect(screen.bubble(first).locator(".edited")).to_have_text("edited")
    await expect(screen.page.locator(".message .text").first).to_contain_text("Done")
    await screen.bot("deleteMessage", chat_id=YOU, message_id=second)
    await expect(screen.bubble(second)).to_have_count(0)


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


async def test_a_rich_message_is_shown_with_headings_lists_tables_and_times(screen: Screen) -> None:
    html = (
        f'<h1>Title</h1><p>One <b>bold</b> <tg-time unix="{NOON_UTC}" format="t">12:00</tg-time> '
        '<a href="https://x.example/a">link</a></p><ul><li>first</li></ul><ol><li value="7">seventh</li></ol>'
        "<table bordered><tr><th>A</th></tr><tr><td>b</td></tr></table><blockquote>Said</blockquote><hr/>"
        "<details><summary>More</summary>Hidden</details><footer>End</footer>"
    )
    keys = {"inline_keyboard": [[{"text": "Plain text", "callback_data": "plain"}]]}
    sent = await screen.bot("sendRichMessage", chat_id=YOU, rich_message={"html": html}, reply_markup=keys)
    bubble = screen.bubble(sent["message_id"])

    await expect(bubble.get_by_role("heading", name="Title", level=1)).to_be_visible()
    await expect(bubble.locator("time[data-unix]")).to_have_text("21:00")
    await expect(bubble.locator("p a")).to_have_attribute("href", "https://x.example/a")
    await expect(bubble.locator("ol > li")).to_have_attribute("value", "7")
    await expect(bubble.locator("th")).to_have_text("A")
    await expect(bubble.locator("blockquote")).to_have_text("Said")
    await expect(bubble.get_by_text("Hidden")).to_be_hidden()
    await bubble.get_by_text("More").click()
    await expect(bubble.get_by_text("Hidden")).to_be_visible()
    await bubble.get_by_role("button", name="Plain text").click()
    assert (await screen.updates())[-1]["callback_query"]["data"] == "plain"


async def test_a_rich_message_is_read_from_the_right_where_it_says_so(screen: Screen) -> None:
    html = "<h1>Ferry Line 7 عنوان</h1><ul><li>بند</li></ul>"
    sent = await screen.bot("sendRichMessage", chat_id=YOU, rich_message={"html": html, "is_rtl": True})

    title = screen.bubble(sent["message_id"]).locator("h1")
    assert await title.evaluate("node => getComputedStyle(node).direction") == "rtl"


async def test_a_picture_that_may_not_be_loaded_leaves_a_word_and_its_caption(screen: Screen) -> None:
    html = '<figure><img src="http://203.0.113.9.example/a.png"/><figcaption>Dusk<cite>AFP</cite></figcaption></figure>'
    sent = await screen.bot("sendRichMessage", chat_id=YOU, rich_message={"html": html})
    figure = screen.bubble(sent["message_id"]).locator("figure")

    await expect(figure).to_contain_text("The picture cannot be shown here")
    await expect(figure.locator("figcaption")).to_contain_text("Dusk")
    screen.complaints.clear()  # the browser says that it has obeyed the page's policy


async def test_words_in_a_rich_message_are_never_markup(screen: Screen) -> None:
    blocks = [{"type": "paragraph", "text": "<img src=x onerror=alert(1)>"}, {"type": "footer", "text": "&lt;b&gt;"}]
    sent = await screen.bot("sendRichMessage", chat_id=YOU, rich_message={"blocks": blocks})
    bubble = screen.bubble(sent["message_id"])

    await expect(bubble.locator("p")).to_have_text("<img src=x onerror=alert(1)>")
    await expect(bubble.locator("footer")).to_have_text("&lt;b&gt;")


async def test_an_article_taller_than_the_page_is_shown_from_its_beginning(screen: Screen) -> None:
    await screen.bot_says("Before")
    await expect(screen.page.locator("#feed")).to_contain_text("Before")
    html = f"<h1>Title</h1>{'<p>A paragraph of some words.</p>' * 80}"
    sent = await screen.bot("sendRichMessage", chat_id=YOU, rich_message={"html": html})

    await expect(screen.bubble(sent["message_id"]).locator("h1")).to_be_in_viewport()
