"""/topics, /unsubscribe [topic], and the buttons that end a topic."""

from __future__ import annotations

from bot.delivery.render import wishes
from bot.handlers.admins import must_decide
from bot.handlers.asking import Ask, number_in
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap


async def topics(ask: Ask, context: Context) -> None:
    """Show what the chat follows."""
    await answer(ask, wishes.topics(await context.desk.wishes.topics(ask.chat)))


async def unsubscribe(ask: Ask, context: Context) -> None:
    """Follow a topic no longer; without one, show what may be ended."""
    if not ask.text:
        await topics(ask, context)
        return
    await must_decide(ask)
    await answer(ask, wishes.unsubscribed(await context.desk.wishes.unsubscribe(ask.chat, ask.text)))


async def tap_topics(tap: Tap, context: Context) -> None:
    """Show what the chat follows: a page of it in place, or, where no page is named, in a new message."""
    page = wishes.topics(await context.desk.wishes.topics(tap.caller.chat), number_in(tap.rest) or 0)
    await (tap.change(page) if tap.rest else tap.send(page))


async def tap_unsubscribe(tap: Tap, context: Context) -> None:
    """Take back the subscription that this message told of."""
    await tap.must_decide()
    await tap.change(wishes.unsubscribed(await context.desk.wishes.unfollow(tap.caller.chat, tap.rest)))


async def tap_mute(tap: Tap, context: Context) -> None:
    """End the topic that an alert told of; the alert stays."""
    await tap.must_decide()
    await tap.send(wishes.unsubscribed(await context.desk.wishes.unfollow(tap.caller.chat, tap.rest)))


async def tap_drop(tap: Tap, context: Context) -> None:
    """End a topic of the list in place: `<topic>:<skip>`."""
    await tap.must_decide()
    ident, _, skip = tap.rest.partition(":")
    gone = await context.desk.wishes.unfollow(tap.caller.chat, ident)
    await tap.toast(f"You no longer follow “{gone.shown}”.")
    await tap.change(wishes.topics(await context.desk.wishes.topics(tap.caller.chat), number_in(skip) or 0))
