"""The whole walk: a headline goes from a source to a chat, and an article back on request.

Everything is real but the time: the app, Redis, a news site and Telegram (devchat) over HTTP.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest

from bot.app import App
from bot.devchat.chats import YOU
from bot.devchat.faults import Fault
from bot.devchat.refusals import flood
from tests.world import World, world_on

ME = int(str(YOU["id"]))


@dataclass
class Walk:
    """The app at work in the world, and somebody who talks with it."""

    world: World
    app: App

    async def says(self, text: str) -> str:
        """Type something; gives the answer."""
        self.world.clock.tick(seconds=1)
        before = len(self.world.devchat.texts(ME)) + 1
        self.world.devchat.people.says(ME, text)
        await self.world.devchat.wait_for(lambda: len(self.world.devchat.texts(ME)) > before)
        return self.world.devchat.texts(ME)[-1]

    async def later(self, **span: float) -> list[str]:
        """Let time pass and the workers work; gives what was pushed meanwhile."""
        before = len(self.world.devchat.texts(ME))
        self.world.clock.tick(**span)
        await self.app.workers.round()
        return self.world.devchat.texts(ME)[before:]


@pytest.fixture
async def walk(redis_url: str, tmp_path: Path) -> AsyncIterator[Walk]:
    """Somebody who follows the Fed, and a site that has been looked at once."""
    async with world_on(redis_url, tmp_path) as world, world.app() as app:
        stop = asyncio.Event()
        answering = asyncio.create_task(app.intake.answer(stop, webhook="", secret=""))
        walk = Walk(world, app)
        assert "I tell you about “fed”" in await walk.says("/subscribe fed")
        await app.workers.round()
        yield walk
        stop.set()
        await answering


async def test_a_headline_goes_to_the_chat_and_its_article_back_on_request(walk: Walk) -> None:
    walk.world.site.says("Fed holds its rate")
    [alert] = await walk.later(minutes=10)
    assert alert.startswith("Fed holds its rate\n12:00 · small · because you follow “fed”")
    assert "1. 12:00 Fed holds its rate" in await walk.says("/latest")
    assert "Paragraph 1. The talks went on" in await walk.says("/read 1")


async def test_what_nobody_follows_is_pushed_to_nobody_and_found_by_who_asks(walk: Walk) -> None:
    walk.world.site.says("Rain at last in the south")
    assert await walk.later(minutes=10) == []
    assert "Rain at last in the south" in await walk.says("/latest rain")


async def test_a_headline_is_told_once_however_often_and_under_whatever_address_it_is_seen(walk: Walk) -> None:
    walk.world.site.says("Fed holds its rate", "fed")
    assert len(await walk.later(minutes=10)) == 1
    walk.world.site.says("Fed holds its rate", "fed?utm_source=newsletter")
    walk.world.site.corrects("fed", "Fed holds its rate once more")
    assert await walk.later(minutes=10) == []


async def test_what_any_program_writes_into_the_stream_is_told(walk: Walk) -> None:
    fields = {"title": "Fed chair resigns", "url": "https://wire.example/1", "lang": "en"}
    await walk.app.stores.database.call("XADD", "news:latest", "*", *chain.from_iterable(fields.items()))
    [alert] = await walk.later(seconds=1)
    assert "Fed chair resigns" in alert


async def test_a_flood_wait_delays_the_alert_instead_of_losing_it(walk: Walk) -> None:
    walk.world.devchat.breaks(Fault(flood(30), chat=ME))
    walk.world.site.says("Fed holds its rate")
    assert await walk.later(minutes=10) == []
    assert await walk.later(seconds=29) == []
    assert len(await walk.later(seconds=2)) == 1


async def test_who_stops_is_told_no_more(walk: Walk) -> None:
    await walk.says("/unsubscribe fed")
    walk.world.site.says("Fed holds its rate")
    assert await walk.later(minutes=10) == []
