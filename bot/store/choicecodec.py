"""What a chat has chosen <-> JSON in a field of the chat's hash; what it never chose is left out.

Here: how each choice is written and read.
Not here: instants (codec), when it is written (choices).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any

import orjson

from bot.news.message import Style
from bot.news.preferences import Digest, Preferences, Quiet
from bot.store import codec

_DEFAULT = Preferences()
# Choices that are written as they are.
_PLAIN = ("lang", "zone", "silent", "previews", "pictures", "most_a_day", "breaking", "all_manage", "announcements")


def choices_json(preferences: Preferences) -> str:
    """The choices as JSON; empty where everything is as it is at first. The language told by Telegram stands apart."""
    values = {name: getattr(preferences, name) for name in _PLAIN if getattr(preferences, name) != _DEFAULT_OF[name]}
    written: dict[str, object] = {
        "quiet": [_minutes(preferences.quiet.begins), _minutes(preferences.quiet.ends)] if preferences.quiet else None,
        "digest": _digest_values(preferences.digest) if preferences.digest else None,
        "style": preferences.style,
        "paused_until": codec.ms(preferences.paused_until) if preferences.paused_until else None,
        "muted": {topic: codec.ms(until) for topic, until in preferences.muted.items()},
        "fewer": sorted(preferences.fewer),
        "digest_asked": codec.ms(preferences.digest_asked) if preferences.digest_asked else None,
        "threads": dict(preferences.threads),
    }
    values |= {name: value for name, value in written.items() if value}
    return orjson.dumps(values).decode() if values else ""


def preferences_of(told_lang: str | None, text: str | None) -> Preferences:
    """The preferences of a chat from the fields `lang` and `choices` of its hash."""
    values: dict[str, Any] = orjson.loads(text) if text else {}
    read = {name: _READ.get(name, _as_it_is)(value) for name, value in values.items() if name in _KNOWN}
    return Preferences(told_lang or "", **read)


def _digest_values(digest: Digest) -> dict[str, object]:
    values: dict[str, object] = {"at": [_minutes(each) for each in digest.at]}
    if digest.topics:
        values["topics"] = sorted(digest.topics)
    return {**values, **({"again": True} if digest.again else {})}


def _digest_of(values: Mapping[str, Any]) -> Digest:
    at = tuple(_time_of(each) for each in values["at"])
    return Digest(at, frozenset(values.get("topics", ())), values.get("again", False))


def _quiet_of(values: tuple[int, int]) -> Quiet:
    return Quiet(_time_of(values[0]), _time_of(values[1]))


def _muted_of(values: Mapping[str, int]) -> dict[str, datetime]:
    return {topic: codec.instant(until) for topic, until in values.items()}


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - a choice of any kind
    return value


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _time_of(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


_DEFAULT_OF: Mapping[str, object] = {name: getattr(_DEFAULT, name) for name in _PLAIN}
_READ: Mapping[str, Callable[[Any], Any]] = {
    "quiet": _quiet_of,
    "digest": _digest_of,
    "style": Style,
    "paused_until": codec.instant,
    "muted": _muted_of,
    "fewer": frozenset,
    "digest_asked": codec.instant,
}
# What another version wrote and this one does not know is left unread.
_KNOWN = frozenset({*_PLAIN, *_READ, "threads"})
