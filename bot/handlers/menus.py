"""What Telegram shows of us before anybody has typed: the menu of commands, and the texts of our profile.

Here: hanging them up in every language that we speak, once at the start.
Not here: which commands there are (handlers/__init__), the words of a language (bot/tongues).

Telegram keeps them; whoever's app speaks another language sees the English ones.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import suppress

import structlog
from telegram import BotCommand, BotCommandScope, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import BadRequest, TelegramError

from bot.delivery.wire import WireBot
from bot.handlers.context import Command
from bot.news.said import ENGLISH, Tongue, Tongues, said

# Telegram takes 512 characters of what an empty chat shows, and 120 of the line in a profile (tests/test_tongues).
DESCRIPTION = said(
    "I watch the latest news and tell you at once what you asked to hear about, with the time and the source. "
    "Read whole articles here, search, and get a digest when you like."
)
SHORT_DESCRIPTION = said("News alerts on your topics, and whole articles to read in the chat.")

# How the library trips over what another Bot API server answers.
ODD = (AttributeError, KeyError, TypeError, ValueError)

log = structlog.get_logger()


async def hang_up(bot: WireBot, tongues: Tongues, commands: tuple[Command, ...], admins: Iterable[int]) -> None:
    """Show menus and descriptions; a server that has no such thing is no reason not to start.

    Who runs the bot sees more commands; one of them who has not written to the bot yet has no menu of their own.
    """
    try:
        spoken = await asyncio.to_thread(tongues.all)  # half a second that nobody should wait for
        for say in spoken:
            await _menu(bot, say, menu(say, commands), BotCommandScopeDefault())
            await _profile(bot, say)
        for admin in admins:
            with suppress(BadRequest):
                for say in spoken:
                    await _menu(bot, say, menu(say, commands, for_operators=True), BotCommandScopeChat(admin))
    except (TelegramError, *ODD) as error:
        log.warning("no menu", reason=str(error))


async def _menu(bot: WireBot, say: Tongue, commands: tuple[BotCommand, ...], scope: BotCommandScope) -> None:
    """Telegram is asked first: it lets a bot change its menus and texts only so often."""
    code = _code(say)
    if await bot.get_my_commands(scope, code) != commands:
        await bot.set_my_commands(commands, scope, code)


async def _profile(bot: WireBot, say: Tongue) -> None:
    code, long, short = _code(say), say(DESCRIPTION), say(SHORT_DESCRIPTION)
    if (await bot.get_my_description(code)).description != long:
        await bot.set_my_description(long, code)
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)


def _code(say: Tongue) -> str | None:
    """As Telegram wants it; English is for everybody who has no language of ours."""
    return None if say == ENGLISH else say.lang


def menu(say: Tongue, commands: Iterable[Command], *, for_operators: bool = False) -> tuple[BotCommand, ...]:
    """The commands for Telegram's menu: everybody's, or those for who runs the bot."""
    return tuple(_shown(say, commands, for_operators))


def _shown(say: Tongue, commands: Iterable[Command], for_operators: bool) -> Iterator[BotCommand]:
    for command in commands:
        if for_operators or not command.for_operators:
            yield BotCommand(command.name, say(command.says))
