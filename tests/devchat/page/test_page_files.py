"""Pictures, files and places on the page: shown, opened, sent, passed on."""

from __future__ import annotations

import re

from playwright.async_api import expect

from bot.samples.drawing import drawing
from tests.devchat.screens import GROUP, YOU, Screen, page_tests

pytestmark = page_tests
PICTURE = drawing(5, "#1f4e79", "#6fa8c9", "#f2e3cf")
OTHER = drawing(7, "#1f4e79", "#6fa8c9", "#f2e3cf")
OPML = b"<opml version='2.0'><body/></opml>"


async def test_a_photo_opens_large_and_arrows_go_to_the_next(screen: Screen) -> None:
    screen.chat.people.sends_photo(YOU, PICTURE, caption="The harbour")
    screen.chat.people.sends_photo(YOU, OTHER)
    photo = screen.page.get_by_role("button", name="Open the photo: The harbour")
    await expect(screen.page.locator(".photo img").first).to_have_js_property("complete", value=True)
    await expect(screen.page.locator(".message .text")).to_contain_text("The harbour")

    await photo.click()

    viewer = screen.page.get_by_role("dialog", name="Photo")
    await expect(viewer.locator("p")).to_have_text("The harbour")
    await expect(viewer.locator(".count")).to_have_text("1 of 2")
    await screen.page.keyboard.press("ArrowRight")
    await expect(viewer.locator(".count")).to_have_text("2 of 2")
    await screen.page.keyboard.press("Escape")
    await expect(viewer).to_have_count(0)
    await expect(photo).to_be_focused()


async def test_a_file_shows_its_name_and_size_and_comes_down_whole(screen: Screen) -> None:
    screen.chat.people.sends_file(YOU, "feeds.opml", OPML * 100, mime="text/x-opml", caption="My list")
    file = screen.page.locator("a.file")
    await expect(file).to_have_text("feeds.opml3.4 kB")

    async with screen.page.expect_download() as coming:
        await file.click()

    download = await coming.value
    assert download.suggested_filename == "feeds.opml"
    assert (await download.path()).read_bytes() == OPML * 100


async def test_a_list_is_sent_from_the_picker_with_a_caption(screen: Screen) -> None:
    await screen.page.click("#start")
    await expect(screen.page.locator("#attach")).to_be_visible()
    await screen.page.set_input_files("#picker", {"name": "feeds.opml", "mimeType": "text/x-opml", "buffer": OPML})
    dialog = screen.page.get_by_role("dialog", name="Send a file")
    await expect(dialog).to_contain_text("feeds.opml")
    await dialog.get_by_label("Caption").fill("My list")

    await dialog.get_by_role("button", name="Send").click()

    await expect(screen.page.locator(".message.out .file .label")).to_have_text("feeds.opml")
    sent = (await screen.updates())[-1]["message"]
    assert (sent["document"]["file_name"], sent["caption"]) == ("feeds.opml", "My list")


async def test_a_file_may_be_dropped_and_taken_back(screen: Screen) -> None:
    await screen.page.click("#start")
    await expect(screen.page.locator("#attach")).to_be_visible()
    carried = await screen.page.evaluate_handle(
        "() => { const it = new DataTransfer(); it.items.add(new File(['<opml/>'], 'a.opml')); return it }"
    )
    await screen.page.dispatch_event("#chat", "dragover", {"dataTransfer": carried})
    await expect(screen.page.locator("#drop")).to_be_visible()

    await screen.page.dispatch_event("#drop", "drop", {"dataTransfer": carried})

    await expect(screen.page.locator("#drop")).to_be_hidden()
    dialog = screen.page.get_by_role("dialog", name="Send a file")
    await dialog.get_by_role("button", name="Cancel").click()
    await expect(dialog).to_have_count(0)
    assert screen.chat.texts(YOU) == ["/start"]


async def test_a_picture_is_sent_as_a_photo(screen: Screen) -> None:
    await screen.page.click("#start")
    await expect(screen.page.locator("#attach")).to_be_visible()
    await screen.page.set_input_files("#picker", {"name": "a.png", "mimeType": "image/png", "buffer": PICTURE})
    dialog = screen.page.get_by_role("dialog", name="Send a photo")
    await expect(dialog.locator("img")).to_have_attribute("src", re.compile("^data:image/png"))

    await screen.page.keyboard.press("Enter")

    await expect(screen.page.locator(".message.out .photo img")).to_be_visible()
    assert "photo" in (await screen.updates())[-1]["message"]


async def test_a_place_is_a_city_or_any_coordinates(screen: Screen) -> None:
    await screen.page.click("#start")
    await screen.page.click("#attach")
    await screen.page.get_by_role("menuitem", name="Location").click()
    await screen.page.get_by_role("button", name="Kathmandu").click()
    await expect(screen.page.get_by_role("link", name="Location: 27.7172° N, 85.3240° E")).to_be_visible()
    await screen.page.click("#attach")
    await screen.page.get_by_role("menuitem", name="Location").click()
    await screen.page.get_by_label("Latitude").fill("-33.9")
    await screen.page.get_by_label("Longitude").fill("18.4")

    await screen.page.get_by_role("button", name="Share").click()

    await expect(screen.page.get_by_role("link", name="Location: 33.9000° S, 18.4000° E")).to_be_visible()
    assert (await screen.updates())[-1]["message"]["location"]["latitude"] == -33.9


async def test_a_message_is_passed_on_into_the_chat_with_the_bot(screen: Screen) -> None:
    screen.chat.people.joins(GROUP, screen.chat.people.meets("Amina")["id"], by=YOU)
    screen.chat.people.says(GROUP, "https://news.example.org/storm", person=1002)
    await screen.opens(GROUP)
    await screen.page.locator("article").click(button="right")
    await screen.page.get_by_role("menuitem", name="Forward").click()

    await screen.page.get_by_role("dialog", name="Forward to …").get_by_role("button", name="Headline Bot").click()

    await expect(screen.page.locator("#head-name")).to_have_text("Headline Bot")
    await expect(screen.page.locator(".message.out .forwarded")).to_have_text("Forwarded from Amina")
    assert (await screen.updates())[-1]["message"]["forward_origin"]["sender_user"]["first_name"] == "Amina"
