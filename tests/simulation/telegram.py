"""A Telegram that counts strictly, stumbles as it is told to, and remembers what stands in which chat.

Here: what happens to a call that is on its way, and the bytes of the answer.
Not here: what should have been said to whom (ledger), the house's side of a call (processes).
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any

import orjson

from bot.delivery.request import AnswerLostError, NotSentError
from bot.store.permits import Limits

# How long a lost answer is waited for (delivery/lines).
GIVEN_UP = 8.0
ROUNDING = 1e-6
# store/lua/free_places.lua: ENOUGH.
BETS_AFTER = 100
# A silence is written down so soon after its answer.
KNOWN = 1.0


class Fault(StrEnum):
    """What may happen to a call."""

    NONE = "none"
    REFUSED = "nobody listens"
    CUT_BEFORE = "cut before it was taken"
    CUT_AFTER = "cut after it was taken"
    GARBAGE = "taken, but the answer is no JSON"
    FLOOD = "429"
    BROKEN = "502"
    TOKEN = "401"
    ENTITIES = "400 can't parse entities"


# What is counted, and what takes no place: who we are, and who may change what we may do.
COUNTED = ("sendMessage", "editMessageText")
LOST = {Fault.CUT_AFTER, Fault.GARBAGE}
UNKNOWN = LOST | {Fault.CUT_BEFORE}
ERRORS = {
    Fault.BROKEN: (502, "Bad Gateway"),
    Fault.TOKEN: (401, "Unauthorized"),
    Fault.ENTITIES: (400, "Bad Request: can't parse entities: unsupported start tag"),
}


@dataclass(frozen=True, slots=True)
class Silence:
    """What a 429 asked for: who was told, when that was surely known to all, and until when."""

    told: Any
    known: float
    until: float


@dataclass(slots=True)
class Place:
    """A chat as Telegram knows it."""

    id: int
    blocked: str = ""
    silent: bool = False
    moved_to: int | None = None
    calls: deque[float] = field(default_factory=deque)
    silence: Silence | None = None


@dataclass(slots=True)
class Call:
    """One call, from the moment when it is written."""

    process: Any
    chat: int
    stories: list[int]
    text: str
    plain: bool
    fault: Fault
    wait: int
    back: float
    posted: float
    answer: asyncio.Future[tuple[int, bytes]]


class Telegram:
    """The other side."""

    def __init__(self, rng: Random, limits: Limits, ledger: Any) -> None:
        self.rng = rng
        self.limits = limits
        self.ledger = ledger
        self.faults: list[Fault] = [Fault.NONE]
        self.places: dict[int, Place] = {}
        self.calls: deque[float] = deque()
        self.floor = rng.uniform(0.002, 0.06)
        self.jitter = rng.choice([0.0, 0.01, 0.05, 1.0])
        self.messages = 0
        self.ways, self.quickest = 0, 60.0
        self.provoked: Callable[[int], None] = lambda _: None

    def now(self) -> float:
        return asyncio.get_running_loop().time()

    def open(self, chat: int) -> Place:
        return self.places.setdefault(chat, Place(chat))

    async def post(self, process: Any, method: str, body: bytes) -> tuple[int, bytes]:
        """A call of a process. Raises NotSentError or AnswerLostError."""
        if method not in COUNTED:
            await asyncio.sleep(self._way() + self._way())
            return (200, b'{"ok":true,"result":{}}') if method == "getMe" else _error(400, "Bad Request: no rights")
        fault = self.rng.choice(self.faults)
        there, back = self._way(), self._way()
        self.ways += 1
        self.quickest = min(self.quickest, there + back)
        if fault is Fault.REFUSED:
            await asyncio.sleep(there)
            raise NotSentError("Telegram cannot be reached: refused")
        told = orjson.loads(body)
        loop = asyncio.get_running_loop()
        tells = method == "sendMessage"  # an edit tells nothing anew
        stories = [int(number) for number in re.findall(r"Story (\d+) ", told["text"])] if tells else []
        plain = "reply_markup" not in told
        answer: asyncio.Future[tuple[int, bytes]] = loop.create_future()
        wait = self.rng.randint(1, 12)
        call = Call(process, told["chat_id"], stories, told["text"], plain, fault, wait, back, self.now(), answer)
        loop.call_later(there, self._arrive, call)
        self.provoked(call.chat)
        return await answer

    def _way(self) -> float:
        return self.floor + self.rng.random() * self.jitter

    def _arrive(self, call: Call) -> None:
        self.ledger.counted(call, self._too_many(call.chat) or self._too_early(call))
        loop, answer = asyncio.get_running_loop(), call.answer
        if call.fault is Fault.CUT_BEFORE:
            loop.call_later(GIVEN_UP / 10, _lose, answer)
            return
        status, payload = self._judge(call)
        if call.fault in LOST:
            if call.fault is Fault.CUT_AFTER:
                loop.call_later(GIVEN_UP - 1, _lose, answer)
                return
            status, payload = 200, b"<html>"
        loop.call_later(call.back, lambda: answer.done() or answer.set_result((status, payload)))

    def _judge(self, call: Call) -> tuple[int, bytes]:
        place = self.open(call.chat)
        if call.fault is Fault.FLOOD:
            place.silence = Silence(call.process, self.now() + call.back + KNOWN, self.now() + call.wait)
            return _error(429, "Too Many Requests: retry after", retry_after=call.wait)
        if call.fault in ERRORS and not (call.fault is Fault.ENTITIES and call.plain):
            return _error(*ERRORS[call.fault])
        if place.moved_to:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            return _error(400, text, migrate_to_chat_id=place.moved_to)
        if place.blocked:
            return _error(403, place.blocked)
        if place.silent:
            return _error(400, "Bad Request: not enough rights to send text messages to the chat")
        self.messages += 1
        self.ledger.accepted(call, lost=call.fault in LOST)
        return 200, orjson.dumps({"ok": True, "result": {"message_id": self.messages}})

    def _bet(self) -> float:
        """What the budget may lose: it counts on no way being quicker than nine tenths of the quickest so far."""
        return max(0.9 * self.quickest - 2 * self.floor, 0.0) if self.ways >= BETS_AFTER else 0.0

    def _too_early(self, call: Call) -> str:
        """Whether Telegram had asked for silence; who was told and died could not tell the others.

        Alerts only: an answer has taken its place seconds ahead, and it leaves when that comes.
        """
        silence = self.open(call.chat).silence
        if (
            silence is None
            or not call.stories
            or silence.told.interrupted
            or call.posted <= silence.known
            or self.now() >= silence.until
        ):
            return ""
        return f"silence was asked for until {silence.until:.3f} s"

    def _too_many(self, chat: int) -> str:
        """Count a call in every window; what it was too much for."""
        now, limits, calls = self.now(), self.limits, self.open(chat).calls
        window, most = (60.0, limits.per_group_minute) if chat < 0 else (float(limits.per_burst), limits.per_burst)
        too_many = ""
        for place, seen, span, limit in (("the bot", self.calls, 1.0, limits.per_second), (chat, calls, window, most)):
            seen.append(now)
            while seen[0] <= now - span + ROUNDING + self._bet():
                seen.popleft()
            if len(seen) > limit:
                too_many = f"{len(seen)} calls within {span} s for {place}, {limit} allowed"
        return too_many


def _lose(answer: asyncio.Future[tuple[int, bytes]]) -> None:
    if not answer.done():
        answer.set_exception(AnswerLostError("Telegram's answer was lost: the connection was closed"))


def _error(code: int, description: str, **parameters: int) -> tuple[int, bytes]:
    answer = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return code, orjson.dumps(answer)
