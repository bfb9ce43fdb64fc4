"""What an Arab sees of the bot in a real browser: Arabic, from the right to the left."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, expect

from bot.tongues import spoken
from tests.chatroom import Room, Seen, in_browser

pytestmark = in_browser
ARABIC = re.compile(r"[\u0600-\u06ff]")
LATIN = re.compile(r"[A-Za-z]")
say = spoken().of("ar")


@pytest.fixture
async def amina(room: Room) -> Seen:
    """Somebody whose Telegram is in Arabic, before the bot's chat."""
    person = room.meets("أمينة", lang="ar")
    return await room.look(person, person)


async def is_rtl(said: Locator) -> bool:
    """Whether a text is laid out from the right to the left, and stands at the right."""
    look: dict[str, str] = await said.evaluate(
        "node => { const look = getComputedStyle(node); return { way: look.direction, side: look.textAlign } }"
    )
    return look["way"] == "rtl" and look["side"] in {"start", "right"}


async def left_of(node: Locator) -> float:
    """How far from the left it begins."""
    return float(await node.evaluate("node => node.getBoundingClientRect().left"))


async def test_the_first_minute_is_in_arabic_from_the_right(room: Room, amina: Seen) -> None:
    card = amina.page.locator(".welcome p").first
    await expect(card).to_contain_text(ARABIC)
    assert await is_rtl(card)
    await amina.starts()
    welcome = (await amina.reads("مرحبًا")).locator(".text")
    assert await is_rtl(welcome)
    assert not LATIN.search(await welcome.inner_text())
    labels = await amina.keys("مرحبًا")
    assert "⚽ كرة القدم" in labels
    assert [label for label in labels if not ARABIC.search(label) or LATIN.search(label)] == []


async def test_an_alert_and_its_buttons_are_in_arabic_whatever_the_language_of_its_title(
    room: Room, amina: Seen
) -> None:
    await amina.starts()
    await amina.taps("مرحبًا", "⚽ كرة القدم")
    await amina.reads(say("Quiet hours"))
    await expect(amina.key("مرحبًا", "✅ ⚽ كرة القدم")).to_be_visible()
    await room.hears("المغرب يفوز بكأس كرة القدم")
    alert = await amina.reads("المغرب يفوز بكأس كرة القدم")
    await expect(alert).to_contain_text("⚽ كرة القدم")
    assert await is_rtl(alert.locator(".text"))
    assert await left_of(alert.locator("time").first) > await left_of(alert.locator("em").first)
    assert say("📖 Read") in await amina.keys("المغرب يفوز بكأس كرة القدم")
    await amina.taps("المغرب يفوز بكأس كرة القدم", say("📖 Read"))
    await amina.reads("Paragraph 1.")

    await room.hears("Football: the final is sold out")
    await expect(await amina.reads("Football: the final is sold out")).to_contain_text("⚽ كرة القدم")
    assert say("📖 Read") in await amina.keys("Football: the final is sold out")


async def test_settings_and_the_menu_of_commands_are_in_arabic(room: Room, amina: Seen) -> None:
    await amina.starts()
    await amina.reads("مرحبًا")
    await amina.page.click("#menu")
    commands = await amina.page.locator("#commands [role=option] span").all_inner_texts()
    assert commands
    assert all(ARABIC.search(each) for each in commands)
    await amina.page.keyboard.press("Escape")

    await amina.says("/settings")
    title = say("Settings")
    assert await is_rtl((await amina.reads(title)).locator(".text"))
    assert all(ARABIC.search(label) for label in await amina.keys(title))
    await amina.turns(title, say("Language"), into=say("Which language shall I speak?"))
    await amina.turns(say("Which language shall I speak?"), "English", into="Which language shall I speak?")
