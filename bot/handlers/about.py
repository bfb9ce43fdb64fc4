"""/help, /privacy, /about: what the bot says about itself."""

from __future__ import annotations

from telegram import User

from bot import __version__
from bot.delivery.render import help as render
from bot.delivery.render import house
from bot.delivery.render import privacy as privacy_page
from bot.handlers.admins import runs_the_bot
from bot.handlers.asking import Ask, number_in
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap


async def help_(ask: Ask, context: Context) -> None:
    """Show what can be asked; with "topics" behind it, everything that may stand in a topic."""
    if ask.text.lower().startswith("topic"):
        await answer(ask, render.language(ask.say))
    else:
        await answer(ask, render.help_page(ask.say, _entries(ask.message.from_user, context)))


async def tap_help(tap: Tap, context: Context) -> None:
    """Show another part of the help in place: `<part>`."""
    if tap.rest == render.TOPICS:
        await tap.change(render.language(tap.say))
    else:
        await tap.change(render.help_page(tap.say, _entries(tap.query.from_user, context), tap.rest))


async def tap_ways(tap: Tap, context: Context) -> None:
    """Turn the page of what may be written in a topic, in place: `<skip>`."""
    await tap.change(render.language(tap.say, number_in(tap.rest) or 0))


async def privacy(ask: Ask, context: Context) -> None:
    """Show what is kept."""
    await answer(ask, privacy_page.privacy(ask.say))


async def about(ask: Ask, context: Context) -> None:
    """Show what this is."""
    await answer(ask, house.about(ask.say, __version__))


def _entries(person: User | None, context: Context) -> list[render.Entry]:
    all_ = runs_the_bot(person, context)
    shown = [command for command in context.commands if all_ or not command.for_operators]
    return [render.Entry(command.part, command.usage, command.says) for command in shown]
