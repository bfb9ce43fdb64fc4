"""What a channel is alerted to carries buttons for its readers, who follow no topic and decide nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

from bot.news.answers import Caller
from bot.news.model import ChatKind
from tests.workers.walks import CHANNEL, GROUP, SAID_FIRST, SAID_NEXT, walk
from tests.world import World


def newest(world: World, chat: int) -> tuple[str, list[dict[str, str]]]:
    message = list(world.devchat.chats.by_id[chat].messages.values())[-1]
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return message["text"], [button for row in rows for button in row]


async def test_an_alert_in_a_channel_is_read_in_private_and_asks_readers_for_nothing(world: World) -> None:
    await walk(world)

    text, buttons = newest(world, CHANNEL)
    assert SAID_FIRST in text
    assert "you follow" not in text
    assert [button["text"] for button in buttons] == ["📖 Read", "Share"]
    assert "?start=r-" in buttons[0]["url"]
    assert buttons[1]["url"].startswith("https://t.me/share/url?")
    assert all("callback_data" not in button for button in buttons)
    assert "you follow" in newest(world, GROUP)[0]


async def test_several_alerts_in_a_channel_have_no_buttons_for_readers(world: World) -> None:
    world.site.says(SAID_NEXT)
    await walk(world)

    text, buttons = newest(world, CHANNEL)
    assert SAID_FIRST in text
    assert SAID_NEXT in text
    assert all("callback_data" not in button for button in buttons)


async def test_a_title_that_is_corrected_in_a_channel_keeps_its_buttons(world: World) -> None:
    await walk(world)
    world.site.corrects("story-1", "Fed raises its rate")
    await walk(world)
    await walk(world)

    text, buttons = newest(world, CHANNEL)
    assert "Fed raises its rate" in text
    assert all("callback_data" not in button for button in buttons)


async def test_what_waited_for_a_channel_is_told_whole_though_nobody_there_turns_a_page(world: World) -> None:
    channel, names = Caller(CHANNEL, ChatKind.CHANNEL, "The wire"), list(map("".join, product("BDGKLM", "aeiou")))
    async with world.app() as app:
        until = world.clock.now() + timedelta(hours=1)
        await app.desk.preferences.change(channel, lambda chosen: replace(chosen, paused_until=until))
    for number, name in enumerate(names):
        world.site.says(f"Fed opens {name}{name}{name} office", f"office-{number}")
    await walk(world, hours=2)
    for _ in names:
        await walk(world, minutes=1)

    texts = world.devchat.texts(CHANNEL)
    assert [name for name in names if not any(f"{name}{name}{name} office" in text for text in texts)] == []
    assert len(texts) == 2
