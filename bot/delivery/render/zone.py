"""Asking a chat where it is, for the sake of its clock.

Here: the question, places to choose from, and the time that is said back.
Not here: finding places (bot/places), the choices that need a clock (panels).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import escape
from bot.delivery.render.pressing import laid_out, rows_of, short
from bot.delivery.render.settings import OVERVIEW, Standing, line, undoing, zone_line
from bot.delivery.render.welcome import TICK
from bot.news.hours import time_text
from bot.news.message import Button, Keys, Message
from bot.news.preferences import Preferences
from bot.news.said import Tongue
from bot.news.setting import Wish

LONGEST_TYPED = 60
ABREAST = 2


@dataclass(frozen=True, slots=True)
class Option:
    """A place to choose: its name, its country (ISO 3166) where it is one of several, its zone, and the time there."""

    name: str
    country: str
    zone: str
    time: datetime


def where(say: Tongue, options: Sequence[Option], *, is_private: bool, standing: Standing | None = None) -> Message:
    """Asks where the chat is; among its settings, where these are given, it says what holds, and leads back there."""
    if is_private:
        text = say("What time is it where you are? Tap a place, or write the name of your city.")
    else:
        text = say("What time is it for this chat? Tap a place, or reply to this message with the name of a city.")
    if standing is None:
        return Message(text, _choice(say, options, is_private=is_private))
    ticked = _choice(say, options, is_private=is_private, holds=standing.preferences.zone)[:-1]
    return Message(
        f"<b>{zone_line(say, standing)}</b>\n\n{text}", laid_out(*ticked, (Button(say("‹ Settings"), OVERVIEW),))
    )


def which(say: Tongue, typed: str, options: Sequence[Option], *, is_private: bool) -> Message:
    """Asks which of several places of a name is meant."""
    text = say("I know several places called “{name}”. Which one is it?", name=_shown(typed))
    return Message(text, _choice(say, options, is_private=is_private))


def near(say: Tongue, typed: str, options: Sequence[Option], *, is_private: bool) -> Message:
    """Offers places whose names are near the one that nobody knows."""
    text = say(
        "I know no place called “{name}”. Is it one of these? If not, write a larger city nearby.", name=_shown(typed)
    )
    return Message(text, _choice(say, options, is_private=is_private, typed=typed))


def unknown(say: Tongue, typed: str, options: Sequence[Option], *, is_private: bool) -> Message:
    """Nobody knows the place."""
    text = say(
        "I know no place called “{name}”. Write a larger city nearby, or how far your clock is from UTC, "
        "as in <code>+5:30</code>.",
        name=_shown(typed),
    )
    return Message(text, _choice(say, options, is_private=is_private, typed=typed))


def nowhere(say: Tongue) -> Message:
    """A point on the map that is in no zone."""
    return Message(say("I do not know what time it is there. Write the name of your city."))


def to_locate(say: Tongue) -> Message:
    """Gives the person a key that sends where they are."""
    text = say(
        "Tap the button below to send me where you are. I look up the time zone and forget the place at once. "
        "The name of your city is just as good."
    )
    return Message(text, keys=Keys(say("📍 Send my location")))


def keyboard_back(say: Tongue) -> Message:
    """Gives the person their own keyboard back."""
    return Message(say("Thank you."), keys=Keys())


def settled(
    say: Tongue, now: Preferences, there: datetime, *, undo: Wish, then: Wish | None, is_private: bool
) -> Message:
    """Says the time back, and what was chosen besides."""
    time = f"<b>{time_text(there.time())}</b>"
    told = (
        say("It is {time} where you are, right?", time=time)
        if is_private
        else say("It is {time} in this chat, right?", time=time)
    )
    parts = [line(say, now, then.name) if then else "", told]
    change = (Button(say("Another place"), "panel:zone"), undoing(say, undo))
    return Message("\n\n".join(part for part in parts if part), laid_out(change, (Button(say("Settings"), OVERVIEW),)))


def _choice(
    say: Tongue, options: Sequence[Option], *, is_private: bool, typed: str = "", holds: str = ""
) -> tuple[tuple[Button, ...], ...]:
    """The places as buttons, and the other ways; words that are no place may have been meant for a topic."""
    locate = (Button(say("📍 Send my location"), "locate"),) if is_private else ()
    topic = (Button(say("It is a topic"), f"follow:{typed}"),) if typed else ()
    ticks = [f"{TICK} " if option.zone == holds else "" for option in options]
    buttons = [
        Button(tick + _label(option), f"set:zone:{option.zone}") for tick, option in zip(ticks, options, strict=True)
    ]
    return laid_out(*rows_of(buttons, ABREAST), locate, (*topic, Button(say("Not now"), OVERVIEW)))


def _label(option: Option) -> str:
    """A place with its flag and the time there: of two places of a name, one knows one's own."""
    flag = "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in option.country)
    return f"{flag} {short(option.name)} · {time_text(option.time.time())}".strip()


def _shown(typed: str) -> str:
    return escape(fitted(typed, LONGEST_TYPED))
