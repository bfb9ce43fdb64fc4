"""The page that is open hears what is new: one look for all who watch, never too many of them, and an end in time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import aiohttp
import pytest

from bot.ops.http import serving
from bot.ops.live import Pace
from bot.ops.status import Status
from tests.ops.conftest import STATUS, SmallHouse
from tests.statuses import with_sources

QUICK = Pace(every=timedelta(milliseconds=5), longest=timedelta(milliseconds=20))
# Nobody waits so long: what takes it is broken.
BROKEN = 20


@dataclass
class Looked(SmallHouse):
    """The small house, which counts how often it was looked at; each time one chat more is there."""

    looks: int = 0

    async def _status(self) -> Status:
        self.looks += 1
        return replace(await super()._status(), chats=self.looks)


@dataclass
class Veiled(Looked):
    """The same, seen once each time that the veil is lifted."""

    veil: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def _status(self) -> Status:
        await self.veil.acquire()
        return await super()._status()


@asynccontextmanager
async def open_house(house: SmallHouse, pace: Pace = QUICK) -> AsyncIterator[aiohttp.ClientSession]:
    async with (
        asyncio.timeout(BROKEN),
        serving("127.0.0.1", 0, house.doors(), pace) as url,
        aiohttp.ClientSession(url) as visitor,
    ):
        yield visitor


async def heard(answer: aiohttp.ClientResponse) -> dict[str, str]:
    """The next event; of a heartbeat nothing."""
    line = (await answer.content.readuntil(b"\n\n")).decode()
    return json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}


async def test_who_watches_first_hears_everything_and_then_what_has_changed():
    async with open_house(Looked()) as visitor, visitor.get("/events") as answer:
        assert (answer.status, answer.content_type) == (200, "text/event-stream")
        first, second = await heard(answer), await heard(answer)
    assert {"summary", "now", "day", "headlines", "sources", "steps"} <= first.keys()
    assert second.keys() == {"now"}
    assert second["now"] != first["now"]


async def test_all_who_watch_share_one_look():
    house = Veiled()
    async with open_house(house) as visitor, AsyncExitStack() as stack:
        answers = [await stack.enter_async_context(visitor.get("/events")) for _ in range(8)]
        for looks in (1, 2):
            house.veil.release()
            told = [await heard(answer) for answer in answers]
            assert len({each["now"] for each in told}) == 1
            assert house.looks == looks


async def test_where_nobody_watches_nobody_looks():
    house = Looked()
    async with open_house(house) as visitor:
        async with visitor.get("/healthz"):
            assert house.looks == 0
        async with visitor.get("/events") as answer:
            await heard(answer)
        looks = [0, house.looks]
        while looks[-1] != looks[-2]:  # who has left is noticed when there is something to tell
            looks.append(house.looks)
            for _ in range(20):
                async with visitor.get("/healthz"):
                    pass
    assert looks[-1] < 100


async def test_no_more_than_so_many_watch_and_who_leaves_makes_room():
    house = Looked()
    async with open_house(house, replace(QUICK, most=2)) as visitor:
        async with visitor.get("/events") as one, visitor.get("/events") as two:
            assert (one.status, two.status) == (200, 200)
            async with visitor.get("/events") as third:
                assert (third.status, third.headers["Retry-After"]) == (503, "30")
            async with visitor.get("/") as page:
                assert page.status == 200
            one.close()
        statuses = [503]
        while statuses[-1] == 503:
            async with visitor.get("/events") as later:
                statuses.append(later.status)
        assert statuses[-1] == 200


async def test_who_takes_nothing_in_is_given_up():
    house = SmallHouse(status=with_sources(3000))
    pace = replace(QUICK, most=1, patience=timedelta(milliseconds=100))

    async def changing() -> Status:
        house.status = replace(house.status, sources=house.status.sources[::-1])
        return house.status

    doors = replace(house.doors(), status=changing)
    async with asyncio.timeout(BROKEN), serving("127.0.0.1", 0, doors, pace) as url, aiohttp.ClientSession(url) as some:
        port = int(url.rpartition(":")[2])
        ear, deaf = await asyncio.open_connection("127.0.0.1", port, limit=1)
        deaf.write(b"GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
        assert await ear.read(12) == b"HTTP/1.1 200"
        async with some.get("/events") as early:
            statuses = [early.status]
        assert statuses == [503]
        while statuses[-1] == 503:
            async with some.get("/events") as answer:
                statuses.append(answer.status)
        assert statuses[-1] == 200
        deaf.close()


async def test_when_redis_goes_away_the_open_page_says_so_and_goes_on_when_it_is_back():
    house = Looked()
    async with open_house(house) as visitor, visitor.get("/events") as answer:
        await heard(answer)
        house.away = True
        while not (told := await heard(answer)) or "Redis" not in told.get("summary", ""):
            pass
        assert "Redis: connection refused. What stands below is not up to date." in told["summary"]
        house.away = False
        while "Redis and Telegram answer." not in (await heard(answer)).get("summary", ""):
            pass
        assert "Chats" in (await heard(answer))["now"]


async def test_while_redis_is_away_it_is_asked_less_and_less_often():
    house = Looked(away=True)
    pace = replace(QUICK, longest=timedelta(hours=1), heartbeat=timedelta(milliseconds=300))
    async with open_house(house, pace) as visitor, visitor.get("/events") as answer:
        told = [await heard(answer) for _ in range(8)]
    assert any(told), "why there is nothing to hear is said once"
    assert house.looks <= 12, "5 ms, doubled each time, are seconds after ten looks"


async def test_where_nothing_changes_a_heartbeat_says_that_we_are_still_there():
    pace = replace(QUICK, every=timedelta(hours=1), heartbeat=timedelta(milliseconds=10))
    async with open_house(SmallHouse(), pace) as visitor, visitor.get("/events") as answer:
        assert [await heard(answer) for _ in range(3)] == [{}, {}, {}]


async def test_a_stop_does_not_wait_for_those_who_watch():
    pace = replace(QUICK, every=timedelta(hours=1), heartbeat=timedelta(hours=1))
    async with AsyncExitStack() as stack, asyncio.timeout(BROKEN):
        visitor = await stack.enter_async_context(open_house(SmallHouse(), QUICK))
        async with serving("127.0.0.1", 0, SmallHouse().doors(), pace) as url:
            quiet = await visitor.get(f"{url}/events")
        assert await quiet.read() == b":\n\n", "it ended, and not broken off"


@pytest.mark.parametrize("method", ["HEAD", "POST"])
async def test_only_who_means_to_watch_takes_up_a_place(method):
    async with open_house(SmallHouse(status=STATUS)) as visitor, visitor.request(method, "/events") as answer:
        assert answer.status == 405
