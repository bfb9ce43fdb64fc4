"""Times of day on a chat's own clock, also on the nights on which clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.news.chathours import last_at, next_at, quiet_until
from bot.news.preferences import Quiet

BERLIN, NEW_YORK, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")
NIGHT = Quiet(time(22), time(7))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "zone", "expected"),
    [
        ("2026-11-23 06:59", BERLIN, "2026-11-23 07:00"),
        ("2026-11-23 07:00", BERLIN, "2026-11-23 17:00"),
        ("2026-11-23 17:00", BERLIN, "2026-11-24 07:00"),
        ("2026-11-23 12:00", TOKYO, "2026-11-23 23:00"),
        ("2026-03-28 17:00", BERLIN, "2026-03-29 06:00"),  # an hour earlier by UTC: it is summer
        ("2026-10-24 16:00", BERLIN, "2026-10-25 07:00"),
    ],
)
def test_the_next_digest_comes_at_its_hour_on_the_chats_clock(after, zone, expected):
    assert next_at((time(8), time(18)), zone, utc(after)) == utc(expected)


@pytest.mark.parametrize(
    ("at", "begins", "zone", "expected"),
    [
        # 02:30 is left out on 29 March: it comes as 03:30.
        (time(2, 30), "2026-03-28 00:00", BERLIN, ["2026-03-28 01:30", "2026-03-29 01:30", "2026-03-30 00:30"]),
        # 02:30 comes twice on 25 October: once is enough.
        (time(2, 30), "2026-10-24 00:00", BERLIN, ["2026-10-24 00:30", "2026-10-25 00:30", "2026-10-26 01:30"]),
        (time(1, 30), "2026-10-31 04:00", NEW_YORK, ["2026-10-31 05:30", "2026-11-01 05:30", "2026-11-02 06:30"]),
    ],
)
def test_an_hour_that_is_left_out_or_comes_twice_comes_once(at, begins, zone, expected):
    now, came = utc(begins), []
    for _ in expected:
        now = next_at((at,), zone, now)
        came.append(now)
    assert came == [utc(each) for each in expected]
    assert last_at((at,), zone, now) == now
    assert last_at((at,), zone, now - timedelta(seconds=1)) == utc(expected[-2])


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23 20:59", None),
        ("2026-11-23 21:00", "2026-11-24 06:00"),
        ("2026-11-24 05:59", "2026-11-24 06:00"),
        ("2026-11-24 06:00", None),
        ("2026-03-28 21:00", "2026-03-29 05:00"),  # the night on which an hour is left out
        ("2026-10-24 20:00", "2026-10-25 06:00"),  # and the one on which an hour comes twice
        ("2026-10-25 06:00", None),
    ],
)
def test_quiet_hours_go_past_midnight_and_end_on_the_chats_clock(now, expected):
    assert quiet_until(NIGHT, BERLIN, utc(now)) == (utc(expected) if expected else None)


def test_quiet_hours_of_an_afternoon_are_of_one_day():
    assert quiet_until(Quiet(time(13), time(15)), BERLIN, utc("2026-11-23 12:30")) == utc("2026-11-23 14:00")
    assert quiet_until(Quiet(time(13), time(15)), BERLIN, utc("2026-11-23 14:30")) is None


def test_quiet_hours_that_end_in_an_hour_that_comes_twice_do_not_begin_anew():
    quiet = Quiet(time(22), time(2, 30))
    assert quiet_until(quiet, BERLIN, utc("2026-10-25 00:29")) == utc("2026-10-25 00:30")
    assert quiet_until(quiet, BERLIN, utc("2026-10-25 01:15")) is None  # 02:15 by the clock, for the second time
