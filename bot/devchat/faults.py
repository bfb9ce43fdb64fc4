"""What can go wrong between a bot and Telegram, done for real: the levers of tests.

Here: which call is to go wrong, and how.
Not here: Telegram's own refusals (refusals), which the methods make by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.devchat.refusals import Refusal


class Cut(StrEnum):
    """How a connection breaks."""

    BEFORE = "before the call is carried out"
    AFTER = "after it is carried out, before the answer"
    HALF = "in the middle of the answer"
    SILENT = "never: the answer does not come"


@dataclass(frozen=True, slots=True)
class Page:
    """What a proxy answers in Telegram's place: a page for people, with this status."""

    status: int
    html: str = "<html><body>Bad gateway</body></html>"


Wrong = Refusal | Cut | Page


@dataclass(frozen=True, slots=True)
class Fault:
    """The next call of `method` (any, if empty) into `chat` (any, if None) goes wrong like that.

    One that `lasts` does not pass with that call, but when Telegram is mended.
    """

    how: Wrong
    method: str = "sendMessage"
    chat: int | None = None
    lasts: bool = False

    def concerns(self, method: str, chat: str) -> bool:
        """Whether the call is the one."""
        return self.method.lower() in {"", method.lower()} and (self.chat is None or str(self.chat) == chat)
