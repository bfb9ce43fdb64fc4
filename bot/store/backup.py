"""Everything in Redis that cannot be fetched again, as lines, while the bot runs. Owns the shapes of these lines.

A line is one of:
    {"key": …, "value": …, "until": …}     a key as it is: a string, a hash, a zset, a set
    {"headline": …, "until": …}            the record of a headline
    {"chat": …, "about": …, "until": …}    a chat, and its wishes, mail, sent, told, kept, manages and shown
    {"entry": …}                           what somebody put into the stream and nobody has finished with
What is empty is left out; `until` is when it ends, in ms, if ever.

Headlines that are listed come in the order of their time, as who reads along in the stream finds them.

Here: what is read in which order, some hundred keys at a time, so that a million chats need no more memory than one.
Not here: which keys these are and why (keeping), the file (backupfile), bringing them back (restore).

Nothing stands still meanwhile. A chat is read in one step. Sources are read first: what they are known to have shown
is then among the headlines. Whatever comes into the stream from then on, or waits there, stands at the end as it came,
and is told after a restore to whoever was not told it: each chat brings along what it was told.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from bot.store import codec, keys
from bot.store.database import Database
from bot.store.headlines import GROUP
from bot.store.keypatterns import KeyPattern
from bot.store.keys import of_shard, shard_of, shard_tag
from bot.store.whole import pairs, reading, whole

Line: TypeAlias = dict[str, Any]
Entry: TypeAlias = tuple[int, int]

# What is found out anew of a chat: its number in the shard, why it holds its mail, that it did not let us write.
NOT_HELD = ("number", "held", "paused", "warned")
_SHARDS = range(keys.SHARDS)
# Keys of which there is one, or one a shard; the others are looked for.
_FIXED = (keys.SOURCES_ADDED, keys.SOURCES_PAUSED, keys.BLOCKED, keys.WORDS)
# Of the newest entries so many may be in the hands of those who alert; they take some hundred at a time.
MOST_IN_HAND = 10_000
READ_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Counts:
    """How many chats and headlines there are."""

    chats: int = 0
    headlines: int = 0


@dataclass(frozen=True, slots=True)
class _Open:
    """Which entries of the stream nobody has finished with: all after `last`, and those `in_hand`."""

    last: str
    in_hand: frozenset[str]

    def __contains__(self, entry: str) -> bool:
        return entry in self.in_hand or _order(entry) > _order(self.last)


class Backup:
    """Reads; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def counts(self) -> Counts:
        """How much there is, about."""
        shards = [("SCARD", of_shard(keys.CHATS, shard)) for shard in _SHARDS]
        headlines, *chats = await self._database.pipeline([("ZCARD", keys.BY_TIME.name), *shards])
        return Counts(sum(chats), headlines)

    async def lines(self, now: datetime) -> AsyncIterator[list[Line]]:
        """Everything, some lines at a time. Raises StoreError where something may be missing."""
        last, in_hand = await self._database.run("open_entries", [keys.STREAM.name], [GROUP, MOST_IN_HAND])
        open_ = _Open(last, frozenset(in_hand))
        hours = [(keys.HOURS, of_shard(keys.HOURS, shard)) for shard in _SHARDS]
        yield await self._plain([*((pattern, pattern.name) for pattern in _FIXED), *hours], now)
        async for some in self._found((keys.SOURCE_STATE, keys.LINK), now):
            yield some
        listed = [keys.headline(each) for each in await self._database.call("ZRANGE", keys.BY_TIME.name, 0, -1)]
        for start in range(0, len(listed), READ_AT_ONCE):
            yield await self._headlines(listed[start : start + READ_AT_ONCE], open_, now)
        is_listed = frozenset(listed)
        async for names in self._database.keys(keys.HEADLINE.glob):
            yield await self._headlines([key for key in names if key not in is_listed], open_, now)
        async for some in self._found((keys.BROUGHT, keys.BY_URL), now):
            yield some
        async for names in self._database.keys(keys.CHAT.glob):
            yield await self._chats([int(key.rpartition(":")[2]) for key in names], now)
        async for entries in self._entries(open_):
            yield entries

    async def _found(self, patterns: Sequence[KeyPattern], now: datetime) -> AsyncIterator[list[Line]]:
        """All keys of some kinds."""
        for pattern in patterns:
            async for names in self._database.keys(pattern.glob):
                yield await self._plain([(pattern, key) for key in names if pattern.matches(key)], now)

    async def _plain(self, named: Sequence[tuple[KeyPattern, str]], now: datetime) -> list[Line]:
        found = await self._ending([reading(pattern.type, key) for pattern, key in named])
        return [
            {"key": key, "value": whole(pattern.type, value), **_until(left, now)}
            for (pattern, key), (value, left) in zip(named, found, strict=True)
            if value
        ]

    async def _headlines(self, names: Sequence[str], open_: _Open, now: datetime) -> list[Line]:
        found = await self._ending([("HGETALL", key) for key in names])
        return [
            {"headline": record, **_until(left, now)}
            for record, left in found
            if record.get("first", "") and record["first"] not in open_
        ]

    async def _ending(self, commands: Sequence[Sequence[Any]]) -> list[tuple[Any, int]]:
        """What commands that read a key answer, and in how many ms the key ends."""
        answers = await self._database.pipeline([each for read in commands for each in (read, ("PTTL", read[1]))])
        return list(zip(answers[::2], answers[1::2], strict=True))

    async def _chats(self, chats: Sequence[int], now: datetime) -> list[Line]:
        shards: dict[int, list[int]] = {}
        for chat in chats:
            shards.setdefault(shard_of(chat), []).append(chat)
        answers = await self._database.run_each(
            "portrait", [([of_shard(keys.CASTS, shard)], [shard_tag(shard), *some]) for shard, some in shards.items()]
        )
        portraits = [portrait for answer in answers for portrait in answer]
        ordered = [chat for some in shards.values() for chat in some]
        return [_line(chat, *parts, now=now) for chat, parts in zip(ordered, portraits, strict=True) if parts[0]]

    async def _entries(self, open_: _Open) -> AsyncIterator[list[Line]]:
        for entry in sorted(open_.in_hand, key=_order):
            yield _entries(await self._database.call("XRANGE", keys.STREAM.name, entry, entry))
        last = open_.last
        while some := await self._database.call("XRANGE", keys.STREAM.name, f"({last}", "+", "COUNT", READ_AT_ONCE):
            last = some[-1][0]
            yield _entries(some)


def _entries(found: Iterable[tuple[str, Mapping[str, str] | None]]) -> list[Line]:
    return [{"entry": fields} for _, fields in found if fields]


def _line(chat: int, *parts: Any, now: datetime) -> Line:  # noqa: ANN401 - as lua/portrait.lua answers
    *flat, shown, left = parts
    names = ("about", "wishes", "mail", "sent", "told", "kept", "manages")
    values = {name: pairs(each) for name, each in zip(names, flat, strict=True) if each}
    for name in NOT_HELD:
        values["about"].pop(name, None)
    return {"chat": chat, **values, **({"shown": shown} if shown else {}), **_until(left, now)}


def _until(left: int, now: datetime) -> dict[str, int]:
    return {"until": codec.ms(now) + left} if left >= 0 else {}


def _order(entry: str) -> Entry:
    at, _, number = entry.partition("-")
    return int(at), int(number or 0)
