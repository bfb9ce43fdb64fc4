"""/sources, and its pages."""

from __future__ import annotations

from bot.delivery.render import sources as render
from bot.handlers.asking import Ask, number_in
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap


async def sources(ask: Ask, context: Context) -> None:
    """Show what is watched, and how it fares."""
    await answer(ask, render.sources(await context.desk.lists.sources()))


async def tap_page(tap: Tap, context: Context) -> None:
    """Turn the page in place."""
    await tap.change(render.sources(await context.desk.lists.sources(), number_in(tap.rest) or 0))
