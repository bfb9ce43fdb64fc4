"""/sources, and its pages."""

from __future__ import annotations

from telegram import Chat

from bot.delivery.render import sources as render
from bot.handlers.admins import runs_the_bot
from bot.handlers.asking import Ask, number_in
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap


async def sources(ask: Ask, context: Context) -> None:
    """Show what is watched, and how it fares."""
    can_remove = runs_the_bot(ask.message.from_user, context) and ask.message.chat.type == Chat.PRIVATE
    await answer(ask, render.sources(await context.desk.lists.sources(), can_remove=can_remove))


async def tap_page(tap: Tap, context: Context) -> None:
    """Turn the page in place."""
    can_remove = runs_the_bot(tap.query.from_user, context) and tap.chat.type == Chat.PRIVATE
    skip = number_in(tap.rest) or 0
    await tap.change(render.sources(await context.desk.lists.sources(), skip, can_remove=can_remove))
