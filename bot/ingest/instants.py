"""Instants as feeds and pages write them. Owns reading them.

Here: RFC 822 in its dialects, ISO 8601, epochs, what a script's Date prints, dates in words -> aware UTC.
Not here: months by name (monthnames), zones by name (zonenames), clock times without a day (news/clocktimes).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta, tzinfo

from dateutil import parser as dates

from bot.ingest.monthnames import named_day
from bot.ingest.zonenames import ZONE, offset_of, zone_of
from bot.news.clocktimes import clocks, plain_digits
from bot.news.days import read_day

# Nobody had a feed before; such dates are zeros, defaults and typing errors.
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_LONGEST = 100
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_CLOCK = r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,:]\d+)?)?"
_ISO = re.compile(
    r"(?:[^\W\d]{2,10}\.?,? )?((?:19|20)\d\d)([-/.]?)(\d\d?)\2(\d\d?)"
    rf"(?:[T ,]\s*{_CLOCK}\s*([ap]\.?m\.?)?)?\s*{ZONE}",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?:[A-Z][a-z]{2,8},?\s*)?(\d\d?)[ -]"
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:[a-z]{1,6})?\.?,?[ -](\d{4}|\d\d),? +"
    rf"{_CLOCK}\s*{ZONE}"
)
_MONTHS = {"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10,
           "Nov": 11, "Dec": 12}  # fmt: skip
_SOME_CLOCK = re.compile(rf"(?<!\d)(?:t ?)?{_CLOCK}(?:\s*([ap])\.?m\b)?(?:\s*(?:uhr|h|hs|hrs)\b)?", re.IGNORECASE)
_ORDER_IS_OPEN = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_SOME_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d")
_YEAR_ONE = re.compile(r"(?<![\d+:.-])0\d{3}(?![\d:])")  # what programs print that have no date
_CENTURIES = frozenset({"19", "20"})
_MIDNIGHT = datetime(2000, 1, 1)  # noqa: DTZ001 - what dateutil takes a missing time from
_PIVOT = 69  # two digits below this are of this century, as in POSIX

Reader = Callable[..., datetime | None]


def read_instant(text: str, zone: tzinfo, now: datetime) -> datetime | None:
    """The instant that a text names: in `zone` where it names none, midnight where it names no time.

    None where it names no day, or one before there were feeds. What lies in the future is `now`.
    """
    readers: tuple[Reader, ...] = (_usual, _written, _words)
    if _ORDER_IS_OPEN.match(text.lstrip()):
        readers = (_words, _written)
    instant = next((found for read in readers if (found := _plausible(read, text, zone, now))), None)
    return instant and min(instant, now)


def read_dated(text: str, zone: tzinfo) -> datetime | None:
    """The same for a text that names its year, in the notations of machines: needs no today, and knows no future."""
    return _plausible(_usual, text, zone) or _plausible(_written, text, zone)


def _plausible(read: Reader, text: str, zone: tzinfo, *now: datetime) -> datetime | None:
    try:
        instant = read(text, zone, *now)
        instant = instant and (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, ArithmeticError):
        return None
    return instant if instant and instant >= EARLIEST else None


def _usual(text: str, *_: object) -> datetime | None:
    """What nearly all feeds write, as it stands."""
    if found := _MAIL.fullmatch(text):
        day, month, year, *clock, offset = found.groups()
        return _at((_year(year), _MONTHS[month], int(day)), clock, offset)
    return datetime.fromisoformat(text) if text[:2] in _CENTURIES else None


def _written(text: str, *_: object) -> datetime | None:
    """The notations of machines."""
    text = _tidy(text)
    if not text:
        return None
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    return _iso(text) or _named(text) or _any(text)


def _tidy(text: str) -> str:
    """What is read of a text: its beginning in plain digits, or nothing where no day can be in it."""
    text = " ".join(plain_digits(text[:_LONGEST]).split())
    is_none = _YEAR_ONE.search(text) and not _SOME_YEAR.search(text)
    return text if len(text) >= 6 and any(map(str.isdigit, text)) and not is_none else ""


def _iso(text: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(text)
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, _, month, day, hour, minute, second, half, offset = found.groups()
    return _at((int(year), int(month), int(day)), [hour, minute, second, half], offset)


def _named(text: str) -> datetime | None:
    """A day with a month's name in any language, and whatever time and zone stand beside it."""
    named = named_day(text)
    if named is None:
        return None
    year, month, day, left = named
    return _with_clock((_year(year), month, day), left)


def _with_clock(day: tuple[int, int, int], text: str) -> datetime:
    """The day at the time that a text names, with its zone; at midnight where it names none."""
    read = next(clocks(text), None)  # it knows the halves of the day in many languages, and no seconds
    found = _SOME_CLOCK.search(text)
    if found is None:
        return datetime.combine(_at(day, [None] * 3, None), read.time if read else time())
    instant = _at(day, list(found.groups()), text[found.end() :])
    return instant.replace(hour=read.time.hour) if read and read.time.minute == instant.minute else instant


def _at(day: tuple[int, int, int], clock: list[str | None], offset: str | None) -> datetime:
    """The instant of these numbers, naive where no zone is said. Raises ValueError where there is no such day or time.

    24:00 is the next midnight, a leap second the one before it.
    """
    year, month, day_of_month = day
    hour, minute, second = (int(part or 0) for part in clock[:3])
    half = (clock[3] or "").lower() if len(clock) > 3 else ""
    if half and 0 < hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    late = timedelta(days=1) if (hour, minute, second) == (24, 0, 0) else timedelta()
    second = min(second, 59) if second <= 60 else second
    return datetime(year, month, day_of_month, 0 if late else hour, minute, second, tzinfo=zone_of(offset or "")) + late


def _year(digits: str) -> int:
    """Two digits are a year of our time."""
    return int(digits) + (0 if len(digits) > 2 else 2000 if int(digits) < _PIVOT else 1900)


def _any(text: str) -> datetime | None:
    """What dateutil makes of it, provided that it has a year and a day."""
    if not _SOME_YEAR.search(text):
        return None
    try:
        return dates.parse(text.partition("(")[0], default=_MIDNIGHT, tzinfos=offset_of)
    except (TypeError, AttributeError):  # it raises many things where it finds no date
        return None


def _words(text: str, zone: tzinfo, now: datetime) -> datetime | None:
    """Dates without a year, with numbers in an open order, or relative to today: 23.11. 12:15, yesterday 9:30."""
    text = _tidy(text)
    day = read_day(text, now.astimezone(zone).date()) if text else None
    if day is None:
        return None
    return _with_clock((day.year, day.month, day.day), text)
