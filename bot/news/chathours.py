"""When a time of day comes on a chat's own clock. Owns what the two nights mean on which clocks are changed.

Here: a time of day, quiet hours -> instants, in a zone.
Not here: the zones (chatzones), how times are typed (hours), what is held until then (holding).

A time of day comes once on each day of the zone's calendar. One that the clock leaves out comes as if it had not been
changed (02:30 is 03:30 then), one that it shows twice comes the first time. Quiet hours last from one instant to
another, so they neither end twice nor begin anew when the clock is put back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.news.preferences import Quiet

_DAY = timedelta(days=1)


def next_at(times: Iterable[time], zone: tzinfo, after: datetime) -> datetime:
    """The first instant after `after` at which one of the times (at least one) comes."""
    times, today = tuple(times), after.astimezone(zone).date()
    days = (today - _DAY, today, today + _DAY, today + 2 * _DAY)
    return min(at for day in days for each in times if (at := _instant(day, each, zone)) > after)


def last_at(times: Iterable[time], zone: tzinfo, until: datetime) -> datetime:
    """The last instant up to `until` at which one of the times (at least one) came."""
    times, today = tuple(times), until.astimezone(zone).date()
    days = (today - 2 * _DAY, today - _DAY, today)
    return max(at for day in days for each in times if (at := _instant(day, each, zone)) <= until)


def quiet_until(quiet: Quiet, zone: tzinfo, now: datetime) -> datetime | None:
    """When the quiet hours end that now is in; None where it is in none."""
    today = now.astimezone(zone).date()
    for day in (today - _DAY, today):
        ends_on = day if quiet.begins < quiet.ends else day + _DAY
        ends = _instant(ends_on, quiet.ends, zone)
        if _instant(day, quiet.begins, zone) <= now < ends:
            return ends
    return None


def _instant(day: date, at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
