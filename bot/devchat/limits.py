"""Telegram's flood limits, as strictly as they may be meant: sliding windows, counted when a call comes in.

Telegram says of one chat: not more than a message a second, but short bursts may go over this limit. Five messages
within five seconds are such a burst; a sixth is one too many.
See https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

from bot.devchat.refusals import flood


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages a second for the whole bot, within five seconds in one chat, and within a minute in one group."""

    per_second: int = 30
    per_chat_burst: int = 5
    per_group_minute: int = 20


BURST = 5.0
STRICT = Limits()


@dataclass(slots=True)
class Windows:
    """The calls of the last minute; `pass_` raises 429 for one too many and does not count it."""

    limits: Limits
    _everywhere: deque[float] = field(default_factory=deque)
    _chats: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def pass_(self, chat: int, *, is_group: bool, now: float) -> None:
        """Count a message into a chat at `now` (seconds). Raises Refusal."""
        here = self._chats[chat]
        windows = [(self._everywhere, self.limits.per_second, 1.0), (here, self.limits.per_chat_burst, BURST)]
        if is_group:
            windows.append((here, self.limits.per_group_minute, 60.0))
        for calls, most, span in windows:
            recent = [at for at in calls if at > now - span]
            if len(recent) >= most:
                raise flood(max(1, math.ceil(recent[-most] + span - now)))
        for calls in (self._everywhere, here):
            calls.append(now)
            while calls[0] <= now - 60:
                calls.popleft()
