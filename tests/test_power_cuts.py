"""The conscience of the house: cut the power before and after every single call to Redis and to Telegram.

A walk of two headlines (one of them published by another program) to three chats is counted once undisturbed, and once
with trouble on the way: Telegram stumbles over one chat, and a group turns out to have become a supergroup. So is one
in which the titles of the headlines are corrected after they were told, one in which a story grows, and one to chats
that hold what they are owed: one has quiet hours, one a digest, one a pause. Then each is walked again for every call,
with the power cut just before or just after that call: the process and all that it held in memory is gone, Redis and
Telegram live on. A new process takes over. Nothing may be lost, and nothing may come twice but a message that was on
the wire at that moment.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import time, timedelta
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.lines import Lines
from bot.delivery.request import AiohttpRequest
from bot.devchat.faults import Fault
from bot.devchat.refusals import Refusal
from bot.news.answers import Caller
from bot.news.model import ChatKind
from bot.news.preferences import Digest, Preferences, Quiet
from bot.store.database import Database
from bot.store.keys import MAIL, of_chat
from bot.workers.hands import Hands
from tests.world import World, world_on

CHATS = (101, 102, 103)
GROUP = -2105
SAID = ("Fed holds its rate", "Fed chair speaks of the rate")
CORRECTED = ("Fed raises its rate", "Fed chair is silent about the rate")


class PowerCut(BaseException):
    """The process is no more. Not an Exception: nothing in the house may catch it and go on."""


class Mains:
    """Counts the calls that leave the process, and cuts the power at one of them."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.cut_at: tuple[int, str] | None = None
        self.off = False
        self.counting = False

    async def through(self, name: str, call: Callable[[], Awaitable[Any]]) -> Any:
        if self.off:
            raise PowerCut
        if not self.counting:
            return await call()
        number = len(self.calls)
        self.calls.append(name)
        if self.cut_at == (number, "before"):
            self.off = True
            raise PowerCut
        answer = await call()
        if self.off or self.cut_at == (number, "after"):
            self.off = True
            raise PowerCut
        return answer


@pytest.fixture
def mains(monkeypatch: pytest.MonkeyPatch) -> Mains:
    """The three doors through which every call leaves, with a fuse in each (the one patch of this suite)."""
    mains = Mains()
    trip, send, post = Database.trip, AiohttpRequest.do_request, Lines.post

    async def fused_trip(self: Database, exchange: Callable[[], Awaitable[Any]]) -> Any:
        return await mains.through("redis", lambda: trip(self, exchange))

    async def fused_send(self: AiohttpRequest, *args: Any, **kwargs: Any) -> Any:
        method = str(kwargs.get("url") or args[0]).rpartition("/")[2]
        return await mains.through(f"telegram {method}", lambda: send(self, *args, **kwargs))

    async def fused_post(self: Lines, method: str, body: bytes) -> Any:
        return await mains.through(f"telegram {method}", lambda: post(self, method, body))

    monkeypatch.setattr(Database, "trip", fused_trip)
    monkeypatch.setattr(Lines, "post", fused_post)
    monkeypatch.setattr(AiohttpRequest, "do_request", fused_send)
    return mains


async def prepared(world: World, *, trouble: bool = False) -> None:
    """Three chats that follow the Fed, one of them twice over; a headline on the site, and one from elsewhere."""
    async with world.app() as app:
        if trouble:
            world.devchat.chats.open({"id": GROUP, "type": "group", "title": "Moving"})
        for chat in (*CHATS, GROUP) if trouble else CHATS:
            await world.joins(app, chat)
            await world.follows(app, chat, "fed")
        await world.follows(app, CHATS[0], "rate")
        await app.workers.round()  # the first look at the site: what stands there is backlog
        world.clock.tick(minutes=10)
        world.site.says(SAID[0])
        elsewhere = {"title": SAID[1], "url": f"{world.site.url}/from-elsewhere", "lang": "en"}
        await app.stores.database.call("XADD", "news:latest", "*", *chain.from_iterable(elsewhere.items()))
    if trouble:
        world.devchat.people.upgrades(GROUP)
        world.devchat.breaks(Fault(Refusal(502, "Bad Gateway"), chat=CHATS[1]))


