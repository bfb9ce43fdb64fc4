"""Announcements: drafts, the one under way, and to whom it is still owed. Owns {announce}:*, {sNN}:hears and heard.

Here: counting an audience, owing to it, ticking off, how far it is.
Not here: sending (workers/herald), who may announce (handlers), why this is no cast (docs/decisions/0015).

Owe first, then tick off: all chats are owed it before the first one is told, owing again before that is harmless, and a
chat is taken out when Telegram has answered for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

import orjson

from bot.news.announcements import Announcement, Audience, Job, Progress, Stage
from bot.news.model import ChatKind
from bot.store import codec, keys
from bot.store.database import Database, Value
from bot.store.keys import of_shard, shard_of, shard_tag

DRAFT_KEPT = timedelta(days=1)
# Longer than any announcement takes: a million chats at twenty a second are fourteen hours.
JOB_KEPT = timedelta(days=14)
# Longer than a handful of messages and their second tries take (delivery/send).
LEASE = timedelta(minutes=1)
SENT, GONE, FAILED = "sent", "gone", "failed"
_SHARDS = range(keys.SHARDS)


class Announcements:
    """One at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, draft: Announcement) -> None:
        """Keep a draft for a day."""
        await self._database.call("SET", keys.DRAFT.at(draft.id), _json(draft), "EX", codec.seconds(DRAFT_KEPT))

    async def draft(self, ident: str) -> Announcement | None:
        """A draft; None where it is too old."""
        text = await self._database.call("GET", keys.DRAFT.at(ident))
        return Announcement(**orjson.loads(text)) if text else None

    async def audience(self, spoken: Sequence[str]) -> Audience:
        """Every chat that hears announcements, counted; a language that is not `spoken` counts as English."""
        return await self._audience("count", Announcement("", "", 0), spoken)

    async def begin(self, draft: Announcement) -> bool:
        """Begin an announcement, once; False where another one is under way."""
        given: list[Value] = [draft.id, _json(draft), codec.seconds(JOB_KEPT)]
        return bool(await self._database.run("announce", [keys.ANNOUNCEMENT.name], given))

    async def job(self) -> Job | None:
        """The announcement that was begun last."""
        text, stage = await self._database.call("HMGET", keys.ANNOUNCEMENT.name, "json", "stage")
        return Job(Announcement(**orjson.loads(text)), Stage(stage)) if text else None

    async def is_ours(self, process: str) -> bool:
        """Whether this process is the one to send it now."""
        return bool(await self._database.run("herald", [keys.HERALD.name], [process, codec.span_ms(LEASE)]))

    async def owe(self, announcement: Announcement, spoken: Sequence[str]) -> None:
        """Owe it to everybody that it is for; then it may be sent."""
        await self._audience("owe", announcement, spoken)
        await self._stage(announcement, Stage.GOING)

    async def finish(self, announcement: Announcement) -> None:
        """Everybody was told."""
        await self._stage(announcement, Stage.DONE)

    async def stop(self, announcement: Announcement) -> None:
        """Tell nobody else."""
        await self._stage(announcement, Stage.STOPPED)
        await self._database.pipeline([("DEL", of_shard(keys.HEARS, shard)) for shard in _SHARDS])

    async def owed(self, count: int) -> list[int]:
        """Some of the chats that are still owed it, up to `count` of each shard, by chance."""
        found = await self._database.pipeline([("SRANDMEMBER", of_shard(keys.HEARS, each), count) for each in _SHARDS])
        return [int(chat) for shard in found for chat in shard]

    async def heard(self, chat: int, how: str) -> None:
        """Tick a chat off: it was told (SENT), is not there any more (GONE), or cannot be told (FAILED)."""
        shard = shard_of(chat)
        await self._database.run(
            "heard",
            [of_shard(keys.HEARS, shard), of_shard(keys.HEARD, shard)],
            [chat, how, codec.seconds(JOB_KEPT)],
        )

    async def moved(self, old: int, new: int) -> None:
        """A chat has another id now: it is owed there, and then no longer here."""
        there = of_shard(keys.HEARS, shard_of(new))
        await self._database.pipeline([("SADD", there, new), ("EXPIRE", there, codec.seconds(JOB_KEPT))])
        await self._database.call("SREM", of_shard(keys.HEARS, shard_of(old)), old)

    async def progress(self) -> Progress:
        """How far it is."""
        left = [("SCARD", of_shard(keys.HEARS, shard)) for shard in _SHARDS]
        told = [("HGETALL", of_shard(keys.HEARD, shard)) for shard in _SHARDS]
        answers = await self._database.pipeline([*left, *told])
        went = Counter[str]()
        for shard in answers[keys.SHARDS :]:
            went.update({how: int(count) for how, count in shard.items()})
        return Progress(went[SENT], went[GONE], went[FAILED], sum(answers[: keys.SHARDS]))

    async def _audience(self, do: str, announcement: Announcement, spoken: Sequence[str]) -> Audience:
        wanted: list[Value] = [do, announcement.lang, int(announcement.channels), codec.seconds(JOB_KEPT), *spoken]
        answers = await self._database.run_each(
            "audience",
            [
                ([of_shard(kind, shard) for kind in (keys.CHATS, keys.HEARS, keys.HEARD)], [shard_tag(shard), *wanted])
                for shard in _SHARDS
            ],
        )
        counts = Counter[tuple[ChatKind, str]]()
        for answer in answers:
            for what, count in zip(answer[::2], answer[1::2], strict=True):
                kind, _, lang = what.partition(" ")
                counts[ChatKind(kind), lang] += count
        return Audience(counts)

    async def _stage(self, announcement: Announcement, stage: Stage) -> None:
        await self._database.run("stage", [keys.ANNOUNCEMENT.name], [announcement.id, stage])


def _json(announcement: Announcement) -> str:
    return orjson.dumps(asdict(announcement)).decode()
