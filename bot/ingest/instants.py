"""Instants as feeds and pages write them. Owns reading them.

Here: RFC 822 in its dialects, ISO 8601, epochs, what a script's Date prints, dates in words -> aware UTC.
Not here: clock times without a day (news/clocktimes).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz

from dateutil import parser as dates

from bot.news.clocktimes import clocks, plain_digits
from bot.news.days import read_day

# Nobody had a feed before; such dates are zeros, defaults and typing errors.
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
# What feeds abbreviate, in hours from UTC; Indian, not Irish or Israeli, where one name has several meanings.
_ZONES = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "HST": -10,
    "BRT": -3, "ART": -3, "WET": 0, "WEST": 1, "BST": 1, "WAT": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "MET": 1,
    "SAST": 2, "CAT": 2, "EET": 2, "EEST": 3, "EAT": 3, "MSK": 3, "MSD": 4, "TRT": 3, "GST": 4, "PKT": 5, "IST": 5.5,
    "ICT": 7, "WIB": 7, "WITA": 8, "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5, "AEST": 10,
    "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
_OFFSETS = {name: int(hours * 3600) for name, hours in _ZONES.items()}
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_RFC_822 = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3}[a-z]*\.?\s+(?:\d{2}|[12]\d{3})\s")
_LAST_WORD = re.compile(r"([A-Za-z]{3,4})\W*$")
_MIDNIGHT = datetime(2000, 1, 1)  # noqa: DTZ001 - what dateutil takes a missing time from


def read_instant(text: str, zone: tzinfo, now: datetime) -> datetime | None:
    """The instant that a text names: in `zone` where it names none, midnight where it names no time.

    None where it names no day, or one before there were feeds. What lies in the future is `now`.
    """
    instant = read_dated(text, zone) or _plausible(_words, text, zone, now)
    return instant and min(instant, now)


def read_dated(text: str, zone: tzinfo) -> datetime | None:
    """The same for a text that names its year, in the notations of machines: needs no today, and knows no future."""
    return _plausible(_written, text, zone)


def _plausible(read: Callable[..., datetime | None], text: str, zone: tzinfo, *more: datetime) -> datetime | None:
    text = " ".join(plain_digits(text[:100]).split())
    if len(text) < 6 or not any(map(str.isdigit, text)):
        return None
    try:
        instant = read(text, zone, *more)
        instant = instant and (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return instant if instant and instant >= EARLIEST else None


def _written(text: str, zone: tzinfo) -> datetime | None:
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    return _iso(text) or (_mail(text) if _RFC_822.match(text) else None) or _any(text)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    """What e-mail's reader makes of it; it knows few names of zones, and says nothing of those that it does not."""
    parts = parsedate_tz(text)
    if parts is None:
        return None
    offset, named = parts[9], _LAST_WORD.search(text)
    if named and named[1].upper() in _OFFSETS:
        offset = _OFFSETS[named[1].upper()]
    naive = datetime(*parts[:5], min(parts[5], 59))  # noqa: DTZ001 - the zone comes next
    return naive if offset is None else naive.replace(tzinfo=timezone(timedelta(seconds=offset)))


def _any(text: str) -> datetime | None:
    """What dateutil makes of it, provided that it has a year and a day."""
    if not re.search(r"\d{4}", text):
        return None
    try:
        return dates.parse(text.partition("(")[0], default=_MIDNIGHT, tzinfos=_zone)
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    seconds = offset if offset is not None else _OFFSETS.get(name or "")
    return None if seconds is None else timezone(timedelta(seconds=seconds))


def _words(text: str, zone: tzinfo, now: datetime) -> datetime | None:
    """Dates in the words of many languages: 23 novembre 2026 à 12h15."""
    day = read_day(text, now.astimezone(zone).date())
    if day is None:
        return None
    clock = next((found.time for found in clocks(text)), _MIDNIGHT.time())
    return datetime.combine(day, clock, zone)
