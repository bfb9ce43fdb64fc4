"""/pause and /resume.

Here: for how long, as a person types or taps it.
Not here: what a pause holds (news/holding), quiet hours (hours).
"""

from __future__ import annotations

from datetime import timedelta

from bot.delivery.render import hours as render
from bot.handlers.admins import must_decide
from bot.handlers.asking import Ask, number_in
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap
from bot.news.answers import Caller
from bot.news.errors import UserError
from bot.news.message import Message
from bot.news.pauses import LONGEST, read_pause
from bot.news.preferences import Preferences
from bot.news.said import Tongue, said

_TOMORROW = frozenset({"tomorrow", "until tomorrow"})


async def pause(ask: Ask, context: Context) -> None:
    """Tell the chat nothing for a while; without a time, show times to tap."""
    if not ask.text:
        await answer(ask, render.pause(ask.say, ask.preferences, context.desk.held.now()))
        return
    await must_decide(ask, context)
    tomorrow = ask.text.casefold() in _TOMORROW | {ask.say("Until tomorrow").casefold()}
    span = None if tomorrow else read_pause(ask.text)
    chosen = await context.desk.held.pause(ask.caller, span)
    await answer(ask, _paused(ask.say, chosen, context))


async def resume(ask: Ask, context: Context) -> None:
    """End a pause: what it held comes at once."""
    await must_decide(ask, context)
    await answer(ask, await _resumed(ask.caller, ask.say, context))


async def tap_pause(tap: Tap, context: Context) -> None:
    """Pause for so many minutes, or until `tomorrow`; show times to tap where none is named."""
    if not tap.rest:
        await tap.change(render.pause(tap.say, Preferences(), context.desk.held.now()))
        return
    await tap.must_decide()
    minutes = number_in(tap.rest)
    if minutes is None and tap.rest != "tomorrow":
        raise UserError(said("This button is from an older time; send /pause for what can be chosen today."))
    span = None if minutes is None else min(timedelta(minutes=max(minutes, 1)), LONGEST)
    await tap.change(_paused(tap.say, await context.desk.held.pause(tap.caller, span), context))


async def tap_resume(tap: Tap, context: Context) -> None:
    """End the pause that this message tells of."""
    await tap.must_decide()
    await tap.change(await _resumed(tap.caller, tap.say, context))


def _paused(say: Tongue, chosen: Preferences, context: Context) -> Message:
    return render.pause(say, chosen, context.desk.held.now())


async def _resumed(caller: Caller, say: Tongue, context: Context) -> Message:
    waiting = await context.desk.held.waiting(caller.chat)
    resumed = await context.desk.held.resume(caller)
    # Whoever says it twice has ended the pause already, and what it held is on its way.
    is_coming = resumed or (waiting and await context.desk.held.is_coming(caller.chat))
    return render.resumed(say, waiting) if is_coming else render.not_paused(say, waiting)
