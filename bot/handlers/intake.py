"""How updates come in: by long polling, or by the webhook that the operator named.

Here: reaching Telegram at the start, the menu, and receiving until told to stop, whatever Telegram says meanwhile.
Not here: whose turn an update is (turns), who serves the webhook's address (ops/http).
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from telegram import Update
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError

from bot.delivery.wire import WireBot
from bot.handlers.context import House, admins_in, commands_in, tongues_in
from bot.handlers.menus import hang_up
from bot.handlers.turns import WORTH_MORE, Turns
from bot.news.errors import ConfigError
from bot.ops.metrics import Metrics

# Telegram that cannot be reached is tried again after this; what is owed waits in Redis meanwhile.
AGAIN = timedelta(seconds=5)
# How long Telegram holds back its answer while there is no update.
HELD = timedelta(seconds=20)
# Not every server holds its answer back; one that has nothing to tell and says so at once is asked again after this.
REST = timedelta(milliseconds=200)
# What an update may be about; the rest Telegram need not send.
ABOUT = [Update.MESSAGE, Update.CHANNEL_POST, Update.CALLBACK_QUERY, Update.INLINE_QUERY, Update.MY_CHAT_MEMBER]
# How many updates Telegram may bring at the same time, at the most; each takes as long as its answer.
CONNECTIONS = 100

Answer = TypeVar("Answer")
log = structlog.get_logger()


class Intake:
    """The way in for everything that people do."""

    def __init__(self, house: House, metrics: Metrics) -> None:
        self._house = house
        self._bot: WireBot = house.bot
        self._turns = Turns(house, metrics)
        self._is_open = False

    async def answer(self, stop: asyncio.Event, *, webhook: str, secret: str) -> None:
        """Answer people until `stop` is set. Raises ConfigError where Telegram refuses the token or the webhook."""
        try:
            if not await self._reached(stop, webhook, secret):
                return
            self._is_open = True
            log.info("answering", bot=self._bot.username)
            async with asyncio.TaskGroup() as group:
                menus = group.create_task(self._hang_up())  # dozens of calls, for which nobody need wait
                await (stop.wait() if webhook else self._poll(stop))
                menus.cancel()
            self._is_open = False
            await self._turns.finish()
        finally:
            await self._house.shutdown()

    @property
    def is_open(self) -> bool:
        """Whether updates are taken in."""
        return self._is_open

    async def receive(self, raw: Mapping[str, Any]) -> bool:
        """Take in one update that came by the webhook; False if nobody answers now, and Telegram may bring it again."""
        if not self._is_open:
            return False
        await self._turns.take([self._bot.understood(dict(raw))], WORTH_MORE)
        return True  # whatever was closed meanwhile: what is in hand is finished

    async def trouble(self) -> str:
        """Why Telegram does not answer, in a sentence; empty where it does."""
        try:
            await self._bot.get_me()
        except InvalidToken:
            return "Telegram does not know the token."
        except TelegramError as error:
            return f"Telegram: {error.message}."
        return ""

    async def _reached(self, stop: asyncio.Event, webhook: str, secret: str) -> bool:
        """Try until Telegram answers or we are to stop; whether it answered."""
        while not stop.is_set():
            try:
                await self._house.initialize()
                await self._choose_way(webhook, secret)
            except InvalidToken:
                raise ConfigError(
                    ["Telegram does not know this TELEGRAM_BOT_TOKEN; BotFather tells the right one."]
                ) from None
            except TelegramError as error:
                log.warning("Telegram cannot be reached yet", reason=error.message)
                await _pause(stop, AGAIN)
            else:
                return True
        return False

    async def _choose_way(self, webhook: str, secret: str) -> None:
        """Tell Telegram by which way we take updates in."""
        if not webhook:
            await self._bot.delete_webhook()
            return
        try:
            await self._bot.set_webhook(
                webhook, secret_token=secret, allowed_updates=ABOUT, max_connections=CONNECTIONS
            )
        except BadRequest as error:
            raise ConfigError([f"Telegram refuses TELEGRAM_WEBHOOK_URL: {error.message}."]) from None

    async def _hang_up(self) -> None:
        data = self._house.bot_data
        await hang_up(self._bot, tongues_in(data), commands_in(data), admins_in(data))

    async def _poll(self, stop: asyncio.Event) -> None:
        """Ask for updates until told to stop. Asking for those after one says that it was taken in."""
        after, loop = 0, asyncio.get_running_loop()
        while not stop.is_set():
            asked = loop.time()
            try:
                updates = await _unless(stop, self._bot.get_updates(after, timeout=HELD, allowed_updates=ABOUT))
            except TelegramError as error:
                _tell(error)
                await _pause(stop, AGAIN)
                continue
            if updates:
                await self._turns.take(updates)
                after = updates[-1].update_id + 1
            elif loop.time() - asked < REST.total_seconds():
                await _pause(stop, REST)
        if after:
            with suppress(TelegramError):  # the next start gets them again, and handles them again
                await self._bot.get_updates(after, limit=1, timeout=0)


def _tell(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error("another program receives this bot's updates; run only one with --role chat", reason=error.message)
    elif isinstance(error, InvalidToken):
        log.error("Telegram does not know the token any more", reason=error.message)
    else:
        log.warning("no updates", reason=error.message)


async def _pause(stop: asyncio.Event, span: timedelta) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(span.total_seconds()):
            await stop.wait()


async def _unless(stop: asyncio.Event, asked: Coroutine[Any, Any, Answer]) -> Answer | None:
    """What was asked for, or None if we are told to stop before it comes."""
    stopped, answered = asyncio.ensure_future(stop.wait()), asyncio.ensure_future(asked)
    try:
        await asyncio.wait({stopped, answered}, return_when=asyncio.FIRST_COMPLETED)
        return answered.result() if answered.done() else None
    finally:
        for task in (stopped, answered):
            task.cancel()
