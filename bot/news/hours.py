"""Times of day as people type them for themselves. Owns the reading of quiet hours and of a digest's times.

Here: "22:00-07:00", "22-7", "10pm-7am", "8 18h30", "۲۲-۷" -> times of day, and how each is written back.
Not here: clock times on pages (clocktimes), when one of these comes in a chat's zone (chatzones).
"""

from __future__ import annotations

import re
from datetime import time

from bot.news.clocktimes import AM, PM, plain_digits
from bot.news.errors import UserError
from bot.news.preferences import Quiet
from bot.news.said import said
from bot.news.text import clean

# News every two hours; who wants them more often wants alerts.
MOST_TIMES = 12
# So much of what was typed is repeated to who typed it.
_REPEATED = 40

_TIME = re.compile(
    rf"""
    (?:(?P<am_first>{AM})|(?P<pm_first>{PM}))?\s*
    (?P<hour>\d{{1,2}})
    (?: (?:\s?:\s?|\.)(?P<minute>\d\d) | \s?[h時时點点ч](?P<minute_h>\d\d)(?!h)(?:\s?[分m])? | (?P<glued>\d\d) )? (?!\d)
    (?: \s?(?:hrs?|hours?|heures?|horas?|uhr|час\w*|बजे|ساعة|ساعت|[h時时點点ч])(?![^\W\d]) )?
    (?: \s*(?:(?P<am>{AM}|a\b)|(?P<pm>{PM}|p\b)) )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What may stand between two times, and around them.
_BETWEEN = re.compile(r"[\s,;/&،؛、·~–—‒−-]*")


def read_span(text: str) -> Quiet:
    """The two times that a text is, as quiet hours. Raises UserError with a sentence for anything else."""
    times = _times_in(text)
    if len(times) != 2:
        raise UserError(
            said("I read no two times in “{typed}”. Write for example 22:00-07:00 or 10pm-7am.", typed=_shown(text))
        )
    if times[0] == times[1]:
        raise UserError(said("Quiet hours that end when they begin would never end. Write for example 22:00-07:00."))
    return Quiet(*times)


def read_times(text: str) -> tuple[time, ...]:
    """The times of day that a text lists, each once, in the order of the day. Raises UserError where it lists none."""
    times = tuple(sorted(set(_times_in(text))))
    if not times:
        raise UserError(
            said("I read no times of day in “{typed}”. Write for example 8:00 18:30 or 7am.", typed=_shown(text))
        )
    if len(times) > MOST_TIMES:
        raise UserError(said("A digest comes {n} times a day at the most.", n=MOST_TIMES))
    return times


def time_text(at: time) -> str:
    """A time of day as every language of ours reads it: 07:30."""
    return f"{at:%H:%M}"


def span_text(quiet: Quiet) -> str:
    """Quiet hours as they could be typed: 22:00–07:00."""
    return f"{time_text(quiet.begins)}–{time_text(quiet.ends)}"


def _times_in(text: str) -> tuple[time, ...]:
    """The times that the text consists of; none where anything else stands in it."""
    text = plain_digits(clean(text))
    times: list[time] = []
    place = _past(text, 0)
    while place < len(text):
        found = _TIME.match(text, place)
        read = _time_of_day(found) if found else None
        if found is None or read is None:
            return ()
        times.append(read)
        place = _past(text, found.end())
    return tuple(times)


def _past(text: str, place: int) -> int:
    """The place behind what stands between two times."""
    found = _BETWEEN.match(text, place)
    return found.end() if found else place


def _time_of_day(found: re.Match[str]) -> time | None:
    hour = int(found["hour"])
    minute = int(found["minute"] or found["minute_h"] or found["glued"] or 0)
    morning, afternoon = found["am"] or found["am_first"], found["pm"] or found["pm_first"]
    if (morning or afternoon) and hour <= 12:
        hour = hour % 12 + (12 if afternoon else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _shown(text: str) -> str:
    return clean(text, _REPEATED)
