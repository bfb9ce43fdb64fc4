"""Headlines owed to chats and not yet settled. Owns {sNN}:casts, cast, waiting, mail, due, rest, tries and sent.

Here: owing, drawing what is due, and ticking off.
Not here: who wants what (chats), what a verdict means (news/verdicts), how fast (delivery/pace).

A headline is owed to all chats at once, by a cast: in each shard a bitmap with a bit for every chat that still has to
get it. A chat that is drawn gets what all casts owe to it into its mailbox, in the step that takes its bits, and so
in one message. What could not be sent at once lies in the mailbox until the chat is due again.

A mailbox is drawn with the newest 200 headlines. If a chat cannot be written to for so long that more are owed to
it, the oldest fall out; /latest lists them still.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.news.alerts import Form, Mailbox
from bot.news.holding import MANY_A_DAY
from bot.store import codec, keys
from bot.store.chats import SENT_FOR, TOLD_FOR, TOLD_KEPT
from bot.store.database import Database, Value
from bot.store.keys import of_chat, of_shard, shard_of, shard_tag
from bot.store.mailboxes import TOLD, mailbox_of
from bot.store.together import Together
from bot.store.view import View

# How long a chat stays with the sender that drew it before another may draw it; after a crash the chat waits for it.
# Longer than what was drawn may wait (workers/letters), and any send and its second try may take (delivery/send).
LEASE = timedelta(seconds=30)
MAILBOX_HOLDS = 200
SENT_KEPT = 500
TRIES_FOR = timedelta(days=8)
# Shards are owed to in portions, the first ones small: the first chat is drawn while the other shards are still owed.
PORTIONS = (0, 2, 8, 16, 32, keys.SHARDS)
# For so long the other shards wait then: a sender in this process needs Redis for a moment to write the first message.
HEAD_START = 0.005
# A chat may move into a shard that was passed, out of one that comes yet; who moved lately is looked at once more.
MOVES_WITHIN = timedelta(minutes=1)
MOST_MOVED = 1000
# A headline's correction is called as the headline, with this behind; lua/members.lua has the same rule.
CORRECTION = "!"

Ring = Callable[[], None]


def _silent() -> None:
    """Nobody waits."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many messages are owed (a chat that several casts owe to counts several times), and since when the oldest."""

    chats: int
    oldest_due: datetime | None


