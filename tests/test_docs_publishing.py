"""The example clients of docs/publishing.md, run as they stand there against a house that listens."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.app import App
from bot.doors import doors_of
from bot.ops.http import serving
from tests.world import world_on

PAGE = (Path(__file__).parent.parent / "docs" / "publishing.md").read_text(encoding="utf-8")
TOKEN = "publishers-token"
# How each kind of example is run, and what the machine has to have for it.
RUN = {"sh": ("sh", "-euc"), "python": (sys.executable, "-c"), "js": ("node", "-e")}


def example(kind: str, holds: str) -> str:
    """The only example of a kind that holds a word."""
    (found,) = [text for text in re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL) if holds in text]
    return found


@dataclass
class Newsroom:
    """Somebody who runs the examples, and the house that they are run against."""

    app: App
    environ: dict[str, str]

    async def runs(self, kind: str, holds: str, code: int = 0, **environ: str) -> str:
        program, *options = RUN[kind]
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")
        process = await asyncio.create_subprocess_exec(
            *(program, *options, example(kind, holds)),
            env={**os.environ, **self.environ, **environ},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate()
        assert process.returncode == code, (out, err)
        return (out + err).decode()

    async def has(self, title: str) -> bool:
        await self.app.workers.round()
        return any(headline.title == title for headline in await self.app.stores.headlines.newest(5))


@pytest.fixture
async def newsroom(redis_url: str, tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with world_on(redis_url, tmp_path) as world:
        world.settings = replace(world.settings, publish_token=TOKEN)
        async with world.app() as app, serving("127.0.0.1", 0, doors_of(app, answers=False)) as url:
            yield Newsroom(app, {"BOT": url, "TOKEN": TOKEN, "REDIS": redis_url})


CLIENTS = [("sh", "curl"), ("python", "urllib"), ("js", "fetch")]


@pytest.mark.parametrize(("kind", "holds"), CLIENTS)
async def test_each_client_brings_its_headline_and_bringing_it_again_is_harmless(newsroom, kind, holds):
    for _ in range(2):
        assert "wire-1" in await newsroom.runs(kind, holds)
    assert await newsroom.has("Rain at last")
    assert (await newsroom.app.stores.headlines.stats()).length == 1


@pytest.mark.parametrize(("kind", "holds"), [("python", "urllib"), ("js", "fetch")])
async def test_a_client_whose_token_is_wrong_hears_why(newsroom, kind, holds):
    assert "The bearer token is missing or wrong." in await newsroom.runs(kind, holds, 1, TOKEN="other")


async def test_a_headline_is_added_to_the_stream_by_hand(newsroom):
    if not shutil.which("redis-cli"):
        pytest.skip("redis-cli is not installed")
    add = example("sh", "XADD").replace('-u "$REDIS"', '-s "$SOCKET"')  # the tests' server has no port
    process = await asyncio.create_subprocess_exec(
        "sh", "-euc", add, env={**os.environ, "SOCKET": newsroom.environ["REDIS"].removeprefix("unix://")}
    )
    assert await process.wait() == 0
    assert await newsroom.has("Rain at last")


def test_the_page_tells_every_answer_that_the_door_gives():
    told = {code for row in re.findall(r"^\| ([\d, ]+) \|", PAGE, re.MULTILINE) for code in row.split(", ")}
    code = (Path(__file__).parent.parent / "bot" / "ops" / "http.py").read_text(encoding="utf-8")
    publish = code.partition("async def _publish")[2].partition("async def _webhook")[0]
    given = set(re.findall(r"_refused\((\d+)|status=(\d+)", publish))
    raised = set(re.findall(r"_RefusedError\((\d+)", code))
    assert told == {one or other for one, other in given} | raised | {"404"}
