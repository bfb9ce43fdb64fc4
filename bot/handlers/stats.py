"""/stats, for those who run the bot: the whole in figures, as a picture with the same in words beneath it."""

from __future__ import annotations

from telegram.error import BadRequest

from bot.delivery.charts import drawn
from bot.delivery.render import stats as render
from bot.handlers.admins import must_run_the_bot
from bot.handlers.asking import Ask, number_in
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap


async def stats(ask: Ask, context: Context) -> None:
    """Show the last day."""
    must_run_the_bot(ask.message.chat, ask.message.from_user, context)
    found = await context.desk.overview.stats(render.DAY)
    png, message = await drawn(render.picture(ask.say, found)), render.stats(ask.say, found)
    if not png:  # the words say all of it
        await answer(ask, message)
        return
    await ask.bot.show(ask.chat, png, message)


async def tap_stats(tap: Tap, context: Context) -> None:
    """Show it anew in place, of the last day or the last week."""
    must_run_the_bot(tap.chat, tap.query.from_user, context)
    found = await context.desk.overview.stats(render.WEEK if number_in(tap.rest) == render.WEEK else render.DAY)
    png, message = await drawn(render.picture(tap.say, found)), render.stats(tap.say, found)
    if not png:
        await tap.send(message)
        return
    old = tap.message
    try:
        if old is None:
            await tap.bot.show(tap.chat.id, png, message)
        else:
            await tap.bot.show_instead(tap.chat.id, old.message_id, png, message)
    except BadRequest:  # it is not there any more, or holds no picture
        await tap.bot.show(tap.chat.id, png, message)
