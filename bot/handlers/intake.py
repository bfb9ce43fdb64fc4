"""How updates come in: by long polling, or by the webhook that the operator named.

Here: reaching Telegram at the start, the menu, and receiving until told to stop.
Not here: what an update does (register), who serves the webhook's address (ops/http).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.handlers import menu
from bot.handlers.context import House
from bot.news.errors import ConfigError
from bot.ports import Clock

# Telegram that cannot be reached is tried again after this; what is owed waits in Redis meanwhile.
AGAIN = timedelta(seconds=5)
# What an update may be about; the rest Telegram need not send.
ABOUT = [Update.MESSAGE, Update.CHANNEL_POST, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]

log = structlog.get_logger()


async def answering(house: House, clock: Clock, stop: asyncio.Event, *, webhook: str, secret: str) -> None:
    """Answer people until `stop` is set. Raises ConfigError where Telegram does not know the token."""
    if not await _reached(house, clock, stop):
        return
    async with house:
        await _hang_up_menu(house)
        await house.start()
        if webhook:
            await house.bot.set_webhook(webhook, secret_token=secret, allowed_updates=ABOUT)
        elif house.updater:
            await house.updater.start_polling(
                bootstrap_retries=-1, allowed_updates=ABOUT, error_callback=_on_polling_error
            )
        log.info("answering", bot=house.bot.username)
        await stop.wait()
        if house.updater and house.updater.running:
            await house.updater.stop()
        await house.stop()


async def receive(house: House, update: Mapping[str, Any]) -> None:
    """Take in one update that came by the webhook; it is answered when its turn comes."""
    await house.update_queue.put(Update.de_json(dict(update), house.bot))


async def reachable(house: House) -> str:
    """Why Telegram does not answer, in a sentence; empty where it does."""
    try:
        await house.bot.get_me()
    except InvalidToken:
        return "Telegram does not know the token."
    except TelegramError as error:
        return f"Telegram: {error.message}."
    return ""


async def _reached(house: House, clock: Clock, stop: asyncio.Event) -> bool:
    """Try until Telegram answers or we are to stop; whether it answered."""
    while not stop.is_set():
        try:
            await house.bot.get_me()
        except InvalidToken:
            raise ConfigError(
                ["Telegram does not know this TELEGRAM_BOT_TOKEN; BotFather tells the right one."]
            ) from None
        except TelegramError as error:
            log.warning("Telegram cannot be reached yet", reason=error.message)
            await clock.sleep(AGAIN)
        else:
            return True
    return False


async def _hang_up_menu(house: House) -> None:
    """Show the commands in Telegram's menu; a server that has no menus is no reason not to start."""
    try:
        await house.bot.set_my_commands(menu())
    except TelegramError as error:
        log.warning("no menu", reason=error.message)


def _on_polling_error(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error("another program receives this bot's updates; run only one with --role chat", reason=error.message)
    else:
        log.warning("no updates", reason=error.message)
