"""What Telegram said about one send, and what follows. Owns the six verdicts.

Here: the verdicts; an answer's code and text -> verdict (the table of docs/telegram.md); when to try again.
Not here: the library's exceptions (delivery/send), what is written down (store/outbox).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Scope(StrEnum):
    """Whom a wait concerns."""

    CHAT = "chat"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Delivered:
    """It stands in the chat; `bug` is why only its plain text could be sent, empty where all is well."""

    message_id: int | None = None
    bug: str = ""


@dataclass(frozen=True, slots=True)
class TryLater:
    """Not now. `after` is what Telegram asked for, None where we choose.

    `maybe_sent`: the request was on the wire when the answer was lost, so a second try may double it.
    `is_flood`: we were told to wait because we wrote too much, and nobody but the budget is at fault.
    `is_token`: Telegram does not know us, so no call of ours can be carried out before the operator mends that.
    """

    reason: str
    after: timedelta | None = None
    scope: Scope = Scope.CHAT
    maybe_sent: bool = False
    is_flood: bool = False
    is_token: bool = False


class Shut(StrEnum):
    """What keeps us from writing into a chat that we are in; one of its admins can mend it."""

    RIGHTS = "rights"
    THREAD = "thread"


@dataclass(frozen=True, slots=True)
class Paused:
    """The chat does not let us write for now: what it is owed waits, and its admins may want to know."""

    reason: str
    shut: Shut


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


@dataclass(frozen=True, slots=True)
class Flood:
    """Telegram told us, when we wrote to a chat, to wait."""

    chat: int
    at: datetime


Verdict = Delivered | TryLater | Paused | ChatGone | ChatMoved | Refused

# Telegram's answers by a part of their text in lower case; docs/telegram.md tells them to people. A text that stands
# nowhere here is our fault if it is a 400, and the chat's if it is a 403.
_DONE = ("message is not modified",)
_GONE = (
    *("chat not found", "peer_id_invalid", "user not found", "user_id_invalid"),
    *("channel_private", "user_is_blocked", "input_user_deactivated"),
)
# It lives on under another id that this answer does not tell; a service message does.
_MOVED = ("upgraded to a supergroup",)
_NO_RIGHTS = (
    *("not enough rights", "have no rights", "no write access", "need administrator rights"),
    *("chat_write_forbidden", "chat_restricted", "chat_admin_required"),
    *("chat_send_plain_forbidden", "chat_guest_send_forbidden", "user_banned_in_channel"),
)
_NO_THREAD = ("message thread not found", "topic_deleted", "topic_closed", "topic_id_invalid")
# How long a flood wait lasts, where only the text says so.
_SECONDS = re.compile(r"(?:retry after |flood_wait_)(\d{1,9})\b")

# A chat that does not let us write is tried once a day; my_chat_member tells when it does sooner.
NO_RIGHTS_WAIT = timedelta(days=1)
FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(minutes=15)
# So many calls in a row that Telegram itself did not carry out are no trouble of the chats that they were about, if
# nothing got through for so long: where every second call fails, the others are worth making.
SEVERAL_CALLS = 3
NOTHING_FOR = timedelta(seconds=1)
# For so long nothing is sent then, and twice as long each time, until Telegram is asked again whether it is back.
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(seconds=30)
# Telegram's limits for one chat: a message a second in a private one, 20 a minute in a group.
PRIVATE_GAP = timedelta(seconds=1)
GROUP_GAP = timedelta(seconds=3)
# So many chats told to wait within such a time are no accident of theirs.
SEVERAL_CHATS = 3
AT_ONCE = timedelta(seconds=5)


def judge_answer(
    code: int, description: str, *, retry_after: timedelta | None = None, migrate_to: int | None = None
) -> Verdict:
    """What Telegram's answer to a send means for the chat; `description` is Telegram's own text, in any case."""
    text = description.lower()
    if migrate_to is not None:
        return ChatMoved(migrate_to)
    if code in {420, 429} or retry_after is not None:
        return TryLater(description, after=retry_after or _seconds_in(text), is_flood=True)
    if code in {401, 404}:
        return TryLater(f"the token is wrong or revoked: {description}", scope=Scope.BOT, is_token=True)
    if code in {400, 403}:
        return _judge_refusal(code, text, description)
    return TryLater(description, scope=Scope.BOT)


def _judge_refusal(code: int, text: str, description: str) -> Verdict:
    if _any(_DONE, text):
        return Delivered()
    if _any(_NO_RIGHTS, text):
        return Paused(description, Shut.RIGHTS)
    if _any(_NO_THREAD, text):
        return Paused(description, Shut.THREAD)
    if _any(_MOVED, text):
        return TryLater(description)
    if code == 403 or _any(_GONE, text):
        return ChatGone(description)
    return Refused(description)


def _any(parts: tuple[str, ...], text: str) -> bool:
    return any(part in text for part in parts)


def _seconds_in(text: str) -> timedelta | None:
    found = _SECONDS.search(text)
    return timedelta(seconds=int(found[1])) if found else None


def is_telegrams(verdict: Verdict) -> bool:
    """Whether Telegram did not carry out a call for reasons of its own, or never saw it; not the chat's, nor ours."""
    if not isinstance(verdict, TryLater) or verdict.is_flood:
        return False
    return verdict.scope is Scope.BOT or verdict.maybe_sent


def is_away(verdict: Verdict, failed: int, well: timedelta | None) -> bool:
    """Whether nothing should be sent for now, by a verdict after which `failed` calls in a row were Telegram's trouble.

    `well` is how long ago Telegram carried a call out, None if it never did. One server error may be one chat's; a
    token that is unknown is everybody's at once.
    """
    if isinstance(verdict, TryLater) and verdict.is_token:
        return True
    return is_telegrams(verdict) and failed >= SEVERAL_CALLS and (well is None or well >= NOTHING_FOR)


def pause_after(pauses: int) -> timedelta:
    """How long to send nothing after so many pauses in a row: 1 s, 2 s, 4 s … up to 30 s."""
    return min(FIRST_PAUSE * (1 << min(pauses, 10)), LONGEST_PAUSE)


def concerns(flood: Flood, before: Iterable[Flood]) -> Scope:
    """Whom a flood wait concerns. Telegram's text is the same for a busy chat, a busy group and a busy bot.

    Our own permits keep the whole bot's budget, over all its processes, so the chat is the first suspect: silence for
    everybody because of one chat is what other bots suffer from. If the bot is meant after all, every call meets the
    same answer, and with the third chat that is told to wait within five seconds everybody waits.
    """
    lately = {told.chat for told in before if flood.at - told.at <= AT_ONCE}
    return Scope.BOT if len(lately | {flood.chat}) >= SEVERAL_CHATS else Scope.CHAT


def retry_at(verdict: TryLater, tries: int, now: datetime) -> datetime:
    """When to try again after `tries` failed tries: when Telegram said, else 5 s, 10 s, 20 s … up to 15 minutes."""
    if verdict.after is not None:
        return now + verdict.after
    return now + min(FIRST_RETRY * (1 << min(tries, 10)), LONGEST_RETRY)


def next_due(chat: int, now: datetime) -> datetime:
    """When a chat that was just written to may be written to again; groups and channels have negative ids."""
    return now + (GROUP_GAP if chat < 0 else PRIVATE_GAP)
