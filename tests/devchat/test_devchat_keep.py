"""Chats survive a restart, and so does what the bot was not told yet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.devchat.server import DevChat

YOU = 1001


@pytest.fixture
async def starts(tmp_path: Path, clock) -> AsyncIterator[Callable[[], Awaitable[DevChat]]]:
    """Starts a small Telegram on the file that the ones before it left."""
    started: list[DevChat] = []

    async def start() -> DevChat:
        devchat = DevChat(clock=lambda: clock.now().timestamp(), keep=tmp_path / "devchat.json")
        started.append(devchat)
        await devchat.start()
        return devchat

    yield start
    for devchat in started:
        await devchat.stop()


async def test_chats_and_messages_survive_a_restart(starts) -> None:
    first = await starts()
    first.people.says(YOU, "hello")
    first.people.opens("group", "Friends")
    first.people.blocks(YOU, blocked=True)
    await first.stop()
    await first.stop()  # twice is allowed
    second = await starts()
    assert second.texts(YOU) == ["hello"]
    assert second.chats.find(YOU).blocked
    assert "Friends" in {chat.about.get("title") for chat in second.chats.by_id.values()}


async def test_numbers_go_on_after_a_restart_even_if_everything_was_deleted(starts, clock) -> None:
    first = await starts()
    last = first.people.says(YOU, "hello")["message_id"]
    (told,) = await first._updates.get(0, 100, 0, None)
    event = first.chats.last_event
    first.people.clears(YOU)
    await first.stop()
    clock.tick(seconds=1)
    second = await starts()
    assert second.people.says(YOU, "again")["message_id"] > last
    assert second.chats.last_event > event
    assert (await second._updates.get(told["update_id"] + 1, 100, 0, None))[0]["message"]["text"] == "again"


async def test_what_the_bot_was_not_told_is_told_after_the_restart(starts) -> None:
    first = await starts()
    first.people.says(YOU, "/subscribe fed")
    await first.stop()
    second = await starts()
    (update,) = await second._updates.get(0, 100, 0, None)
    assert update["message"]["text"] == "/subscribe fed"


async def test_one_that_is_never_asked_to_stop_has_written_down_what_was_said_before(starts, tmp_path) -> None:
    killed = await starts()
    await asyncio.sleep(0)
    killed.people.says(YOU, "hello")
    async with asyncio.timeout(5):
        while b"hello" not in (tmp_path / "devchat.json").read_bytes():  # noqa: ASYNC110 - a file has no event
            await asyncio.sleep(0)
    second = await starts()
    assert second.texts(YOU) == ["hello"]


async def test_a_file_that_cannot_be_read_is_begun_anew(starts, tmp_path) -> None:
    for broken in (b"", b"[]", b'{"chats": [{"about": 1}]}', b'{"chats": 7}', b"\xff"):
        (tmp_path / "devchat.json").write_bytes(broken)
        devchat = await starts()
        assert devchat.texts(YOU) == []
        await devchat.stop()
