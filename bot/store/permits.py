"""Telegram's budget, one for the whole bot over all its processes. Owns {pace}:*.

Here: sliding windows for the bot and for each chat, the share that is kept for replies, and holds.
Not here: how a caller waits (delivery/pace), what Telegram said (news/verdicts).

A place in a window is free again one window after the *answer*, not after the call: Telegram counts when a
request arrives, and that is some time between the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.ports import Permit, Permits, Urgency
from bot.store import codec, keys
from bot.store.database import Database

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
# A call that was not answered by then never will be: its process died.
IN_FLIGHT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Limits:
    """What Telegram allows: calls a second for the bot, in a burst in one chat, and a minute in a group.

    One chat may have a message a second, and a short burst of them: that is for answers, which people ask for one
    after the other; alerts keep `alerts_apart_ms`. `reply_share` is the part of the bot's budget that alerts leave
    to replies.
    """

    per_second: int = 30
    per_burst: int = 5
    alerts_apart_ms: int = 1000
    per_group_minute: int = 20
    reply_share: float = 0.1

    @property
    def for_alerts(self) -> int:
        """How many calls a second may be alerts; always one at least."""
        return max(1, self.per_second - max(1, round(self.per_second * self.reply_share)))


class RedisPermits(Permits):
    """Permits counted in Redis."""

    def __init__(self, database: Database, limits: Limits = Limits()) -> None:
        self._database = database
        self._limits = limits

    async def take(self, chat: int | None, urgency: Urgency, now: datetime) -> Permit:
        """Ask for one call; `chat` is None for calls that write to no chat."""
        limits = self._limits
        number, wait = await self._database.run(
            "take_permit",
            [
                keys.PACE_BOT.name,
                keys.PACE_CHAT.at(chat or 0),
                keys.PACE_HOLD.name,
                keys.PACE_HOLD_CHAT.at(chat or 0),
                keys.PACE_COUNT.name,
            ],
            [
                codec.ms(now),
                codec.span_ms(IN_FLIGHT),
                limits.per_second if urgency is Urgency.REPLY else limits.for_alerts,
                self._limits.alerts_apart_ms if urgency is Urgency.ALERT else 0,
                *self._chat_window(chat),
            ],
        )
        return Permit(f"{number}:{chat or 0}" if number else "", wait * codec.MILLISECOND)

    async def answered(self, permit: Permit, now: datetime) -> None:
        """The call was answered: its place in the window starts to run out now."""
        if not permit.id:
            return
        number, _, chat = permit.id.partition(":")
        _, window = self._chat_window(int(chat))
        at = codec.ms(now)
        await self._database.pipeline(
            [
                ("ZADD", keys.PACE_BOT.name, "XX", at + codec.span_ms(SECOND), number),
                ("ZADD", keys.PACE_CHAT.at(chat), "XX", at + window, number),
            ]
        )

    async def hold(self, chat: int | None, until: datetime, now: datetime) -> None:
        """Telegram asked for silence: in one chat, or (None) everywhere. A shorter hold does not end a longer one."""
        key = keys.PACE_HOLD.name if chat is None else keys.PACE_HOLD_CHAT.at(chat)
        await self._database.run("hold", [key], [codec.ms(until), codec.span_ms(max(until - now, SECOND))])

    def _chat_window(self, chat: int | None) -> tuple[int, int]:
        """For a chat: how many calls in a window (0: there is no chat), and the window in ms."""
        if not chat:
            return 0, 0
        if chat > 0:
            return self._limits.per_burst, self._limits.per_burst * codec.span_ms(SECOND)
        return self._limits.per_group_minute, codec.span_ms(MINUTE)
