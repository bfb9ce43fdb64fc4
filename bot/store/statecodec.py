"""The state of a source <-> JSON in Redis: one field of a hash, so that noting a poll is a handful of words.

Here: how each part is written and read, and putting into one field what once were many (schema).
Not here: instants (codec), which key it stands in (keys), when it is written (sources).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import orjson

from bot.news.habits import Habit
from bot.news.model import Kind, Rhythm
from bot.news.sourcestate import SourceState
from bot.store.codec import instant, ms, seconds
from bot.store.documents import box_json, box_of
from bot.store.saidcodec import said_of

FIELD = "state"
_INSTANTS = ("due", "last_ok", "last_new", "read", "gone")
_NUMBERS = ("failures", "found")
_NAMES = tuple(field.name for field in dataclasses.fields(SourceState))


def state_json(state: SourceState) -> bytes:
    """A source's state as JSON; what is empty is left out."""
    values: dict[str, object] = {}
    for name in _NAMES:
        value = getattr(state, name)
        if value:
            values[name] = ms(value) if isinstance(value, datetime) else value
    values.pop("rhythm", None)
    if state.box:
        values["box"] = orjson.Fragment(box_json(state.box))
    if state.rhythm.ttl or state.rhythm.skip_hours or state.rhythm.skip_days:
        values["rhythm"] = _rhythm(state.rhythm)
    if state.habit:
        hours = [round(count, 3) for count in state.habit.hours]
        values["habit"] = [ms(state.habit.since), ms(state.habit.at), hours]
    return orjson.dumps(values)


def state_of(record: Mapping[str, str]) -> SourceState:
    """A source's state from its hash; a blank one from an empty hash."""
    return _state(orjson.loads(record[FIELD])) if FIELD in record else SourceState()


def in_one_field(record: Mapping[str, str]) -> dict[str, str]:
    """The hash of a state that had a field for each part, as it is now."""
    if FIELD in record:
        return {FIELD: record[FIELD]}
    return {FIELD: state_json(_state(record)).decode()}


def _state(found: Mapping[str, Any]) -> SourceState:
    values: dict[str, Any] = {name: found[name] for name in _NAMES if name in found}
    values.update({name: instant(values[name]) for name in _INSTANTS if name in values})
    values.update({name: int(values[name]) for name in _NUMBERS if name in values})
    if "error" in values:
        values["error"] = said_of(values["error"])
    if "kind" in values:
        values["kind"] = Kind(values["kind"])
    if "rhythm" in values:
        ttl, hours, days = values["rhythm"]
        values["rhythm"] = Rhythm(timedelta(seconds=ttl) if ttl else None, frozenset(hours), frozenset(days))
    if "box" in values:
        values["box"] = box_of(values["box"])
    if "habit" in values:
        since, at, counts = values["habit"]
        values["habit"] = Habit(instant(since), instant(at), tuple(counts))
    return SourceState(**values)


def _rhythm(rhythm: Rhythm) -> list[object]:
    ttl = seconds(rhythm.ttl) if rhythm.ttl else 0
    return [ttl, sorted(rhythm.skip_hours), sorted(rhythm.skip_days)]
