"""Where a chat is, asked once and only where its clock matters.

Here: asking (ask_zone, zone_question), and the answer by a name, an offset, a button or a place on the map. What the
chat wanted to choose meanwhile is kept with the question, and chosen when its zone is known.
Not here: finding places (desk/places), what the clock is good for (quiet hours, digests).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from bot.delivery.render import zone as render
from bot.delivery.render.settings import Standing
from bot.delivery.render.zone import Option
from bot.handlers.admins import must_decide
from bot.handlers.asking import Ask
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap
from bot.news.answers import Caller
from bot.news.message import Message
from bot.news.model import ChatKind
from bot.news.preferences import Preferences
from bot.news.questions import Question
from bot.news.said import Tongue
from bot.news.setting import Wish, chosen, held
from bot.places.gazetteer import Place

ZONE = "zone"


async def ask_zone(ask: Ask, context: Context, then: Wish | None = None) -> None:
    """Ask where the chat is; what it wanted to choose is chosen when that is known."""
    await answer(ask, await zone_question(ask.caller, ask.say, context, then))


async def zone_question(
    caller: Caller, say: Tongue, context: Context, then: Wish | None = None, standing: Standing | None = None
) -> Message:
    """The question, which the chat may answer in its own words from now on; `standing` where settings ask it."""
    await context.desk.asked.put(caller.chat, Question(ZONE, then))
    return render.where(say, await _likely(say, context), is_private=_is_private(caller), standing=standing)


async def told_zone(ask: Ask, context: Context, question: Question) -> None:
    """Take the words for an answer to the question."""
    await must_decide(ask, context)
    found, is_private = await context.desk.places.named(ask.text), _is_private(ask.caller)
    if found.exact and len(found.places) == 1:
        await _settle(ask, context, question, found.places[0].zone)
        return
    if not found.places:
        likely = await _likely(ask.say, context)
        await answer(ask, render.unknown(ask.say, ask.text, likely, is_private=is_private))
        return
    words = render.which if found.exact else render.near
    await answer(ask, words(ask.say, ask.text, _options(found.places, context), is_private=is_private))


async def located(ask: Ask, context: Context) -> None:
    """Somebody sent a place on the map: the chat's zone is the one there."""
    await must_decide(ask, context)
    point = ask.message.location
    zone = await context.desk.places.at(point.latitude, point.longitude) if point else ""
    if not zone:
        await answer(ask, render.nowhere(ask.say))
        return
    question = await context.desk.asked.get(ask.chat)
    await _settle(ask, context, question if question and question.about == ZONE else Question(ZONE), zone)


async def tap_locate(tap: Tap, context: Context) -> None:
    """Give the person a key that sends where they are."""
    question = await context.desk.asked.get(tap.caller.chat)
    asked = question if question and question.about == ZONE else Question(ZONE)
    await context.desk.asked.put(tap.caller.chat, replace(asked, has_key=True))
    await tap.send(render.to_locate(tap.say))


async def tap_zone(tap: Tap, context: Context, zone: str) -> None:
    """The chat's zone is the one that the button carries; who taps may decide."""
    question = await context.desk.asked.get(tap.caller.chat)
    asked = question if question and question.about == ZONE else Question(ZONE)
    shown = await _settled(tap.caller, tap.say, tap.preferences, context, asked, zone)
    if asked.has_key:
        await tap.send(render.keyboard_back(tap.say))
    await tap.change(shown)


async def _settle(ask: Ask, context: Context, question: Question, zone: str) -> None:
    shown = await _settled(ask.caller, ask.say, ask.preferences, context, question, zone)
    if question.has_key:
        await answer(ask, render.keyboard_back(ask.say))
    await answer(ask, shown)


async def _settled(
    caller: Caller, say: Tongue, before: Preferences, context: Context, question: Question, zone: str
) -> Message:
    """Choose the zone, and what waited for it; tell the time there."""
    wish = Wish(ZONE, zone)
    now = await context.desk.preferences.change(caller, partial(_chosen, wish, question.then))
    await context.desk.asked.end(caller.chat)
    return render.settled(
        say,
        now,
        context.desk.places.time_in(zone),
        undo=held(before, question.then or wish),
        then=question.then,
        is_private=_is_private(caller),
    )


def _chosen(wish: Wish, then: Wish | None, preferences: Preferences) -> Preferences:
    there = chosen(preferences, wish)
    return chosen(there, then) if then else there


async def _likely(say: Tongue, context: Context) -> list[Option]:
    return _options(await context.desk.places.likely(say.lang), context)


def _options(places: Iterable[Place], context: Context) -> list[Option]:
    return [Option(each.name, each.country, each.zone, context.desk.places.time_in(each.zone)) for each in places]


def _is_private(caller: Caller) -> bool:
    return caller.kind is ChatKind.PRIVATE
