"""Telegram as the house sees it: an alert goes out, a verdict comes back.

Here: a message -> the bytes of a call, the bytes of its answer -> a verdict, and the second try in plain text where
our HTML was refused.
Not here: what an answer's text means (news/verdicts), how fast (pace), the wire (lines).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

import orjson

from bot.delivery.lines import Lines
from bot.delivery.pace import Valve
from bot.delivery.render.html import MOST_UNITS, cut, escape, plain
from bot.delivery.request import AnswerLostError, NotSentError, told
from bot.delivery.wire import content
from bot.news.errors import StoreError
from bot.news.message import Message
from bot.news.verdicts import Delivered, Refused, Scope, TryLater, Verdict, judge_answer
from bot.ports import Clock, Messenger, Permit

# A second try in plain text waits so long for its place; a send and its second try must end within the sender's lease.
PATIENCE = timedelta(seconds=4)
# A headline is told to many with the same words.
WORDED = 1024


class TelegramMessenger(Messenger):
    """The Messenger that writes to Telegram."""

    def __init__(self, lines: Lines, valve: Valve, clock: Clock) -> None:
        self._lines = lines
        self._valve = valve
        self._clock = clock

    async def admit(self, chats: Sequence[int]) -> list[Permit]:
        """Which of these chats may be written to now or in an instant. Raises StoreError."""
        return await self._valve.admit(chats)

    async def send(self, chat: int, message: Message, permit: Permit) -> Verdict:
        """Send one alert. What Telegram refuses as malformed is sent once more as plain text, and told as ours."""
        verdict = await self._try("sendMessage", _body(chat, message, paid=permit.paid), chat, permit)
        if not isinstance(verdict, Refused):
            return verdict
        again = await self._again(chat, bare(message))
        return replace(again, bug=verdict.reason) if isinstance(again, Delivered) else again

    async def edit(self, chat: int, message_id: int, message: Message, permit: Permit) -> Verdict:
        """Put a message in the place of an older alert; every outcome is a verdict."""
        body = b'{"message_id":%d,' % message_id + _body(chat, message)[1:]
        return await self._try("editMessageText", body, chat, permit)

    async def rest(self) -> None:
        """There is nothing to send just now. Raises StoreError."""
        await self._valve.note()

    async def _try(self, method: str, body: bytes, chat: int, permit: Permit) -> Verdict:
        await self._valve.opens(permit)
        began = self._clock.now()
        try:
            status, payload = await self._lines.post(method, body)
        except NotSentError as error:
            self._valve.answered(permit, None)
            return TryLater(error.message, scope=Scope.BOT)
        except AnswerLostError as error:
            self._valve.answered(permit, None)
            return TryLater(error.message, maybe_sent=True)
        verdict = judge(status, payload)
        if isinstance(verdict, TryLater) and verdict.is_flood and verdict.after is not None:
            await self._valve.flooded(chat, verdict.after)
        self._valve.answered(permit, self._clock.now() - began)
        return verdict

    async def _again(self, chat: int, message: Message) -> Verdict:
        waited = timedelta()
        try:
            while True:
                [permit] = await self.admit([chat])
                if permit.id:
                    return await self._try("sendMessage", _body(chat, message, paid=permit.paid), chat, permit)
                waited += permit.wait
                if waited > PATIENCE:
                    return TryLater("the budget has no place", permit.wait, permit.scope)
                await self._valve.opens(permit)
        except StoreError as error:  # the budget is kept in Redis
            return TryLater(str(error), scope=Scope.BOT)


def bare(message: Message) -> Message:
    """The same in plain text, without a button: nothing is left that Telegram could find malformed."""
    text = f"{plain(message.html)}\n{message.preview}".strip()
    return Message(escape(cut(text, MOST_UNITS)))


def judge(status: int, payload: bytes) -> Verdict:
    """What an answer's bytes mean for the chat."""
    code, answer = told(status, payload)
    if answer is None:
        return TryLater("Telegram's answer was lost: it is no JSON", maybe_sent=True)
    if code < 300:
        sent = answer.get("result")
        number = sent.get("message_id") if isinstance(sent, dict) else None
        return Delivered(number if isinstance(number, int) else None)
    parameters = answer.get("parameters") or {}
    wait, new = parameters.get("retry_after"), parameters.get("migrate_to_chat_id")
    return judge_answer(
        code,
        answer.get("description") or f"HTTP {code}",
        retry_after=timedelta(seconds=wait) if isinstance(wait, int | float) else None,
        migrate_to=new if isinstance(new, int) else None,
    )


@lru_cache(maxsize=WORDED)
def _worded(message: Message, paid: bool) -> bytes:
    """What is the same in every chat, after the chat."""
    return orjson.dumps(content(message) | ({"allow_paid_broadcast": True} if paid else {}))[1:]


def _body(chat: int, message: Message, *, paid: bool = False) -> bytes:
    return b'{"chat_id":%d,' % chat + _worded(message, paid)
