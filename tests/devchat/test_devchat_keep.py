"""Chats survive a restart, and so does what the bot was not told yet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import orjson
import pytest

from bot.devchat.server import DevChat

YOU, GROUP, CHANNEL = 1001, -2001, -1002000000001


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


async def test_people_groups_topics_and_files_survive_a_restart(starts) -> None:
    first = await starts()
    amina = first.people.meets("Amina", language_code="ar")["id"]
    forum = first.people.opens("supergroup", "Club", is_forum=True).id
    first.people.joins(forum, amina)
    first.people.promotes(forum, amina, is_anonymous=True)
    topic = first.people.creates_topic(forum, "Sport")
    sent = first.people.sends_file(amina, "my feeds~1.opml", b"<opml/>", mime="text/x-opml")
    await first.stop()
    second = await starts()
    assert second.chats.people[amina]["language_code"] == "ar"
    assert second.chats.find(forum).stands(amina)["is_anonymous"]
    second.people.says(forum, "/latest", person=amina, thread=topic)
    said = list(second.chats.find(forum).messages.values())[-1]
    assert (said["message_thread_id"], said["chat"]["is_forum"]) == (topic, True)
    file = second._desk.files.get(sent["document"]["file_id"])
    assert (file.name, file.mime, file.data) == ("my feeds~1.opml", "text/x-opml", b"<opml/>")


async def test_what_the_bot_said_of_itself_survives_a_restart(starts) -> None:
    first = await starts()
    first._desk.profile.write("description", {"description": "News as it happens"})
    first._desk.profile.command({"commands": [{"command": "latest", "description": "News"}]})
    await first.stop()
    second = await starts()
    assert second._desk.profile.text("description", "fr") == "News as it happens"
    assert second._desk.profile.menu(second.chats.find(YOU), {"id": YOU})[0]["command"] == "latest"


async def test_a_file_from_before_there_were_several_people_opens(starts, tmp_path) -> None:
    def old(about: dict, status: str, **more: object) -> dict:
        message = {"message_id": 1, "date": 1, "chat": about, "text": "hello"}
        kept = {"about": about, "blocked": False, "bot_status": status, "moved_to": None, "messages": [message]}
        return {**kept, **more}

    other = {"id": 1002, "type": "private", "first_name": "Amina"}
    chats = [
        old({"id": YOU, "type": "private", "first_name": "You", "username": "you"}, "kicked", blocked=True),
        old({"id": GROUP, "type": "group", "title": "News group"}, "member"),
        old({"id": CHANNEL, "type": "channel", "title": "News channel"}, "administrator", shut=""),
        old(other, "member"),
    ]
    kept = {"chats": chats, "last_message": 7, "updates": [], "last_update": 3}
    (tmp_path / "devchat.json").write_bytes(orjson.dumps(kept))
    devchat = await starts()
    assert devchat.texts(GROUP) == ["hello"]
    assert devchat.chats.find(YOU).blocked
    assert devchat.people.says(1002, "hello")["from"]["first_name"] == "Amina"
    assert devchat.people.says(GROUP, "/latest")["message_id"] > 7
    assert devchat.chats.find(CHANNEL).stands(YOU)["status"] == "creator"


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
