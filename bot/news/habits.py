"""When a source publishes, learned from its headlines. Owns the wait that its rate and its hours of the day suggest.

Here: counting headlines by the hour of the day, forgetting slowly, and how long to wait.
Not here: what a server or an operator says about it (cadence).

Each headline waits half an interval on average until it is seen. For a number of polls that is given, all headlines
together wait least if the interval is as the square root of the rate's inverse (the method of multipliers on the sum of
rate times interval under a sum of polls; Sia, Cho and Cho, "Efficient Monitoring Algorithm for Fast News Alerts", IEEE
TKDE 2007, allocate so among sources and among the hours of a day): a source that tells a hundred times as much is asked
ten times as often. docs/polling.md has what that saves on real sources.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
# How long what was counted weighs: after so many days a count is worth 1/e. Long enough for an hour of the day to be
# seen some times, short enough for a newspaper that closes to be forgotten within weeks.
MEMORY_DAYS = 10.0
# A source of so many headlines a day is asked at the usual pace; who tells four times as many, twice as often.
USUAL_RATE = 4.0
# Before anything is known, a source counts as one of the usual rate that was watched for so many days.
PRIOR_DAYS = 0.2
# No hour counts as quieter than this part of the day's mean: news breaks at night.
QUIETEST = 0.1
# A first look tells of the past; but no further than the listing reaches, and not longer ago than this.
FARTHEST_BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Habit:
    """How many headlines came at each hour of the day (UTC), the older the lighter.

    `since` is when counting began, `at` the instant that the weights are right for.
    """

    since: datetime
    at: datetime
    hours: tuple[float, ...] = (0.0,) * 24


def learned(habit: Habit | None, came: Iterable[datetime], now: datetime) -> Habit:
    """The habit after headlines `came` at these instants, all of them before `now` and none counted before."""
    instants = sorted(instant for instant in came if now - FARTHEST_BACK < instant <= now)
    if habit is None:
        began = instants[0] if instants else now
        habit = Habit(began, began)
    if not instants:
        return habit  # it fades by itself
    fade = _weight(habit.at, now)
    hours = [count * fade for count in habit.hours]
    for instant in instants:
        hours[instant.hour] += _weight(instant, now)
    return replace(habit, at=now, hours=tuple(hours))


def wait(habit: Habit | None, now: datetime, usual: timedelta, longest: timedelta) -> timedelta:
    """How long to wait from `now` on where a source of the usual rate would be left alone for `usual`."""
    if habit is None:
        return usual
    most, fade = longest / HOUR, _weight(habit.at, now)
    counted = sum(habit.hours)
    days = MEMORY_DAYS * (1 - _weight(habit.since, now)) + PRIOR_DAYS
    mean = (counted * fade + USUAL_RATE * PRIOR_DAYS) / days
    # An hour's share is believed as far as there is something to count: a dozen headlines say little about 24 hours.
    belief = counted * fade / (counted * fade + 24)
    left, waited = usual / HOUR, 0.0
    hour, room = now.hour, 1 - (now.minute * 60 + now.second) / 3600
    while waited < most:
        part = 1 - belief + belief * 24 * _share(habit.hours, hour) / counted if counted else 1.0
        pace = math.sqrt(mean * max(QUIETEST, part) / USUAL_RATE)
        if left <= room * pace:
            return min((waited + left / pace) * HOUR, longest)
        left, waited = left - room * pace, waited + room
        hour, room = (hour + 1) % 24, 1.0
    return longest


def _share(hours: tuple[float, ...], hour: int) -> float:
    """What came in an hour of the day, smoothed over its neighbours."""
    return hours[hour - 1] / 4 + hours[hour] / 2 + hours[(hour + 1) % 24] / 4


def _weight(then: datetime, now: datetime) -> float:
    return math.exp(-max(0.0, (now - then) / DAY) / MEMORY_DAYS)
