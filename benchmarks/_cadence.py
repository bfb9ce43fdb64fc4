"""What learned habits cost and bring, beside fixed waits: a simulation over the dates of real feeds.

Each feed's first two fifths are its past; then it is polled up to the end of what it tells, 40 days at the most. A
headline is seen at the first poll after its time. A feed counts by its rate: in a day, a busy one tells more headlines.

Here: the simulation. Not here: what is printed (poll).
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import mean

from bot.ingest.listing import read_listing
from bot.news import habits
from bot.news.cadence import Paces
from bot.news.errors import NotParseable
from bot.news.habits import DAY, Habit

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "feeds" / "real"
NOW = datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
FEWEST, LONGEST = 10, timedelta(days=40)
Waits = Callable[[Habit, datetime], timedelta]


def cadences() -> dict[str, object]:
    """Polls a day of a source, and the mean seconds until a headline is seen, for habits and fixed waits."""
    if not DATA.is_dir():
        return {"skipped": f"the real feeds are not at {DATA}"}
    feeds, paces = _dates(), Paces()

    def by_habit(habit: Habit, now: datetime) -> timedelta:
        return max(habits.wait(habit, now, paces.every, paces.slowest), paces.fastest)

    fixed = {f"fixed_{minutes}m": _outcome(feeds, _always(minutes)) for minutes in (5, 10, 15)}
    return {"feeds": len(feeds), "habits": _outcome(feeds, by_habit), **fixed}


def _always(minutes: int) -> Waits:
    return lambda habit, now: timedelta(minutes=minutes)


def _dates() -> list[list[datetime]]:
    found = []
    for file in sorted(DATA.glob("*.gz")):
        try:
            listing = read_listing(gzip.decompress(file.read_bytes()), "https://example.org/", fetched_at=NOW)
        except NotParseable:
            continue
        dates = sorted({row.published_at for row in listing.rows if row.published_at})
        if len(dates) >= FEWEST:
            found.append(dates)
    return found


def _outcome(feeds: list[list[datetime]], waits: Waits) -> dict[str, float]:
    polls, weighed, weights = [], 0.0, 0.0
    for dates in feeds:
        a_day, late = _polled(dates, waits)
        polls.append(a_day)
        if late:
            rate = len(dates) / max((dates[-1] - dates[0]) / DAY, 0.2)
            weighed, weights = weighed + rate * mean(late), weights + rate
    return {"polls_a_day": round(mean(polls)), "seen_after_s": round(weighed / weights)}


def _polled(dates: list[datetime], waits: Waits) -> tuple[float, list[float]]:
    """Polls a day of one feed, and how late each headline was seen, in seconds."""
    end = dates[-1] + timedelta(hours=1)
    begin = max(dates[len(dates) * 2 // 5 - 1] + timedelta(minutes=7), end - LONGEST)
    place, now, polls = sum(date <= begin for date in dates), begin, 0
    habit, late = habits.learned(None, dates[max(0, place - 30) : place], begin), list[float]()
    while now < end:
        now, polls, new = now + waits(habit, now), polls + 1, 0
        while place < len(dates) and dates[place] <= now:
            late.append((now - dates[place]).total_seconds())
            place, new = place + 1, new + 1
        habit = habits.learned(habit, [now] * new, now)
    return polls / ((end - begin) / DAY), late
