"""The operator's server in front of the whole house: what it says is so, and what is brought to it arrives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import aiohttp
import pytest

from bot.app import App
from bot.devchat.chats import YOU
from bot.doors import doors_of
from bot.ops.http import serving
from bot.store.database import Database
from bot.store.stores import Stores
from tests.world import World, world_on

READER = 7
BEARER = {"Authorization": "Bearer pass-word"}
SECRET = {"X-Telegram-Bot-Api-Secret-Token": "shown-secret"}


@dataclass(frozen=True)
class Front:
    """The world, the app in it, and somebody before its HTTP server."""

    world: World
    app: App
    visitor: aiohttp.ClientSession


@asynccontextmanager
async def standing(world: World, *, answers: bool = True) -> AsyncIterator[Front]:
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(world.app())
        url = await stack.enter_async_context(serving("127.0.0.1", 0, doors_of(app, answers=answers)))
        yield Front(world, app, await stack.enter_async_context(aiohttp.ClientSession(url)))


@pytest.fixture
async def front(redis_url: str, tmp_path: Path) -> AsyncIterator[Front]:
    async with world_on(redis_url, tmp_path) as world:
        settings = world.settings
        world.settings = replace(
            settings,
            publish_token="pass-word",
            webhook_url="https://bot.example/telegram",
            webhook_secret="shown-secret",
        )
        async with standing(world) as front:
            yield front


async def ready(front: Front) -> tuple[int, str]:
    async with front.visitor.get("/readyz") as answer:
        return answer.status, await answer.text()


async def test_a_house_where_all_is_well_is_ready_when_telegram_knows_where_it_stands(front):
    status, said = await ready(front)
    assert (status, said.split(":")[0]) == (503, "Updates are not taken in yet")
    stop, settings = asyncio.Event(), front.world.settings
    answering = asyncio.create_task(
        front.app.intake.answer(stop, webhook=settings.webhook_url, secret=settings.webhook_secret)
    )
    async with asyncio.timeout(30):
        while (now := await ready(front))[0] != 200:
            assert now == (status, said)
    assert now == (200, "ok\n")
    stop.set()
    await answering


async def test_who_is_not_called_is_ready_without_that(front):
    async with standing(front.world, answers=False) as sender:
        assert await ready(sender) == (200, "ok\n")


async def test_it_is_not_ready_when_telegram_does_not_answer(front):
    await front.world.devchat.stop()
    async with front.visitor.get("/readyz") as answer:
        assert answer.status == 503
        assert "Telegram" in await answer.text()


async def test_it_is_not_ready_when_telegram_does_not_know_the_token(front):
    bot = replace(front.world.settings, token="1:revoked")
    front.world.settings = bot
    async with standing(front.world, answers=False) as other:
        assert await ready(other) == (503, "Telegram does not know the token.\n")


async def test_it_is_not_ready_when_redis_does_not_answer(front, tmp_path):
    gone = Database.connect(f"unix://{tmp_path}/nobody.sock")
    app = replace(front.app, stores=replace(front.app.stores, database=gone))
    async with (
        serving("127.0.0.1", 0, doors_of(app, answers=True)) as url,
        aiohttp.ClientSession(url) as visitor,
        visitor.get("/readyz") as answer,
    ):
        assert answer.status == 503
        assert "Redis" in await answer.text()
    await gone.close()


async def test_a_published_headline_reaches_the_chats_that_want_it(front):
    await front.world.joins(front.app, READER)
    await front.world.follows(front.app, READER, "rain")
    brought = {"title": "Rain at last", "url": "https://example.org/rain", "published_at": "2026-11-23T11:59:00+00:00"}
    async with front.visitor.post("/headlines", json=brought, headers=BEARER) as answer:
        assert answer.status == 202
        (ident,) = (await answer.json())["ids"]
    assert front.app.workers.to_alert.is_set()
    await front.app.workers.round()
    assert front.world.told(READER, "Rain at last") == 1
    kept = (await front.app.stores.headlines.get([ident]))[ident]
    assert (kept.source, kept.published_at) == ("example.org", front.world.clock.now() - timedelta(minutes=1))


async def test_publishing_again_tells_nobody_again(front):
    brought = [
        {"title": "Rain at last", "url": "https://example.org/rain", "published_at": 1795435200000, "lang": None}
    ]
    answers = []
    for _ in range(2):
        async with front.visitor.post("/headlines", json=brought, headers=BEARER) as answer:
            answers.append(await answer.json())
    assert answers[0] == answers[1]
    assert (await front.app.stores.headlines.stats()).length == 1


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"url": ""}, "url is missing."),
        ({"url": "ftp://example.org/"}, "url is no address"),
        ({"title": 5}, "title must be text."),
        ({"title": " \u200b "}, "title is missing."),
        ({"published_at": "yesterday"}, "published_at must be epoch milliseconds or ISO 8601; it is 'yesterday'."),
        ({"published_at": "2026-11-23T11:59:00"}, "published_at has no time zone"),
        ({"published_at": "0001-01-01T00:00:00+14:00"}, "published_at must be epoch milliseconds"),
        ({"published_at": 1795435200}, "published_at must be epoch milliseconds"),
        ({"published_at": True}, "published_at must be text."),
        ({"published_at": 1e12}, "published_at must be text."),
        ({"published_at": "2026-10-01T00:00:00Z"}, "published_at is longer ago than headlines are kept."),
    ],
)
async def test_one_wrong_headline_keeps_the_others_out(front, wrong, why):
    good = {"title": "Rain at last", "url": "https://example.org/rain"}
    async with front.visitor.post("/headlines", json=[good, {**good, **wrong}], headers=BEARER) as answer:
        assert answer.status == 400
        assert (await answer.json())["error"].startswith(f"Headline 2 of 2: {why}")
    assert (await front.app.stores.headlines.stats()).length == 0


async def test_publishers_are_asked_to_wait_while_the_readers_are_behind(front):
    settings = front.world.settings
    http = settings.options.http.model_copy(update={"most_unread": 1})
    front.world.settings = replace(settings, options=settings.options.model_copy(update={"http": http}))
    brought = [{"title": f"Rain {n}", "url": f"https://example.org/{n}"} for n in range(3)]

    async def brings(front: Front, some: object) -> tuple[int, str, dict[str, object]]:
        async with front.visitor.post("/headlines", json=some, headers=BEARER) as answer:
            return answer.status, answer.headers.get("Retry-After", ""), await answer.json()

    async with standing(front.world) as narrow:
        assert (await brings(narrow, brought[:2]))[0] == 202
        status, wait, told = await brings(narrow, brought)
        assert (status, wait) == (429, "10")
        assert str(told["error"]).startswith("2 headlines are not read yet")
        assert (await front.app.stores.headlines.stats()).length == 2, "nothing was taken"
        await narrow.app.workers.round()
        status, _, told = await brings(narrow, brought)
        assert (status, len(told["ids"])) == (202, 3), "the same again is taken when they have caught up"
        assert (await front.app.stores.headlines.stats()).length == 3


async def test_what_is_unread_is_counted_though_entries_were_deleted(front):
    """The server itself does not know any more then."""
    call = front.app.stores.database.call

    async def come(*numbers: int) -> list[str]:
        told = [("title", f"Rain {n}", "url", f"https://a.example/{n}") for n in numbers]
        return [await call("XADD", "news:latest", "*", *fields) for fields in told]

    await come(0, 1, 2, 3, 4)
    await front.app.workers.round()
    _, deleted, *_ = await come(5, 6, 7, 8)
    await call("XDEL", "news:latest", deleted)
    stats = await front.app.stores.headlines.stats()
    assert (stats.length, stats.pending) == (8, 3)


async def test_a_house_that_was_told_to_stop_is_not_ready(front):
    front.app.leaving.set()
    async with front.visitor.get("/readyz") as answer:
        assert (answer.status, await answer.text()) == (503, "This process was told to stop.\n")


async def test_updates_come_from_the_networks_that_the_operator_named_only(front):
    settings = front.world.settings
    http = settings.options.http.model_copy(update={"webhook_from": (ip_network("149.154.160.0/20"),), "proxies": 1})
    front.world.settings = replace(settings, options=settings.options.model_copy(update={"http": http}))

    async def brought(front: Front, came_from: str) -> int:
        head = {**SECRET, "X-Forwarded-For": came_from}
        async with front.visitor.post("/telegram", json={"update_id": 5}, headers=head) as answer:
            return answer.status

    async with standing(front.world) as narrow:
        assert await brought(narrow, "203.0.113.9") == 403
        assert await brought(narrow, "149.154.167.220, 203.0.113.9") == 403, "the first is the caller's own word"
        assert await brought(narrow, "149.154.167.220") == 503, "let in, though nobody answers people yet"


async def test_the_status_page_shows_the_house_as_it_stands(front):
    await front.world.joins(front.app, READER)
    front.world.site.says("Harbour & bridge reopen")
    await front.app.workers.round()
    async with front.visitor.get("/") as answer:
        told = await answer.text()
    for words in (
        "Redis and Telegram answer.",
        "<dt>Chats</dt><dd><strong>1</strong>",
        "Harbour &amp; bridge reopen",
        "Small News",
        "1 headline<",
        "Asking a source",
    ):
        assert words in told


async def test_what_was_told_in_the_last_hours_is_charted_and_no_chat_is_named(front):
    await front.world.joins(front.app, READER)
    await front.world.follows(front.app, READER, "harbour")
    await front.app.workers.round()
    front.world.clock.tick(minutes=2)
    front.world.site.says("Harbour & bridge reopen")
    await front.app.workers.round()
    assert front.world.told(READER, "reopen") == 1
    async with front.visitor.get("/") as answer:
        told = await answer.text()
    assert "Alerts an hour: 1 alert. The highest bar: 1, 23 Nov 12:00 to 13:00." in told
    assert "Alerts by their delay" in told
    assert f"Reader {READER}" not in told


async def test_a_page_that_is_open_asks_telegram_only_now_and_then(front):
    async def told() -> str:
        async with front.visitor.get("/") as answer:
            return await answer.text()

    assert "Redis and Telegram answer." in await told()
    await front.world.devchat.stop()
    front.world.clock.tick(seconds=14)
    assert "Redis and Telegram answer." in await told()
    front.world.clock.tick(seconds=1)
    assert '<p class="bad">Telegram' in await told()


async def test_a_redis_that_only_listens_does_not_keep_the_operator_waiting(front, tmp_path, monkeypatch):
    monkeypatch.setattr("bot.doors.PATIENCE", 0.2)  # nor this test

    async def listens(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_unix_server(listens, tmp_path / "deaf.sock"):
        deaf = Stores.on(Database.connect(f"unix://{tmp_path}/deaf.sock"))
        app = replace(front.app, stores=deaf)
        async with (
            asyncio.timeout(10),
            serving("127.0.0.1", 0, doors_of(app, answers=True)) as url,
            aiohttp.ClientSession(url) as visitor,
            visitor.get("/") as answer,
        ):
            assert answer.status == 503
            assert "Redis does not answer within 3 seconds." in await answer.text()
        await deaf.database.close()


async def test_an_update_by_the_webhook_is_handled_before_it_is_ticked_off(front):
    you = {"id": YOU["id"], "type": "private", "first_name": "You"}
    message = {"message_id": 1, "date": 1, "chat": you, "from": YOU, "text": "/subscribe fed"}
    update = {"update_id": 5, "message": message}

    async def brought(raw: object) -> int:
        async with front.visitor.post("/telegram", json=raw, headers=SECRET) as answer:
            return answer.status

    assert await brought(update) == 503, "nobody answers yet: Telegram has to bring it again"
    stop = asyncio.Event()
    answering = asyncio.create_task(front.app.intake.answer(stop, webhook="", secret=""))
    front.world.devchat.people.says(YOU["id"], "/about")
    await front.world.devchat.wait_for(lambda: len(front.world.devchat.texts(YOU["id"])) == 2)
    assert await brought(update) == 200
    assert [wish.expression for wish in await front.app.stores.chats.subscriptions(YOU["id"])] == ["fed"]
    for odd in ({"message": {}}, {"callback_query": 7}, {"message": {**message, "date": "noon"}}):
        assert await brought({"update_id": 6, **odd}) == 200, "Telegram would bring it for ever"
    stop.set()
    await answering


async def test_an_update_that_is_in_hand_when_the_process_stops_is_ticked_off(front, monkeypatch):
    """Else Telegram would bring it to another process, which would answer it again."""
    begun, go_on = asyncio.Event(), asyncio.Event()
    subscribe = front.app.desk.wishes.subscribe

    async def slowly(*asked: object) -> object:
        begun.set()
        await go_on.wait()
        return await subscribe(*asked)

    monkeypatch.setattr(front.app.desk.wishes, "subscribe", slowly)
    stop = asyncio.Event()
    answering = asyncio.create_task(front.app.intake.answer(stop, webhook="", secret=""))
    front.world.devchat.people.says(YOU["id"], "/about")
    await front.world.devchat.wait_for(lambda: len(front.world.devchat.texts(YOU["id"])) == 2)
    you = {"id": YOU["id"], "type": "private", "first_name": "You"}
    message = {"message_id": 1, "date": 1, "chat": you, "from": YOU, "text": "/subscribe fed"}

    async def brought(update: int, message: object) -> int:
        told = {"update_id": update, "message": message}
        async with front.visitor.post("/telegram", json=told, headers=SECRET) as answer:
            return answer.status

    bringing = asyncio.create_task(brought(5, message))
    await begun.wait()
    stop.set()
    while await brought(6, {}) == 200:
        """Until it takes in no more."""
    go_on.set()
    assert await bringing == 200
    await answering


async def test_a_process_that_does_not_answer_people_takes_no_updates(front):
    async with (
        standing(front.world, answers=False) as silent,
        silent.visitor.post("/telegram", json={"update_id": 5}, headers=SECRET) as answer,
    ):
        assert answer.status == 404
