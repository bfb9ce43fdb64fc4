"""What a backup holds, brought back into Redis. Owns the key `restoring`.

Everything may be done twice: what is there stays, what is missing is added. So a restore that was killed is begun
again, with `restoring` saying that what it finds is its own. A running bot hears of it: sources change their version,
topics go through their change stream, entries through the stream.

Here: some lines at a time into Redis, and whether it is empty enough for that.
Not here: the lines (backup), the file (backupfile), what an older version wrote (schema).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from urllib.parse import urlsplit

from bot.news.errors import UserError
from bot.store import codec, keys
from bot.store.backup import Line
from bot.store.chats import TOLD_FOR, adopting
from bot.store.database import Database, Run, Value
from bot.store.headlines import GROUP, Keep
from bot.store.keeping import PLAIN
from bot.store.kept import KEPT_FOR
from bot.store.keys import of_chat, of_shard
from bot.store.managed import MANAGED_FOR
from bot.store.schema import brought_up
from bot.store.sources import REMEMBERED
from bot.store.stories import KEPT, LONGEST_ADDRESS
from bot.store.topics import Topics
from bot.store.whole import in_turn

# Longer than anybody takes to begin a restore again.
RESTORING_FOR = timedelta(days=7)
# Of a chat, beside what lua/adopt.lua brings: its name in a line, and for how long it is kept from now on.
_BESIDE = (("told", keys.TOLD, TOLD_FOR), ("kept", keys.KEPT, KEPT_FOR), ("manages", keys.MANAGES, MANAGED_FOR))
# So many topics are known to be registered; a bot of that many different ones registers some twice, harmlessly.
REMEMBERS = 200_000


class Restore:
    """Writes what is missing."""

    def __init__(self, database: Database, keep: Keep, schema: int) -> None:
        self._database = database
        self._topics = Topics(database)
        self._keep = keep
        self._schema = schema
        self._registered: set[str] = set()

    async def begin(self, ident: str, *, merge: bool) -> None:
        """Say that this backup comes back. Raises UserError where Redis is not empty, unless it is to `merge`."""
        restoring = await self._database.call("GET", keys.RESTORING.name)
        if not merge and restoring != ident and (there := await self._there()):
            raise UserError(
                f"Redis is not empty ({there}). With --merge all that stays, and what is missing comes from the "
                "backup; topics and chats that were given up since are among that. Nothing was changed."
            )
        await self._database.call("SET", keys.RESTORING.name, ident, "EX", codec.seconds(RESTORING_FOR))

    async def bring(self, lines: Sequence[Line], now: datetime) -> None:
        """Bring some lines back."""
        of: dict[str, list[Line]] = {"key": [], "headline": [], "chat": [], "entry": []}
        for line in lines:
            of[next(iter(line))].append(line)
        live = [line for line in of["chat"] if "until" not in line]
        await self._run("fill", [self._filled(line, now) for line in of["key"]])
        await self._run("bring_back", [self._headline(line, now) for line in of["headline"]])
        await self._register(live, now)
        await self._run("adopt", [self._adopted(line, now) for line in live])
        await self._run("fill", [run for line in live for run in _beside(line, now)])
        expected = [line for line in of["chat"] if line.get("until", 0) > codec.ms(now)]
        await self._run("expect_back", [self._expected(line) for line in expected])
        await self._database.pipeline(
            [("XADD", keys.STREAM.name, "*", *chain.from_iterable(line["entry"].items())) for line in of["entry"]]
        )

    async def end(self) -> None:
        """All is back: whoever watches sources looks at them anew."""
        await self._database.call("INCR", keys.SOURCES_VERSION.name)
        await self._database.call("DEL", keys.RESTORING.name)

    async def _there(self) -> str:
        """What there is already that a backup would hold, in words; empty where there is nothing."""
        chats = [("SCARD", of_shard(keys.CHATS, shard)) for shard in range(keys.SHARDS)]
        added, blocked, *known = await self._database.pipeline(
            [("HLEN", keys.SOURCES_ADDED.name), ("ZCARD", keys.BLOCKED.name), *chats]
        )
        counts = {"chats": sum(known), "sources that were added": added, "people blocked": blocked}
        return ", ".join(f"{what}: {count:,}" for what, count in counts.items() if count)

    async def _run(self, script: str, runs: Sequence[Run | None]) -> None:
        await self._database.run_each(script, [run for run in runs if run])

    async def _register(self, chats: Sequence[Line], now: datetime) -> None:
        """Topics are known to every index before a chat subscribes to them."""
        wishes = chain.from_iterable(line.get("wishes", {}).items() for line in chats)
        wanted = {topic: codec.wish_of(0, topic, text).expression for topic, text in wishes}
        new = [(topic, expression) for topic, expression in wanted.items() if topic not in self._registered]
        await self._topics.register_all(new, now)
        if len(self._registered) > REMEMBERS:
            self._registered.clear()
        self._registered.update(topic for topic, _ in new)

    def _filled(self, line: Line, now: datetime) -> Run | None:
        key, value = line["key"], line["value"]
        pattern = next((each for each in PLAIN if each.matches(key)), None)
        until = line.get("until")
        if pattern is keys.SOURCE_STATE:  # kept for good once its source is watched
            until = until or codec.ms(now + REMEMBERED)
        if pattern is None or (until is not None and until <= codec.ms(now)):
            return None
        if pattern.type == "hash":
            value = brought_up(key, value, self._schema)
        return [key], [pattern.type, until or "", *_parts(value)]

    def _headline(self, line: Line, now: datetime) -> Run | None:
        if line.get("until", 0) <= codec.ms(now):
            return None
        key = keys.headline(line["headline"]["id"])
        record = brought_up(key, line["headline"], self._schema)
        url = record["url"]
        about: list[Value] = [line["until"], codec.ms(now - timedelta(days=self._keep.days)), KEPT]
        listed = [keys.BY_TIME.name, keys.ROWS.name, keys.STORIES.name, keys.STREAM.name]
        told_by = [urlsplit(url).hostname or "-", url[:LONGEST_ADDRESS]]
        return [key, *listed], [*about, *told_by, GROUP, *_parts(record)]

    def _fields(self, line: Line) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """What is known of a chat, and its wishes."""
        chat = line["chat"]
        about = brought_up(of_chat(keys.CHAT, chat), line["about"], self._schema)
        return about, brought_up(of_chat(keys.WISHES, chat), line.get("wishes", {}), self._schema)

    def _adopted(self, line: Line, now: datetime) -> Run:
        parts = [*self._fields(line), line.get("mail", {}), line.get("sent", {})]
        return adopting(line["chat"], [_parts(part) for part in parts], line.get("shown", ""), now)

    def _expected(self, line: Line) -> Run:
        about, wishes = map(_parts, self._fields(line))
        return _keys(line["chat"]), [line["until"], len(about), *about, *wishes]


def _beside(line: Line, now: datetime) -> list[Run]:
    chat = line["chat"]
    return [
        ([of_chat(pattern, chat)], ["zset", codec.ms(now + kept), *_parts(line[name])])
        for name, pattern, kept in _BESIDE
        if name in line
    ]


def _keys(chat: int) -> list[str]:
    return [of_chat(keys.CHAT, chat), of_chat(keys.WISHES, chat)]


def _parts(value: str | Mapping[str, str] | Sequence[str]) -> list[str]:
    """A value as a script takes it."""
    if isinstance(value, str):
        return [value]
    return in_turn(value) if isinstance(value, Mapping) else list(value)
