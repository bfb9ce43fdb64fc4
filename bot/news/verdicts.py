"""What Telegram said about one send, and what follows. Owns the five verdicts.

Here: the verdicts; an answer's code and text -> verdict (the table of docs/telegram.md); when to try again.
Not here: the library's exceptions (delivery/send), what is written down (store/outbox).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Scope(StrEnum):
    """Whom a wait concerns."""

    CHAT = "chat"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Delivered:
    """It stands in the chat."""

    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class TryLater:
    """Not now. `after` is what Telegram asked for, None where we choose.

    `maybe_sent`: the request was on the wire when the answer was lost, so a second try may double it.
    """

    reason: str
    after: timedelta | None = None
    scope: Scope = Scope.CHAT
    maybe_sent: bool = False


@dataclass(frozen=True, slots=True)
class ChatGone:
    """Nobody reads there any more; its wishes are kept for a grace period."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChatMoved:
    """The group lives on under another id; everything of the chat moves with it."""

    to: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Our message is at fault; the same bytes would be refused again."""

    reason: str


Verdict = Delivered | TryLater | ChatGone | ChatMoved | Refused