def readers(world: World) -> list[int]:
    """Where headlines are to arrive: the group under its new id."""
    moved = world.devchat.chats.by_id[GROUP].moved_to if GROUP in world.devchat.chats.by_id else None
    return [*CHATS, *([moved] if moved else [])]


async def walk(world: World, mains: Mains, held_for: timedelta = timedelta()) -> frozenset[int]:
    """Everything between two headlines being said and the last chat having been told, by one process.

    Chats may hold what they are owed for so long; then it is told.
    Gives the chats that were written to without that having been ticked off when the power went.
    """
    async with world.app() as app:
        mains.counting = True
        try:
            await app.workers.round()
            await app.workers.gardener.step()
            if held_for:
                world.clock.tick(seconds=held_for.total_seconds())
                await app.workers.round()
        except BaseExceptionGroup as group:
            if not group.subgroup(PowerCut):
                raise
        except PowerCut:
            pass
        mains.counting = mains.off = False
        chats = readers(world)
        mailboxes = [await app.stores.database.call("EXISTS", of_chat(MAIL, chat)) for chat in chats]
    return frozenset(chat for chat, mail in zip(chats, mailboxes, strict=True) if mail and world.devchat.texts(chat))


async def recovered(world: World, held_for: timedelta = timedelta()) -> None:
    """A process that only sends and goes on; new ones that do all, after the leases of the old one have run out."""
    world.clock.tick(seconds=held_for.total_seconds())
    async with world.app() as app:
        busy = True
        while busy:
            async with asyncio.TaskGroup() as group:
                busy = await app.workers.sender.step(Hands(group))
    for _ in range(2):
        world.clock.tick(minutes=3)
        async with world.app() as app:
            await app.workers.round()


def told(world: World) -> Counter[tuple[int, str]]:
    """How often each chat was told each headline."""
    return Counter({(chat, title): world.told(chat, title) for chat in readers(world) for title in SAID})


async def test_undisturbed_every_chat_is_told_every_headline_once_and_in_one_message(
    redis_url: str, tmp_path: Path, mains: Mains
) -> None:
    async with world_on(redis_url, tmp_path) as world:
        await prepared(world)
        assert await walk(world, mains) == frozenset()
        await recovered(world)
        assert set(told(world).values()) == {1}
        assert mains.calls.count("telegram sendMessage") == len(CHATS)
        assert mains.calls.count("redis") > 20


async def told_before(world: World) -> None:
    """Everybody was told both headlines; then the site corrects the one, and another program the other."""
    await prepared(world)
    async with world.app() as app:
        await app.workers.round()
        world.clock.tick(minutes=10)
        world.site.corrects("story-1", CORRECTED[0])
        elsewhere = {"title": CORRECTED[1], "url": f"{world.site.url}/from-elsewhere", "lang": "en"}
        await app.stores.database.call("XADD", "news:latest", "*", *chain.from_iterable(elsewhere.items()))


async def told_by_one(world: World) -> None:
    """Everybody was told both headlines; then two more sources tell the first one's story."""
    await prepared(world)
    async with world.app() as app:
        await app.workers.round()
        world.clock.tick(minutes=10)
        for name in ("second", "third"):
            again = {"title": SAID[0], "url": f"https://{name}.example/1", "source": name, "lang": "en"}
            await app.stores.database.call("XADD", "news:latest", "*", *chain.from_iterable(again.items()))


async def cuts(
    redis_url: str,
    empty: Callable[[], None],
    folder: Path,
    mains: Mains,
    prepare: Callable[[World], Awaitable[None]],
    held_for: timedelta = timedelta(),
) -> AsyncIterator[tuple[World, frozenset[int], str]]:
    """The same walk for each call that it makes, cut before and after it, and what a new process made of that.

    Gives the world, the chats that were written to without that having been ticked off, and where the cut was.
    """
    for number, side in ((number, side) for number in count() for side in ("before", "after")):
        empty()
        mains.calls, mains.cut_at = [], (number, side)
        async with world_on(redis_url, folder / f"{number}-{side}") as world:
            await prepare(world)
            on_the_wire = await walk(world, mains, held_for)
            if len(mains.calls) <= number:
                break  # the walk has no call of that number: all were cut
            await recovered(world, held_for)
            yield world, on_the_wire, f"a cut {side} call {number} ({mains.calls[number]})"
    assert number > 20


