"""Several people at one small Telegram: who one is, groups with admins and members, topics of forums, channels."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.devchat.screens import CHANNEL, GROUP, YOU, Screen, page_tests

pytestmark = page_tests


def amina_in(screen: Screen, chat: int) -> int:
    """Somebody who has been added to a chat."""
    amina = int(screen.chat.people.meets("أمينة", language_code="ar")["id"])
    screen.chat.people.joins(chat, amina, by=YOU)
    return amina


async def test_somebody_new_is_met_and_the_page_is_theirs(screen: Screen) -> None:
    arabic = [{"command": "start", "description": "ابدأ"}]
    await screen.bot("setMyCommands", commands=arabic, language_code="ar")
    await screen.page.click("#me")
    await screen.page.get_by_label("Name").fill("Amina")
    await screen.page.get_by_label("Language").select_option("ar")

    await screen.page.get_by_role("button", name="Meet").click()

    await expect(screen.page.locator("#me")).to_have_text(re.compile("You are Amina\\s*Arabic"))
    await expect(screen.page.locator("#chats a")).to_have_count(1)
    await screen.page.click("#start")
    await expect(screen.page.locator(".message.out")).to_have_count(1)
    assert (await screen.updates())[-1]["message"]["from"]["language_code"] == "ar"
    await screen.page.click("#menu")
    await expect(screen.page.locator("#commands [role=option]")).to_have_text(["/startابدأ"])


async def test_two_people_in_two_tabs_talk_in_one_group(screen: Screen) -> None:
    other = await screen.looks_as(amina_in(screen, GROUP))
    await screen.opens(GROUP)
    await other.click(f'[data-chat-id="{GROUP}"]')
    await screen.person_says("Good morning")
    await expect(other.locator(".message.in .name")).to_have_text("You")

    await other.fill("#composer", "صباح الخير")
    await other.press("#composer", "Enter")

    answer = screen.page.locator(".message.in").last
    await expect(answer.locator(".name")).to_have_text("أمينة")
    await expect(answer.locator(".text")).to_contain_text("صباح الخير")
    await expect(other.locator(".message.out")).to_have_count(1)


async def test_the_owner_makes_somebody_an_admin_and_throws_them_out(screen: Screen) -> None:
    amina = amina_in(screen, GROUP)
    await screen.opens(GROUP)
    await screen.page.click("#head-about")
    members = screen.page.get_by_role("dialog", name="News group")
    await expect(members.locator("li")).to_have_text([re.compile("owner"), re.compile("أمينة"), re.compile("bot")])

    row = members.get_by_role("button", name="أمينة")
    await row.click()
    await screen.page.get_by_role("menuitem", name="Make an admin").click()
    await expect(row).to_contain_text("admin")
    assert screen.chat.chats.find(GROUP).stands(amina)["status"] == "administrator"
    await row.click()
    await screen.page.get_by_role("menuitem", name="Remove").click()

    await expect(row).to_have_count(0)
    await screen.page.keyboard.press("Escape")
    await expect(screen.page.locator(".service").last).to_have_text("You removed أمينة")


async def test_a_member_may_not_manage_and_somebody_is_added_from_a_list(screen: Screen) -> None:
    amina = amina_in(screen, GROUP)
    screen.chat.people.meets("Hans")
    other = await screen.looks_as(amina)
    await other.click(f'[data-chat-id="{GROUP}"]')
    await other.click("#head-about")
    members = other.get_by_role("dialog", name="News group")
    await expect(members.locator("li")).to_have_count(3)
    await expect(members.locator("li button")).to_have_count(0)

    await members.get_by_role("button", name="Add a member").click()
    await other.get_by_role("dialog", name="Add a member").get_by_role("button", name="Hans").click()

    await expect(members.locator("li")).to_have_count(4)
    assert (await screen.updates())[-1]["message"]["new_chat_members"][0]["first_name"] == "Hans"


async def test_an_admin_writes_in_the_groups_name(screen: Screen) -> None:
    forum = screen.chat.people.opens("supergroup", "Watchers").id
    other = await screen.looks_as(amina_in(screen, forum))
    await other.click(f'[data-chat-id="{forum}"]')
    await screen.opens(forum)
    await screen.page.click("#head-about")
    await screen.page.get_by_role("switch", name="Write in the group's name").check()
    await screen.page.keyboard.press("Escape")

    await screen.person_says("Quiet, please")

    await expect(other.locator(".message .name")).to_have_text("Watchersadmin")
    await expect(screen.page.locator(".message .name")).to_have_text("Watchersadmin")


async def test_a_group_becomes_a_supergroup_and_leads_there(screen: Screen) -> None:
    await screen.opens(GROUP)
    await screen.person_says("Before")
    await expect(screen.page.locator(".message.out")).to_have_count(1)
    await screen.page.click("#head-menu")
    await screen.page.get_by_role("menuitem", name="Make it a supergroup").click()
    await screen.page.get_by_role("button", name="Upgrade").click()

    await expect(screen.page.locator(".service").last).to_have_text("This supergroup was a group before")
    await expect(screen.page.locator(f'[data-chat-id="{GROUP}"]')).to_have_count(0)
    await screen.page.locator(".service a").click()
    await expect(screen.page.locator("#start")).to_have_text("GO TO THE SUPERGROUP")
    await expect(screen.page.locator(".message.out")).to_have_count(1)


async def test_a_forum_lists_its_topics_and_what_is_new_in_them(screen: Screen) -> None:
    await screen.page.click("#side-menu")
    await screen.page.get_by_role("menuitem", name="New forum").click()
    await screen.page.get_by_label("Forum name").fill("Watchers")
    await screen.page.get_by_role("button", name="Create").click()
    await screen.page.click("#new-thread")
    await screen.page.get_by_label("Name of the topic").fill("Football")
    await screen.page.get_by_role("button", name="Create").click()
    await expect(screen.page.locator("#head-name")).to_have_text("Football")
    await screen.person_says("Who plays?")
    await expect(screen.page.locator(".message.out .text")).to_contain_text("Who plays?")
    await expect(screen.page.locator(".message.out .quote")).to_have_count(0)
    made, thread = map(int, (await screen.page.evaluate("location.hash.slice(1)")).split("/"))
    await screen.page.click("#back")

    await screen.bot_says("Lions in the final", chat=made, message_thread_id=thread)

    topic = screen.page.locator(f'[data-thread-id="{thread}"]')
    await expect(topic).to_contain_text("Headline Bot: Lions in the final")
    await expect(topic.locator(".badge")).to_have_text("1")
    await expect(screen.page.locator(f'[data-chat-id="{made}"] .badge')).to_have_text("1")
    await topic.click()
    await expect(screen.page.locator(".message .text").last).to_contain_text("Lions in the final")
    await expect(screen.page.locator(f'[data-chat-id="{made}"] .badge')).to_have_count(0)


async def test_members_only_read_in_a_topic_that_is_closed(screen: Screen) -> None:
    forum = screen.chat.people.opens("supergroup", "Watchers", is_forum=True).id
    thread = screen.chat.people.creates_topic(forum, "Archive")
    other = await screen.looks_as(amina_in(screen, forum))
    await other.click(f'[data-chat-id="{forum}"]')
    await other.click(f'[data-thread-id="{thread}"]')
    await expect(other.locator("#composer")).to_be_visible()
    await screen.opens(forum, thread)

    await screen.page.click("#head-menu")
    await screen.page.get_by_role("menuitem", name="Close the topic").click()

    await expect(other.locator("#mute")).to_have_text("This topic is closed.")
    await expect(other.locator("#composer")).to_be_hidden()
    await expect(screen.page.locator("#composer")).to_be_visible()
    await other.click("#back")
    await expect(other.get_by_role("img", name="closed")).to_be_visible()


async def test_in_a_channel_admins_post_and_the_others_read(screen: Screen) -> None:
    other = await screen.looks_as(amina_in(screen, CHANNEL))
    await other.click(f'[data-chat-id="{CHANNEL}"]')
    await expect(other.locator("#mute")).to_have_text("Only admins post here.")
    await screen.opens(CHANNEL)

    await screen.person_says("Storm reaches the coast")

    await expect(other.locator(".message.in .text")).to_contain_text("Storm reaches the coast")
    await expect(other.locator(".message .name")).to_have_text("News channel")


async def test_only_the_person_meant_sees_an_ephemeral_answer(screen: Screen) -> None:
    secret = [{"command": "settings", "description": "Only for you", "is_ephemeral": True}]
    await screen.bot("setMyCommands", commands=secret, scope={"type": "all_group_chats"})
    other = await screen.looks_as(amina_in(screen, GROUP))
    await other.click(f'[data-chat-id="{GROUP}"]')
    await screen.opens(GROUP)
    await screen.person_says("/settings")
    await expect(screen.page.locator(".message.out .only")).to_have_text("Only the bot sees this")
    asked = (await screen.updates())[-1]["message"]["ephemeral_message_id"]
    await screen.bot(
        "sendMessage",
        chat_id=GROUP,
        text="Here they are",
        ephemeral_message_parameters={"receiver_user_id": YOU},
        reply_parameters={"ephemeral_message_id": asked},
        reply_markup={"inline_keyboard": [[{"text": "Quiet", "callback_data": "q"}]]},
    )

    await expect(screen.page.locator(".message.in .only")).to_have_text("Only you see this")
    await screen.bot_says("For everybody", chat=GROUP)
    await expect(other.locator(".message")).to_have_count(1)
    await screen.page.get_by_role("button", name="Quiet").click()
    await expect(screen.page.locator(".key")).to_have_attribute("aria-busy", "true")
    assert (await screen.updates())[-1]["callback_query"]["data"] == "q"
