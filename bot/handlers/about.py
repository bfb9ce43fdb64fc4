"""/help, /privacy, /about: what the bot says about itself."""

from __future__ import annotations

from bot import __version__
from bot.delivery.render import house
from bot.handlers.asking import Ask
from bot.handlers.context import Context
from bot.handlers.speech import answer


async def help_(ask: Ask, context: Context) -> None:
    """Show everything that can be asked."""
    await answer(ask, house.help_page([house.Entry(command.usage, command.says) for command in context.commands]))


async def privacy(ask: Ask, context: Context) -> None:
    """Show what is kept."""
    await answer(ask, house.privacy())


async def about(ask: Ask, context: Context) -> None:
    """Show what this is."""
    await answer(ask, house.about(__version__))
