"""Telegram as the house sees it: a message goes out, a verdict comes back.

Here: the library's exceptions -> verdicts, and the second try in plain text where our HTML was refused.
Not here: what an answer's text means (news/verdicts), how fast (pace), the wire (wire, request).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.delivery.render.html import MOST_UNITS, cut, escape, plain
from bot.delivery.wire import WireBot
from bot.news.errors import StoreError
from bot.news.message import Message
from bot.news.verdicts import Delivered, Refused, Scope, TryLater, Verdict, judge_answer
from bot.ports import Messenger, Urgency


class TelegramMessenger(Messenger):
    """The Messenger that writes to Telegram."""

    def __init__(self, bot: WireBot) -> None:
        self._bot = bot

    async def send(self, chat: int, message: Message) -> Verdict:
        """Send one alert. What Telegram refuses as malformed is sent once more as plain text, and told as ours."""
        verdict = await self._try(chat, message)
        if not isinstance(verdict, Refused):
            return verdict
        again = await self._try(chat, bare(message))
        return replace(again, bug=verdict.reason) if isinstance(again, Delivered) else again

    async def _try(self, chat: int, message: Message) -> Verdict:
        try:
            return Delivered(await self._bot.write(chat, message, urgency=Urgency.ALERT))
        except TelegramError as error:
            return judge(error)
        except StoreError as error:  # the budget is kept in Redis
            return TryLater(str(error), scope=Scope.BOT)


def bare(message: Message) -> Message:
    """The same in plain text, without a button: nothing is left that Telegram could find malformed."""
    text = f"{plain(message.html)}\n{message.preview}".strip()
    return Message(escape(cut(text, MOST_UNITS)))


def judge(error: TelegramError) -> Verdict:
    """What an exception of the library means for the chat. Narrow before broad: BadRequest is a NetworkError."""
    match error:
        case ChatMigrated():
            return judge_answer(400, error.message, migrate_to=error.new_chat_id)
        case RetryAfter():
            return judge_answer(429, error.message, retry_after=span(error))
        case Forbidden():
            return judge_answer(403, error.message)
        case BadRequest():
            return judge_answer(400, error.message)
        case InvalidToken():
            return judge_answer(401, error.message)
        case Conflict():
            return judge_answer(409, error.message)
        case TimedOut():  # the request was on the wire
            return TryLater(error.message, maybe_sent=True)
        case _:  # nothing was sent, or the server is in trouble and says so
            return TryLater(error.message, scope=Scope.BOT)


def span(error: RetryAfter) -> timedelta:
    """How long Telegram asks us to wait; the library gives a number or a timedelta, as its settings are."""
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
