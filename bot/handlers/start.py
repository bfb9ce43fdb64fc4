"""/start, and under the welcome: tapping a ready topic, and turning to more of them."""

from __future__ import annotations

from telegram import Chat

from bot.delivery.render import groups, welcome
from bot.handlers import manage
from bot.handlers.asking import Ask, number_in
from bot.handlers.context import Context
from bot.handlers.links import linked
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap


async def start(ask: Ask, context: Context) -> None:
    """Welcome the chat, or do what the deep link says that brought it here.

    Whoever adds us to a group by a link has Telegram send the link's payload there, where we have just said hello.
    """
    if ask.text.startswith(manage.PAYLOAD):
        await manage.start(ask, context)
        return
    if ask.text:
        await linked(ask, context)
        return
    if ask.message.chat.type != Chat.PRIVATE:
        await _greeted(ask, context)
        return
    shown = await context.desk.wishes.welcome(ask.caller)
    sent = await answer(ask, welcome.welcome(ask.say, shown))
    if shown.example:
        await context.desk.lists.remember(ask.chat, sent, (shown.example.id,))


async def _greeted(ask: Ask, context: Context) -> None:
    offered = await context.desk.wishes.choices(ask.chat)
    if ask.message.chat.type == Chat.CHANNEL:
        await answer(ask, groups.is_in(ask.say, ask.caller, offered))
        return
    name, to = context.bot.username, manage.link(context, ask.chat)
    await answer(ask, groups.introduction(ask.say, offered, name, to))


async def tap_topic(tap: Tap, context: Context) -> None:
    """Follow a ready topic, or follow it no longer: what its tick, as the person saw it, makes of a tap.

    Telegram may tell of one tap twice; the second time means the same.
    """
    await tap.must_decide()
    follow = not welcome.is_ticked(tap.label)
    first = await context.desk.wishes.choose(tap.caller, tap.rest, tap.say.lang, follow=follow)
    await tap.toast(tap.say("You follow it now.") if follow else tap.say("You no longer follow it."))
    choices = await context.desk.wishes.choices(tap.caller.chat)
    await tap.relabel({f"sub:{choice.ready.key}": welcome.label(tap.say, choice) for choice in choices})
    if first and not tap.managed:
        await tap.send(welcome.first_followed(tap.say, first))


async def tap_more(tap: Tap, context: Context) -> None:
    """Turn to another page of ready topics in place: `<skip>:<example>`."""
    skip, _, example = tap.rest.partition(":")
    choices = await context.desk.wishes.choices(tap.caller.chat)
    await tap.rekey(welcome.choices(tap.say, choices, example, number_in(skip) or 0))
