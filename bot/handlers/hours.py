"""/quiet and /digest, and having a digest at once.

Here: hours as a person types them; where they cannot be meant before the chat's clock is known, that is asked first.
Not here: the buttons that choose hours (settings), pauses (pause), a digest that stands in the chat (more).
"""

from __future__ import annotations

from functools import partial

from bot.delivery.render import hours as render
from bot.delivery.render.digest import Look
from bot.delivery.render.digest import digest as digest_page
from bot.handlers.admins import must_decide
from bot.handlers.asking import Ask, number_in
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap
from bot.handlers.zone import ask_zone
from bot.news.alerts import Form
from bot.news.answers import Caller
from bot.news.errors import NoSuchHeadline
from bot.news.message import Message
from bot.news.preferences import Preferences
from bot.news.said import Tongue, said
from bot.news.setting import Wish, chosen, held, typed

_OFF = frozenset({"off", "none", "no", "0", "stop", "never"})
_NOW = frozenset({"now", "!"})


async def quiet(ask: Ask, context: Context) -> None:
    """Set quiet hours; without any, show those that there are, and what else is muted."""
    if not ask.text:
        muted, names = context.desk.held.muted(ask.preferences), await context.desk.wishes.topics(ask.chat)
        topics = [(wish.topic, wish.shown) for wish in names if wish.topic in muted]
        extras = render.unmuting(ask.say, topics, sorted(ask.preferences.fewer))
        await answer(ask, render.quiet(ask.say, ask.preferences, extras))
        return
    await must_decide(ask, context)
    if _is(ask, _OFF, ask.say("off")):
        await _choose(ask, context, Wish("quiet"))
        return
    await _choose(ask, context, typed("quiet", ask.text))


async def digest(ask: Ask, context: Context) -> None:
    """Set when digests come; without times, show them; or have one now."""
    if not ask.text:
        await answer(ask, render.digest(ask.say, ask.preferences))
        return
    await must_decide(ask, context)
    if _is(ask, _NOW, ask.say("now")):
        page, shown = await _now(ask.caller, ask.say, ask.preferences, context)
        await context.desk.lists.remember(ask.to, await answer(ask, page), shown)
    elif _is(ask, _OFF, ask.say("off")):
        await _choose(ask, context, Wish("digest"))
    else:
        await _choose(ask, context, typed("digest", ask.text))


async def tap_now(tap: Tap, context: Context) -> None:
    """Have what waits at once, as a digest."""
    await tap.must_decide()
    page, shown = await _now(tap.caller, tap.say, tap.preferences, context)
    await context.desk.lists.remember(tap.chat.id, await tap.send(page), shown)


async def tap_lately(tap: Tap, context: Context) -> None:
    """Turn to another page of a digest of the last day: `<skip>`."""
    told = await context.desk.held.lately(tap.caller.chat)
    if not told.alerts:
        raise NoSuchHeadline(said("That message is too old; /latest shows what is new."))
    look = Look(verb="lately")
    await tap.change(digest_page(tap.say, told.alerts, told.now, look, number_in(tap.rest) or 0))


async def _choose(ask: Ask, context: Context, wish: Wish) -> None:
    if wish.value and not ask.preferences.zone:
        await ask_zone(ask, context, wish)
        return
    before = held(ask.preferences, wish)
    now = await context.desk.preferences.change(ask.caller, partial(_chosen, wish))
    await answer(ask, render.changed(ask.say, now, wish.name, before))


def _chosen(wish: Wish, before: Preferences) -> Preferences:
    return chosen(before, wish)


async def _now(
    caller: Caller, say: Tongue, preferences: Preferences, context: Context
) -> tuple[Message, tuple[str, ...]]:
    """What is said to who wants a digest now, and the headlines in it; what waits is sent like all alerts."""
    if count := await context.desk.held.bring(caller):
        return render.coming(say, count), ()
    told = await context.desk.held.lately(caller.chat)
    if not told.alerts:
        return render.nothing_waits(say), ()
    look = Look(Form.DIGEST, preferences.pictures and preferences.previews, verb="lately")
    return digest_page(say, told.alerts, told.now, look), tuple(each.headline.id for each in told.alerts)


def _is(ask: Ask, words: frozenset[str], own: str) -> bool:
    return ask.text.casefold() in words | {own.casefold()}
