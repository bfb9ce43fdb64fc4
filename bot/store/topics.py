"""The topics that anybody wants, and the change stream that indexes follow. Owns {topics}:*.

Here: registering, reading all, reading what changed, forgetting what nobody wants.
Not here: who wants a topic (chats), what a topic means (news/topics), the index (workers/index).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.news.errors import StoreError
from bot.store import codec, keys
from bot.store.database import Database

CHANGES_KEPT = 100_000
# Whoever follows works through a read at one go, while nothing else runs in the process.
CHANGES_A_READ = 1_000
TOPICS_A_READ = 1_000
# A topic is left alone for a day after it was last wanted: whoever registers it has a day to subscribe.
UNWANTED = timedelta(days=1)
PRUNED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Change:
    """A topic that came, or (expression None) went."""

    topic_id: str
    expression: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, in order, and the position to ask from next time."""

    changes: tuple[Change, ...]
    position: str


class Topics:
    """The registry of topics, one for all chats."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def register(self, topic_id: str, expression: str, now: datetime) -> None:
        """Make a topic known to every index; do this before a chat subscribes to it."""
        await self.register_all({topic_id: expression}.items(), now)

    async def register_all(self, topics: Iterable[tuple[str, str]], now: datetime) -> None:
        """The same for several topics."""
        await self._database.run_each(
            "register",
            [
                (
                    [keys.TOPICS.name, keys.CHECKED.name, keys.CHANGES.name],
                    [topic_id, expression, codec.ms(now), CHANGES_KEPT],
                )
                for topic_id, expression in topics
            ],
        )

    async def position(self) -> str:
        """Where the change stream stands. Ask before `everything`: what changes meanwhile comes twice, harmlessly."""
        last = await self._database.call("XREVRANGE", keys.CHANGES.name, "+", "-", "COUNT", 1)
        return str(last[0][0]) if last else "0-0"

    async def everything(self) -> AsyncIterator[dict[str, str]]:
        """Every topic's expression by its id, some at a time; one may come twice. StoreError if some did not come."""
        missing = await self._database.call("HLEN", keys.TOPICS.name)
        cursor = None
        while cursor != 0:
            answer = await self._database.call("HSCAN", keys.TOPICS.name, cursor or 0, "COUNT", TOPICS_A_READ)
            cursor, some = int(answer[0]), answer[1]
            missing -= len(some)
            yield some
        if missing > 0:  # another server took over, and a cursor of this one means nothing there
            raise StoreError("Redis: topics went away while they were read.")

    async def registered(self, ids: Sequence[str]) -> frozenset[str]:
        """Which of these topics are known to every index."""
        found = await self._database.call("HMGET", keys.TOPICS.name, *ids)
        return frozenset(ident for ident, expression in zip(ids, found, strict=True) if expression)

    async def changes(self, position: str) -> Changes | None:
        """What changed since a position; None if so much changed that everything must be read again."""
        entries = await self._database.run("changes", [keys.CHANGES.name], [position, CHANGES_A_READ, CHANGES_KEPT])
        if entries is None:
            return None
        read = [(entry, codec.fields_of(flat)) for entry, flat in entries]
        changes = tuple(Change(fields["topic"], fields.get("expression")) for _, fields in read)
        return Changes(changes, read[-1][0] if read else position)

    async def prune(self, now: datetime) -> int:
        """Forget topics that no chat has wanted for a day; how many."""
        before = codec.ms(now - UNWANTED)
        ids = await self._database.call("ZRANGEBYSCORE", keys.CHECKED.name, "-inf", before, "LIMIT", 0, PRUNED_AT_ONCE)
        verdicts = [[topic_id, 1 if await self._is_wanted(topic_id) else 0] for topic_id in ids]
        pruned = await self._database.run_each(
            "prune",
            [
                (
                    [keys.TOPICS.name, keys.CHECKED.name, keys.CHANGES.name],
                    [*verdict, before, codec.ms(now), CHANGES_KEPT],
                )
                for verdict in verdicts
            ],
        )
        return sum(pruned)

    async def _is_wanted(self, topic_id: str) -> bool:
        shards = range(keys.SHARDS)
        few = [("HEXISTS", keys.few_of(shard, topic_id), topic_id) for shard in shards]
        many = [("EXISTS", keys.TOPIC.at(shard, topic_id)) for shard in shards]
        return any(await self._database.pipeline([*few, *many]))
