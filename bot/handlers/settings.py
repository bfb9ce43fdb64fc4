"""/settings, one message edited in place, and /language, one of its panels.

Here: the overview, the panels, and choosing by a tap or, where a panel asks for hours, in words.
Not here: where the chat is (zone), what can be chosen (news/setting), how it is shown (delivery/render/panels).
"""

from __future__ import annotations

from functools import partial

from bot.delivery.render import panels
from bot.delivery.render import settings as render
from bot.delivery.render.settings import Standing
from bot.handlers.admins import ONLY_ADMINS, must_decide, must_decide_in
from bot.handlers.asking import Ask, number_in
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap
from bot.handlers.zone import ZONE, ask_zone, located, tap_zone, told_zone, zone_question
from bot.news.answers import Caller
from bot.news.errors import UserError
from bot.news.message import Message
from bot.news.preferences import Preferences
from bot.news.questions import Question
from bot.news.said import Tongue, said
from bot.news.setting import ON_THE_CLOCK, Wish, chosen, held, typed


async def settings(ask: Ask, context: Context) -> None:
    """Show what holds here, and what can be chosen."""
    await context.desk.asked.end(ask.chat)
    await answer(ask, render.overview(ask.say, await _standing(ask.caller, ask.preferences, context)))


async def language(ask: Ask, context: Context) -> None:
    """Show the languages; one that is named is spoken at once."""
    named = _named_language(ask.text, context)
    if named is None:
        await answer(ask, panels.panel(ask.say, await _standing(ask.caller, ask.preferences, context), "lang"))
        return
    await must_decide(ask, context)
    await _choose_in_words(ask, context, Wish("lang", named))


async def answered(ask: Ask, context: Context) -> bool:
    """Take the words, or the place on the map, for an answer to what the chat was asked; whether they were one."""
    if ask.message.location:
        await located(ask, context)
        return True
    question = await context.desk.asked.get(ask.chat)
    if question is None or not ask.text:
        return False
    if question.about == ZONE:
        await told_zone(ask, context, question)
        return True
    return await _told_hours(ask, context, question.about)


async def tap_settings(tap: Tap, context: Context) -> None:
    """Show the settings in a new message."""
    await tap.send(render.overview(tap.say, await _standing(tap.caller, tap.preferences, context)))


async def tap_panel(tap: Tap, context: Context) -> None:
    """Show a panel in place: `<name>`, or `<skip>:<name>` with the topics to skip; without a name, the overview."""
    skip, _, name = tap.rest.rpartition(":")
    if name == ZONE:
        await tap.must_decide()
        standing = await _standing(tap.caller, tap.preferences, context)
        await tap.change(await zone_question(tap.caller, tap.say, context, standing=standing))
        return
    if name in ON_THE_CLOCK:  # hours may be typed, too
        await context.desk.asked.put(tap.caller.chat, Question(name))
    else:
        await context.desk.asked.end(tap.caller.chat)
    standing = await _standing(tap.caller, tap.preferences, context)
    shown = panels.panel(tap.say, standing, name, skip=number_in(skip) or 0) if name else None
    await tap.change(shown or render.overview(tap.say, standing))


async def tap_set(tap: Tap, context: Context) -> None:
    """Choose what the button carries, `<name>:<value>`, and show its panel with what holds now."""
    name, _, value = tap.rest.partition(":")
    wish = Wish(name, value)
    await _may_choose(tap, wish)
    chosen(tap.preferences, wish)  # before anything is kept for a forged button's sake
    if name == ZONE and value:
        await tap_zone(tap, context, value)
    elif _needs_zone(tap.preferences, wish):
        await tap.change(await zone_question(tap.caller, tap.say, context, wish))
    else:
        before = held(tap.preferences, wish)
        now = await context.desk.preferences.change(tap.caller, partial(_made, wish))
        say = context.tongue_for(tap.caller, now)
        undo = before if chosen(now, before) != now else None
        await tap.change(await _after(tap.caller, say, now, context, wish, undo))


async def _may_choose(tap: Tap, wish: Wish) -> None:
    await tap.must_decide()
    if wish.name == "all_manage":
        await must_decide_in(tap.chat, tap.query.from_user, ONLY_ADMINS)


async def _told_hours(ask: Ask, context: Context, name: str) -> bool:
    """Hours where a panel asks for them. A mere number is a row of a list, and other words are words."""
    if number_in(ask.text) is not None or not any(map(str.isdecimal, ask.text)):
        return False
    await must_decide(ask, context)
    wish = typed(name, ask.text)
    if _needs_zone(ask.preferences, wish):
        await ask_zone(ask, context, wish)
    else:
        await _choose_in_words(ask, context, wish)
    return True


async def _choose_in_words(ask: Ask, context: Context, wish: Wish) -> None:
    before = held(ask.preferences, wish)
    now = await context.desk.preferences.change(ask.caller, partial(_made, wish))
    await context.desk.asked.end(ask.chat)
    await answer(ask, await _after(ask.caller, context.tongue_for(ask.caller, now), now, context, wish, before))


def _made(wish: Wish, preferences: Preferences) -> Preferences:
    return chosen(preferences, wish)


async def _after(
    caller: Caller, say: Tongue, now: Preferences, context: Context, wish: Wish, undo: Wish | None
) -> Message:
    """The panel of a choice, after it."""
    standing = await _standing(caller, now, context)
    if wish.name == ZONE:
        return render.overview(say, standing)
    return panels.panel(say, standing, panels.panel_of(wish), undo=undo)


def _needs_zone(preferences: Preferences, wish: Wish) -> bool:
    return wish.name in ON_THE_CLOCK and bool(wish.value) and not preferences.zone


async def _standing(caller: Caller, preferences: Preferences, context: Context) -> Standing:
    return Standing(
        preferences,
        caller.kind,
        await context.desk.wishes.topics(caller.chat),
        context.style,
        context.tongues.names,
        context.desk.places.time_in(preferences.zone) if preferences.zone else None,
    )


def _named_language(words: str, context: Context) -> str | None:
    """The code of the language that is named, by itself or by its code; None where none is."""
    wanted = words.casefold().strip()
    codes = (code for code, name in context.tongues.names.items() if wanted in {code, name.casefold()})
    found = next(codes, None)
    if found is None and wanted:
        raise UserError(said("I do not speak that yet; /language shows what I speak."))
    return found
