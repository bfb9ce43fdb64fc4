"""Whoever looks at the page, and however: by keys, by ear, in the dark, on a narrow screen, from the right."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.devchat.screens import GROUP, YOU, Screen, page_tests

pytestmark = page_tests
ROW = [{"text": "Read", "callback_data": "r"}, {"text": "Mute", "callback_data": "m"}]
# Of words on their ground, as WCAG 2 reckons it; 4.5 is enough for AA.
CONTRAST = """([ground, words]) => {
  const light = (text) => {
    const [r, g, b] = text.match(/[\\d.]+/g).map((part) => part / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const style = (what) => getComputedStyle([...document.querySelectorAll(what)].at(-1));
  const [dim, bright] = [light(style(ground).backgroundColor), light(style(words).color)].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}"""
NIGHT, DAY = "rgb(23, 33, 43)", "rgb(255, 255, 255)"


async def test_the_page_follows_the_system_into_the_night(screen: Screen) -> None:
    await expect(screen.page.locator("body")).to_have_css("background-color", DAY)

    await screen.page.emulate_media(color_scheme="dark")

    await expect(screen.page.locator("body")).to_have_css("background-color", NIGHT)


async def test_who_chose_the_dark_finds_it_dark_again(screen: Screen) -> None:
    await screen.page.click("#side-menu")
    await screen.page.get_by_role("menuitemradio", name="Dark").click()
    await expect(screen.page.locator("body")).to_have_css("background-color", NIGHT)

    await screen.page.reload()

    await expect(screen.page.locator("body")).to_have_css("background-color", NIGHT)
    await screen.page.click("#side-menu")
    await expect(screen.page.get_by_role("menuitemradio", name="Dark")).to_have_attribute("aria-checked", "true")


async def test_everything_is_done_without_a_mouse(screen: Screen) -> None:
    await screen.page.focus("#start")
    await screen.page.keyboard.press("Enter")
    await expect(screen.page.locator(".message.out")).to_have_count(1)
    await expect(screen.page.locator("#composer")).to_be_focused()
    first = await screen.bot_says("First", reply_markup={"inline_keyboard": [ROW]})
    await screen.bot_says("Second")
    await expect(screen.page.locator("#feed")).to_contain_text("Second")
    keys = screen.page.keyboard

    await keys.press("ArrowUp")
    await keys.press("ArrowUp")
    await expect(screen.bubble(first)).to_be_focused()
    await keys.press("Tab")
    await expect(screen.bubble(first).get_by_role("button", name="Read")).to_be_focused()
    await keys.press("Shift+Tab")
    await keys.press("Enter")
    await expect(screen.page.get_by_role("menuitem", name="Reply")).to_be_focused()
    await keys.press("Enter")
    await expect(screen.page.locator("#composer")).to_be_focused()
    await expect(screen.page.locator("#reply")).to_contain_text("First")
    await keys.press("Escape")
    await expect(screen.page.locator("#reply")).to_be_hidden()
    await keys.press("Escape")
    await expect(screen.page.locator(f'[data-chat-id="{YOU}"]')).to_be_focused()
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await expect(screen.page.locator("#head-name")).to_have_text("News group")
    await expect(screen.page.locator("#composer")).to_be_focused()


async def test_a_screen_reader_hears_each_message_once_with_its_sender(screen: Screen) -> None:
    live = screen.page.get_by_role("status").and_(screen.page.locator("#live"))

    await screen.bot_says("Rain in <b>Rabat</b>")
    await expect(live).to_have_text("Headline Bot: Rain in Rabat")
    screen.chat.people.joins(GROUP, screen.chat.people.meets("Amina")["id"], by=YOU)
    screen.chat.people.says(GROUP, "Hello", person=1002)
    await expect(live).to_have_text("Amina: Hello")
    await expect(screen.page.get_by_role("log", name="Messages")).to_have_attribute("aria-live", "off")


async def test_every_button_has_a_name(screen: Screen) -> None:
    await screen.page.click("#start")
    await screen.bot_says("Choose", reply_markup={"inline_keyboard": [ROW]})
    await expect(screen.page.locator(".key")).to_have_count(2)

    for button in await screen.page.locator("button:visible, a:visible").all():
        name = await button.evaluate("node => node.getAttribute('aria-label') ?? node.textContent.trim()")
        assert name, await button.evaluate("node => node.outerHTML")


async def test_a_dialog_keeps_the_focus_and_gives_it_back(screen: Screen) -> None:
    await screen.page.focus("#me")
    await screen.page.keyboard.press("Enter")
    dialog = screen.page.get_by_role("dialog", name="You are …")
    await expect(dialog).to_be_visible()
    assert await dialog.evaluate("node => node.contains(document.activeElement)")

    await screen.page.keyboard.press("Escape")

    await expect(dialog).to_have_count(0)
    await expect(screen.page.locator("#me")).to_be_focused()


@pytest.mark.parametrize("looks", [{"viewport": {"width": 320, "height": 640}}])
async def test_a_narrow_telephone_never_scrolls_sideways(screen: Screen) -> None:
    long = "https://news.example.org/" + "a-long-address/" * 8
    rows = [[*ROW, {"text": "A label much longer than a telephone is wide", "callback_data": "x"}]]
    await screen.bot_says(f"{long} {'w' * 120}", reply_markup={"inline_keyboard": rows})
    await screen.bot("sendMessage", chat_id=YOU, text="City?", reply_markup={"keyboard": [["Rabat", "x" * 60]]})
    wide = "<table><tr>" + "".join(f"<td>Column {n}</td>" for n in range(9)) + "</tr></table>"
    await screen.bot("sendRichMessage", chat_id=YOU, rich_message={"html": f"<h1>{'w' * 60}</h1>{wide}"})
    await screen.opens(YOU)
    await expect(screen.page.locator(".rich table")).to_be_visible()

    for box in ("html", "#scroll", "#foot"):
        assert (
            await screen.page.evaluate(
                "box => { const node = document.querySelector(box); return node.scrollWidth - node.clientWidth }", box
            )
            <= 0
        )
    for node in await screen.page.locator(".bubble, .key, #line > :visible, .reply-key").all():
        right = await node.evaluate("node => node.getBoundingClientRect().right")
        assert right <= 320


async def test_arabic_is_read_from_the_right_with_its_quote_and_its_time(screen: Screen) -> None:
    message = await screen.bot_says(
        "<b>أسود الأطلس</b>\n<blockquote>ليلة لا تُنسى</blockquote>\nhttps://ar.example.org/x",
        reply_markup={"inline_keyboard": [[{"text": "📖 اقرأ", "callback_data": "r"}]]},
    )
    bubble = screen.bubble(message)

    for part in (".text", "blockquote", ".preview", ".key .label"):
        await expect(bubble.locator(part).first).to_have_css("direction", "rtl")
    latin = await screen.bot_says("Left again")
    await expect(screen.bubble(latin).locator(".text")).to_have_css("direction", "ltr")
    screen.chat.people.says(YOU, "شكراً", reply_to=message)
    answer = screen.page.locator(".message.out").last
    await expect(answer.locator(".what")).to_have_css("direction", "rtl")
    time, words = await answer.locator(".meta").bounding_box(), await answer.locator(".text").bounding_box()
    assert time
    assert words
    assert time["x"] - words["x"] < words["width"] / 4


@pytest.mark.parametrize("looks", [{"reduced_motion": "reduce"}])
async def test_nothing_moves_for_whoever_wants_it_still(screen: Screen) -> None:
    await screen.bot_says("Choose", reply_markup={"inline_keyboard": [ROW]})
    key = screen.page.locator(".key").first
    await key.click()

    await expect(key).to_have_class(re.compile("waiting"))
    spins = await key.evaluate("node => getComputedStyle(node, '::after').animationDuration")
    assert float(spins.removesuffix("s")) < 0.001


@pytest.mark.parametrize("looks", [{"contrast": "more"}])
async def test_whoever_needs_contrast_gets_edges_and_no_pattern(screen: Screen) -> None:
    message = await screen.bot_says("Clear")

    await expect(screen.bubble(message).locator(".bubble")).to_have_css("outline-style", "solid")
    wall = await screen.page.locator("#chat").evaluate("node => getComputedStyle(node, '::before').backgroundColor")
    assert wall == "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("looks", [{"color_scheme": "light"}, {"color_scheme": "dark"}], ids=["day", "night"])
async def test_words_stand_out_from_their_ground(screen: Screen) -> None:
    await screen.page.click("#start")
    await screen.bot_says("Rain https://news.example.org/rain")
    await screen.person_says("https://news.example.org/more")
    await expect(screen.page.locator(".message.out")).to_have_count(2)

    for ground, words in (
        (".in .bubble", ".in .text"),
        (".in .bubble", ".in .meta"),
        (".in .bubble", ".in .text a"),
        (".out .bubble", ".out .meta"),
        (".out .bubble", ".out .text a"),
        ("#head", "#head-status"),
        ("#menu", "#menu"),
    ):
        assert await screen.page.evaluate(CONTRAST, [ground, words]) >= 4.5, words
