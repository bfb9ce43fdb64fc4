"""Messages in a group that one person sees alone (ephemeral messages, Bot API 10.2; as 10.3 has them).

Here: whose eyes a message is for, where one of ours stands, and remembering for a while which groups take none.
Not here: the wire (wire), who is answered so (handlers/speech).

In a group whose admin the bot is, anybody may be answered so at any time; elsewhere only a tap, or a message that was
itself for the bot alone, within 15 seconds. A server that does not know them sends a usual message.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.ports import Clock

# A group that takes none is asked again after so long: the bot may have become its admin.
ASKED_AGAIN = timedelta(hours=1)
# So many groups are remembered; a forgotten one costs a call.
REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Whisper:
    """For whose eyes alone a message is, and what it answers: a tap by its id, or a whisper to us by its number."""

    person: int
    tap: str = ""
    asked: int = 0

    @property
    def is_prompt(self) -> bool:
        """Whether it answers what lets us whisper anywhere."""
        return bool(self.tap or self.asked)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a message of ours stands: its chat and number; a whisper has a number of its own kind, and a `person`."""

    chat: int
    message: int
    person: int = 0

    def call(self, what: str) -> tuple[str, dict[str, Any]]:
        """The method that changes this (MessageText, MessageReplyMarkup) of it, and how that names it."""
        if not self.person:
            return f"edit{what}", {"chat_id": self.chat, "message_id": self.message}
        named = {"chat_id": self.chat, "ephemeral_message_id": self.message, "receiver_user_id": self.person}
        return f"editEphemeral{what}", named


class Whispers:
    """Which groups take whispers. Each process finds out for itself."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._refused: dict[int, datetime] = {}

    def may(self, chat: int, whisper: Whisper) -> bool:
        """Whether it is worth trying."""
        until = self._refused.get(chat)
        return whisper.is_prompt or until is None or until <= self._clock.now()

    def refused(self, chat: int, whisper: Whisper) -> None:
        """The group took none."""
        if not whisper.is_prompt:
            self._refused.pop(chat, None)
            self._refused[chat] = self._clock.now() + ASKED_AGAIN
            while len(self._refused) > REMEMBERED:
                del self._refused[next(iter(self._refused))]


def whispered(whisper: Whisper) -> dict[str, Any]:
    """What a call holds of it."""
    tapped = {"callback_query_id": whisper.tap} if whisper.tap else {}
    call: dict[str, Any] = {"ephemeral_message_parameters": {"receiver_user_id": whisper.person, **tapped}}
    if whisper.asked:
        call["reply_parameters"] = {"ephemeral_message_id": whisper.asked, "allow_sending_without_reply": True}
    return call
