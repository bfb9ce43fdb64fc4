"""What every handler is given: the desk, the command table, the languages, and the style of articles.

Here: the table's shape, and the only place that knows how they lie in python-telegram-bot's bot_data.
Not here: what the desk answers (desk), what the table holds (handlers/__init__).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram.ext import Application, CallbackContext

from bot.delivery.wire import WireBot
from bot.desk import Desk
from bot.handlers.asking import Ask
from bot.news.answers import Caller
from bot.news.message import Style
from bot.news.preferences import Preferences
from bot.news.said import Tongue, Tongues

Data = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, what may follow it, what it does in a line, an example, and who answers it.

    One that is `for_operators` is shown to those who run the bot, in /help and in Telegram's menu.
    """

    name: str
    run: Callable[[Ask, Context], Awaitable[None]]
    says: str
    takes: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    for_operators: bool = False

    @property
    def usage(self) -> str:
        """How it is typed."""
        return f"/{self.name} {self.takes}".rstrip()


class Context(CallbackContext[WireBot, Data, Data, Data]):
    """python-telegram-bot's context with our desk at hand."""

    @property
    def desk(self) -> Desk:
        """Whom to ask."""
        desk: Desk = self.bot_data["desk"]
        return desk

    @property
    def style(self) -> Style:
        """How articles are written where the chat has not chosen: the operator's wish."""
        style: Style = self.bot_data["style"]
        return style

    @property
    def tongues(self) -> Tongues:
        """Every language that we speak."""
        return tongues_in(self.bot_data)

    async def heard(self, caller: Caller) -> tuple[Tongue, Preferences]:
        """Hear a chat that speaks to us; gives the language in which it is answered, and what it has chosen."""
        preferences = await self.desk.door.hear(caller)
        return self.tongues.of(preferences.lang or caller.lang or preferences.told_lang), preferences

    @property
    def commands(self) -> tuple[Command, ...]:
        """The whole menu, in its order."""
        return commands_in(self.bot_data)

    @property
    def admins(self) -> frozenset[int]:
        """The Telegram ids of those who run the bot."""
        return admins_in(self.bot_data)


House = Application[Any, Context, Data, Data, Data, Any]


def furnish(
    application: House,
    desk: Desk,
    commands: tuple[Command, ...],
    admins: frozenset[int],
    style: Style,
    tongues: Tongues,
) -> None:
    """Lay out what the context gives."""
    application.bot_data.update(desk=desk, commands=commands, admins=admins, style=style, tongues=tongues)


def tongues_in(data: Data) -> Tongues:
    """Every language that we speak, for whoever has no context."""
    tongues: Tongues = data["tongues"]
    return tongues


def commands_in(data: Data) -> tuple[Command, ...]:
    """The whole menu, for whoever has no context."""
    commands: tuple[Command, ...] = data["commands"]
    return commands


def admins_in(data: Data) -> frozenset[int]:
    """The Telegram ids of those who run the bot, for whoever has no context."""
    admins: frozenset[int] = data["admins"]
    return admins
