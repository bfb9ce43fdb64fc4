"""Telegram as the house sees it: an alert goes out, a verdict comes back.

Here: a message -> the bytes of a call, the bytes of its answer -> a verdict, the second try in plain text where our
HTML was refused, and asking Telegram whether it is back before anything is sent to it again.
Not here: what an answer's text means (news/verdicts), how fast (pace), whether Telegram is away (outage), the wire
(lines).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from http import HTTPStatus

import orjson

from bot.delivery.forms import content
from bot.delivery.lines import Lines
from bot.delivery.outage import Outage
from bot.delivery.pace import Valve
from bot.delivery.render.alert import WORDED
from bot.delivery.render.html import MOST_UNITS, cut, escape, plain
from bot.delivery.request import AnswerLostError, NotSentError, told
from bot.news.errors import StoreError
from bot.news.message import ANYWHERE, Message, Place
from bot.news.sharing import NO_BADGE, Badge
from bot.news.verdicts import FIRST_PAUSE, Delivered, Refused, Scope, TryLater, Verdict, judge_answer
from bot.ports import Clock, Messenger, Permit, Urgency

# A second try in plain text waits so long for its place; a send and its second try must end within the sender's lease.
PATIENCE = timedelta(seconds=4)
# Telegram that is asked whether it is back has so many seconds, as the chats that were drawn wait for that.
ASKED_FOR = 3
# Who we are at Telegram may change: its owner renames a bot, or turns inline mode on.
ASKED_EVERY, ASKED_SOON = timedelta(hours=1), timedelta(minutes=5)
# How Telegram's answer begins when it has sent a message.
SENT = re.compile(rb'\{"ok":true,"result":\{"message_id":(\d+),')
# No wait that Telegram ever asked for was longer.
LONGEST_WAIT = timedelta(days=7)


class TelegramMessenger(Messenger):
    """The Messenger that writes to Telegram."""

    def __init__(self, lines: Lines, valve: Valve, clock: Clock) -> None:
        self._lines = lines
        self._valve = valve
        self._clock = clock
        self._outage = Outage()
        self._badge = NO_BADGE
        self._ask_again: datetime | None = None

    async def admit(self, chats: Sequence[int], urgency: Urgency = Urgency.ALERT) -> list[Permit]:
        """Which of these chats may be written to now or in an instant. Raises StoreError.

        After a pause Telegram is asked for nothing but its name, and then a single chat is written to: no headline is
        risked on a server that does not answer.
        """
        if not self._outage.is_on:
            await self._look_at_badge()
            return await self._valve.admit(chats, urgency)
        if self._outage.wait(self._clock.now()) or not await self._is_back():
            return [Permit("", self._outage.wait(self._clock.now())) for _ in chats]
        [first] = await self._valve.admit(chats[:1], urgency)
        if first.id:
            self._outage.tries(self._clock.now())
        return [first, *(Permit("", FIRST_PAUSE) for _ in chats[1:])]

    async def send(self, chat: int, message: Message, permit: Permit, place: Place = ANYWHERE) -> Verdict:
        """Send one alert. What Telegram refuses as malformed is sent once more as plain text, and told as ours."""
        verdict = await self._try("sendMessage", self._body(chat, message, place, paid=permit.paid), chat, permit)
        if not isinstance(verdict, Refused):
            return verdict
        again = await self._again(chat, bare(message), place)
        return replace(again, bug=verdict.reason) if isinstance(again, Delivered) else again

    async def edit(self, chat: int, message_id: int, message: Message, permit: Permit) -> Verdict:
        """Put a message in the place of an older alert; every outcome is a verdict."""
        body = b'{"message_id":%d,' % message_id + self._body(chat, message)[1:]
        return await self._try("editMessageText", body, chat, permit)

    async def rest(self) -> None:
        """There is nothing to send just now. Raises StoreError."""
        await self._valve.note()

    async def tell(self, chat: int, message: Message) -> Verdict:
        """Send a word that is no alert, where the budget has a place for it soon."""
        return await self._again(chat, message, ANYWHERE)

    async def administrators(self, chat: int) -> list[int]:
        """Who may change what we may do in a chat, its owner first; nobody, where Telegram does not tell."""
        try:
            status, payload = await self._lines.post("getChatAdministrators", b'{"chat_id":%d}' % chat)
        except (NotSentError, AnswerLostError):
            return []
        code, answer = told(status, payload)
        members = answer.get("result") if code < 300 and answer else None
        people = [m for m in members if isinstance(m, dict)] if isinstance(members, list) else []
        people.sort(key=lambda member: member.get("status") != "creator")
        users = [member["user"] for member in people if isinstance(member.get("user"), dict)]
        return [user["id"] for user in users if isinstance(user.get("id"), int) and not user.get("is_bot")]

    async def _look_at_badge(self) -> None:
        """Now and then ask who we are at Telegram: share buttons are made of it, of less where there is no answer."""
        now = self._clock.now()
        if self._ask_again and now < self._ask_again:
            return
        try:
            async with asyncio.timeout(ASKED_FOR):
                found = badge_in(*await self._lines.post("getMe", b"{}"))
        except (NotSentError, AnswerLostError, TimeoutError):
            found = None
        self._badge = found or self._badge
        self._ask_again = now + (ASKED_EVERY if found else ASKED_SOON)

    def _body(self, chat: int, message: Message, place: Place = ANYWHERE, *, paid: bool = False) -> bytes:
        thread = b'"message_thread_id":%d,' % place.thread if place.thread else b""
        silent = b'"disable_notification":true,' if place.silent else b""
        return b'{"chat_id":%d,' % chat + thread + silent + _worded(message, self._badge, paid)

    async def _is_back(self) -> bool:
        """Whether Telegram knows us; if not, the next pause begins."""
        try:
            async with asyncio.timeout(ASKED_FOR):
                verdict = judge(*await self._lines.post("getMe", b"{}"))
        except (NotSentError, AnswerLostError) as error:
            verdict = TryLater(error.message)
        except TimeoutError:
            verdict = TryLater("no answer")
        if isinstance(verdict, TryLater):
            self._outage.begin(verdict.reason, self._clock.now())
        return not isinstance(verdict, TryLater)

    async def _try(self, method: str, body: bytes, chat: int, permit: Permit) -> Verdict:
        await self._valve.opens(permit)
        began = self._clock.now()
        took = None
        try:
            verdict = judge(*await self._lines.post(method, body))
            took = self._clock.now() - began
        except NotSentError as error:
            verdict = TryLater(error.message, scope=Scope.BOT)
        except AnswerLostError as error:
            verdict = TryLater(error.message, maybe_sent=True)
        self._outage.heard(verdict, self._clock.now())
        if isinstance(verdict, TryLater) and verdict.is_flood and verdict.after is not None:
            await self._valve.flooded(chat, verdict.after)
        self._valve.answered(permit, took)
        return verdict

    async def _again(self, chat: int, message: Message, place: Place) -> Verdict:
        waited = timedelta()
        try:
            while True:
                [permit] = await self._valve.admit([chat])
                if permit.id:
                    body = self._body(chat, message, place, paid=permit.paid)
                    return await self._try("sendMessage", body, chat, permit)
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


def badge_in(status: int, payload: bytes) -> Badge | None:
    """How Telegram knows us, in its answer to getMe; None where it does not say."""
    code, answer = told(status, payload)
    about = answer.get("result") if code < 300 and answer else None
    if not isinstance(about, dict) or not isinstance(about.get("username"), str):
        return None
    return Badge(about["username"], about.get("supports_inline_queries") is True)


def judge(status: int, payload: bytes) -> Verdict:
    """What an answer's bytes mean for the chat.

    Telegram says why it refuses; an error without a word is a proxy's, and says nothing about the chat.
    """
    if status == HTTPStatus.OK and (sent := SENT.match(payload)):
        return Delivered(int(sent[1]))  # nearly always, and nobody reads the rest
    code, answer = told(status, payload)
    if answer is None:
        return TryLater("Telegram's answer was lost: it is no JSON", maybe_sent=True)
    if code < 300:
        result = answer.get("result")
        number = result.get("message_id") if isinstance(result, dict) else None
        return Delivered(number if isinstance(number, int) else None)
    description = answer.get("description")
    if not description:
        return TryLater(f"HTTP {code}, and not from Telegram", scope=Scope.BOT)
    parameters = answer.get("parameters") or {}
    new = parameters.get("migrate_to_chat_id")
    return judge_answer(
        code,
        description,
        retry_after=_span(parameters.get("retry_after")),
        migrate_to=new if isinstance(new, int) else None,
    )


def _span(seconds: object) -> timedelta | None:
    """So many seconds; None where that is no span of time."""
    if not isinstance(seconds, int | float) or not 0 <= seconds < float("inf"):
        return None
    return timedelta(seconds=min(seconds, LONGEST_WAIT.total_seconds()))


@lru_cache(maxsize=WORDED)
def _worded(message: Message, badge: Badge, paid: bool) -> bytes:
    """What is the same in every chat, after the chat."""
    return orjson.dumps(content(message, badge) | ({"allow_paid_broadcast": True} if paid else {}))[1:]
