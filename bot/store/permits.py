"""Telegram's budget, one for the whole bot over all its processes. Owns {pace}:*.

Here: sliding windows for the bot and for each chat, what may be paid for, and holds.
Not here: how a caller waits (delivery/pace), what Telegram said (news/verdicts).

A place in a window is free again one window after the *answer*, less the shortest time that an answer took lately:
Telegram counts when a request arrives, which is some time between the two, and the next request needs its time as well.
So not even a server that counts every single second strictly is ever asked too much (lua/free_places.lua). Where
Telegram is known to count with a bucket that refills steadily, `counting` says so and nothing is left to spare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.news.verdicts import Scope
from bot.ports import Permit, Permits, Urgency
from bot.store import codec, keys
from bot.store.database import Database, Run, Value

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
# A call whose process died is taken for answered by then: it reached Telegram more than a second ago, or never will.
IN_FLIGHT = timedelta(seconds=9)
# How far ahead alerts take places: long enough to take several at once, short for a person who asks meanwhile.
ALERTS_AHEAD = timedelta(milliseconds=20)
# Alerts keep this part of their share of a second between them: evenly, and yet never the reason for an empty place.
SPREAD = 0.95
# An answer takes the next place that is known to be free some time within the next second.
REPLIES_AHEAD = timedelta(seconds=1)
AHEAD = MappingProxyType({Urgency.REPLY: REPLIES_AHEAD, Urgency.ALERT: ALERTS_AHEAD, Urgency.ANNOUNCEMENT: timedelta()})
# Of a hundred places, announcements leave so many free: where alerts or answers take more than the others, they wait.
LEFT_FREE = 33
# What a paid broadcast costs: Telegram takes a tenth of a Star a message.
MESSAGES_A_STAR = 10


class Counting(StrEnum):
    """How Telegram is taken to count: every second for itself, or with a bucket that refills steadily."""

    WINDOW = "window"
    BUCKET = "bucket"


@dataclass(frozen=True, slots=True)
class Limits:
    """What Telegram allows: calls a second for the bot, in a burst in one chat, and a minute in a group.

    One chat may have a message a second, and a short burst of them: that is for answers, which people ask for one
    after the other; alerts keep `alerts_apart` between them. `paid_per_second` calls may be made while no more than
    `stars_per_day` have been paid for those beyond `per_second`; 0: nothing is paid for.
    """

    per_second: int = 30
    per_burst: int = 5
    alerts_apart: timedelta = SECOND
    per_group_minute: int = 20
    counting: Counting = Counting.WINDOW
    paid_per_second: int = 0
    stars_per_day: int = 0

    @property
    def announced_per_second(self) -> int:
        """How full announcements may make a second, with everything else that is sent in it."""
        return max(self.per_second * (100 - LEFT_FREE) // 100, 1)

    @property
    def most_per_second(self) -> int:
        """Calls a second with those that are paid for."""
        return max(self.per_second, self.paid_per_second) if self.stars_per_day else self.per_second


@dataclass(frozen=True, slots=True)
class Budget:
    """How many of `per_second` places are taken just now; Telegram has asked for silence until `held_until`."""

    taken: int
    per_second: int
    held_until: datetime | None


class RedisPermits(Permits):
    """Permits counted in Redis."""

    def __init__(self, database: Database, limits: Limits = Limits()) -> None:
        self._database = database
        self._limits = limits
        self._answers: list[str] = []

    @property
    def per_second(self) -> int:
        """How many calls a second there may be at the most."""
        return self._limits.most_per_second

    async def take(self, chats: Sequence[int | None], urgency: Urgency, now: datetime) -> list[Permit]:
        """Ask for one call into each chat, in this order; None is a call that writes to no chat."""
        limits, is_alert = self._limits, urgency is Urgency.ALERT
        free, most = limits.per_second, limits.most_per_second
        if urgency is Urgency.ANNOUNCEMENT:  # nothing is paid for it either
            free = most = limits.announced_per_second
        flight = IN_FLIGHT if limits.counting is Counting.WINDOW else timedelta()
        args: list[Value] = [
            codec.exact_ms(now),
            codec.span_ms(flight),
            free,
            most,
            limits.stars_per_day * MESSAGES_A_STAR,
            codec.span_ms(AHEAD[urgency]),
            SPREAD * 1000 if is_alert else 0,
            codec.span_ms(limits.alerts_apart) if urgency is not Urgency.REPLY else 0,
            *self._window(1),
            *self._window(-1),
            " ".join(str(chat or 0) for chat in chats),
        ]
        taking = ("take_permits", ([*_KEYS, keys.PACE_PAID.at(now.date().isoformat())], args))
        *_, answers = await self._database.run_in_turn([*self._noted(), taking])
        return [_permit(answer, chat or 0) for answer, chat in zip(answers, chats, strict=True)]

    def answered(self, permit: Permit, took: timedelta | None, now: datetime) -> None:
        """The call was answered after `took`, or (None) never: its place in the window starts to run out.

        This is written down with the next permits that are asked for, or by `note`; else it runs out later.
        """
        if permit.id and self._limits.counting is Counting.WINDOW:
            number, _, chat = permit.id.partition(":")
            span = -1 if took is None else took / codec.MILLISECOND
            self._answers.append(f"{number} {codec.exact_ms(now)} {span} {chat} {self._window(int(chat))[1]}")

    async def note(self) -> None:
        """Write down which calls were answered, for others who share the budget."""
        if noted := self._noted():
            await self._database.run_in_turn(noted)

    async def budget(self, now: datetime) -> Budget:
        """How much of the bot's budget is used just now, by all its processes."""
        free_later = ("ZCOUNT", keys.PACE_BOT.name, f"({codec.exact_ms(now)}", "+inf")
        taken, held = await self._database.pipeline([free_later, ("GET", keys.PACE_HOLD.name)])
        return Budget(taken, self._limits.most_per_second, codec.instant(int(held)) if held else None)

    def _noted(self) -> list[tuple[str, Run]]:
        """The step that writes down the answers of the last instant; they travel with the next permits asked for."""
        answers, self._answers = self._answers, []
        if not answers:
            return []
        return [("free_places", ([keys.PACE_BOT.name, keys.PACE_QUICKEST.name], [keys.PACE_CHAT.at(""), *answers]))]

    async def hold(self, chat: int | None, until: datetime, now: datetime) -> None:
        """Telegram asked for silence: in one chat, or (None) everywhere. A shorter hold does not end a longer one."""
        key = keys.PACE_HOLD.name if chat is None else keys.PACE_HOLD_CHAT.at(chat)
        await self._database.run("hold", [key], [codec.ms(until), codec.span_ms(max(until - now, SECOND))])

    def _window(self, chat: int) -> tuple[int, int]:
        """How many calls in a chat's window, and the window in ms."""
        if chat >= 0:
            return self._limits.per_burst, self._limits.per_burst * codec.span_ms(SECOND)
        return self._limits.per_group_minute, codec.span_ms(MINUTE)


_KEYS = (keys.PACE_BOT.name, keys.PACE_HOLD.name, keys.PACE_COUNT.name, keys.PACE_NEXT.name)


def _permit(answer: Sequence[int], chat: int) -> Permit:
    number, micros, flag = answer
    wait = timedelta(microseconds=micros)
    if number:
        return Permit(f"{number}:{chat}", wait, paid=bool(flag))
    return Permit("", wait, Scope.CHAT if flag else Scope.BOT)
