"""/stop, which asks before anything is forgotten, and /export, which shows all of it."""

from __future__ import annotations

from dataclasses import replace

import telegram
from telegram import User
from telegram.error import BadRequest, Forbidden

from bot.delivery.render import privacy as render
from bot.delivery.wire import WireBot
from bot.handlers.admins import ONLY_ADMINS, must_decide, must_decide_in
from bot.handlers.asking import Ask
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap
from bot.news.answers import Caller
from bot.news.message import Message
from bot.news.said import Tongue


async def stop(ask: Ask, context: Context) -> None:
    """Ask whether the chat shall be forgotten."""
    await must_decide(replace(ask, preferences=ONLY_ADMINS), context)
    await answer(ask, render.stop(ask.say))


async def tap_forget(tap: Tap, context: Context) -> None:
    """Forget the chat at a yes, ask at nothing, and for anything else keep it."""
    await must_decide_in(tap.chat, tap.query.from_user, ONLY_ADMINS)
    if tap.rest == "yes":
        await context.desk.door.forget(tap.caller.chat)
        await context.desk.managing.drop(tap.query.from_user.id, tap.caller.chat)
        done = render.forgotten(tap.say)
        # What would start again from here is the private chat, and that was not forgotten.
        await tap.change(replace(done, buttons=()) if tap.managed else done)
    elif tap.rest:
        await tap.change(render.kept(tap.say))
    else:
        await tap.send(render.stop(tap.say))


async def export(ask: Ask, context: Context) -> None:
    """Send everything that is stored of the chat, to who asks, in private."""
    await must_decide(replace(ask, preferences=ONLY_ADMINS), context)
    if trouble := await _sent(ask.bot, ask.caller, ask.message.from_user, ask.say, context):
        await answer(ask, trouble)


async def tap_export(tap: Tap, context: Context) -> None:
    """The same, for a tap."""
    await must_decide_in(tap.chat, tap.query.from_user, ONLY_ADMINS)
    if word := await _sent(tap.bot, tap.caller, tap.query.from_user, tap.say, context):
        await tap.send(word)


async def _sent(bot: WireBot, caller: Caller, person: User | None, say: Tongue, context: Context) -> Message | None:
    """Send the file to the person; what is to be said in the chat where they asked, if that is another."""
    to = person.id if person else 0
    belongings = await context.desk.belongings.of(caller.chat)
    followed = await context.desk.wishes.topics(caller.chat)
    file = render.document(say, caller.chat, belongings, followed, context.desk.places.time_in(""))
    upload = telegram.InputFile(file, filename=render.FILE)
    try:
        await bot.send_document(to, upload, caption=render.caption(say, caller.title), parse_mode="HTML")
    except (BadRequest, Forbidden):  # nobody's private chat, or one that has not begun
        return render.not_in_private(say, bot.username)
    return None if to == caller.chat else render.sent_in_private(say)