@pytest.mark.parametrize("trouble", [False, True], ids=["smooth", "troubled"])
@pytest.mark.timeout(900)
async def test_a_power_cut_at_any_call_loses_nothing_and_doubles_only_what_was_on_the_wire(
    redis_url: str, empty: Callable[[], None], tmp_path: Path, mains: Mains, trouble: bool
) -> None:
    prepare = partial(prepared, trouble=trouble)
    async for world, on_the_wire, where in cuts(redis_url, empty, tmp_path, mains, prepare):
        counts = told(world)
        assert min(counts.values()) >= 1, f"{where} lost something: {counts}"
        doubled = {chat for (chat, _), times in counts.items() if times > 1}
        assert doubled <= on_the_wire, f"{where} doubled what had been ticked off: {counts}"
        assert max(counts.values()) <= 2, f"{where}: {counts}"


@pytest.mark.timeout(900)
async def test_a_power_cut_while_titles_are_corrected_leaves_every_title_right_and_doubles_nothing(
    redis_url: str, empty: Callable[[], None], tmp_path: Path, mains: Mains
) -> None:
    async for world, _, where in cuts(redis_url, empty, tmp_path, mains, told_before):
        for chat in CHATS:
            texts = world.devchat.texts(chat)
            assert [sum(title in text for text in texts) for title in CORRECTED] == [1, 1], f"{where}: {texts}"
            assert not any(title in text for text in texts for title in SAID), f"{where}: {texts}"


@pytest.mark.timeout(900)
async def test_a_power_cut_while_a_story_grows_tells_it_nobody_again_and_everybody_by_how_many(
    redis_url: str, empty: Callable[[], None], tmp_path: Path, mains: Mains
) -> None:
    async for world, _, where in cuts(redis_url, empty, tmp_path, mains, told_by_one):
        for chat in CHATS:
            texts = world.devchat.texts(chat)
            assert [sum(title in text for text in texts) for title in SAID] == [1, 1], f"{where}: {texts}"
            assert sum("3 sources: small, second, third" in text for text in texts) == 1, f"{where}: {texts}"


async def holding(world: World) -> None:
    """It is ten past twelve, and everybody holds what they are owed until half past: each for a reason of its own."""
    await prepared(world)
    noon = world.clock.now().replace(minute=0)
    reasons = (
        Preferences(quiet=Quiet(time(12), time(12, 30))),
        Preferences(digest=Digest((time(12, 30), time(12, 36)))),
        Preferences(paused_until=noon + timedelta(minutes=30)),
    )
    async with world.app() as app:
        for chat, reason in zip(CHATS, reasons, strict=True):
            chosen = partial(_with, reason)
            await app.desk.preferences.change(Caller(chat, ChatKind.PRIVATE), chosen)


def _with(reason: Preferences, now: Preferences) -> Preferences:
    return replace(reason, told_lang=now.told_lang)


async def test_undisturbed_what_is_held_comes_in_one_message_when_its_time_has_come(
    redis_url: str, tmp_path: Path, mains: Mains
) -> None:
    async with world_on(redis_url, tmp_path) as world:
        await holding(world)
        await walk(world, mains)
        assert set(told(world).values()) == {0}
        world.clock.tick(minutes=20)
        await recovered(world)
        assert set(told(world).values()) == {1}
        assert [len(world.devchat.texts(chat)) for chat in CHATS] == [1, 1, 1]


@pytest.mark.timeout(900)
async def test_a_power_cut_while_news_are_held_loses_nothing_and_doubles_only_what_was_on_the_wire(
    redis_url: str, empty: Callable[[], None], tmp_path: Path, mains: Mains
) -> None:
    async for world, on_the_wire, where in cuts(redis_url, empty, tmp_path, mains, holding, timedelta(minutes=21)):
        counts = told(world)
        assert min(counts.values()) >= 1, f"{where} lost something: {counts}"
        doubled = {chat for (chat, _), times in counts.items() if times > 1}
        assert doubled <= on_the_wire, f"{where} doubled what had been ticked off: {counts}"
        assert max(counts.values()) <= 2, f"{where}: {counts}"
