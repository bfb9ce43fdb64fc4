"""Headlines owed to chats and not yet settled. Owns {sNN}:mail, due, rest, tries and sent.

Here: owing, drawing what is due, and ticking off.
Not here: who wants what (chats), what a verdict means (news/verdicts), how fast (delivery/pace).

A mailbox is drawn with the newest 200 headlines. If a chat cannot be written to for so long that more are owed to
it, the oldest fall out; /latest lists them still.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.news.model import Mailbox, Owed
from bot.store import codec, keys
from bot.store.chats import TOLD_FOR, TOLD_KEPT
from bot.store.database import Database, Value
from bot.store.keys import of_chat, of_shard, shard_of, shard_tag

MAILBOX_HOLDS = 200
# Between two exchanges the server does others' work: one for all shards would keep it from them for several seconds
# when a headline is for a million chats.
SHARDS_AT_ONCE = 4
# A repeated stream entry must not be owed again; entries repeat within minutes, and within days after a long stop.
SENT_KEPT = 500
SENT_FOR = timedelta(days=7)
TRIES_FOR = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many chats wait for mail, and since when the first of them is due."""

    chats: int
    oldest_due: datetime | None


class Outbox:
    """A mailbox and a due time for every chat that something is owed to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def owe(self, headline_id: str, topic_ids: Sequence[str], now: datetime) -> int:
        """Put a headline into the mailbox of every chat that wants one of the topics; into how many it came.

        One atomic step a shard. Owing again is harmless, so after a crash owe again.
        """
        if not topic_ids:
            return 0
        owed = 0
        for first in range(0, keys.SHARDS, SHARDS_AT_ONCE):
            owed += sum(
                await self._database.run_each(
                    "owe",
                    [
                        (_shard_keys(shard), [shard_tag(shard), headline_id, codec.ms(now), *topic_ids])
                        for shard in range(first, first + SHARDS_AT_ONCE)
                    ],
                )
            )
        return owed

    async def draw(self, limit: int, now: datetime, lease: timedelta) -> list[Mailbox]:
        """The mailboxes that are due, longest due first over all shards; each is ours until the lease has run out."""
        until = codec.ms(now)
        due = await self._database.pipeline(
            [
                ("ZRANGEBYSCORE", of_shard(keys.DUE, shard), "-inf", until, "WITHSCORES", "LIMIT", 0, limit)
                for shard in range(keys.SHARDS)
            ]
        )
        instants = ((int(due_at), shard) for shard, chats in enumerate(due) for due_at in chats[1::2])
        first = sorted(instants)[:limit]
        drawn = await self._database.run_each(
            "draw",
            [
                (_shard_keys(shard), [shard_tag(shard), until, codec.ms(now + lease), count, MAILBOX_HOLDS])
                for shard, count in Counter(shard for _, shard in first).items()
            ],
        )
        mailboxes = sorted((mailbox for shard in drawn for mailbox in shard), key=lambda mailbox: int(mailbox[0]))
        return [
            Mailbox(int(chat), _newest_first(codec.fields_of(mail)), *_tries(tries))
            for _, chat, tries, mail in mailboxes
        ]

    async def settle(
        self,
        mailbox: Mailbox,
        delivered: Sequence[str],
        message_id: int | None,
        now: datetime,
        next_due: datetime,
    ) -> None:
        """Tick off what was delivered in a message; what else is owed, now or later, is due at `next_due`."""
        chat, shard = mailbox.chat, shard_of(mailbox.chat)
        if not delivered:
            return
        sent: list[Value] = [codec.ms(now - SENT_FOR), SENT_KEPT, codec.seconds(SENT_FOR)]
        told: list[Value] = ["" if message_id is None else message_id, TOLD_KEPT, codec.seconds(TOLD_FOR)]
        await self._database.run(
            "settle",
            [
                of_chat(keys.MAIL, chat),
                of_shard(keys.DUE, shard),
                of_chat(keys.TRIES, chat),
                of_chat(keys.SENT, chat),
                of_shard(keys.REST, shard),
                of_chat(keys.TOLD, chat),
                of_chat(keys.CHAT, chat),
                of_chat(keys.WISHES, chat),
            ],
            [chat, codec.ms(now), codec.ms(next_due), *sent, *told, *delivered],
        )

    async def postpone(self, mailbox: Mailbox, until: datetime, doubtful: Iterable[str] = ()) -> None:
        """A send failed: try again at `until`, and remember the headlines that may have arrived."""
        await self._database.run(
            "postpone",
            [of_shard(keys.DUE, shard_of(mailbox.chat)), of_chat(keys.TRIES, mailbox.chat)],
            [mailbox.chat, codec.ms(until), " ".join([str(mailbox.tries + 1), *doubtful]), codec.seconds(TRIES_FOR)],
        )

    async def hurry(self, chat: int, now: datetime) -> None:
        """Whatever a chat waits for, it can be written to now."""
        await self._database.pipeline(
            [
                ("ZADD", of_shard(keys.DUE, shard_of(chat)), "XX", "LT", codec.ms(now), chat),
                ("DEL", of_chat(keys.TRIES, chat)),
            ]
        )

    async def drop(self, mailbox: Mailbox, headline_ids: Sequence[str]) -> None:
        """Owe these headlines no longer, though they were not delivered."""
        if headline_ids:
            chat = mailbox.chat
            await self._database.run(
                "drop",
                [of_chat(keys.MAIL, chat), of_shard(keys.DUE, shard_of(chat)), of_chat(keys.TRIES, chat)],
                [chat, *headline_ids],
            )

    async def backlog(self) -> Backlog:
        """How much is waiting."""
        shards = [of_shard(keys.DUE, shard) for shard in range(keys.SHARDS)]
        counts = await self._database.pipeline([("ZCARD", due) for due in shards])
        firsts = await self._database.pipeline([("ZRANGE", due, 0, 0, "WITHSCORES") for due in shards])
        instants = [int(instant) for _, instant in filter(None, firsts)]
        return Backlog(sum(counts), codec.instant(min(instants)) if instants else None)


def _shard_keys(shard: int) -> list[str]:
    return [of_shard(keys.DUE, shard), of_shard(keys.REST, shard)]


def _tries(text: str) -> tuple[int, frozenset[str]]:
    """Failed tries, and the headlines that may have arrived."""
    tries, *doubtful = text.split()
    return int(tries), frozenset(doubtful)


def _newest_first(mail: dict[str, str]) -> tuple[Owed, ...]:
    """What a mailbox holds; the topic is the first that brought the headline."""
    order: list[tuple[int, str, str]] = []
    for headline, value in mail.items():
        instant, _, topics = value.partition(" ")
        order.append((int(instant), headline, topics.partition(",")[0]))
    order.sort(key=lambda owed: owed[0], reverse=True)
    return tuple(Owed(headline, topic) for _, headline, topic in order)
