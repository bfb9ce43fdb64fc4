"""/stop, which asks before anything is forgotten."""

from __future__ import annotations

from bot.delivery.render import house
from bot.handlers.admins import must_decide
from bot.handlers.asking import Ask
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap


async def stop(ask: Ask, context: Context) -> None:
    """Ask whether the chat shall be forgotten."""
    await must_decide(ask)
    await answer(ask, house.stop())


async def tap_forget(tap: Tap, context: Context) -> None:
    """Forget the chat, or, for anything but a yes, keep it."""
    await tap.must_decide()
    if tap.rest != "yes":
        await tap.change(house.kept())
        return
    await context.desk.door.forget(tap.caller.chat)
    await tap.change(house.forgotten())
