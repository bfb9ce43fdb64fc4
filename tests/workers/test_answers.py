"""What an answer of Telegram about a chat does to that chat, through the running walk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.devchat.faults import Fault
from bot.devchat.refusals import SAID, Refusal, said
from bot.store.keys import CHAT, of_chat
from tests.workers.walks import (
    ADMIN,
    CHANNEL,
    GROUP,
    OTHER,
    READER,
    SAID_FIRST,
    SAID_NEXT,
    alerts,
    counted,
    keys_of,
    listen,
    walk,
)
from tests.world import World

GONE = [matter for matter, (code, _) in SAID.items() if code == 403] + ["no chat", "no peer", "no user"]
SHUT = ["no text rights", "no photo rights", "no rights", "write forbidden", "not an admin", "restricted"]
SHUT += ["admin required", "no thread", "thread deleted", "thread closed"]


# ---- gone


@pytest.mark.parametrize("matter", GONE)
async def test_a_chat_that_cannot_be_reached_is_owed_nothing_and_its_topics_wait_a_month(
    world: World, matter: str
) -> None:
    world.devchat.breaks(Fault(said(matter), chat=READER))
    await walk(world)
    assert world.told(OTHER, SAID_FIRST) == 1

    async with world.app() as app:
        assert await app.desk.wishes.topics(READER)
        lives = await keys_of(app, READER)
        assert lives
        assert all(0 < seconds <= timedelta(days=30).total_seconds() for seconds in lives.values()), lives
        assert await app.stores.chats.known([READER, OTHER]) == [OTHER]
        assert (await app.stores.outbox.backlog()).chats == 0
    world.site.says(SAID_NEXT)
    await walk(world)
    assert world.devchat.texts(READER) == []


@pytest.mark.parametrize("matter", GONE)
async def test_who_comes_back_with_start_has_every_topic_again(world: World, matter: str) -> None:
    world.devchat.breaks(Fault(said(matter), chat=READER))
    await walk(world)
    world.devchat.people.says(READER, "/start")
    await listen(world)
    assert "You follow 1 topic;" in world.devchat.texts(READER)[-1]

    world.site.says(SAID_NEXT)
    await walk(world)
    assert world.told(READER, SAID_NEXT) == 1


async def test_a_reader_who_blocks_us_and_unblocks_us_is_told_again(world: World) -> None:
    world.devchat.people.blocks(READER, blocked=True)
    await walk(world)
    world.devchat.people.blocks(READER, blocked=False)
    await listen(world)
    world.site.says(SAID_NEXT)
    await walk(world)
    assert world.told(READER, SAID_NEXT) == 1


@pytest.mark.parametrize("chat", [GROUP, CHANNEL])
async def test_where_we_are_thrown_out_and_added_again_topics_come_back(world: World, chat: int) -> None:
    world.devchat.people.blocks(chat, blocked=True)
    await walk(world)
    world.devchat.people.blocks(chat, blocked=False)
    await listen(world)
    world.site.says(SAID_NEXT)
    await walk(world)
    assert alerts(world, chat) == [SAID_NEXT]


async def test_of_a_reader_who_never_comes_back_nothing_is_left(world: World) -> None:
    world.devchat.people.deactivates(READER)
    await walk(world)
    async with world.app() as app:
        for key in await keys_of(app, READER):
            await app.stores.database.call("PEXPIRE", key, 0)  # as if the month had passed
        await app.workers.gardener.step()
        assert await app.desk.wishes.topics(READER) == ()
        assert not (await app.stores.chats.heard(READER)).is_back


# ---- moved


async def moved(world: World) -> int:
    """The group becomes a supergroup; gives its new id."""
    return int(world.devchat.people.upgrades(GROUP).id)


@pytest.mark.parametrize("first", ["the answer", "the message"])
async def test_a_group_that_becomes_a_supergroup_loses_nothing_whoever_tells_first(world: World, first: str) -> None:
    new = await moved(world)
    steps = [walk, listen] if first == "the answer" else [listen, walk]
    for step in [*steps, walk]:
        await step(world)
    world.site.says(SAID_NEXT)
    await walk(world)

    assert alerts(world, new) == [SAID_FIRST, SAID_NEXT]
    welcomes = [text for text in world.devchat.texts(new) if "I watch the latest news" in text]
    assert len(welcomes) <= (0 if first == "the answer" else 1)
    async with world.app() as app:
        assert [wish.expression for wish in await app.desk.wishes.topics(new)] == ["fed"]
        assert await keys_of(app, GROUP) == {}
        title = await app.stores.database.call("HGET", of_chat(CHAT, new), "title")
        assert title


async def test_a_group_whose_new_id_only_the_message_tells_loses_nothing(world: World) -> None:
    new = await moved(world)
    world.devchat.breaks(Fault(Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat"), chat=GROUP))
    await walk(world, seconds=1)
    await listen(world)
    await walk(world)
    assert alerts(world, new) == [SAID_FIRST]


# ---- paused


@pytest.mark.parametrize("matter", SHUT)
async def test_a_chat_that_does_not_let_us_write_is_kept_and_tried_after_a_day(world: World, matter: str) -> None:
    world.devchat.breaks(Fault(said(matter), chat=GROUP, lasts=True))
    metrics = await walk(world, hours=23)
    assert counted(metrics, 'chats_paused_total{admins="nobody"}') == 1
    world.devchat.mends()
    await walk(world, hours=2)
    assert world.told(GROUP, SAID_FIRST) == 0
    await walk(world)
    assert world.told(GROUP, SAID_FIRST) == 1


@pytest.mark.parametrize("chat", [GROUP, CHANNEL])
async def test_a_chat_that_lets_us_write_again_is_told_at_once(world: World, chat: int) -> None:
    world.devchat.people.restricts(chat, restricted=True)
    await listen(world)
    await walk(world)
    assert world.told(chat, SAID_FIRST) == 0
    world.devchat.people.restricts(chat, restricted=False)
    await listen(world)
    assert world.told(chat, SAID_FIRST) == 1


async def test_a_forum_that_opens_its_general_topic_and_speaks_to_us_is_told_at_once(world: World) -> None:
    world.devchat.people.closes_general(GROUP, closed=True)
    await walk(world)
    world.devchat.people.closes_general(GROUP, closed=False)
    world.devchat.people.says(GROUP, "/topics")
    await listen(world)
    await walk(world)
    assert world.told(GROUP, SAID_FIRST) == 1


@pytest.mark.parametrize(("matter", "words"), [("no text rights", "not allowed to send"), ("thread closed", "General")])
async def test_an_admin_who_knows_us_is_told_once(world: World, matter: str, words: str) -> None:
    async with world.app() as app:
        await world.joins(app, ADMIN)
    world.devchat.breaks(Fault(said(matter), chat=GROUP, lasts=True))
    told = [await walk(world, hours=25) for _ in range(3)]

    assert [counted(each, 'chats_paused_total{admins="told"}') for each in told] == [1, 0, 0]
    assert [counted(each, 'chats_paused_total{admins="told before"}') for each in told] == [0, 1, 1]
    [text] = world.devchat.texts(ADMIN)
    assert "Traders" in text
    assert words in text


async def test_an_admin_is_told_again_where_it_was_well_in_between(world: World) -> None:
    async with world.app() as app:
        await world.joins(app, ADMIN)
    for title in ("Fed one", "Fed two"):
        world.site.says(title)
        world.devchat.breaks(Fault(said("no rights"), chat=GROUP))
        await walk(world, hours=25)
        await walk(world, hours=1)
        assert world.told(GROUP, title) == 1
    assert len(world.devchat.texts(ADMIN)) == 2


async def test_an_admin_who_never_started_us_is_not_written_to(world: World) -> None:
    world.devchat.breaks(Fault(said("no rights"), chat=GROUP))
    with capture_logs() as log:
        await walk(world)
    assert world.devchat.texts(ADMIN) == []
    [line] = [line for line in log if line["event"] == "chat does not let us write"]
    assert line["admins"] == "nobody"
