"""/topics, /unsubscribe [topic], and the buttons that end a topic or bring it back."""

from __future__ import annotations

from bot.delivery.render import wishes
from bot.delivery.render.threads import with_threads
from bot.handlers.admins import must_decide
from bot.handlers.asking import Ask, number_in
from bot.handlers.context import Context
from bot.handlers.speech import announce, answer
from bot.handlers.tapping import Tap
from bot.news.model import Subscription


async def topics(ask: Ask, context: Context) -> None:
    """Show what the chat follows."""
    listed = wishes.topics(ask.say, await context.desk.wishes.topics(ask.chat))
    await answer(ask, with_threads(ask.say, listed) if ask.message.chat.is_forum else listed)


async def unsubscribe(ask: Ask, context: Context) -> None:
    """Follow a topic no longer; without one, show what may be ended; where several fit, ask which."""
    if not ask.text:
        await topics(ask, context)
        return
    await must_decide(ask, context)
    fitting = await context.desk.wishes.followed_as(ask.chat, ask.text, ask.say.lang)
    if len(fitting) == 1:
        gone = await context.desk.wishes.unfollow(ask.chat, fitting[0].topic)
        await announce(ask, wishes.unsubscribed(ask.say, gone))
    else:
        await answer(ask, wishes.which(ask.say, ask.text, fitting))


async def tap_topics(tap: Tap, context: Context) -> None:
    """Show what the chat follows: a page of it in place, or, where no page is named, in a new message."""
    followed = await context.desk.wishes.topics(tap.caller.chat)
    page = wishes.topics(tap.say, followed, number_in(tap.rest) or 0)
    page = with_threads(tap.say, page) if tap.chat.is_forum else page
    await (tap.change(page) if tap.rest else tap.send(page))


async def tap_unsubscribe(tap: Tap, context: Context) -> None:
    """Take back the subscription that this message told of."""
    await tap.must_decide()
    gone = await context.desk.wishes.unfollow(tap.caller.chat, tap.rest)
    await tap.change(wishes.unsubscribed(tap.say, gone))


async def tap_mute(tap: Tap, context: Context) -> None:
    """End the topic that an alert told of; the alert stays."""
    await tap.must_decide()
    gone = await context.desk.wishes.unfollow(tap.caller.chat, tap.rest)
    await tap.send(wishes.unsubscribed(tap.say, gone))


async def tap_drop(tap: Tap, context: Context) -> None:
    """End a topic of the list in place: `<topic>:<skip>`."""
    await tap.must_decide()
    ident, _, skip = tap.rest.partition(":")
    gone = await context.desk.wishes.unfollow(tap.caller.chat, ident)
    await tap.toast(tap.say("You no longer follow “{topic}”.", topic=gone.shown))
    await _show(tap, context, skip, gone)


async def tap_back(tap: Tap, context: Context) -> None:
    """Follow again what was just taken from the list, in place: `<skip>:<words>`."""
    await tap.must_decide()
    skip, _, words = tap.rest.partition(":")
    done = await context.desk.wishes.subscribe(tap.caller, words)
    await tap.toast(tap.say("You follow “{topic}” again.", topic=done.subscription.shown))
    await _show(tap, context, skip)


async def _show(tap: Tap, context: Context, skip: str, ended: Subscription | None = None) -> None:
    followed = await context.desk.wishes.topics(tap.caller.chat)
    await tap.change(wishes.topics(tap.say, followed, number_in(skip) or 0, ended))
