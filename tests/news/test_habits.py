"""What learned habits save until a headline is seen, in a small simulation."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.news import habits
from bot.news.habits import Habit

BEGIN = datetime(2026, 11, 2, tzinfo=UTC)
USUAL, FASTEST, SLOWEST = timedelta(minutes=5), timedelta(minutes=1), timedelta(minutes=30)
Waits = Callable[[Habit | None, datetime], timedelta]


def published(a_day: float, days: int, seed: int) -> list[datetime]:
    """A newspaper: most between 6 and 20 o'clock, some at night."""
    dice, found = random.Random(seed), []
    for hour in range(24 * days):
        rate = a_day / 24 * (1.5 if 6 <= hour % 24 < 20 else 0.3)
        place = dice.expovariate(rate)
        while place < 1:
            found.append(BEGIN + timedelta(hours=hour + place))
            place += dice.expovariate(rate)
    return found


def polled(dates: list[datetime], days: int, waits: Waits) -> tuple[int, list[float]]:
    """How often the second half of these days is polled, and after how many seconds each headline is seen."""
    now, end = BEGIN + timedelta(days=days / 2), BEGIN + timedelta(days=days)
    place, polls, late = sum(date <= now for date in dates), 0, list[float]()
    habit = habits.learned(None, dates[max(0, place - 30) : place], now)
    while now < end:
        now, polls, new = now + waits(habit, now), polls + 1, 0
        while place < len(dates) and dates[place] <= now:
            late.append((now - dates[place]).total_seconds())
            place, new = place + 1, new + 1
        habit = habits.learned(habit, [now] * new, now)
    return polls, late


def by_habit(habit: Habit | None, now: datetime) -> timedelta:
    return max(habits.wait(habit, now, USUAL, SLOWEST), FASTEST)


def every_five_minutes(habit: Habit | None, now: datetime) -> timedelta:
    return USUAL


def test_with_as_many_polls_habits_see_headlines_much_sooner() -> None:
    papers = [published(a_day, 20, seed) for seed, a_day in enumerate((120, 40, 8, 3, 1, 1, 0.5, 0.2, 0.2, 0.1))]
    learned = [polled(dates, 20, by_habit) for dates in papers]
    as_often = timedelta(days=10) * len(papers) / sum(polls for polls, _ in learned)
    fixed = [polled(dates, 20, lambda habit, now: as_often) for dates in papers]

    def late(outcome: list[tuple[int, list[float]]]) -> float:
        waits = [wait for _, waits in outcome for wait in waits]
        return sum(waits) / len(waits)

    assert late(learned) < 0.75 * late(fixed)


def test_a_newspaper_is_asked_less_at_night_and_in_time_for_its_morning() -> None:
    dates = published(30, 20, 1)
    habit, end = habits.learned(None, dates, dates[-1]), dates[-1].replace(hour=0, minute=0)
    night, noon = (by_habit(habit, end + timedelta(hours=hour)) for hour in (2, 12))
    assert night > 1.4 * noon
    assert by_habit(habit, end + timedelta(hours=5, minutes=30)) < night


def test_a_source_that_falls_silent_is_forgotten_within_weeks() -> None:
    dates = published(30, 20, 2)
    habit = habits.learned(None, dates, dates[-1])
    waits = [by_habit(habit, dates[-1] + timedelta(days=days)) for days in (0, 10, 30, 90)]
    assert waits == sorted(waits)
    assert waits[-1] == SLOWEST


def test_wrong_dates_teach_nothing() -> None:
    now = BEGIN + timedelta(days=1)
    future, ancient = now + timedelta(days=3), now - timedelta(days=900)
    assert sum(habits.learned(None, [future, ancient], now).hours) == 0


@pytest.mark.parametrize("counts", [(0.0,) * 24, (1e9,) * 24, (1e9, *[0.0] * 23), (1e-9,) * 24])
def test_a_wait_is_always_within_bounds(counts: tuple[float, ...]) -> None:
    habit = Habit(BEGIN, BEGIN, counts)
    for minutes in range(0, 24 * 60, 7):
        assert timedelta(0) < habits.wait(habit, BEGIN + timedelta(minutes=minutes), USUAL, SLOWEST) <= SLOWEST
