"""/sources: what is watched and how it fares; for those who run the bot each source closely, and what to do with it."""

from __future__ import annotations

from datetime import datetime

import telegram
from telegram import Chat

from bot.delivery.render import sources as render
from bot.handlers.admins import must_run_the_bot, runs_the_bot
from bot.handlers.asking import Ask, number_in
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap
from bot.news.answers import SourceReport
from bot.news.errors import UserError
from bot.news.message import Message
from bot.news.said import Tongue, said


async def sources(ask: Ask, context: Context) -> None:
    """Show what is watched, and how it fares."""
    person, chat = ask.message.from_user, ask.message.chat
    await answer(ask, await _page(ask.say, chat, person, context))


async def tap_page(tap: Tap, context: Context) -> None:
    """Turn the page in place: `<skip>`, and for those who run the bot `:trouble` behind it."""
    skip, _, which = tap.rest.partition(":")
    await tap.change(
        await _page(tap.say, tap.chat, tap.query.from_user, context, number_in(skip) or 0, which == render.TROUBLE)
    )


async def tap_source(tap: Tap, context: Context) -> None:
    """Show one source closely in place: `<name>:<skip>`."""
    must_run_the_bot(tap.chat, tap.query.from_user, context)
    name, _, skip = tap.rest.partition(":")
    await _closely(tap, context, name, number_in(skip) or 0)


async def tap_ask_now(tap: Tap, context: Context) -> None:
    """Have a source asked at once."""
    must_run_the_bot(tap.chat, tap.query.from_user, context)
    await context.desk.watching.ask_now((await _report(tap.rest, context)).source.name)
    await tap.toast(tap.say("I ask it with the next round; open it again in a moment."))


async def tap_rest(tap: Tap, context: Context) -> None:
    """Ask a source no longer, for the time being."""
    must_run_the_bot(tap.chat, tap.query.from_user, context)
    await context.desk.watching.rest((await _report(tap.rest, context)).source.name)
    await tap.toast(tap.say("I do not ask it any more, until you tap “Watch it again”."))
    await _closely(tap, context, tap.rest)


async def tap_wake(tap: Tap, context: Context) -> None:
    """Ask a source again."""
    must_run_the_bot(tap.chat, tap.query.from_user, context)
    await context.desk.watching.wake((await _report(tap.rest, context)).source.name)
    await tap.toast(tap.say("I ask it again from now on."))
    await _closely(tap, context, tap.rest)


async def _page(
    say: Tongue, chat: Chat, person: telegram.User | None, context: Context, skip: int = 0, only_troubled: bool = False
) -> Message:
    reports = await context.desk.lists.sources()
    if runs_the_bot(person, context) and chat.type == Chat.PRIVATE:
        return render.watched(say, reports, _now(context), skip, only_troubled=only_troubled)
    return render.sources(say, reports, skip)


async def _closely(tap: Tap, context: Context, name: str, skip: int = 0) -> None:
    one = await context.desk.watching.closely(await _report(name, context))
    await tap.change(render.source(tap.say, one, _now(context), skip))


async def _report(name: str, context: Context) -> SourceReport:
    """How the source of a name fares. Raises UserError where none is called so any more."""
    found = next((each for each in await context.desk.lists.sources() if each.source.name == name), None)
    if found is None:
        raise UserError(said("That source is not watched any more; /sources shows which are."))
    return found


def _now(context: Context) -> datetime:
    return context.desk.clock.now()
