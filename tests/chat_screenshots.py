"""Pictures of chats with the bot for docs/: `python -m tests.chat_screenshots [name …]` takes them (or these) again.

Here: what is played for each picture; it is looked at each time that a scene says who looks.
Not here: the room that it is played in (chatroom), how shots are kept (pictures).
They are most beautiful where Chromium finds the fonts Roboto and Noto Sans Arabic.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from playwright.async_api import expect
from structlog.testing import capture_logs

from bot.news.answers import Caller
from bot.news.model import ChatKind
from tests.browser import opened_browser
from tests.chatroom import HOME, Room, Seen, room_on
from tests.pictures import DOCS, keep

ME, GROUP = 1001, -2001
# A telephone.
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.6, "is_mobile": True, "has_touch": True,
}  # fmt: skip
Scene = Callable[[Room], AsyncIterator[Seen]]


async def comes(room: Room, title: str, *sources: str, lang: str = "en") -> None:
    """These sources tell a headline, by the stream into which other programs put theirs."""
    for source in sources:
        slug = "-".join(re.findall(r"\w+", title.lower()))
        url = f"https://{source}.example/{slug}"
        fields = {"title": title, "url": url, "source": source, "lang": lang}
        await room.app.stores.database.call("XADD", "news:latest", "*", *chain.from_iterable(fields.items()))
        await room.passes(seconds=30)


async def at_home(room: Room, *topics: str, **look: Any) -> Seen:
    """You, who follow these topics; the bot knows your clock, and the chat is empty."""
    me = await room.look(ME, **PHONE, **look)
    await me.starts()
    await me.reads("Hello!")
    for topic in topics:
        await room.world.follows(room.app, ME, topic)
    await chooses(room, zone=HOME)
    room.world.devchat.people.clears(ME)
    return me


async def chooses(room: Room, **chosen: Any) -> None:
    """You have chosen this."""
    await room.app.desk.preferences.change(Caller(ME, ChatKind.PRIVATE), lambda now: replace(now, **chosen))


async def first_minute(room: Room) -> AsyncIterator[Seen]:
    """Topics to tap; one is tapped, and what comes of it."""
    await comes(room, "Tunis opens its first night market", "courier")
    me = await room.look(ME, **PHONE)
    await me.starts()
    await me.reads("Hello!")
    yield me
    await me.taps("Hello!", "⚽ Football")
    await me.reads("Done:")
    await comes(room, "Football: the Lions win the cup on penalties", "harbour-post")
    await me.reads("on penalties")
    yield me


async def alert(room: Room) -> AsyncIterator[Seen]:
    """An alert, and what else can be done with it."""
    me = await at_home(room, "night train", "sea level")
    await comes(room, "Harbour towns plan for a higher sea level", "courier")
    await room.passes(minutes=50)
    await comes(room, "Night train to Vienna returns after twenty years", "harbour-post")
    await room.passes(minutes=20)
    await comes(room, "Sea level rises faster than expected, satellites show", "courier", "ferry-times", "observer")
    await me.reads("satellites show")
    yield me
    await me.taps("satellites show", "⋯ More")
    await expect(me.key("satellites show", "Less")).to_be_visible()
    yield me


async def settings(room: Room) -> AsyncIterator[Seen]:
    """All that can be chosen, and a panel in its place."""
    me = await at_home(room, "night train")
    await comes(room, "Night train to Vienna returns after twenty years", "harbour-post")
    await me.reads("Night train to Vienna")
    await me.says("/settings")
    await me.reads("Settings")
    yield me
    await me.turns("Settings", "Quiet hours", into="In quiet hours I say nothing")
    await me.turns("In quiet hours", "22:00–07:00", into="✅ 22:00–07:00")
    yield me


async def quiet(room: Room) -> AsyncIterator[Seen]:
    """The morning after quiet hours, and a digest; at night the page is dark."""
    me = await at_home(room, "night train", "sea level", "chess", color_scheme="dark")
    await chooses(room, pictures=False)
    await comes(room, "Night train to Vienna returns after twenty years", "harbour-post")
    await me.reads("Night train to Vienna")
    await me.says("/quiet 22:00-07:00")
    await me.reads("From 22:00 to 07:00 I tell you nothing")
    await room.until(22, 40)
    await comes(room, "Chess: a fifteen-year-old leads the open in Reykjavik", "observer")
    await comes(room, "Night train to Vienna sold out until spring", "harbour-post")
    await comes(room, "Harbour towns plan for a higher sea level", "courier")
    await room.until(7)
    await me.reads("3 headlines waited for you")
    yield me
    await me.says("/digest 18:00")
    await me.reads("Your digest comes at 18:00.")
    for title, source in (
        ("Chess: draw in the fourth round, and a protest", "observer"),
        ("Second night train planned, from Tunis to Sousse", "harbour-post"),
        ("Sea level: the new map of the coast", "courier"),
        ("Chess clock of 1912 found in a cellar", "ferry-times"),
        ("Night train crews agree on new hours", "courier"),
    ):
        await comes(room, title, source)
        await room.passes(hours=1, minutes=40)
    await room.until(18)
    await me.reads("Your digest: 5 headlines")
    yield me


async def group(room: Room) -> AsyncIterator[Seen]:
    """A member asks and is refused kindly; an admin chooses."""
    amina = room.meets("Amina")
    club = room.opens("supergroup", "Harbour club", amina)
    admin, member = await room.look(club, **PHONE), await room.look(club, amina, **PHONE)
    await admin.reads("Hello, I watch")
    await member.says("Shall the bot tell us about the regatta?")
    await member.says("/subscribe regatta")
    await member.reads("the admins choose")
    yield member
    await room.passes(minutes=2)
    await admin.says("Good idea, Amina!")
    await admin.says("/subscribe regatta")
    await admin.reads("From now on")
    yield admin


async def channel(room: Room) -> AsyncIterator[Seen]:
    """A channel is managed in private; its readers see alerts alone."""
    me = await at_home(room)
    amina = room.meets("Amina")
    news = room.opens("channel", "Harbour news", amina)
    reader = await room.look(news, amina, **PHONE)
    await me.reads("You are managing Harbour news")
    await me.taps("You are managing", "⚽ Football")
    await me.is_told("You follow it now.")
    yield me
    await comes(room, "Football: the final is sold out", "observer")
    await comes(room, "Football: the Lions win the cup on penalties", "harbour-post", "courier")
    await reader.reads("on penalties")
    yield reader


async def inline(room: Room) -> AsyncIterator[Seen]:
    """A headline is chosen in a group, and as others see it there."""
    amina = room.meets("Amina")
    room.world.devchat.people.joins(GROUP, amina)
    for title in ("Night train to Vienna sold out until spring", "Second night train planned, from Tunis to Sousse"):
        await comes(room, title, "harbour-post")
    me, friend = await room.look(GROUP, **PHONE), await room.look(GROUP, amina, **PHONE)
    talk = (
        (friend, "The concert in Sousse is on Friday!"),
        (me, "I have four tickets 🎶"),
        (friend, "Who else is coming?"),
        (me, "Leila and Hans. Leila comes from work, she cannot be there before seven."),
        (friend, "It begins at nine, that is early enough. And how do we get there?"),
        (me, "By car it takes two hours"),
        (friend, "And then somebody has to drive home in the night …"),
        (me, "Wait, I read something about a train"),
    )
    for person, words in talk:
        await person.says(words)
        await expect(person.page.locator(".message.out", has_text=words)).to_be_visible()
        await room.passes(seconds=20)
    await me.asks_inline("night train")
    yield me
    await me.page.locator("#results").get_by_text("Second night train").click()
    await friend.reads("Second night train")
    yield friend


async def arabic(room: Room) -> AsyncIterator[Seen]:
    """The first minute and the first alerts, from the right."""
    await comes(room, "تونس تفتتح أول سوق ليلية على الميناء", "courier", lang="ar")
    person = room.meets("أمينة", lang="ar")
    amina = await room.look(person, person, **PHONE)
    await amina.starts()
    await amina.reads("مرحبًا")
    yield amina
    await amina.taps("مرحبًا", "⚽ كرة القدم")
    await expect(amina.key("مرحبًا", "✅ ⚽ كرة القدم")).to_be_visible()
    await amina.reads("تم:")
    await comes(room, "كرة القدم: الأسود يفوزون بالكأس بركلات الترجيح", "harbour-post", lang="ar")
    await amina.reads("بركلات الترجيح")
    yield amina


SCENES: MappingProxyType[str, Scene] = MappingProxyType(
    {
        "first-minute": first_minute,
        "alert": alert,
        "settings": settings,
        "quiet": quiet,
        "group": group,
        "channel": channel,
        "inline": inline,
        "arabic": arabic,
    }
)


async def shot(seen: Seen) -> bytes:
    """What stands on somebody's telephone, once it has come to rest."""
    await seen.page.evaluate("document.activeElement.blur()")
    await seen.page.mouse.move(0, 0)
    await expect(seen.page.locator("#toast.shown, #head-status.typing, .waiting")).to_have_count(0)
    return await seen.page.screenshot(animations="disabled")


async def main(names: list[str]) -> None:
    """Take these pictures, or all."""
    for name in names or SCENES:
        # An embedded server's socket must have a short path.
        with tempfile.TemporaryDirectory(prefix="chat") as folder, capture_logs():
            async with opened_browser() as browser, room_on("", Path(folder), browser) as room:
                keep(DOCS / f"chat-{name}.png", *[await shot(seen) async for seen in SCENES[name](room)])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