class Outbox:
    """A mailbox and a due time for every chat that something is owed to."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._view = View()
        self._settle = Together(self._settle_all)

    async def owe(
        self, name: str, topic_ids: Sequence[str], now: datetime, ring: Ring = _silent, *, breaks: bool = False
    ) -> int:
        """Owe a headline, by its name, to every chat that wants one of the topics; to how many more than before.

        One atomic step a shard, however many chats it is. Owing again is harmless, so after a crash owe again. What
        `breaks` is looked at even in chats that hold what they are owed.
        `ring` is called as soon as something can be drawn: the first chats are told while others are still being owed.
        """
        if not topic_ids:
            return 0
        owed, what = 0, [name, codec.ms(now), "!" if breaks else "", *topic_ids]
        for first, last in itertools.pairwise(PORTIONS):
            more = await self._owe(range(first, last), what, ring)
            if more and not owed:
                await asyncio.sleep(HEAD_START)
            owed += more
        moved = await self._database.call(
            "ZRANGEBYSCORE", keys.MOVED.name, codec.ms(now - MOVES_WITHIN), "+inf", "LIMIT", 0, MOST_MOVED
        )
        shards = sorted({shard_of(int(chat)) for chat in moved})  # one that moved meanwhile may have been passed twice
        return owed + await self._owe(shards, what, ring)

    async def _owe(self, shards: Sequence[int], what: Sequence[Value], ring: Ring) -> int:
        more = await self._database.run_each(
            "owe",
            [
                ([of_shard(keys.CASTS, shard), of_shard(keys.WAITING, shard)], [shard_tag(shard), *what])
                for shard in shards
            ],
        )
        if any(more):
            self._view.found({shard: count for shard, count in zip(shards, more, strict=True) if count})
            ring()
        return sum(more)

    async def correct(
        self, name: str, topic_ids: Sequence[str], now: datetime, ring: Ring = _silent, *, breaks: bool = False
    ) -> int:
        """Owe a correction to every chat that wants one of the topics: who was told this is told it as it is now."""
        return await self.owe(f"{name}{CORRECTION}", topic_ids, now, ring, breaks=breaks)

    async def draw(self, limit: int, now: datetime, lease: timedelta) -> list[Mailbox]:
        """The mailboxes of chats that may be written to now; each is ours until the lease has run out.

        Those that are due come first, longest due first over all shards; then whom a headline is owed to with many,
        shards in turn. Shards of a cluster that cannot be reached just now hold up none of the others.
        """
        while True:
            if not self._view.is_fresh(now):
                await self._look(limit, now)
            shares = self._view.shares(limit)
            drawn = await self._draw(shares, now, now + lease)
            if drawn or not shares:
                return drawn  # else what was taken for full is empty; there may be something elsewhere

    async def _draw(self, shares: Mapping[int, int], now: datetime, until: datetime) -> list[Mailbox]:
        """So many chats from these shards."""
        answers = await self._database.run_reachable(
            "draw",
            [
                (
                    [of_shard(kind, shard) for kind in (keys.DUE, keys.REST, keys.CASTS, keys.WAITING)],
                    [shard_tag(shard), codec.ms(now), codec.ms(until), count, MAILBOX_HOLDS, MANY_A_DAY],
                )
                for shard, count in shares.items()
            ],
        )
        given = [found or () for found in answers]
        for shard in (shard for (shard, count), found in zip(shares.items(), given, strict=True) if len(found) < count):
            self._view.emptied(shard)
        drawn = sorted((mailbox for found in given for mailbox in found), key=lambda mailbox: int(mailbox[0]))
        return [mailbox_of(answer) for answer in drawn]

    async def _look(self, limit: int, now: datetime) -> None:
        """See in which shards there is something to draw."""
        shards = range(keys.SHARDS)
        due = [
            ("ZRANGEBYSCORE", of_shard(keys.DUE, shard), "-inf", codec.ms(now), "WITHSCORES", "LIMIT", 0, limit)
            for shard in shards
        ]
        smallest = [("ZRANGE", of_shard(keys.WAITING, shard), 0, 0, "WITHSCORES") for shard in shards]
        answers = await self._database.pipeline_reachable([*due, *smallest])
        instants = [
            (int(at), shard) for shard, chats in enumerate(answers[: keys.SHARDS]) if chats for at in chats[1::2]
        ]
        casts = {shard: int(cast[1]) for shard, cast in enumerate(answers[keys.SHARDS :]) if cast}
        self._view.looked(instants, casts, now)

    async def defer(self, chats: Mapping[int, datetime]) -> None:
        """Chats that were drawn are not written to yet: they are due at these instants, if anything is owed to them."""
        await self._database.pipeline(
            [("ZADD", of_shard(keys.DUE, shard_of(chat)), "XX", codec.ms(at), chat) for chat, at in chats.items()]
        )

    async def settle(
        self,
        mailbox: Mailbox,
        delivered: Sequence[str],
        message_id: int | None,
        now: datetime,
        next_due: datetime,
        form: Form = Form.ALERT,
        *,
        again: bool = False,
    ) -> None:
        """Tick off what a message has delivered in a form; what else is owed, now or later, is due at `next_due`.

        `again`: it stays in the mailbox all the same, known as told, for a digest that repeats it.
        """
        if delivered:
            message = f"{'-' if message_id is None else message_id}{':' if form else ''}{form}"
            topics, rest = {owed.name: owed.topic for owed in mailbox.owed}, f",{TOLD}" if again else ""
            shows = [f"{name},{topics.get(name, '')}{rest}" for name in delivered]
            told = f"{mailbox.chat} {codec.ms(next_due)} {message} {' '.join(shows)}"
            await self._settle((mailbox.chat, now, told))

    async def _settle_all(self, settled: Sequence[tuple[int, datetime, str]]) -> None:
        """One atomic step for all chats of a shard."""
        now = max(at for _, at, _ in settled)
        bounds = [codec.ms(now), SENT_KEPT, codec.seconds(SENT_FOR)]
        shards: dict[int, list[str]] = {}
        for chat, _, told in settled:
            shards.setdefault(shard_of(chat), []).append(told)
        await self._database.run_each(
            "settle",
            [
                (
                    [of_shard(keys.DUE, shard), of_shard(keys.REST, shard)],
                    [shard_tag(shard), *bounds, TOLD_KEPT, codec.seconds(TOLD_FOR), *told],
                )
                for shard, told in shards.items()
            ],
        )

    async def postpone(self, mailbox: Mailbox, until: datetime, doubtful: Iterable[str] = ()) -> None:
        """A send failed: try again at `until`, and remember the headlines that may have arrived."""
        await self._database.run(
            "postpone",
            [of_shard(keys.DUE, shard_of(mailbox.chat)), of_chat(keys.TRIES, mailbox.chat)],
            [mailbox.chat, codec.ms(until), " ".join([str(mailbox.tries + 1), *doubtful]), codec.seconds(TRIES_FOR)],
        )

    async def hurry(self, chat: int, now: datetime) -> None:
        """Whatever a chat waits for, it can be written to now; unless a sender may have it in hand just now."""
        await self._database.run(
            "hurry",
            [of_shard(keys.DUE, shard_of(chat)), of_chat(keys.TRIES, chat)],
            [chat, codec.ms(now), codec.ms(now + LEASE)],
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
        commands = [
            (
                ("ZCARD", of_shard(keys.DUE, shard)),
                ("ZRANGE", of_shard(keys.DUE, shard), 0, 0, "WITHSCORES"),
                ("ZRANGE", of_shard(keys.WAITING, shard), 0, -1, "WITHSCORES"),
                ("HVALS", of_shard(keys.CASTS, shard)),
            )
            for shard in range(keys.SHARDS)
        ]
        answers = await self._database.pipeline([command for shard in commands for command in shard])
        chats, instants = 0, list[int]()
        for due, first, waiting, casts in zip(*(answers[kind::4] for kind in range(4)), strict=True):
            chats += due + sum(int(count) for count in waiting[1::2])
            instants += [int(instant) for instant in first[1::2]] + [int(cast.partition(",")[0]) for cast in casts]
        return Backlog(chats, codec.instant(min(instants)) if instants else None)
