"""The page's own door lets in the page and nobody else."""

from __future__ import annotations

import asyncio
import json

import pytest

YOU = 1001
OURS = {"X-Devchat": "1"}


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example"]
)
@pytest.mark.parametrize("path", ["/", "/page/state", "/page/events"])
async def test_a_foreign_name_gets_nothing(devchat, session, host, path) -> None:
    async with session.get(devchat.url + path, headers={"Host": host}) as answer:
        assert answer.status == 403
    async with session.post(f"{devchat.url}/page/say", json={}, headers={"Host": host, **OURS}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("host", ["localhost", "localhost:8081", "127.0.0.1:8081", "[::1]:8081"])
async def test_the_page_is_opened_by_number_or_as_localhost(devchat, session, host) -> None:
    async with session.get(f"{devchat.url}/page/state", headers={"Host": host}) as answer:
        assert answer.status == 200


async def test_another_sites_form_does_nothing(devchat, session) -> None:
    async with session.post(f"{devchat.url}/page/say", json={"chat": YOU, "text": "hello"}) as answer:
        assert answer.status == 403
    assert devchat.texts(YOU) == []


async def test_a_browser_cannot_speak_for_the_bot(devchat, session) -> None:
    for header in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        asked = {"chat_id": str(YOU), "text": "hello"}
        async with session.post(f"{devchat.url}/bot1:for-tests/sendMessage", data=asked, headers=header) as answer:
            assert answer.status == 403
    assert devchat.texts(YOU) == []


async def test_people_type_and_block_and_clear_on_the_page(devchat, session) -> None:
    async def does(act: str, **asked: object) -> int:
        async with session.post(f"{devchat.url}/page/{act}", json=asked, headers=OURS) as answer:
            return answer.status

    assert await does("say", chat=YOU, text="hello") == 200
    assert devchat.texts(YOU) == ["hello"]
    assert await does("block", chat=YOU, blocked=True) == 200
    assert devchat.chats.find(YOU).blocked
    assert await does("clear", chat=YOU) == 200
    assert devchat.texts(YOU) == []
    assert await does("chats", type="group", title="Friends") == 200
    assert await does("dance") == 404


@pytest.mark.parametrize(
    ("act", "asked"),
    [
        ("say", {}),
        ("say", []),
        ("say", {"chat": YOU, "text": " "}),
        ("say", {"chat": YOU, "text": "a" * 4097}),
        ("say", {"chat": 99, "text": "hello"}),
        ("tap", {"chat": YOU, "message_id": 1, "data": "x"}),
        ("chats", {"type": "castle", "title": "Friends"}),
    ],
)
async def test_nonsense_is_answered_with_a_reason(devchat, session, act, asked) -> None:
    async with session.post(f"{devchat.url}/page/{act}", json=asked, headers=OURS) as answer:
        assert answer.status == 400
        assert (await answer.json())["error"]


@pytest.mark.parametrize("name", ["../server.py", "..%2fserver.py", "nothing.js"])
async def test_only_the_pages_files_are_served(devchat, session, name) -> None:
    async with session.get(f"{devchat.url}/page/{name}") as answer:
        assert answer.status == 404


async def test_events_are_told_as_they_happen_and_caught_up_after_a_pause(devchat, session) -> None:
    since = devchat.chats.last_event
    devchat.people.says(YOU, "one")
    async with session.get(f"{devchat.url}/page/events?since={since}") as stream:
        assert (await _event(stream))["message"]["text"] == "one"
        devchat.people.says(YOU, "two")
        assert (await _event(stream))["message"]["text"] == "two"


@pytest.mark.parametrize("since", ["0", "99999999999999999", "nonsense"])
async def test_a_page_that_is_too_far_behind_reads_everything_again(devchat, session, since) -> None:
    devchat.people.says(YOU, "one")
    async with session.get(f"{devchat.url}/page/events", headers={"Last-Event-ID": since}) as stream:
        assert await _event(stream) == {"kind": "reload"}


async def _event(stream) -> dict:
    async with asyncio.timeout(5):
        async for line in stream.content:
            if line.startswith(b"data: "):
                return json.loads(line.removeprefix(b"data: "))
    raise AssertionError("the stream ended")
