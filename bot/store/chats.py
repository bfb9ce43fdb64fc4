"""The chats that know us and what they want. Owns {sNN}:chats, chat, wishes, shown, told, and who
wants a topic ({sNN}:topic, few, roster, vacant; lua/members.lua says how).

Here: meeting a chat, its subscriptions, its leaving, moving and being forgotten, and what it was shown.
Not here: what is owed to it (outbox), which topics exist (topics), what it may ask for (desk).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.news.answers import Caller
from bot.news.errors import TooManySubscriptions
from bot.news.identity import owed_of
from bot.news.model import Subscription
from bot.news.preferences import Preferences
from bot.news.said import said
from bot.store import codec, keys
from bot.store.choicecodec import preferences_of
from bot.store.database import Database, Run, Value
from bot.store.keypatterns import KeyPattern
from bot.store.keys import of_chat, of_shard, shard_of, shard_tag
from bot.store.managed import MANAGED_FOR
from bot.store.topics import Topics

# Somebody who blocked the bot and comes back within this time finds everything as it was.
GRACE = timedelta(days=30)
SHOWN_FOR = timedelta(days=1)
TOLD_FOR = timedelta(days=30)
TOLD_KEPT = 100
MOVED_FOR = timedelta(minutes=10)
# A repeated stream entry must not be owed again; entries repeat within minutes, and within days after a long stop.
SENT_FOR = timedelta(days=7)
# What goes along when a chat gets a new id.
_MOVING = (keys.CHAT, keys.WISHES, keys.MAIL, keys.SENT, keys.SHOWN)


class Met(StrEnum):
    """How a chat came to us."""

    NEW = "new"
    KNOWN = "known"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Pause:
    """A chat that does not let us write: what it is called, whether one of its admins was told already, and ever."""

    title: str
    is_told: bool
    was_told: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """A chat that speaks to us: whether it had gone, or did not let us write, and what it has chosen."""

    met: Met
    is_back: bool
    preferences: Preferences


class Chats:
    """Every chat, in its shard."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._topics = Topics(database)

    async def meet(self, caller: Caller, now: datetime) -> Met:
        """Know a chat that writes to us; one that was gone gets back what it wanted."""
        chat = caller.chat
        identity = [*_keys(chat, keys.CHAT, keys.WISHES), of_shard(keys.CHATS, shard_of(chat))]
        known_by: list[Value] = [chat, caller.kind, caller.title, codec.ms(now), caller.lang]
        what, *wishes = await self._database.run("meet", identity, known_by)
        if what != "gone":
            return Met(what)
        wanted = (codec.wish_of(chat, topic, text) for topic, text in codec.fields_of(wishes[0]).items())
        await self._topics.register_all([(wish.topic, wish.expression) for wish in wanted], now)
        managed = of_chat(keys.MANAGES, chat)
        await self._database.run("restore", [*identity, managed], [chat, _tag(chat), codec.seconds(MANAGED_FOR)])
        await self._database.run("meet", identity, known_by)
        return Met.RESTORED

    async def subscribe(self, wish: Subscription, limit: int) -> bool:
        """Alert the chat to a topic (registered before) from now on; False if it was so already.

        Raises TooManySubscriptions if the chat has `limit` topics.
        """
        answer = await self._database.run(
            "subscribe",
            [of_chat(keys.WISHES, wish.chat)],
            [wish.chat, _tag(wish.chat), wish.topic, codec.wish_text(wish), limit],
        )
        if answer < 0:
            raise TooManySubscriptions(
                said("A chat can follow {most} topics at the most. Unsubscribe from one first.", most=limit)
            )
        return bool(answer)

    async def unsubscribe(self, chat: int, topic_id: str) -> Subscription | None:
        """End a wish, and take out of the mailbox what is owed for it alone; the wish, if there was one."""
        text = await self._database.run(
            "unsubscribe",
            [
                of_chat(keys.WISHES, chat),
                of_chat(keys.MAIL, chat),
                of_shard(keys.DUE, shard_of(chat)),
                of_chat(keys.TRIES, chat),
            ],
            [chat, _tag(chat), topic_id],
        )
        return codec.wish_of(chat, topic_id, text) if text else None

    async def subscriptions(self, chat: int) -> list[Subscription]:
        """What the chat wants, oldest wish first."""
        wishes = await self._database.call("HGETALL", of_chat(keys.WISHES, chat))
        return sorted((codec.wish_of(chat, topic, text) for topic, text in wishes.items()), key=lambda wish: wish.since)

    async def gone(self, chat: int, reason: str, now: datetime) -> None:
        """Nobody reads there any more: owe it nothing, and keep its wishes for a grace period."""
        shard = shard_of(chat)
        await self._database.run(
            "gone",
            [
                *_keys(chat, keys.CHAT, keys.WISHES),
                of_shard(keys.CHATS, shard),
                of_chat(keys.MAIL, chat),
                of_shard(keys.DUE, shard),
                of_chat(keys.TRIES, chat),
                of_shard(keys.REST, shard),
                of_chat(keys.MANAGES, chat),
            ],
            [chat, _tag(chat), codec.ms(now), reason[:200], codec.seconds(GRACE)],
        )

    async def known(self, chats: Sequence[int]) -> list[int]:
        """Those of these chats that can be written to."""
        found = await self._database.pipeline(
            [("SISMEMBER", of_shard(keys.CHATS, shard_of(chat)), chat) for chat in chats]
        )
        return [chat for chat, is_known in zip(chats, found, strict=True) if is_known]

    async def pause(self, chat: int) -> Pause:
        """What the chat is called, and whether an admin heard that it does not let us write since it last did."""
        (title, warned), newest = await self._database.pipeline(
            [
                ("HMGET", of_chat(keys.CHAT, chat), "title", "warned"),
                ("ZREVRANGE", of_chat(keys.SENT, chat), 0, 0, "WITHSCORES"),
            ]
        )
        is_told = bool(warned) and not (newest and float(newest[1]) > float(warned))
        return Pause(title or "", is_told, bool(warned))

    async def paused(self, chat: int, now: datetime, *, warned: bool) -> None:
        """The chat does not let us write; `warned` if an admin heard of it just now."""
        fields = ["paused", *(["warned"] if warned else [])]
        await self._database.run("paused", [of_chat(keys.CHAT, chat)], [codec.ms(now), *fields])

    async def heard(self, chat: int) -> Heard:
        """What is to be known of a chat that speaks to us."""
        fields = ("since", "gone", "paused", "lang", "choices")
        since, gone, paused, lang, choices = await self._database.call("HMGET", of_chat(keys.CHAT, chat), *fields)
        met = Met.RESTORED if gone else Met.KNOWN if since else Met.NEW
        return Heard(met, bool(gone or paused), preferences_of(lang, choices))

    async def move(self, old: int, new: int, now: datetime) -> None:
        """Everything of a chat, and what is owed to it, goes to its new id. After a crash, move it again.

        The new chat has all before the old one loses any; a headline that comes between is owed to both, and
        the second adopting makes one of it.
        """
        if await self._adopt(old, new, now):
            await self._tell_of_move(new, now)
            await self._database.run("leave", [of_chat(keys.WISHES, old)], [old, _tag(old)])
            await self._adopt(old, new, now)
            await self.forget(old)

    async def _tell_of_move(self, new: int, now: datetime) -> None:
        """Whoever owes a headline just now may have passed the new id before it was there; it looks here at the end."""
        await self._database.pipeline(
            [
                ("ZADD", keys.MOVED.name, codec.ms(now), new),
                ("ZREMRANGEBYSCORE", keys.MOVED.name, "-inf", codec.ms(now - MOVED_FOR)),
                ("EXPIRE", keys.MOVED.name, codec.seconds(MOVED_FOR)),
            ]
        )

    async def forget(self, chat: int) -> None:
        """Delete everything that we know of a chat; how often we wrote to it is forgotten within minutes by itself."""
        shard = shard_of(chat)
        own = (keys.CHAT, keys.MAIL, keys.TRIES, keys.SENT, keys.SHOWN, keys.KEPT, keys.ASKED, keys.TOLD, keys.MANAGES)
        of_all = [of_shard(pattern, shard) for pattern in (keys.CHATS, keys.DUE, keys.REST)]
        everything = [of_chat(keys.WISHES, chat), *of_all, *_keys(chat, *own)]
        await self._database.run("forget", everything, [chat, _tag(chat)])
        await self._database.call("ZREM", keys.MOVED.name, chat)

    async def shown(self, chat: int, ids: Sequence[str]) -> None:
        """Remember the rows of the list that the chat was just shown."""
        await self._database.call("SET", of_chat(keys.SHOWN, chat), " ".join(ids), "EX", codec.seconds(SHOWN_FOR))

    async def last_shown(self, chat: int) -> tuple[str, ...]:
        """The rows of the last list that the chat was shown, for a day."""
        return tuple((await self._database.call("GET", of_chat(keys.SHOWN, chat)) or "").split())

    async def remember(self, chat: int, message_id: int, ids: Sequence[str]) -> None:
        """Remember which headlines a message of ours showed."""
        kept: list[Value] = [message_id, " ".join(ids), TOLD_KEPT, codec.seconds(TOLD_FOR)]
        await self._database.run("told", [of_chat(keys.TOLD, chat)], kept)

    async def told(self, chat: int, message_id: int) -> tuple[str, ...]:
        """The headlines that a message of ours showed; none if it is too old."""
        told = await self._database.call("ZRANGEBYSCORE", of_chat(keys.TOLD, chat), message_id, message_id)
        return tuple(owed_of(shown.partition(",")[0])[0] for shown in told[0].split()[1:]) if told else ()

    async def count(self) -> int:
        """How many chats can be written to."""
        shards = [("SCARD", of_shard(keys.CHATS, shard)) for shard in range(keys.SHARDS)]
        return sum(await self._database.pipeline(shards))

    async def _adopt(self, old: int, new: int, now: datetime) -> bool:
        """Give `new` everything that `old` has; False if that is nothing."""
        *parts, shown = await self._database.run("snapshot", _keys(old, *_MOVING))
        if not any(parts):
            return False
        await self._database.run("adopt", *adopting(new, parts, shown, now))
        return True


def adopting(chat: int, parts: Sequence[Sequence[str]], shown: str, now: datetime) -> Run:
    """Keys and arguments of lua/adopt.lua; the parts, flat, are a chat, its wishes, its mail, and what it was told."""
    shard = shard_of(chat)
    kept: list[Value] = [codec.seconds(SHOWN_FOR), codec.seconds(SENT_FOR)]
    values: list[Value] = [value for part in parts for value in part]
    return (
        [*_keys(chat, *_MOVING), of_shard(keys.CHATS, shard), of_shard(keys.DUE, shard)],
        [chat, _tag(chat), codec.ms(now), *kept, shown, *(len(part) for part in parts), *values],
    )


def _keys(chat: int, *patterns: KeyPattern) -> list[str]:
    return [of_chat(pattern, chat) for pattern in patterns]


def _tag(chat: int) -> str:
    return shard_tag(shard_of(chat))
