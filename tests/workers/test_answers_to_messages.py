"""What an answer of Telegram about a message does to what is owed, through the running walk."""

from __future__ import annotations

import pytest

from bot.devchat.faults import Fault
from bot.devchat.refusals import Refusal, flood, said
from tests.workers.walks import OTHER, READER, SAID_FIRST, SAID_NEXT, counted, walk
from tests.world import World

BUGS = ["bad markup", "bad entity", "too long", "much too long", "bad button data", "bad button url", "no preview"]
BUGS += ["no file"]


# ---- our own fault


@pytest.mark.parametrize("matter", BUGS)
async def test_what_telegram_finds_malformed_arrives_as_plain_text_and_is_counted(world: World, matter: str) -> None:
    world.devchat.breaks(Fault(said(matter), chat=READER))
    metrics = await walk(world)
    await walk(world)

    [message] = world.devchat.chats.find(READER).messages.values()
    assert SAID_FIRST in message["text"]
    assert "reply_markup" not in message
    assert counted(metrics, "messages_plain_total") == 1
    assert world.told(OTHER, SAID_FIRST) == 1


async def test_what_telegram_refuses_even_as_plain_text_is_given_up_and_counted(world: World) -> None:
    world.devchat.breaks(*(Fault(said("bad markup"), chat=READER) for _ in range(2)))
    metrics = await walk(world)
    world.site.says(SAID_NEXT)
    await walk(world)
    assert counted(metrics, 'alerts_lost_total{reason="refused"}') == 1
    assert (world.told(READER, SAID_FIRST), world.told(READER, SAID_NEXT)) == (0, 1)


# ---- corrections


@pytest.mark.parametrize(
    ("words", "outcome"),
    [("message is not modified", "edited"), ("message to edit not found", "gone"), ("message can't be edited", "gone")],
)
async def test_an_edit_that_telegram_has_no_use_for_is_not_told_anew(world: World, words: str, outcome: str) -> None:
    await walk(world)
    world.site.corrects("story-1", "Fed cuts its rate")
    refusal = Refusal(400, f"Bad Request: {words}")
    world.devchat.breaks(Fault(refusal, "editMessageText", chat=READER, lasts=True))
    metrics = [await walk(world) for _ in range(3)]

    [text] = world.devchat.texts(READER)
    assert SAID_FIRST in text
    assert "Fed cuts its rate" in world.devchat.texts(OTHER)[0]
    gone = [counted(each, 'alerts_corrected_total{outcome="gone"}') for each in metrics]
    assert sum(gone) == (1 if outcome == "gone" else 0)
    async with world.app() as app:
        assert (await app.stores.outbox.backlog()).chats == 0


# ---- floods


async def test_a_flood_wait_lasts_exactly_as_long_as_telegram_said_and_is_the_chats_alone(world: World) -> None:
    world.devchat.breaks(Fault(flood(37), chat=READER))
    await walk(world, seconds=30)
    assert (world.told(READER, SAID_FIRST), world.told(OTHER, SAID_FIRST)) == (0, 1)
    await walk(world, seconds=7)
    assert world.told(READER, SAID_FIRST) == 0
    await walk(world)
    assert world.told(READER, SAID_FIRST) == 1


@pytest.mark.parametrize(("code", "words", "seconds"), [(429, "Too Many Requests", 5), (420, "FLOOD_WAIT_37", 37)])
async def test_a_flood_wait_without_a_parameter_is_waited_out(
    world: World, code: int, words: str, seconds: int
) -> None:
    world.devchat.breaks(Fault(Refusal(code, words), chat=READER))
    await walk(world, seconds=seconds + 1)
    await walk(world)
    assert world.told(READER, SAID_FIRST) == 1
