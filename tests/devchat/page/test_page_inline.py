"""Inline mode on the page: "@bot words" anywhere, what the bot offers, and links that lead to the bot."""

from __future__ import annotations

from typing import Any

from playwright.async_api import expect

from tests.devchat.screens import CHANNEL, GROUP, YOU, Screen, page_tests

pytestmark = page_tests
BOT = "@local_headline_bot"


def article(ident: str, title: str, **more: Any) -> dict[str, Any]:
    """A result of an inline query."""
    content = {"message_text": f"<b>{title}</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": ident, "title": title, "input_message_content": content, **more}


async def asked(screen: Screen, query: str) -> str:
    """The id of the bot's newest inline query, which is this one."""
    await screen.chat.wait_for(lambda: screen.chat.has_news)
    newest = (await screen.updates())[-1]["inline_query"]
    assert newest["query"] == query
    return str(newest["id"])


async def test_what_the_bot_offers_is_chosen_by_keys_and_sent_by_way_of_it(screen: Screen) -> None:
    await screen.opens(GROUP)
    await screen.page.fill("#composer", f"{BOT} storm")
    results = [article("a", "Storm at sea", description="Coast Post"), article("b", "عاصفة")]
    await screen.bot("answerInlineQuery", inline_query_id=await asked(screen, "storm"), results=results)
    offers = screen.page.locator("#results [role=option]")
    await expect(offers).to_have_text(["SStorm at seaCoast Post", "ععاصفة"])
    await expect(offers.first).to_have_attribute("aria-selected", "true")

    await screen.page.press("#composer", "ArrowDown")
    await expect(screen.page.locator("#composer")).to_have_attribute("aria-activedescendant", "result-1")
    await screen.page.press("#composer", "Enter")

    sent = screen.page.locator(".message.out")
    await expect(sent.locator(".via")).to_have_text(f"via {BOT}")
    await expect(sent.locator("strong")).to_have_text("عاصفة")
    await expect(screen.page.locator("#composer")).to_have_value("")
    await expect(screen.page.locator("#results")).to_be_hidden()
    chosen = [update["chosen_inline_result"] for update in await screen.updates() if "chosen_inline_result" in update]
    assert [one["result_id"] for one in chosen] == ["b"]


async def test_nothing_found_says_so_and_the_button_above_opens_the_bot(screen: Screen) -> None:
    await screen.opens(GROUP)
    await screen.page.fill("#composer", f"{BOT} quiet")
    button = {"text": "Follow “quiet”", "start_parameter": "t_quiet"}
    query = await asked(screen, "quiet")
    await screen.bot("answerInlineQuery", inline_query_id=query, results=[], button=button)
    await expect(screen.page.locator("#results")).to_contain_text("Nothing found")

    await screen.page.get_by_role("button", name="Follow “quiet”").click()

    await expect(screen.page.locator("#head-name")).to_have_text("Headline Bot")
    await expect(screen.page.locator(".message.out .text")).to_contain_text("/start t_quiet")


async def test_more_results_come_as_one_scrolls(screen: Screen) -> None:
    await screen.opens(GROUP)
    await screen.page.fill("#composer", f"{BOT} all")
    many = [article(str(number), f"Headline {number}") for number in range(20)]
    query = await asked(screen, "all")
    await screen.bot("answerInlineQuery", inline_query_id=query, results=many, next_offset="20")
    offers = screen.page.locator("#results [role=option]")
    await expect(offers).to_have_count(20)
    told = len(await screen.updates())

    await offers.last.scroll_into_view_if_needed()

    while len(updates := await screen.updates()) == told:
        await screen.chat.wait_for(lambda: screen.chat.has_news)
    more = updates[-1]["inline_query"]
    assert more["offset"] == "20"
    await screen.bot("answerInlineQuery", inline_query_id=more["id"], results=[article("z", "The last")])
    await expect(offers).to_have_count(21)
    await offers.last.click()
    await expect(screen.page.locator(".message.out .text")).to_contain_text("The last")


async def test_a_button_lets_one_choose_where_to_share(screen: Screen) -> None:
    keys = {
        "inline_keyboard": [
            [{"text": "Share", "switch_inline_query": "storm"}],
            [{"text": "Here", "switch_inline_query_current_chat": "rain"}],
        ]
    }
    await screen.bot_says("Storm", reply_markup=keys)
    await screen.page.get_by_role("button", name="Here").click()
    await expect(screen.page.locator("#composer")).to_have_value(f"{BOT} rain")
    await screen.page.fill("#composer", "")

    await screen.page.get_by_role("button", name="Share").click()
    await screen.page.get_by_role("dialog", name="Choose a chat").get_by_role("button", name="News group").click()

    await expect(screen.page.locator("#head-name")).to_have_text("News group")
    await expect(screen.page.locator("#composer")).to_have_value(f"{BOT} storm")


async def test_a_deep_link_opens_the_bot_and_begins(screen: Screen) -> None:
    await screen.opens(GROUP)
    link = "https://t.me/local_headline_bot?start=topic_rain"
    await screen.bot_says(f'<a href="{link}">Follow rain</a>', chat=GROUP)

    await screen.page.get_by_role("link", name="Follow rain", exact=True).click()

    await expect(screen.page.locator("#head-name")).to_have_text("Headline Bot")
    await expect(screen.page.locator(".message.out .text")).to_contain_text("/start topic_rain")
    assert len(screen.page.context.pages) == 1


async def test_a_link_adds_the_bot_to_a_group_that_one_chooses(screen: Screen) -> None:
    screen.chat.people.blocks(GROUP, blocked=True)
    add = {"text": "Add me", "url": "https://t.me/local_headline_bot?startgroup=hello"}
    await screen.bot_says("Groups?", reply_markup={"inline_keyboard": [[add]]})

    await screen.page.get_by_role("link", name="Add me").click()
    await screen.page.get_by_role("dialog", name="Add the bot to …").get_by_role("button", name="News group").click()

    await expect(screen.page.locator("#head-name")).to_have_text("News group")
    await expect(screen.page.locator(".message.out .text")).to_contain_text("/start@local_headline_bot hello")
    assert not screen.chat.chats.find(GROUP).blocked


async def test_a_link_adds_the_bot_to_a_channel_that_one_chooses(screen: Screen) -> None:
    screen.chat.people.blocks(CHANNEL, blocked=True)
    add = {"text": "Add me", "url": "https://t.me/local_headline_bot?startchannel&admin=post_messages"}
    await screen.bot_says("Channels?", reply_markup={"inline_keyboard": [[add]]})

    await screen.page.get_by_role("link", name="Add me").click()
    chats = screen.page.get_by_role("dialog", name="Add the bot to …").get_by_role("button", name="News")
    await expect(chats).to_have_count(1)
    await chats.click()

    await expect(screen.page.locator("#head-name")).to_have_text("News channel")
    assert not screen.chat.chats.find(CHANNEL).blocked


async def test_the_bots_own_words_elsewhere_are_no_question(screen: Screen) -> None:
    await screen.page.click("#start")
    await screen.page.fill("#composer", "mail me @local_headline_bot storm")
    await screen.person_says("@another_bot storm")

    await expect(screen.page.locator(".message.out")).to_have_count(2)
    await expect(screen.page.locator("#results")).to_be_hidden()
    assert not [update for update in await screen.updates() if "inline_query" in update]
    assert screen.chat.texts(YOU)[-1] == "@another_bot storm"
