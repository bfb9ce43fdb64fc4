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
        choices = await context.desk.wishes.choices(ask.chat)
        await answer(ask, welcome.to_tap(choices, ask.caller.lang))
        return
    await must_decide(ask.message)
    if doubt := await context.desk.tuning.doubt(ask.text):
        await answer(ask, tuning.doubtful(doubt))
        return
    done = await context.desk.wishes.subscribe(ask.caller, ask.text)
    sent = await answer(ask, wishes.subscribed(done))
    await _remember(done, sent, context)


async def tap_follow(tap: Tap, context: Context) -> None:
    """Follow the topic that the button carries."""
    await tap.must_decide()
    words = await context.desk.shorthand.whole(tap.rest)
    done = await context.desk.wishes.subscribe(tap.caller, words)
    await _remember(done, await tap.send(wishes.subscribed(done)), context)


async def tap_story(tap: Tap, context: Context) -> None:
    """Follow the story that the alert tells, or follow it no longer; the button says which comes next."""
    await tap.must_decide()
    follow = tap.label != telling.FOLLOWED
    await context.desk.wishes.follow_story(tap.caller, tap.rest, follow=follow)
    await tap.toast("I tell you how this story goes on." if follow else "You no longer follow this story.")
    await tap.relabel({f"story:{tap.rest}": telling.FOLLOWED if follow else telling.FOLLOW})


async def _remember(done: Subscribed, message_id: int | None, context: Context) -> None:
    if done.preview.newest:
        await context.desk.lists.remember(done.subscription.chat, message_id, (done.preview.newest.id,))
