"""Clock times as pages write them, and the days that they fall on. Owns both.

Here: 12:15, 12h15, 12.15, "12:12 a.m.", ١٢:١٥ -> a time of day; rows of such times, newest first -> instants.
Not here: days that a row names itself (days), where on a page the rows are (ingest/boxes).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import pairwise
from statistics import median

# A server's clock may be ahead of ours by so much; a row beyond that is of the day before.
CLOCKS_DIFFER = timedelta(minutes=5)
# A row may stand below one that is a little older (it was edited, or two desks write); the same two times in
# the other order, a whole day but for these minutes apart, are much rarer.
SHUFFLED = timedelta(minutes=15)
# A row that is later than the one above by less than this is rather out of its place (a pinned one stands above it)
# than of the day before, where rows come so close that a silence until the next day would be a wonder.
MIDNIGHT_RISE = timedelta(hours=5)
WONDER = 12  # times the usual silence, which so many rows in order tell
ENOUGH_FALLS = 3
DAY = timedelta(days=1)

_AM = r"a\.?\s?m\b\.?|午前|上午|凌晨|早上|오전|ق\.?ظ|ص(?!\w)|πμ|π\.μ\."
_PM = r"p\.?\s?m\b\.?|午後|下午|晚上|中午|오후|ب\.?ظ|م(?!\w)|μμ|μ\.μ\."
_CLOCK = re.compile(
    rf"""
    (?:(?:(?P<am_first>{_AM})|(?P<pm_first>{_PM}))\s*)?
    (?<![\d.,:/+€$£-])(?P<hour>\d{{1,2}})
    (?: \s?:\s? | \.(?!\d\d\.) | \s?h\s? | \s?[時点點시]\s? | \s?ч\.?\s? )
    (?P<minute>[0-5]\d)
    (?: [:.][0-5]\d(?!\d) | [分분] | \s?min\b | \s?m\b(?!\.) | h\b )?
    (?! \d | [:.,/]\d | \.?\s?(?:%|€|\$|£) | \.(?:\d|\s\d) )
    \s*(?:(?P<am>{_AM})|(?P<pm>{_PM}))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Digits of other scripts, other colons, other spaces.
_ODD = re.compile(r"(?![0-9])\d|[：︓∶\u200e\u200f\u202f]|(?! )\s")
# What may stand beside a time that is alone in its place: "12:13 Uhr", "kl. 9.05", "17:53 GMT+3".
_BESIDE = re.compile(
    r"""
    [\s()\[\]|·•,.;:–—-] | \b(?:
      uhr | hrs? | hs | h | at | um | à | a\ las | às | alle | ore | kl | klo | kell | saat | час\w* | годин\w* | в | о
    | الساعة | ساعت | (?:gmt|utc)(?:[+-]\d{1,2}(?::?\d\d)?)? | بتوقيت\ غرينتش
    | w?[ce]e?s?[td] | [ecmp][sd]?t | bst | [ijk]st | hkt | sgt | a[ec][sd]t | wi[bt] | wita | msk | мск
    )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OFFSET = re.compile(r"\s?(?:gmt|utc)\s?(?:([+-])(\d{1,2})(?::?(\d\d))?)?(?!\w)|z\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in a text: where it stands, and how far the text says it is ahead of UTC."""

    time: time
    start: int
    end: int
    ahead: timedelta | None = None


def plain_digits(text: str) -> str:
    """The text with every script's digits as 0 to 9, and one kind of space and colon; as long as before."""
    return text if text.isascii() else _ODD.sub(_plain, text)


def _plain(found: re.Match[str]) -> str:
    character = found[0]
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return ":" if character in "：︓∶" else " "


def clocks(text: str) -> Iterator[Clock]:
    """Every time of day in a text, from its start to its end."""
    text = plain_digits(text)
    for found in _CLOCK.finditer(text):
        read = _time_of_day(found)
        if read is not None:
            end = found.start() + len(found[0].rstrip())
            yield Clock(read, found.start(), end, _ahead(text, end))


def read_clock(text: str) -> time | None:
    """The time of day that a text is, or None where it is anything else or more."""
    text = plain_digits(text)
    found = next(clocks(text), None)
    if found is None:
        return None
    rest = text[: found.start] + " " + text[found.end :]
    return None if _BESIDE.sub("", rest) else found.time


def _time_of_day(found: re.Match[str]) -> time | None:
    hour, minute = int(found["hour"]), int(found["minute"])
    morning, afternoon = found["am"] or found["am_first"], found["pm"] or found["pm_first"]
    if (morning or afternoon) and hour <= 12:
        hour = hour % 12 + (12 if afternoon else 0)
    return time(hour, minute) if hour < 24 else None


def _ahead(text: str, end: int) -> timedelta | None:
    found = _OFFSET.match(text, end)
    if found is None:
        return None
    ahead = timedelta(hours=int(found[2] or 0), minutes=int(found[3] or 0))
    return min(ahead, timedelta(hours=14)) * (-1 if found[1] == "-" else 1)


def date_rows(moments: Sequence[time | datetime], zone: tzinfo, fetched_at: datetime) -> list[datetime]:
    """The instants of rows that stand newest first, none of them after `fetched_at`.

    A time of day falls on the latest day that keeps the order. A row that knows its day is a datetime,
    of `zone` where it is naive; it also tells where the rows below it stand.
    """
    instants: list[datetime] = []
    limit = fetched_at + CLOCKS_DIFFER
    silence = max(WONDER * _usual_silence(moments), DAY - MIDNIGHT_RISE)
    for moment in moments:
        instant = _latest(moment, zone, limit) if isinstance(moment, time) else _placed(moment, zone)
        if isinstance(moment, time) and instants and instants[-1] - instant > silence:
            instant = _latest(moment, zone, min(instants[-1] + MIDNIGHT_RISE, fetched_at + CLOCKS_DIFFER))
        instants.append(min(instant, fetched_at))
        limit = min(instant, fetched_at) + SHUFFLED
    return instants


def _usual_silence(moments: Sequence[time | datetime]) -> timedelta:
    """The median time between two rows that stand in order; a day where they are too few to tell."""
    minutes = [moment.hour * 60 + moment.minute for moment in moments]
    falls = [above - below for above, below in pairwise(minutes) if above >= below]
    return timedelta(minutes=median(falls)) if len(falls) >= ENOUGH_FALLS else DAY


def _placed(moment: datetime, zone: tzinfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _latest(clock: time, zone: tzinfo, limit: datetime) -> datetime:
    """The last instant up to `limit` at which a clock in `zone` (or in the time's own zone) shows `clock`."""
    zone = clock.tzinfo or zone
    today = limit.astimezone(zone).date()
    shown = (
        datetime.combine(today - timedelta(days=back), clock.replace(fold=fold), zone).astimezone(UTC)
        for back in range(3)
        for fold in (1, 0)
    )
    return max(instant for instant in shown if instant <= limit).replace(fold=0)
