"""What the log says of one headline's way and of one question: each line tells whose it is."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.devchat.chats import YOU
from bot.ops import log
from tests.world import world_on

ME = int(str(YOU["id"]))
# Given away here on purpose; put together, so that the last test does not find it (tests/written.py).
PLANTED = "1:" + "planted"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that is logged, as machines read it; the libraries' state is put back afterwards."""
    root = logging.getLogger()
    handlers, level, stream = list(root.handlers), root.level, io.StringIO()
    log.configure(stream, style="json", level="debug", secrets=[PLANTED])
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def told(written: io.StringIO, event: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    return [line for line in lines if line["event"] == event]


async def test_a_headline_can_be_followed_from_its_source_to_each_chat(
    redis_url: str, tmp_path: Path, written: io.StringIO
) -> None:
    async with world_on(redis_url, tmp_path) as world, world.app() as app:
        await world.joins(app, 7)
        await world.follows(app, 7, "rain")
        await app.workers.round()
        world.clock.tick(minutes=2)
        world.site.says("Rain at last")
        await app.workers.round()
    (found,) = [line for line in told(written, "headlines") if line["new"]]
    (owed,) = told(written, "headline owed")
    (delivered,) = told(written, "delivered")
    assert (found["source"], owed["chats"], delivered["chat"]) == ("small", 1, 7)
    assert [name.partition("@")[0] for name in delivered["headlines"]] == [owed["headline"]]


async def test_whatever_goes_wrong_while_somebody_is_answered_says_who(
    redis_url: str, tmp_path: Path, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world_on(redis_url, tmp_path) as world, world.app() as app:

        async def stumbles(*_: object) -> None:
            logging.getLogger("some.library").warning("slow")
            raise RuntimeError(f"a bug at https://api.example/bot{PLANTED}/getMe")

        monkeypatch.setattr(app.desk.wishes, "subscribe", stumbles)
        stop = asyncio.Event()
        answering = asyncio.create_task(app.intake.answer(stop, webhook="", secret=""))
        world.devchat.people.says(ME, "/subscribe rain")
        await world.devchat.wait_for(lambda: len(world.devchat.texts(ME)) == 2)
        stop.set()
        await answering
    (failed,), (library,) = told(written, "handler failed"), told(written, "slow")
    assert (failed["chat"], library["chat"]) == (ME, ME)
    assert failed["update"] == library["update"] > 0
    assert "RuntimeError" in failed["exception"]
    assert PLANTED not in written.getvalue()
