"""/subscribe [topic], and the buttons that follow a topic or a story."""

from __future__ import annotations

from bot.delivery.render import telling, tuning, welcome, wishes
from bot.handlers.admins import must_decide
from bot.handlers.asking import Ask
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap
from bot.news.answers import Subscribed


async def subscribe(ask: Ask, context: Context) -> None:
    """Follow a topic; without one, show topics to tap."""
    if not ask.text:
        await answer(ask, welcome.to_tap(ask.say, await context.desk.wishes.choices(ask.chat)))
        return
    await must_decide(ask)
    if doubt := await context.desk.tuning.doubt(ask.text):
        await answer(ask, tuning.doubtful(ask.say, doubt))
        return
    done = await context.desk.wishes.subscribe(ask.caller, ask.text)
    await _remember(done, await answer(ask, wishes.subscribed(ask.say, done)), context)


async def tap_follow(tap: Tap, context: Context) -> None:
    """Follow the topic that the button carries."""
    await tap.must_decide()
    done = await context.desk.wishes.subscribe(tap.caller, tap.rest)
    await _remember(done, await tap.send(wishes.subscribed(tap.say, done)), context)


async def tap_story(tap: Tap, context: Context) -> None:
    """Follow the story that the alert tells, or follow it no longer; the button says which comes next."""
    await tap.must_decide()
    follow = not welcome.is_ticked(tap.label)
    await context.desk.wishes.follow_story(tap.caller, tap.rest, follow=follow)
    told = tap.say("I tell you how this story goes on.") if follow else tap.say("You no longer follow this story.")
    await tap.toast(told)
    label = telling.FOLLOWED if follow else telling.FOLLOW
    await tap.relabel({f"story:{tap.rest}": tap.say(label)})


async def _remember(done: Subscribed, message_id: int | None, context: Context) -> None:
    if done.preview.newest:
        await context.desk.lists.remember(done.subscription.chat, message_id, (done.preview.newest.id,))
