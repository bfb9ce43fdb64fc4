"""The valve that every call to Telegram passes.

Here: waiting for a permit, telling when it was answered, and obeying Telegram's "not before".
Not here: the budget itself (store/permits), whom a flood wait concerns (news/verdicts).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.delivery.send import span
from bot.news.errors import StoreError
from bot.news.verdicts import Flood, Scope, concerns
from bot.ports import Clock, Permit, Permits, Urgency

# A person waits so long for an answer that Telegram asked us to hold back; after that they ask again.
WORTH_RETRYING = timedelta(seconds=5)
# Flood waits that are remembered to find out whom the next one concerns.
REMEMBERED = 30
# What Telegram counts: everything that puts something into a chat or changes it there.
COUNTED = ("send", "edit", "copy", "forward", "delete")
NOT_COUNTED = frozenset({"sendchataction", "deletewebhook", "deletemycommands"})
UNCOUNTED = Permit("", timedelta())

Call = Callable[[], Coroutine[Any, Any, Any]]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a call waits: for one place in the budget, and altogether."""

    once: timedelta
    altogether: timedelta


# An alert queues with the others for the bot's next second. Where its chat has to wait longer than that, it goes back
# into the mailbox and its sender to another chat; a send and its second try must end within the sender's lease.
PATIENCE = MappingProxyType(
    {
        Urgency.ALERT: Patience(timedelta(seconds=1), timedelta(seconds=4)),
        Urgency.REPLY: Patience(timedelta(seconds=30), timedelta(seconds=30)),
    }
)


class NoPermitError(RetryAfter):
    """The budget has no place soon enough. Telegram was not asked, so there is no flood wait to obey."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.message = f"the budget has no place for {wait.total_seconds():g} s"


class Valve(BaseRateLimiter[Urgency]):
    """Telegram's budget, obeyed: alerts wait briefly or go back, answers to people wait their turn ahead of them."""

    def __init__(self, permits: Permits, clock: Clock) -> None:
        self._permits = permits
        self._clock = clock
        self._floods: deque[Flood] = deque(maxlen=REMEMBERED)

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 - the library's signature
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Urgency | None,
    ) -> Any:  # noqa: ANN401
        """Make the call when it may be made. Raises RetryAfter where that is too long from now."""

        async def call() -> Any:  # noqa: ANN401
            return await callback(*args, **kwargs)

        if not _is_counted(endpoint):
            return await call()
        chat, urgency = data.get("chat_id"), rate_limit_args or Urgency.REPLY
        try:
            return await self._pass(call, chat, urgency)
        except NoPermitError:
            raise
        except RetryAfter as flood:
            wait = span(flood)
            if urgency is Urgency.ALERT or wait > WORTH_RETRYING:
                raise
        await self._clock.sleep(wait)
        return await self._pass(call, chat, urgency)

    async def _pass(self, call: Call, chat: int | None, urgency: Urgency) -> Any:  # noqa: ANN401
        permit = await self._permit(chat, urgency)
        try:
            return await call()
        except RetryAfter as flood:
            await self._obey(chat, span(flood))
            raise
        finally:
            with suppress(StoreError):  # what Telegram said counts; a permit that is not given back runs out
                await self._permits.answered(permit, self._clock.now())

    async def _permit(self, chat: int | None, urgency: Urgency) -> Permit:
        """Wait for a permit. Raises NoPermitError when it would take longer than the caller waits.

        Without Redis an alert cannot be settled and stays (StoreError); a person is told what is wrong, permit or not.
        """
        patience, waited = PATIENCE[urgency], timedelta()
        try:
            permit = await self._permits.take(chat, urgency, self._clock.now())
            while permit.wait:
                waited += permit.wait
                if permit.wait > patience.once or waited > patience.altogether:
                    raise NoPermitError(permit.wait)
                await self._clock.sleep(permit.wait)
                permit = await self._permits.take(chat, urgency, self._clock.now())
        except StoreError:
            if urgency is Urgency.ALERT:
                raise
            return UNCOUNTED
        return permit

    async def _obey(self, chat: int | None, wait: timedelta) -> None:
        """Hold back the calls that a flood wait concerns, for exactly as long as Telegram said."""
        now = self._clock.now()
        everybody = chat is None
        if chat is not None:
            flood = Flood(chat, now)
            everybody = concerns(flood, self._floods) is Scope.BOT
            self._floods.append(flood)
        with suppress(StoreError):
            await self._permits.hold(None if everybody else chat, now + wait, now)


def _is_counted(endpoint: str) -> bool:
    name = endpoint.lower()
    return name.startswith(COUNTED) and name not in NOT_COUNTED
