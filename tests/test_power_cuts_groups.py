"""The power is cut at every call: while a forum is told by threads, while one is gone, while a group moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from bot.app import App
from bot.devchat.server import said_in
from bot.news.answers import Caller
from bot.news.identity import topic_id
from bot.news.model import ChatKind
from bot.news.threads import placed
from bot.news.topics import canonical, parse
from bot.store.outbox import LEASE
from tests import test_power_cuts as power
from tests.test_power_cuts import Mains, PowerCut, cuts
from tests.workers.walks import ADMIN
from tests.world import World, world_on

mains = power.mains  # the same fuses

FED, OIL = "Fed holds its rate", "Oil falls again"
WORDS = ("fed", "oil")
GROUP, SUPERGROUP = -2105, -1002000002105


def ident(words: str) -> str:
    return topic_id(canonical(parse(words)))


def forum_of(world: World) -> int:
    return next(chat.id for chat in world.devchat.chats.by_id.values() if chat.about.get("is_forum"))


async def forum(world: World, *, gone: bool = False) -> None:
    """A forum with a thread for each of two topics; a headline for each of them; the second's thread may be gone."""
    people = world.devchat.people
    chat = people.opens("supergroup", "Traders", is_forum=True).id
    threads = {ident(words): people.creates_topic(chat, words) for words in WORDS}
    async with world.app() as app:
        await world.joins(app, ADMIN)
        for words in WORDS:
            await _follows(app, chat, words, threads)
        await app.workers.round()
    world.clock.tick(minutes=10)
    for title in (FED, OIL):
        world.site.says(title)
    if gone:
        people.deletes_topic(chat, threads[ident("oil")])


async def _follows(app: App, chat: int, words: str, threads: dict[str, int]) -> None:
    who, thread = Caller(chat, ChatKind.SUPERGROUP, "Traders"), threads[ident(words)]
    await app.desk.wishes.subscribe(who, words)
    await app.desk.preferences.change(who, lambda now: placed(now, ident(words), thread, threads))


def places(world: World, title: str) -> list[str]:
    """The names of the threads in which a title stands, a name a message."""
    chat = world.devchat.chats.by_id[forum_of(world)]
    found = [m.get("message_thread_id", 1) for m in chat.messages.values() if title in said_in(m)]
    return [chat.threads[thread]["name"] for thread in found]


@pytest.mark.timeout(900)
async def test_a_power_cut_between_threads_loses_nothing_and_mixes_nothing(
    redis_url: str, empty: Callable[[], None], tmp_path: Path, mains: Mains
) -> None:
    async for world, _, where in cuts(redis_url, empty, tmp_path, mains, forum):
        told = {title: places(world, title) for title in (FED, OIL)}
        assert set(told[FED]) == {"fed"}, f"{where}: {told}"
        assert set(told[OIL]) == {"oil"}, f"{where}: {told}"
        assert len(told[FED]) + len(told[OIL]) <= 3, f"{where} doubled more than what was on the wire: {told}"


@pytest.mark.timeout(900)
async def test_a_power_cut_while_a_thread_is_found_to_be_gone_loses_nothing(
    redis_url: str, empty: Callable[[], None], tmp_path: Path, mains: Mains
) -> None:
    async for world, _, where in cuts(redis_url, empty, tmp_path, mains, partial(forum, gone=True)):
        world.clock.tick(minutes=3)  # a thread, the other one, and what was found out between them
        async with world.app() as app:
            await app.workers.round()
        told = {title: places(world, title) for title in (FED, OIL)}
        assert set(told[FED]) == {"fed"}, f"{where}: {told}"
        assert set(told[OIL]) == {"General"}, f"{where}: {told}"
        heard = [text for text in world.devchat.texts(ADMIN) if "closed or gone" in text]
        assert 1 <= len(heard) <= 2, f"{where}: {heard}"


async def _move(app: App, mains: Mains) -> bool:
    """The move, with the fuses in; whether it went through."""
    mains.counting = True
    try:
        await app.desk.door.move(GROUP, SUPERGROUP)
    except PowerCut:
        return False
    finally:
        mains.counting = mains.off = False
    return True


@pytest.mark.timeout(900)
async def test_a_power_cut_while_a_group_moves_loses_nothing_of_it(
    redis_url: str, empty: Callable[[], None], tmp_path: Path, mains: Mains
) -> None:
    for number, side in ((number, side) for number in count() for side in ("before", "after")):
        empty()
        mains.calls, mains.cut_at = [], (number, side)
        async with world_on(redis_url, tmp_path / f"{number}-{side}") as world, world.app() as app:
            who = Caller(GROUP, ChatKind.GROUP, "Traders", "fr")
            await app.desk.wishes.subscribe(who, "oil")
            await app.desk.preferences.change(who, lambda now: replace(now, silent=True))
            await app.stores.outbox.owe("h1", [ident("oil")], world.clock.now())
            if await _move(app, mains):
                break
            await app.stores.outbox.owe("h2", [ident("oil")], world.clock.now())
            await app.desk.door.move(GROUP, SUPERGROUP)
            drawn = await app.stores.outbox.draw(10, world.clock.now(), LEASE)
            chosen = await app.desk.preferences.of(SUPERGROUP)
            assert [w.expression for w in await app.desk.wishes.topics(SUPERGROUP)] == ["oil"], (number, side)
            assert (chosen.silent, chosen.told_lang) == (True, "fr"), (number, side)
            assert [(box.chat, {owed.name for owed in box.owed}) for box in drawn] == [(SUPERGROUP, {"h1", "h2"})]
            assert await app.stores.database.call("KEYS", f"*:{GROUP}") == []
    assert number > 3
