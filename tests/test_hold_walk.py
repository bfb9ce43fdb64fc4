"""The walk of headlines to a chat that does not want them at once: quiet hours, a digest, a pause, a limit.

Everything is real but the time, which is ticked.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import time, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.news.answers import Caller
from bot.news.model import ChatKind
from bot.news.preferences import Digest, Quiet
from tests.world import World, world_on

READER = 101
NIGHT = Quiet(time(22), time(7))


@dataclass
class Night:
    """A reader of news on the Fed and on rain, with the app at work; it is noon, by the reader's clock as well."""

    world: World
    app: App

    async def chooses(self, **chosen: Any) -> list[str]:
        """The reader chooses; gives what that brought."""
        reader = Caller(READER, ChatKind.PRIVATE)
        await self.app.desk.preferences.change(reader, lambda now: replace(now, **chosen))
        return await self.later(seconds=1)

    async def until(self, hour: int, minute: int = 0) -> list[str]:
        """Let time pass until the next time that the clock shows this; gives what was told meanwhile."""
        now = self.world.clock.now()
        then = now.replace(hour=hour, minute=minute, second=0)
        return await self.later(seconds=((then - now) % timedelta(days=1)).total_seconds())

    async def later(self, **span: float) -> list[str]:
        before = len(self.world.devchat.texts(READER))
        self.world.clock.tick(**span)
        await self.app.workers.round()
        return self.world.devchat.texts(READER)[before:]

    async def comes(self, title: str, *others: str) -> list[str]:
        """A headline comes by a program, and by these others a minute later; gives what was told at once."""
        before = len(self.world.devchat.texts(READER))
        for source in ("wire", *others):
            fields = {
                "title": title,
                "url": f"https://{source}.example/{title.replace(' ', '-')}",
                "source": source,
                "lang": "en",
            }
            await self.app.stores.database.call("XADD", "news:latest", "*", *chain.from_iterable(fields.items()))
            await self.later(seconds=20)
        return self.world.devchat.texts(READER)[before:]


@pytest.fixture
async def night(redis_url: str, tmp_path: Path) -> AsyncIterator[Night]:
    async with world_on(redis_url, tmp_path) as world, world.app() as app:
        await world.joins(app, READER)
        for topic in ("fed", "rain"):
            await world.follows(app, READER, topic)
        await app.workers.round()
        yield Night(world, app)


async def test_what_comes_in_the_night_comes_in_the_morning_in_one_message(night: Night) -> None:
    await night.chooses(quiet=NIGHT)
    assert len(await night.comes("Fed holds its rate")) == 1
    await night.until(23)
    for title in ("Rain at last in the south", "Fed chair resigns", "Fed names a successor"):
        assert await night.comes(title) == []
    assert await night.until(6, 59) == []
    [morning] = await night.until(7)
    assert morning.startswith("3 headlines waited for you\n\n")
    for title in ("Rain at last in the south", "Fed chair resigns", "Fed names a successor"):
        assert title in morning
    assert await night.later(hours=1) == []


async def test_breaking_news_come_at_once_even_where_they_begin_to_break_in_the_night(night: Night) -> None:
    await night.chooses(quiet=NIGHT)
    await night.until(23)
    assert await night.comes("Rain at last in the south") == []
    [alert] = await night.comes("Fed chair resigns over rates", "courier", "herald")
    assert alert.startswith("⚡ Breaking: Fed chair resigns over rates")
    [morning] = await night.until(7)
    assert "Rain at last in the south" in morning
    assert "Fed chair" not in morning


async def test_who_wants_no_breaking_news_in_the_night_gets_them_in_the_morning(night: Night) -> None:
    await night.chooses(quiet=NIGHT, breaking=False)
    await night.until(23)
    assert await night.comes("Fed chair resigns over rates", "courier", "herald") == []
    assert len(await night.until(7)) == 1


async def test_a_digest_comes_at_its_hours_in_sections_and_never_empty(night: Night) -> None:
    await night.chooses(digest=Digest((time(8), time(18))))
    for title in ("Fed holds its rate", "Rain at last in the south", "Fed chair speaks"):
        assert await night.comes(title) == []
    [digest] = await night.until(18)
    assert digest.startswith("Your digest: 3 headlines\n\n")
    sections = [part.split("\n")[0] for part in digest.split("\n\n")[1:]]
    assert sorted(sections) == ["fed", "rain"]
    assert await night.until(8) == []


async def test_a_topic_outside_the_digest_alerts_at_once(night: Night) -> None:
    [rain] = [wish for wish in await night.app.desk.wishes.topics(READER) if wish.expression == "rain"]
    await night.chooses(digest=Digest((time(18),), frozenset({rain.topic})))
    assert await night.comes("Rain at last in the south") == []
    [alert] = await night.comes("Fed holds its rate")
    assert alert.startswith("Fed holds its rate")
    assert await night.comes("More rain in the north") == []
    [digest] = await night.until(18)
    assert digest.startswith("Your digest: 2 headlines")


async def test_a_digest_repeats_what_was_alerted_to_where_that_is_wished(night: Night) -> None:
    [rain] = [wish for wish in await night.app.desk.wishes.topics(READER) if wish.expression == "rain"]
    await night.chooses(digest=Digest((time(18),), frozenset({rain.topic}), again=True))
    assert len(await night.comes("Fed holds its rate")) == 1
    assert await night.comes("Rain at last in the south") == []
    assert await night.later(hours=1) == []
    [digest] = await night.until(18)
    assert "Fed holds its rate" in digest
    assert "Rain at last in the south" in digest
    assert await night.until(18) == []


async def test_what_a_pause_held_comes_when_it_ends_or_is_ended(night: Night) -> None:
    await night.chooses(paused_until=night.world.clock.now() + timedelta(hours=2))
    assert await night.comes("Fed holds its rate") == []
    assert len(await night.later(hours=2)) == 1
    await night.chooses(paused_until=night.world.clock.now() + timedelta(hours=2))
    assert await night.comes("Fed chair speaks") == []
    assert len(await night.chooses(paused_until=None)) == 1


async def test_when_a_day_has_had_its_alerts_the_rest_comes_together_in_the_evening(night: Night) -> None:
    await night.chooses(most_a_day=1)
    assert len(await night.comes("Fed holds its rate")) == 1
    assert await night.comes("Fed chair speaks") == []
    assert await night.comes("Rain at last in the south") == []
    [evening] = await night.until(20)
    assert evening.startswith("2 headlines waited for you")
    assert await night.comes("Fed chair resigns") == []


async def test_a_mailbox_that_was_too_full_for_a_digest_says_so(night: Night) -> None:
    await night.chooses(digest=Digest((time(18),)))
    for number in range(210):
        fields = {
            "title": f"Fed note number {number} of {number * 7}",
            "url": f"https://wire.example/{number}",
            "lang": "en",
        }
        await night.app.stores.database.call("XADD", "news:latest", "*", *chain.from_iterable(fields.items()))
        night.world.clock.tick(seconds=1)
    await night.app.workers.round()
    [digest] = await night.until(18)
    assert digest.startswith("Your digest: 200 headlines")
    [message] = night.world.devchat.chats.by_id[READER].messages.values()
    assert message["reply_markup"]["inline_keyboard"][-1][0]["text"] == "And 195 more ›"


async def test_a_chat_in_french_is_told_in_french_and_silently_where_it_wishes_so(night: Night) -> None:
    await night.chooses(lang="fr", silent=True, previews=False)
    await night.comes("Fed holds its rate")
    [message] = night.world.devchat.chats.by_id[READER].messages.values()
    assert message.get("link_preview_options") in (None, {"is_disabled": True})
