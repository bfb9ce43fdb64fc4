"""Rich messages on the page: headings, lists, tables, pictures, from the left and from the right."""

from __future__ import annotations

from playwright.async_api import expect

from tests.devchat.screens import YOU, Screen, page_tests

pytestmark = page_tests

NOON_UTC = 1_737_028_800  # 16 January 2025, 12:00; 21:00 in Tokyo


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


async def test_a_message_that_grows_is_shown_from_its_beginning_and_then_left_alone(screen: Screen) -> None:
    message = await screen.bot_says("Reading…")
    await expect(screen.bubble(message)).to_be_in_viewport()
    tall = f"<h1>Title</h1>{'<p>A paragraph of some words.</p>' * 80}"
    await screen.bot("editMessageText", chat_id=YOU, message_id=message, rich_message={"html": tall})
    await expect(screen.bubble(message).locator("h1")).to_be_in_viewport()
    await expect(screen.page.locator("#down")).to_be_visible()
    await screen.page.click("#down")
    await expect(screen.page.locator("#down")).to_be_hidden()

    changed = f"{tall}<footer>The end</footer>"
    await screen.bot("editMessageText", chat_id=YOU, message_id=message, rich_message={"html": changed})

    await expect(screen.bubble(message).locator("footer")).to_be_in_viewport()
