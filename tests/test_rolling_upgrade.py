"""A rolling upgrade under load: bots are stopped and started anew, one after the other, again and again.

Every headline reaches every chat that follows it, once; every question is answered, once; every stop is a good one. And
with an older version, out of this project's history, that runs beside the new one until it is replaced.
"""

from __future__ import annotations

import asyncio
import io
import itertools
import subprocess
import tarfile
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.fleet import PUBLISH, ROOT, STOPS, Fleet, fleet_on

READERS = (7, 8, 9)
ASKERS = (20, 21)
# Who is replaced by whom, and how many headlines are brought at a time.
REPLACED = (("a0", "a1"), ("b0", "b1"), ("a1", "a2"))
TOGETHER = 5
# The last commit whose data bore no version, and what bot.toml may say to it and to this one.
OLDER = "eae0536181059d7b"
TO_BOTH = "[meaning]\nstories = false\n"
pytestmark = pytest.mark.timeout(400)


@pytest.fixture
async def fleet(tmp_path: Path) -> AsyncIterator[Fleet]:
    async with fleet_on(tmp_path, proxies="1") as fleet:
        for chat in (*READERS, *ASKERS):
            fleet.devchat.chats.open({"id": chat, "type": "private", "first_name": f"Reader {chat}"})
        yield fleet


def git(*command: str) -> bytes:
    return subprocess.run(["git", *command], cwd=ROOT, stdout=subprocess.PIPE, check=False).stdout


@pytest.fixture
def older(tmp_path: Path) -> Path:
    if git("rev-parse", "--is-shallow-repository").strip() != b"false":
        pytest.skip("this is no checkout with its history")
    packed = git("archive", OLDER, "bot", "config")
    with tarfile.open(fileobj=io.BytesIO(packed)) as tree:
        tree.extractall(tmp_path / "older", filter="data")
    return tmp_path / "older"


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


async def everybody_follows(fleet: Fleet) -> None:
    for chat in READERS:
        fleet.devchat.people.says(chat, "/subscribe headline")
    await fleet.devchat.wait_for(lambda: all(told(fleet, chat, "I tell you about") for chat in READERS), 60)


async def under_load(fleet: Fleet, *replacements: tuple[str, str]) -> dict[int, int]:
    """Replace bots while a newsroom and people are busy; how often each of these asked."""
    over, titles = asyncio.Event(), list[str]()
    async with asyncio.TaskGroup() as group:
        group.create_task(publishes(fleet, over, titles))
        asking = {chat: group.create_task(asks(fleet, over, chat)) for chat in ASKERS}
        stops = [await replaced(fleet, old, new) for old, new in replacements]
        over.set()

    assert max(stops) < STOPS, stops
    assert len(titles) >= TOGETHER * len(replacements)
    counts = {told(fleet, chat, title) for chat in READERS for title in titles}
    assert counts == {1}, "each headline stands once in each chat"
    return {chat: questions.result() for chat, questions in asking.items()}


async def test_nothing_is_lost_and_nothing_comes_twice_while_bots_are_replaced(fleet: Fleet) -> None:
    await fleet.grows("a0", "b0")
    await everybody_follows(fleet)
    for chat, questions in (await under_load(fleet, *REPLACED)).items():
        assert answers(fleet, chat) == questions, "each question was answered once"
    for bot in list(fleet.balancer.bots.values()):
        assert await bot.stop() < STOPS


async def test_two_versions_share_the_work_until_the_older_one_is_replaced(fleet: Fleet, older: Path) -> None:
    (fleet.folder / "bot.toml").write_text(TO_BOTH)
    await fleet.grows("a0", "b0", tree=older)
    await everybody_follows(fleet)
    await under_load(fleet, ("a0", "a1"), ("b0", "b1"))  # the older one may answer again what it had in hand
    assert {"a0", "b0", "a1"} <= fleet.balancer.taken.keys()
