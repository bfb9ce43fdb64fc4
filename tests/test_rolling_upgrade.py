"""A rolling upgrade under load: bots are stopped and started anew, one after the other, again and again.

Every headline reaches every chat that follows it, once; every question is answered, once; every stop is a good one.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.fleet import PUBLISH, STOPS, Fleet, fleet_on

READERS = (7, 8, 9)
ASKERS = (20, 21)
# Who is replaced by whom, and how many headlines are brought at a time.
REPLACED = (("a0", "a1"), ("b0", "b1"), ("a1", "a2"))
TOGETHER = 5
pytestmark = pytest.mark.timeout(400)


@pytest.fixture
async def fleet(tmp_path: Path) -> AsyncIterator[Fleet]:
    async with fleet_on(tmp_path, proxies="1") as fleet:
        for chat in (*READERS, *ASKERS):
            fleet.devchat.chats.open({"id": chat, "type": "private", "first_name": f"Reader {chat}"})
        yield fleet


def told(fleet: Fleet, chat: int, title: str) -> int:
    return sum(text.count(title) for text in fleet.devchat.texts(chat))


def answers(fleet: Fleet, chat: int) -> int:
    return sum(message["chat"]["id"] == chat for message in fleet.devchat.sent)


async def publishes(fleet: Fleet, over: asyncio.Event, titles: list[str]) -> None:
    """A newsroom that brings some headlines, and the next ones when everybody has heard of these."""
    head = {"Authorization": f"Bearer {PUBLISH}"}
    async with aiohttp.ClientSession(fleet.balancer.url) as newsroom:
        while not over.is_set():
            some = [f"Headline {len(titles) + number} of many" for number in range(TOGETHER)]
            brought = [{"title": title, "url": f"https://example.org/{title.split()[1]}"} for title in some]
            status = 503
            while status == 503:  # between two bots
                async with newsroom.post("/headlines", json=brought, headers=head) as answer:
                    status = answer.status
            assert status == 202
            titles += some
            await fleet.devchat.wait_for(
                lambda some=some: all(told(fleet, chat, title) for chat in READERS for title in some), 90
            )


async def asks(fleet: Fleet, over: asyncio.Event, chat: int) -> int:
    """Somebody who asks again as soon as they are answered; how often."""
    for question in itertools.count(1):
        fleet.devchat.people.says(chat, "/about")
        await fleet.devchat.wait_for(lambda question=question: answers(fleet, chat) >= question, 90)
        if over.is_set():
            break
    return question


async def replaced(fleet: Fleet, old: str, new: str) -> float:
    """Start the new one, and stop the old one when the new one is ready; how long the stop took."""
    await fleet.grows(new)
    took = await fleet.balancer.bots[old].stop()
    del fleet.balancer.bots[old]
    return took


async def test_nothing_is_lost_and_nothing_comes_twice_while_bots_are_replaced(fleet: Fleet) -> None:
    await fleet.grows("a0", "b0")
    for chat in READERS:
        fleet.devchat.people.says(chat, "/subscribe headline")
    await fleet.devchat.wait_for(lambda: all(told(fleet, chat, "I tell you about") for chat in READERS), 60)

    over, titles = asyncio.Event(), list[str]()
    async with asyncio.TaskGroup() as group:
        group.create_task(publishes(fleet, over, titles))
        asking = {chat: group.create_task(asks(fleet, over, chat)) for chat in ASKERS}
        stops = [await replaced(fleet, old, new) for old, new in REPLACED]
        over.set()

    assert max(stops) < STOPS, stops
    assert len(titles) >= TOGETHER * len(REPLACED)
    counts = {told(fleet, chat, title) for chat in READERS for title in titles}
    assert counts == {1}, "each headline stands once in each chat"
    for chat, questions in asking.items():
        assert answers(fleet, chat) == questions.result(), "each question was answered once"
    for bot in list(fleet.balancer.bots.values()):
        assert await bot.stop() < STOPS
