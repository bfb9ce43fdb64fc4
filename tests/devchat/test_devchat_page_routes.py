"""The page's own door lets in the page and nobody else."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

YOU, GROUP = 1001, -2001
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


async def test_whatever_people_do_can_be_done_on_the_page(devchat, session, api) -> None:
    async def does(act: str, **asked: object) -> Any:
        async with session.post(f"{devchat.url}/page/{act}", json=asked, headers=OURS) as answer:
            body = await answer.json()
            assert answer.status == 200, body
            return body["result"]

    amina = (await does("people", first_name="Amina", language_code="ar"))["id"]
    forum = await does("chats", type="supergroup", title="Club", is_forum=True)
    await does("join", chat=forum, person=amina, **{"as": YOU})
    topic = await does("create_topic", chat=forum, name="Sport")
    said = await does("say", chat=forum, text="/latest", thread=topic, **{"as": amina})
    assert (said["from"]["id"], said["message_thread_id"]) == (amina, topic)
    assert (await does("edit", chat=forum, message_id=said["message_id"], text="/start", **{"as": amina}))["edit_date"]
    await does("rename_topic", chat=forum, thread=topic, name="Football")
    await does("close_topic", chat=forum, thread=topic, closed=True)
    await does("delete_topic", chat=forum, thread=topic)
    await does("promote", chat=forum, person=amina, rights={"is_anonymous": True})
    assert (await does("say", chat=forum, text="/latest", **{"as": amina}))["sender_chat"]["id"] == forum
    await does("demote", chat=forum, person=amina)
    await does("restrict", chat=forum, person=amina, restricted=True, rights={"can_send_messages": True})
    await does("permit", chat=forum, permissions={"can_send_photos": False})
    await does("leave", chat=forum, person=amina, **{"as": YOU})
    assert devchat.chats.find(forum).stands(amina)["status"] == "kicked"
    location = await does("location", chat=YOU, latitude=33.57, longitude=-7.59)
    assert location["location"] == {"latitude": 33.57, "longitude": -7.59}
    passed_on = await does("forward", chat=amina, from_chat=YOU, message_id=location["message_id"])
    assert passed_on["forward_origin"]["sender_user"]["id"] == YOU
    group = await does("chats", type="group", title="Friends")
    assert (await does("upgrade", chat=group)) < -1_000_000_000_000
    club = await does("chats", type="supergroup", title="Others")
    await does("forum", chat=club)
    assert await does("start", payload="fed", **{"as": amina}) == amina
    assert await does("open", link="t.me/local_headline_bot?start=gold", **{"as": amina}) == amina
    assert devchat.texts(amina)[-2:] == ["/start fed", "/start gold"]


async def test_an_inline_query_is_asked_and_a_result_picked_on_the_page(devchat, session, api) -> None:
    async def does(act: str, **asked: object) -> Any:
        async with session.post(f"{devchat.url}/page/{act}", json=asked, headers=OURS) as answer:
            return (await answer.json())["result"]

    query = await does("inline", query="fed", chat=YOU)
    content = {"message_text": "Fed holds"}
    results = [{"type": "article", "id": "1", "title": "Fed", "input_message_content": content}]
    await api.call("answerInlineQuery", inline_query_id=query, results=results)
    assert (await does("pick", query_id=query, result_id="1"))["text"] == "Fed holds"


async def test_files_go_up_from_the_page_and_come_down_safely(devchat, session) -> None:
    async def uploads(name: str, data: bytes, mime: str, more: str = "") -> Any:
        address = f"{devchat.url}/page/upload?chat={YOU}&name={name}{more}"
        async with session.post(address, data=data, headers={**OURS, "Content-Type": mime}) as answer:
            return (await answer.json())["result"]

    async def comes_down(file: str) -> Any:
        async with session.get(f"{devchat.url}/page/file/{file}") as answer:
            return answer.headers, await answer.read()

    page = b"<script>alert(1)</script>"
    message = await uploads("a.html", page, "text/html", "&caption=/sources")
    assert (message["document"]["file_name"], message["caption"]) == ("a.html", "/sources")
    headers, data = await comes_down(message["document"]["file_id"])
    assert (data, headers["X-Content-Type-Options"], headers["Content-Security-Policy"]) == (page, "nosniff", "sandbox")
    assert headers["Content-Disposition"].startswith("attachment")
    picture = b"GIF89a\x07\x00\x05\x00" + b"\0" * 10
    photo = await uploads("a.gif", picture, "image/gif")
    headers, data = await comes_down(photo["photo"][0]["file_id"])
    assert (data, "Content-Disposition" in headers) == (picture, False)
    assert "document" in await uploads("a.gif", picture, "image/gif", "&as_file=1")
    async with session.get(f"{devchat.url}/page/file/none") as answer:
        assert answer.status == 404


async def test_a_picture_on_the_web_is_fetched_by_the_page(devchat, session, api) -> None:
    url = "https://pictures.example/a.jpg"
    sent = (await api.call("sendPhoto", chat_id=YOU, photo=url))["result"]
    address = f"{devchat.url}/page/file/{sent['photo'][0]['file_id']}"
    async with session.get(address, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (302, url)


async def test_a_chat_that_somebody_leaves_is_gone_from_their_page(devchat, session) -> None:
    amina = devchat.people.meets("Amina")["id"]
    since = devchat.chats.last_event
    devchat.people.joins(GROUP, amina)
    async with session.get(f"{devchat.url}/page/events?as={amina}&since={since}") as stream:
        opened = await _event(stream)
        assert (opened["kind"], opened["chat"]["id"], opened["chat"]["can_write"]) == ("chat", GROUP, True)
        assert (await _event(stream))["message"]["new_chat_members"][0]["id"] == amina
        devchat.people.blocks(YOU, blocked=True)  # another's chat: not heard of
        devchat.people.leaves(GROUP, amina)
        gone = await _event(stream)
        assert (gone["kind"], gone["chat"]) == ("gone", GROUP)


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
        ("people", {"first_name": " "}),
        ("say", {"chat": YOU, "text": "hello", "as": 77}),
        ("say", {"chat": YOU, "text": "hello", "as": "x"}),
        ("join", {"chat": -2001, "person": 77}),
        ("promote", {"chat": -2001, "person": 77}),
        ("restrict", {"chat": -2001}),
        ("create_topic", {"chat": -2001, "name": "a"}),
        ("location", {"chat": YOU, "latitude": "here", "longitude": 0}),
        ("pick", {"query_id": "1", "result_id": "1"}),
        ("open", {"link": "https://elsewhere.example"}),
        ("open", {"link": "https://[broken"}),
        ("forward", {"chat": YOU, "from_chat": -2001, "message_id": 1}),
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
