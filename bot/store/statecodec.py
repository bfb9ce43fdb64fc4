"""The state of a source <-> a hash in Redis, field by field.

Here: how each field is written, and reading what another version wrote.
Not here: instants (codec), which key it stands in (keys), when it is written (sources).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.news.cadence import SourceState
from bot.news.habits import Habit
from bot.news.model import Kind, Rhythm
from bot.store.codec import instant, ms, seconds

_INSTANTS = ("due", "last_ok", "last_new", "read", "gone")
_NUMBERS = ("failures", "found")
_NAMES = tuple(field.name for field in dataclasses.fields(SourceState))


def state_fields(state: SourceState) -> list[str | int]:
    """A source's state as a hash's fields and values; what is empty is left out."""
    flat: list[str | int] = []
    for name in _NAMES:
        value = _written(getattr(state, name))
        if value != "":
            flat += [name, value]
    return flat


def state_of(record: Mapping[str, str]) -> SourceState:
    """A source's state from its hash; a blank one from an empty hash, and from a hash of another version what fits."""
    values: dict[str, Any] = {name: record[name] for name in _NAMES if name in record}
    values.update({name: instant(values[name]) for name in _INSTANTS if name in values})
    values.update({name: int(values[name]) for name in _NUMBERS if name in values})
    if "kind" in values:
        values["kind"] = Kind(values["kind"])
    if "rhythm" in values:
        values["rhythm"] = _rhythm_of(values["rhythm"])
    if "habit" in values:
        values["habit"] = _habit_of(values["habit"])
    return SourceState(**values)


def _written(value: datetime | Rhythm | Habit | str | int | None) -> str | int:
    match value:
        case datetime():
            return ms(value)
        case Rhythm():
            said = (
                "" if value.ttl is None else str(seconds(value.ttl)),
                _list(value.skip_hours),
                _list(value.skip_days),
            )
            return "/".join(said) if any(said) else ""
        case Habit():
            return f"{ms(value.since)} {ms(value.at)} {' '.join(f'{count:.3g}' for count in value.hours)}"
        case None:
            return ""
        case _:
            return value


def _list(numbers: frozenset[int]) -> str:
    return ",".join(map(str, sorted(numbers)))


def _rhythm_of(text: str) -> Rhythm:
    ttl, hours, days = text.split("/")
    skipped = [frozenset(int(number) for number in numbers.split(",") if number) for numbers in (hours, days)]
    return Rhythm(timedelta(seconds=int(ttl)) if ttl else None, *skipped)


def _habit_of(text: str) -> Habit:
    since, at, *hours = text.split(" ")
    return Habit(instant(since), instant(at), tuple(map(float, hours)))
