"""/start, and under the welcome: tapping a ready topic, and turning to more of them."""

from __future__ import annotations

from bot.delivery.render import welcome
from bot.handlers.asking import Ask, number_in
from bot.handlers.context import Context
from bot.handlers.links import linked
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap


async def start(ask: Ask, context: Context) -> None:
    """Welcome the chat, or do what the link was made for that brought it here."""
    if ask.text:
        await linked(ask, context)
        return
    shown = await context.desk.wishes.welcome(ask.caller)
    sent = await answer(ask, welcome.welcome(shown, ask.caller.lang))
    if shown.example:
        await context.desk.lists.remember(ask.chat, sent, (shown.example.id,))


async def tap_topic(tap: Tap, context: Context) -> None:
    """Follow a ready topic, or follow it no longer: what its tick, as the person saw it, makes of a tap.

    Telegram may tell of one tap twice; the second time means the same.
    """
    await tap.must_decide()
    follow = not welcome.is_ticked(tap.label)
    await context.desk.wishes.choose(tap.caller, tap.rest, follow=follow)
    await tap.toast("You follow it now." if follow else "You no longer follow it.")
    choices = await context.desk.wishes.choices(tap.caller.chat)
    await tap.relabel({f"sub:{choice.ready.key}": welcome.label(choice, tap.caller.lang) for choice in choices})


async def tap_more(tap: Tap, context: Context) -> None:
    """Turn to another page of ready topics in place: `<skip>:<example>`."""
    skip, _, example = tap.rest.partition(":")
    choices = await context.desk.wishes.choices(tap.caller.chat)
    await tap.rekey(welcome.choices(choices, tap.caller.lang, example, number_in(skip) or 0))
