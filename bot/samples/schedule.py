"""When the sample newspaper publishes. Owns the clock of its headlines.

Here: which instants carry a headline, as a pure function of when the paper was opened and of now.
Not here: what the headlines say (stories).

Everything hangs on the instant and none of it on the start, so that a newspaper that is started again still has
the articles of before, at the same addresses.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_FAST, _FAST_FOR = timedelta(seconds=4), timedelta(minutes=10)  # a newcomer should not wait
_SLOW = timedelta(seconds=20)
_HALF_HOURS, _STANDING = timedelta(minutes=30), 7  # rows of the hours before
_FOREIGN_EVERY, _FOREIGN_AFTER = timedelta(seconds=100), timedelta(seconds=42)
_CORRECTED_EVERY, _CORRECTED_AFTER = timedelta(seconds=80), timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def standing(opened: datetime, now: datetime, most: int) -> list[datetime]:
    """The instants of the headlines that stand on the page at `now`, newest first, at most `most`.

    The rows of the hours before keep their places, in a short list half of them: if they only stood there at the start,
    a paper that is started again would look like one with a new layout, which shows old headlines.
    """
    hours = [_before(now, _HALF_HOURS) - _HALF_HOURS * back for back in range(_STANDING)]
    instants = _since(opened, min(now, opened + _FAST_FOR), _FAST, most)
    instants |= _since(opened + _FAST_FOR, now, _SLOW, most)
    instants |= {_FOREIGN_AFTER + at for at in _since(opened, now - _FOREIGN_AFTER, _FOREIGN_EVERY, most)}
    newest = sorted(instants.difference(hours), reverse=True)[: most - min(_STANDING, most // 2)]
    return sorted([*newest, *hours], reverse=True)[:most]


def is_half_hourly(instant: datetime) -> bool:
    """True for the rows of the hours before."""
    return _before(instant, _HALF_HOURS) == instant


def is_foreign(instant: datetime) -> bool:
    """True for the headlines of the French and Arabic desks."""
    return _before(instant - _FOREIGN_AFTER, _FOREIGN_EVERY) == instant - _FOREIGN_AFTER


def corrected_at(instant: datetime) -> datetime | None:
    """When the headline's title is corrected; None for most."""
    return instant + _CORRECTED_AFTER if _before(instant, _CORRECTED_EVERY) == instant else None


def number(instant: datetime) -> int:
    """A headline's number: consecutive ones in the first minutes are consecutive."""
    return (instant - _EPOCH) // _FAST


def half_hour(instant: datetime) -> int:
    """The number of a row of the hours before: consecutive ones are consecutive."""
    return (instant - _EPOCH) // _HALF_HOURS


def foreign_turn(instant: datetime) -> int:
    """The number of a headline of the French and Arabic desks: consecutive ones are consecutive."""
    return (instant - _EPOCH) // _FOREIGN_EVERY


def _before(instant: datetime, step: timedelta) -> datetime:
    return instant - (instant - _EPOCH) % step


def _since(opened: datetime, now: datetime, step: timedelta, most: int) -> set[datetime]:
    newest = _before(now, step)
    return {at for back in range(most) if (at := newest - step * back) > opened}
