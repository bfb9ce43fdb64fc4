"""/subscribe [topic], and the buttons that follow a topic or a story."""

from __future__ import annotations

from bot.delivery.render import telling, tuning, welcome, wishes
from bot.delivery.render.threads import came_here
from bot.handlers.admins import must_decide
from bot.handlers.asking import Ask
from bot.handlers.context import Context
from bot.handlers.speech import announce, answer
from bot.handlers.tapping import Tap
from bot.handlers.threads import put, thread_of
from bot.news.answers import Subscribed


async def subscribe(ask: Ask, context: Context) -> None:
    """Follow a topic; without one, show topics to tap."""
    if not ask.text:
        await answer(ask, welcome.to_tap(ask.say, await context.desk.wishes.choices(ask.chat)))
        return
    await must_decide(ask, context)
    if doubt := await context.desk.tuning.doubt(ask.text):
        await answer(ask, tuning.doubtful(ask.say, doubt))
        return
    done = await context.desk.wishes.subscribe(ask.caller, ask.text)
    told, thread = wishes.subscribed(ask.say, done), thread_of(ask.message)
    if thread:
        await put(ask.caller, done.subscription.topic, thread, context)
        told = came_here(ask.say, told, done.subscription.topic)
    sent = await announce(ask, told)
    await _remember(ask.to, done, sent, context)


async def tap_follow(tap: Tap, context: Context) -> None:
    """Follow the topic that the button carries."""
    await tap.must_decide()
    done = await context.desk.wishes.subscribe(tap.caller, tap.rest)
    await _remember(tap.chat.id, done, await tap.send(wishes.subscribed(tap.say, done)), context)


async def tap_story(tap: Tap, context: Context) -> None:
    """Follow the story that the alert tells, or follow it no longer; the button says which comes next."""
    await tap.must_decide()
    follow = tap.label != telling.follow_label(tap.say, followed=True)
    await context.desk.wishes.follow_story(tap.caller, tap.rest, follow=follow)
    on, off = tap.say("I tell you how this story goes on."), tap.say("You no longer follow this story.")
    await tap.toast(on if follow else off)
    await tap.relabel({f"story:{tap.rest}": telling.follow_label(tap.say, followed=follow)})


async def _remember(where: int, done: Subscribed, message_id: int | None, context: Context) -> None:
    if done.preview.newest:
        await context.desk.lists.remember(where, message_id, (done.preview.newest.id,))
