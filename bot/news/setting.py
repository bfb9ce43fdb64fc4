"""One choice of a chat at a time, as a name and a text that a button or a question can carry.

Here: a name and a text -> changed preferences, and preferences -> the text that would bring a choice back.
Not here: the choices themselves (preferences), how each is shown (delivery/render/panels).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from bot.news.chatzones import is_zone
from bot.news.errors import UserError
from bot.news.hours import read_span, read_times, span_text, time_text
from bot.news.message import Style
from bot.news.preferences import Digest, Preferences
from bot.news.said import said

# How many alerts a day a chat can choose between; 0: any number.
ALERTS_A_DAY = (0, 5, 10, 20, 50)
# What a topic's id and whether it is gathered are parted by; neither has it.
_PART = "."
_LANG = re.compile("[a-z]{2}")
_SWITCHES = ("silent", "previews", "pictures", "breaking", "all_manage")


@dataclass(frozen=True, slots=True)
class Wish:
    """A choice that is to be made: the setting's name and its value as a text (see chosen)."""

    name: str
    value: str = ""


# What is meant on a chat's own clock, so that the chat's zone has to be known.
ON_THE_CLOCK = frozenset({"quiet", "digest"})


def chosen(preferences: Preferences, wish: Wish) -> Preferences:
    """The preferences with the choice made. Raises UserError where there is no such setting, or no such value.

    `lang`: a code, empty for that of the app. `zone`: a zone's name, empty for none. `quiet`: a span, empty for none.
    `digest`: times, behind a comma each the topics, empty for none. `gather`: a topic and whether it is gathered.
    `style`: a Style, empty for the operator's. `most_a_day`: a number. `silent`, `previews`, `pictures`, `breaking`,
    `all_manage`, `again`: 1 or 0.
    """
    if wish.name not in _CHOOSE:
        raise _gone()
    return _CHOOSE[wish.name](preferences, wish.value)


def typed(name: str, text: str) -> Wish:
    """The choice of quiet hours, or of a digest's times, as a person types it. Raises UserError where it is none."""
    if name == "quiet":
        return Wish(name, span_text(read_span(text)))
    return Wish(name, " ".join(map(time_text, read_times(text))))


def held(preferences: Preferences, wish: Wish) -> Wish:
    """The choice that brings back what holds now, before this one is made."""
    match wish.name:
        case "quiet":
            return replace(wish, value=span_text(preferences.quiet) if preferences.quiet else "")
        case "digest":
            digest = preferences.digest
            times = " ".join(map(time_text, digest.at)) if digest else ""
            return replace(wish, value=",".join([times, *sorted(digest.topics if digest else ())]))
        case "gather":
            return _gathered_now(preferences, wish)
        case "again":
            return replace(wish, value=_switch(preferences.digest is not None and preferences.digest.again))
        case "style":
            return replace(wish, value=preferences.style or "")
    value = getattr(preferences, wish.name, "")
    return replace(wish, value=_switch(value) if isinstance(value, bool) else str(value))


def _switch(on: bool) -> str:
    return "1" if on else "0"


def _gathered_now(preferences: Preferences, wish: Wish) -> Wish:
    topic = wish.value.partition(_PART)[0]
    return gather(topic, on=preferences.digest is not None and topic in preferences.digest.topics)


def gather(topic: str, *, on: bool) -> Wish:
    """The choice to have a topic, by its id, gathered in the digest, or alerted to at once."""
    return Wish("gather", f"{topic}{_PART}{_switch(on)}")


def _lang(preferences: Preferences, value: str) -> Preferences:
    if value and not _LANG.fullmatch(value):
        raise _gone()
    return replace(preferences, lang=value)


def _zone(preferences: Preferences, value: str) -> Preferences:
    if value and not is_zone(value):
        raise _gone()
    return replace(preferences, zone=value)


def _quiet(preferences: Preferences, value: str) -> Preferences:
    return replace(preferences, quiet=read_span(value) if value else None)


def _digest(preferences: Preferences, value: str) -> Preferences:
    """New times leave the topics as they are, unless topics are named, too."""
    times, *topics = value.split(",")
    if not times:
        return replace(preferences, digest=None)
    before = preferences.digest or Digest(())
    gathered = frozenset(topics) if topics else before.topics
    return replace(preferences, digest=replace(before, at=read_times(times), topics=gathered))


def _gather(preferences: Preferences, value: str) -> Preferences:
    topic, _, on = value.partition(_PART)
    if preferences.digest is None:
        raise UserError(said("Choose first when the digest comes."))
    topics = preferences.digest.topics
    named = topics | {topic} if on == "1" else topics - {topic}
    return replace(preferences, digest=replace(preferences.digest, topics=named if topic else frozenset()))


def _again(preferences: Preferences, value: str) -> Preferences:
    if preferences.digest is None:
        raise UserError(said("Choose first when the digest comes."))
    return replace(preferences, digest=replace(preferences.digest, again=value == "1"))


def _style(preferences: Preferences, value: str) -> Preferences:
    if value and value not in set(Style):
        raise _gone()
    return replace(preferences, style=Style(value) if value else None)


def _most_a_day(preferences: Preferences, value: str) -> Preferences:
    if value not in map(str, ALERTS_A_DAY):
        raise _gone()
    return replace(preferences, most_a_day=int(value))


def _switched(name: str, preferences: Preferences, value: str) -> Preferences:
    changes: dict[str, bool] = {name: value == "1"}
    return replace(preferences, **changes)  # type: ignore[arg-type]


def _gone() -> UserError:
    return UserError(said("That can no longer be chosen; /settings shows what can."))


_CHOOSE: Mapping[str, Callable[[Preferences, str], Preferences]] = MappingProxyType(
    {
        "lang": _lang,
        "zone": _zone,
        "quiet": _quiet,
        "digest": _digest,
        "gather": _gather,
        "again": _again,
        "style": _style,
        "most_a_day": _most_a_day,
        **{name: partial(_switched, name) for name in _SWITCHES},
    }
)
