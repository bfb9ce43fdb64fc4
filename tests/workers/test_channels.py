"""What a channel is alerted to carries buttons for its readers, who follow no topic and decide nothing."""

from __future__ import annotations

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
