"""/help, /privacy, /about: what the bot says about itself."""

from __future__ import annotations

from bot import __version__
from bot.delivery.render import house
from bot.delivery.render import privacy as privacy_page
from bot.handlers.admins import runs_the_bot
from bot.handlers.asking import Ask
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap


async def help_(ask: Ask, context: Context) -> None:
    """Show everything that can be asked; with "topics" behind it, everything that may stand in a topic."""
    if ask.text.lower().startswith("topic"):
        await answer(ask, house.language())
        return
    all_ = runs_the_bot(ask.message.from_user, context)
    shown = [command for command in context.commands if all_ or not command.for_operators]
    await answer(ask, house.help_page([house.Entry(command.usage, command.says) for command in shown]))


async def tap_help(tap: Tap, context: Context) -> None:
    """Show everything that may stand in a topic."""
    await tap.send(house.language())


async def privacy(ask: Ask, context: Context) -> None:
    """Show what is kept."""
    await answer(ask, privacy_page.privacy(ask.say))


async def about(ask: Ask, context: Context) -> None:
    """Show what this is."""
    await answer(ask, house.about(__version__))
