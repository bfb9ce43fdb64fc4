"""Two bots behind one webhook and one balancer, as processes: whoever gets a call, the chat sees one bot."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from redis.asyncio import Redis

from bot.devchat.chats import YOU
from bot.devchat.faults import Cut, Fault
from tests.fleet import PUBLISH, SECRET, STOPS, Fleet, fleet_on

ME = int(str(YOU["id"]))
RANGES = '["149.154.160.0/20", "91.108.4.0/22"]'
pytestmark = pytest.mark.timeout(180)


def answers(fleet: Fleet) -> list[str]:
    return [text for text in fleet.devchat.texts(ME) if not text.startswith("/")]


@pytest.fixture
async def fleet(tmp_path: Path) -> AsyncIterator[Fleet]:
    async with fleet_on(tmp_path, proxies="1", webhook_from=RANGES, drain='"30s"') as fleet:
        yield fleet


async def test_two_processes_behind_one_webhook_are_one_bot(fleet: Fleet) -> None:
    await fleet.grows("one", "two")
    said = [f"/{verb} fed" for _ in range(4) for verb in ("subscribe", "unsubscribe")]
    for text in [*said, "/subscribe rain"]:
        fleet.devchat.people.says(ME, text)
    await fleet.devchat.wait_for(lambda: len(answers(fleet)) == len(said) + 1, 60)
    begins = [text.split(" “")[0] for text in answers(fleet)[:-1]]
    assert begins == [begins[0], begins[1]] * 4, "what one chat says is answered in its order"
    assert set(fleet.balancer.taken) == {"one", "two"}, "both did their part"

    # Brought again, as after an answer that was lost: the chat follows what it followed.
    (again,) = [update for update in fleet.balancer.updates if b"/subscribe rain" in update]
    for bot in fleet.balancer.bots.values():
        assert await fleet.balancer.brings(bot, again) == 200
    fleet.devchat.people.says(ME, "/topics")
    await fleet.devchat.wait_for(lambda: len(answers(fleet)) == len(said) + 4, 60)
    assert len(re.findall("rain", answers(fleet)[-1])) == 1
    for bot in fleet.balancer.bots.values():
        bot.signal(signal.SIGINT)
        assert await bot.ended() < STOPS


async def test_updates_that_do_not_come_by_the_proxy_are_not_taken(fleet: Fleet) -> None:
    await fleet.grows("one")
    (bot,) = fleet.balancer.bots.values()
    head = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with aiohttp.ClientSession(bot.url) as stranger:
        for forwarded in ({}, {"X-Forwarded-For": "149.154.167.220, 203.0.113.9"}):
            async with stranger.post("/telegram", json={"update_id": 1}, headers=head | forwarded) as answer:
                assert answer.status == 403
    assert await fleet.balancer.brings(bot, b'{"update_id": 1}') == 200


async def comes_to(visitor: aiohttp.ClientSession, wanted: int) -> None:
    """Until it is ready, or not any more."""
    status = 0
    async with asyncio.timeout(30):
        while status != wanted:
            async with visitor.get("/readyz") as answer:
                status = answer.status


async def test_a_process_that_is_told_to_stop_says_so_before_it_stops(fleet: Fleet) -> None:
    await fleet.grows("one")
    (bot,) = fleet.balancer.bots.values()
    brought = {"title": "Rain at last", "url": "https://example.org/rain"}
    async with aiohttp.ClientSession(bot.url) as visitor:
        await comes_to(visitor, 200)
        bot.signal(signal.SIGTERM)
        await comes_to(visitor, 503)
        async with visitor.post("/headlines", json=brought, headers={"Authorization": f"Bearer {PUBLISH}"}) as answer:
            assert answer.status == 202, "meanwhile everything goes on as before"
        fleet.devchat.people.says(ME, "/about")
        await fleet.devchat.wait_for(lambda: len(answers(fleet)) == 1, 30)
    bot.signal(signal.SIGTERM)  # who asks twice does not wait for the drain
    assert await bot.ended() < STOPS


@dataclass(frozen=True)
class Hanging(Fault):
    """Calls that are not answered."""

    came: asyncio.Event = field(default_factory=asyncio.Event)

    def concerns(self, method: str, chat: str) -> bool:
        if concerned := super().concerns(method, chat):
            self.came.set()
        return concerned


async def test_a_message_that_hangs_holds_no_stop_up_and_is_sent_by_whoever_comes_after(fleet: Fleet) -> None:
    await fleet.grows("one")
    fleet.devchat.people.says(ME, "/subscribe rain")
    await fleet.devchat.wait_for(lambda: len(answers(fleet)) == 1, 30)
    fleet.devchat.breaks(hanging := Hanging(Cut.SILENT, "sendMessage", ME, lasts=True))
    brought = {"title": "Rain at last", "url": "https://example.org/rain"}
    head = {"Authorization": f"Bearer {PUBLISH}"}
    async with (
        aiohttp.ClientSession(fleet.balancer.url) as newsroom,
        newsroom.post("/headlines", json=brought, headers=head) as answer,
    ):
        assert answer.status == 202
    await hanging.came.wait()
    one = fleet.balancer.bots.pop("one")
    one.signal(signal.SIGINT)
    assert await one.ended() < STOPS
    fleet.devchat.mends()
    await fleet.grows("two")
    await fleet.devchat.wait_for(lambda: len(answers(fleet)) == 2, 90)
    assert answers(fleet)[1].startswith("Rain at last")


async def test_a_redis_that_hangs_holds_no_stop_up(fleet: Fleet) -> None:
    await fleet.grows("one")
    async with Redis.from_url(fleet.environ["REDIS_URL"]) as client:
        server = (await client.info("server"))["process_id"]
    one = fleet.balancer.bots["one"]
    os.kill(server, signal.SIGSTOP)
    try:
        one.signal(signal.SIGINT)
        assert await one.ended() < STOPS
    finally:
        os.kill(server, signal.SIGCONT)


async def test_a_running_process_reads_its_sources_again_when_it_is_asked(fleet: Fleet) -> None:
    await fleet.grows("one")
    (bot,) = fleet.balancer.bots.values()
    (fleet.folder / "sources.toml").write_text("[[source]]\nname = 'one'\nurl = 'http://127.0.0.1:9/feed'\n")
    bot.signal(signal.SIGHUP)
    fleet.devchat.people.says(ME, "/sources")
    while not any("127.0.0.1" in text or "one" in text for text in answers(fleet)):
        before = len(answers(fleet))
        await fleet.devchat.wait_for(lambda before=before: len(answers(fleet)) > before, 30)
        fleet.devchat.people.says(ME, "/sources")
    bot.signal(signal.SIGINT)
    await bot.ended()
    told = [json.loads(line) for line in (await bot.told()).splitlines()]
    assert [line["sources_added"] for line in told if line["event"] == "configuration read again"] == [["one"]]
