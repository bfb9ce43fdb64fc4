"""sources.toml and topics.toml are read again while the bot runs, and a wrong one changes nothing."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.app import App
from bot.news.model import Source
from bot.reloading import Reloading
from tests.world import World, world_on

READER = 7
SPORT = "[sport]\nnames = {{en = 'Sport'}}\nwords = {{en = '{words}'}}\n"
BESIDE = Source("beside", "http://localhost:9/")


def source(name: str, url: str) -> str:
    return f"[[source]]\nname = '{name}'\nurl = '{url}'\nlang = 'en'\nevery = '1m'\n"


@dataclass
class Desk:
    """An operator who edits the files of an app that runs."""

    world: World
    app: App
    reloading: Reloading
    asked: asyncio.Event
    folder: Path

    def writes(self, name: str, text: str) -> None:
        """Save a file; that a clock of files may be coarse must not matter."""
        (self.folder / name).write_text(text)
        self._saved = getattr(self, "_saved", 0) + 1
        os.utime(self.folder / name, ns=(self._saved * 10**9, self._saved * 10**9))

    async def waits(self) -> list[dict[str, object]]:
        """Two looks later; gives what the log says."""
        with capture_logs() as told:
            await self.reloading.step()
            await self.reloading.step()
        return list(told)


@asynccontextmanager
async def running(world: World, folder: Path) -> AsyncIterator[Desk]:
    async with world.app() as app:
        asked = asyncio.Event()
        (folder / "sources.toml").write_text(source("small", f"{world.site.url}/feed.xml"))
        app.sources.replace((BESIDE, *app.sources))
        yield Desk(world, app, Reloading(folder, app.sources, app.ready, asked, (BESIDE,)), asked, folder)


@pytest.fixture
async def desk(redis_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    async with (
        world_on(redis_url, tmp_path, topics=SPORT.format(words="tennis")) as world,
        running(world, tmp_path) as desk,
    ):
        yield desk


async def test_a_source_that_is_added_is_asked_and_one_that_is_removed_is_not(desk):
    small = f"{desk.world.site.url}/feed.xml"
    await desk.app.workers.round()
    desk.writes("sources.toml", source("other", small))
    (told,) = await desk.waits()
    assert (told["sources_added"], told["sources_removed"]) == (["other"], ["small"])
    assert [each.name for each in desk.app.sources] == ["beside", "other"], "what no file names stays"
    desk.world.clock.tick(seconds=5)
    await desk.app.workers.round()
    assert set(await desk.app.stores.sources.states()) == {"beside", "other"}
    assert (await desk.app.stores.sources.state("other")).last_ok, "its host is the operator's own, which may be asked"
    assert [report.source.name for report in await desk.app.desk.lists.sources()] == ["beside", "other"]


async def test_who_follows_a_ready_topic_follows_its_new_words(desk):
    await desk.world.joins(desk.app, READER)
    await desk.world.follows(desk.app, READER, "Sport")
    await desk.app.workers.round()
    desk.writes("topics.toml", SPORT.format(words="rowing"))
    await desk.waits()
    desk.world.clock.tick(minutes=2)
    desk.world.site.says("Tennis final today")
    desk.world.site.says("Rowing final today")
    await desk.app.workers.round()
    assert desk.world.told(READER, "Rowing final") == 1
    assert desk.world.told(READER, "Tennis final") == 0


async def test_a_ready_topic_that_is_taken_away_and_put_back_is_followed_as_before(desk):
    await desk.world.joins(desk.app, READER)
    await desk.world.follows(desk.app, READER, "Sport")
    await desk.app.workers.round()
    desk.writes("topics.toml", "")
    (told, *_) = await desk.waits()
    assert told["topics_removed"] == ["sport"]
    await desk.app.workers.round()
    desk.writes("topics.toml", SPORT.format(words="tennis"))
    await desk.waits()
    desk.world.clock.tick(minutes=2)
    desk.world.site.says("Tennis final today")
    await desk.app.workers.round()
    assert desk.world.told(READER, "Tennis final") == 1


async def test_a_wrong_file_changes_nothing_and_every_mistake_is_logged_once(desk):
    before = list(desk.app.sources), list(desk.app.ready)
    desk.writes("sources.toml", "[[source]]\nname = 'One'\nurl = 'ftp://one'\n")
    told = await desk.waits()
    assert [(line["log_level"], str(line["problem"]).partition(": ")[0]) for line in told] == [
        ("error", f"{desk.folder}/sources.toml:2"),
        ("error", f"{desk.folder}/sources.toml:3"),
    ]
    assert (list(desk.app.sources), list(desk.app.ready)) == before
    assert await desk.waits() == []
    desk.writes("sources.toml", source("one", "https://one.example/"))
    assert [line["event"] for line in await desk.waits()] == ["configuration read again"]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("9" * 5000, "a number here has too many digits."),
        ("[" * 3000, "too many brackets stand within one another here."),
    ],
)
async def test_a_file_that_python_has_no_room_for_ends_nothing(desk, value, told):
    before = list(desk.app.sources)
    desk.writes("sources.toml", source("one", "https://one.example/") + f"every = {value}\n")
    assert [line["problem"] for line in await desk.waits()] == [f"{desk.folder}/sources.toml:6: {told}"]
    assert list(desk.app.sources) == before


async def test_a_file_that_is_replaced_while_it_is_read_is_told_of_as_it_was_read(desk, monkeypatch):
    opened = Path.read_text

    def read_and_replaced(file: Path, encoding: str) -> str:
        text = opened(file, encoding=encoding)
        file.write_bytes(b"\xff")
        return text

    desk.writes("sources.toml", 2 * source("one", "https://one.example/"))
    monkeypatch.setattr(Path, "read_text", read_and_replaced)
    desk.asked.set()
    with capture_logs() as told:
        await desk.reloading.step()
    problems = [str(line["problem"]) for line in told]
    assert problems == [f"{desk.folder}/sources.toml:6: two sources are called 'one'; names are unique."]


async def test_a_file_that_is_being_written_is_left_until_it_stands_still(desk):
    desk.writes("sources.toml", source("one", "https://one.example/"))
    with capture_logs() as told:
        await desk.reloading.step()
        desk.writes("sources.toml", source("one", "https://one.example/") + source("two", "https://two.example/"))
        await desk.reloading.step()
    assert told == []
    (line,) = await desk.waits()
    assert line["sources_added"] == ["one", "two"]


async def test_nothing_is_read_while_nothing_changes_unless_somebody_asks(desk):
    assert await desk.waits() == []
    desk.asked.set()
    (told,) = await desk.waits()
    assert told["event"] == "configuration read again"
