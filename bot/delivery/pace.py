"""The valve that every call to Telegram passes.

Here: waiting for a permit, telling when it was answered, and obeying Telegram's "not before".
Not here: the budget itself (store/permits), what a 429 means for a mailbox (news/verdicts).
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.delivery.send import span
from bot.ports import Clock, Permit, Permits, Urgency

# An alert that has to wait longer goes back into its mailbox, and the sender's place to another chat.
LONGEST_WAIT = {Urgency.ALERT: timedelta(seconds=1), Urgency.REPLY: timedelta(seconds=30)}
# A person waits this long for an answer that Telegram asked us to hold back; after that they ask again.
WORTH_RETRYING = timedelta(seconds=5)
# What Telegram counts: everything that puts something into a chat or changes it there.
COUNTED = ("send", "edit", "copy", "forward", "delete")
NOT_COUNTED = frozenset({"sendchataction", "deletewebhook", "deletemycommands"})


class NoPermitError(RetryAfter):
    """The budget has no place soon enough. Telegram was not asked, so there is no flood wait to obey."""


class Valve(BaseRateLimiter[Urgency]):
    """Telegram's budget, obeyed: alerts wait briefly or go back, answers to people wait their turn ahead of them."""

    def __init__(self, permits: Permits, clock: Clock) -> None:
        self._permits = permits
        self._clock = clock
        self._last_hold: tuple[int, datetime] | None = None

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
        if not _is_counted(endpoint):
            return await callback(*args, **kwargs)
        chat, urgency = data.get("chat_id"), rate_limit_args or Urgency.REPLY
        try:
            return await self._call(lambda: callback(*args, **kwargs), chat, urgency)
        except NoPermitError:
            raise
        except RetryAfter as error:
            await self._hold(chat, span(error))
            if urgency is Urgency.ALERT or span(error) > WORTH_RETRYING:
                raise
        return await self._call(lambda: callback(*args, **kwargs), chat, urgency)

    async def _call(self, call: Callable[[], Coroutine[Any, Any, Any]], chat: int | None, urgency: Urgency) -> Any:  # noqa: ANN401
        permit = await self._permit(chat, urgency)
        try:
            return await call()
        finally:
            await self._permits.answered(permit, self._clock.now())

    async def _permit(self, chat: int | None, urgency: Urgency) -> Permit:
        """Wait for a permit. Raises NoPermitError when it would take longer than the caller waits."""
        began = self._clock.now()
        permit = await self._permits.take(chat, urgency, began)
        while permit.wait:
            if self._clock.now() - began + permit.wait > LONGEST_WAIT[urgency]:
                raise NoPermitError(permit.wait)
            await self._clock.sleep(permit.wait)
            permit = await self._permits.take(chat, urgency, self._clock.now())
        return permit

    async def _hold(self, chat: int | None, wait: timedelta) -> None:
        """Obey a flood wait for whom it concerns.

        Telegram's text does not say whom. The budget of the whole bot is kept by the permits, so the chat is
        the first suspect; if another chat is told to wait within the same wait, it is the bot.
        """
        now = self._clock.now()
        held = self._last_hold
        everybody = chat is None or (held is not None and held[0] != chat and now < held[1])
        if chat is not None:
            self._last_hold = (chat, now + wait)
        await self._permits.hold(None if everybody else chat, now + wait, now)


def _is_counted(endpoint: str) -> bool:
    name = endpoint.lower()
    return name.startswith(COUNTED) and name not in NOT_COUNTED
