"""The valve that every call to Telegram passes.

Here: waiting for a permit, telling when the call was answered, and obeying Telegram's "not before".
Not here: the budget itself (store/permits), whom a flood wait concerns (news/verdicts).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.news.errors import StoreError
from bot.news.verdicts import Flood, Scope, concerns
from bot.ports import Clock, Permit, Permits, Urgency

# A person waits so long for an answer that Telegram asked us to hold back; after that they ask again.
WORTH_RETRYING = timedelta(seconds=5)
# So long an answer waits for its place in the budget.
PATIENCE = timedelta(seconds=30)
# Flood waits that are remembered to find out whom the next one concerns.
REMEMBERED = 30
# What Telegram counts: everything that puts something into a chat or changes it there.
COUNTED = ("send", "edit", "copy", "forward", "delete")
NOT_COUNTED = frozenset({"sendchataction", "deletewebhook", "deletemycommands"})
UNCOUNTED = Permit("", timedelta())

Call = Callable[[], Coroutine[Any, Any, Any]]


class NoPermitError(RetryAfter):
    """The budget has no place soon enough. Telegram was not asked, so there is no flood wait to obey."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.message = f"the budget has no place for {wait.total_seconds():g} s"


class Valve(BaseRateLimiter[int]):
    """Telegram's budget, obeyed: alerts ask for several places at once, answers to people wait for the next one."""

    def __init__(self, permits: Permits, clock: Clock) -> None:
        self._permits = permits
        self._clock = clock
        self._floods: deque[Flood] = deque(maxlen=REMEMBERED)

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def admit(self, chats: Sequence[int], urgency: Urgency = Urgency.ALERT) -> list[Permit]:
        """Which chats may be written to now or in an instant. Raises StoreError: what cannot be settled is not sent."""
        return await self._permits.take(chats, urgency, self._clock.now())

    async def opens(self, permit: Permit) -> None:
        """Return when the permit's call may be made."""
        if permit.wait > timedelta():
            await self._clock.sleep(permit.wait)

    def answered(self, permit: Permit, took: timedelta | None) -> None:
        """A call was answered after `took`, or (None) the answer was lost."""
        self._permits.answered(permit, took, self._clock.now())

    async def note(self) -> None:
        """Nobody asks for a permit just now: whoever shares the budget is to know of the answers. Raises StoreError."""
        await self._permits.note()

    async def flooded(self, chat: int | None, wait: timedelta) -> None:
        """Hold back the calls that a flood wait concerns, for exactly as long as Telegram said."""
        now = self._clock.now()
        everybody = chat is None
        if chat is not None:
            flood = Flood(chat, now)
            everybody = concerns(flood, self._floods) is Scope.BOT
            self._floods.append(flood)
        with suppress(StoreError):
            await self._permits.hold(None if everybody else chat, now + wait, now)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 - the library's signature
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:  # noqa: ANN401
        """Answer a person when it may be done. Raises RetryAfter where that is too long from now."""

        async def call() -> Any:  # noqa: ANN401
            return await callback(*args, **kwargs)

        if not _is_counted(endpoint):
            return await call()
        chat = data.get("chat_id")
        try:
            return await self._pass(call, chat)
        except NoPermitError:
            raise
        except RetryAfter as flood:
            wait = span(flood)
            if wait > WORTH_RETRYING:
                raise
        await self._clock.sleep(wait)
        return await self._pass(call, chat)

    async def _pass(self, call: Call, chat: int | None) -> Any:  # noqa: ANN401
        permit = await self._permit(chat)
        began, took = self._clock.now(), None
        try:
            answer = await call()
            took = self._clock.now() - began
        except RetryAfter as flood:
            await self.flooded(chat, span(flood))
            raise
        else:
            return answer
        finally:  # a call that never left us, or was given up, says nothing about how long an answer takes
            self.answered(permit, took)
            with suppress(StoreError):  # what Telegram said counts; a permit that is not given back runs out
                await self.note()

    async def _permit(self, chat: int | None) -> Permit:
        """Wait for a permit. Raises NoPermitError when it would take longer than a person waits.

        Without Redis a person is told what is wrong, permit or not.
        """
        waited = timedelta()
        try:
            while True:
                [permit] = await self._permits.take([chat], Urgency.REPLY, self._clock.now())
                waited += permit.wait
                if waited > PATIENCE:
                    raise NoPermitError(permit.wait)
                await self.opens(permit)
                if permit.id or not permit.wait:
                    return permit
        except StoreError:
            return UNCOUNTED


def _is_counted(endpoint: str) -> bool:
    name = endpoint.lower()
    return name.startswith(COUNTED) and name not in NOT_COUNTED


def span(error: RetryAfter) -> timedelta:
    """How long Telegram asks us to wait; the library gives a number or a timedelta, as its settings are."""
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
