"""When the rows of a box are from. Owns reading what a row says of its time beside the clock.

Here: datetime attributes, days and offsets in the text -> what clocktimes.date_rows dates.
Not here: the days of rows that say nothing (news/clocktimes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timezone, tzinfo

from lxml.html import HtmlElement

from bot.ingest.boxrows import TimedLink
from bot.ingest.instants import read_instant
from bot.news.days import read_day

_ATTRIBUTES = ("datetime", "data-datetime", "data-timeutc", "data-unixtime", "data-timestamp", "data-published-at",
               "data-time", "data-date")  # fmt: skip
# Zones differ by quarters of an hour.
QUARTER = 15
_FRACTION = re.compile(r"(?<=^\d{10})\.\d+$")
_HAS_CLOCK = re.compile(r"\d[T ]\s?\d{1,2}:?\d\d|^\d{10}(?:\d{3})?$|\d\d:\d\d:\d\d")
_HAS_ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d|\b[A-Z]{3,4})\s*(?:\(.*\))?$|^\d{10}", re.IGNORECASE)


def moment(row: TimedLink, zone: tzinfo, now: datetime) -> time | datetime:
    """The row's instant where it tells its day, else its time of day (of another zone where it says so)."""
    stamp = row.stamp
    said = next(_attributes(_closest(stamp.element)), "")
    instant = read_instant(said, zone, now) if said else None
    if instant is not None and _HAS_CLOCK.search(said) and _HAS_ZONE.search(said):
        return instant  # whatever the page shows: its scripts turn that into the reader's own time
    # 11:55 for what is shown as 11:55pm: without a zone, the clock that people see is better.
    clock = stamp.clock.time
    own = zone if stamp.clock.ahead is None else timezone(stamp.clock.ahead)
    if instant is None:
        instant = _told_around(row, zone, now)
    day = instant.astimezone(zone).date() if instant is not None else read_day(stamp.text, now.astimezone(own).date())
    if day is not None:
        return datetime.combine(day, clock, own)
    return clock if stamp.clock.ahead is None else clock.replace(tzinfo=own)


def _told_around(row: TimedLink, zone: tzinfo, now: datetime) -> datetime | None:
    """What machines are told of the row as a whole, provided that it may be the time that is shown.

    It may as well be when the row was changed: its minutes must be those of the clock, whatever the zone.
    """
    around = [
        element for element in row.stamp.element.iterancestors() if row.holder in (element, *element.iterancestors())
    ]
    for said in _attributes(around):
        instant = read_instant(_FRACTION.sub("", said), zone, now)
        if instant is not None and (instant.minute - row.clock.minute) % QUARTER == 0:
            return instant
    return None


def _closest(element: HtmlElement) -> list[HtmlElement]:
    """An element and the one right around it."""
    parent = element.getparent()
    return [element, *([parent] if parent is not None else [])]


def _attributes(holders: Sequence[HtmlElement]) -> Iterator[str]:
    """What elements tell machines of a time."""
    for holder in holders:
        yield from (said for name in _ATTRIBUTES if (said := (holder.get(name) or "").strip()))
