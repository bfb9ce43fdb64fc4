"""How the stub counts messages: sliding windows, or a bucket of tokens. Instants are seconds of one steady clock."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from typing import Protocol

BURST, BURST_SPAN = 5, 5.0
A_MINUTE, MINUTE = 20, 60.0


class Budget(Protocol):
    """What the whole bot may send."""

    def wait(self, now: float) -> float:
        """Seconds until one more message would be taken; 0 takes nothing yet."""

    def take(self, now: float) -> None:
        """One more message."""


class Window(Budget):
    """At most `most` messages in any window of `span` seconds."""

    def __init__(self, most: int, span: float = 1.0) -> None:
        self._calls: deque[float] = deque(maxlen=most)
        self._span = span

    def wait(self, now: float) -> float:
        full = len(self._calls) == self._calls.maxlen
        return max(0.0, self._calls[0] + self._span - now) if full else 0.0

    def take(self, now: float) -> None:
        self._calls.append(now)


class Bucket(Budget):
    """`most` tokens at first and at most, and `most` more a second."""

    def __init__(self, most: int) -> None:
        self._most = self._tokens = float(most)
        self._at = 0.0

    def wait(self, now: float) -> float:
        self._tokens = min(self._most, self._tokens + (now - self._at) * self._most) if self._at else self._most
        self._at = now
        return max(0.0, (1.0 - self._tokens) / self._most)

    def take(self, now: float) -> None:
        self._tokens -= 1.0


class Limits:
    """Telegram's three limits; `refuse` gives the seconds of a 429, or 0 where the message is counted."""

    def __init__(self, budget: Budget) -> None:
        self._everywhere = budget
        self._bursts: defaultdict[int, Window] = defaultdict(lambda: Window(BURST, BURST_SPAN))
        self._groups: defaultdict[int, Window] = defaultdict(lambda: Window(A_MINUTE, MINUTE))

    def refuse(self, chat: int, now: float) -> int:
        """Count a message into a chat at `now`, or say how long to wait: what is refused does not count."""
        budgets: list[Budget] = [self._everywhere, self._bursts[chat]]
        if chat < 0:
            budgets.append(self._groups[chat])
        wait = max(budget.wait(now) for budget in budgets)
        if wait > 0:
            return max(1, math.ceil(wait))
        for budget in budgets:
            budget.take(now)
        return 0
