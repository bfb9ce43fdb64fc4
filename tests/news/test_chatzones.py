"""The zones that chats live in, by the names that their preferences have."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.news.chatzones import read_offset, zone_of

SUMMER, WINTER = datetime(2026, 7, 1, 12, tzinfo=UTC), datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("+5:30", "+05:30"),
        ("UTC+1", "+01:00"),
        ("GMT-3", "-03:00"),
        ("gmt −3", "-03:00"),
        ("utc + 0545", "+05:45"),
        ("+٣", "+03:00"),
        ("UTC", "+00:00"),
        ("GMT+0", "+00:00"),
        ("+14", "+14:00"),
    ],
)
def test_an_offset_is_understood_as_people_type_it(typed: str, name: str) -> None:
    assert read_offset(typed) == name


@pytest.mark.parametrize("typed", ["", "5:30", "+15", "-13", "Casablanca", "+5:75", "+", "CET", "+1 +2"])
def test_what_is_no_offset_is_none(typed: str) -> None:
    assert read_offset(typed) == ""


@pytest.mark.parametrize(
    ("name", "in_summer", "in_winter"),
    [
        ("Europe/Berlin", 2, 1),
        ("America/New_York", -4, -5),
        ("Asia/Kolkata", 5.5, 5.5),
        ("Pacific/Auckland", 12, 13),
        ("+05:45", 5.75, 5.75),
        ("-03:30", -3.5, -3.5),
        ("", 0, 0),
        ("Mars/Olympus", 0, 0),
        ("../../etc/passwd", 0, 0),
    ],
)
def test_a_named_zone_keeps_its_daylight_saving_and_an_offset_has_none(
    name: str, in_summer: float, in_winter: float
) -> None:
    assert SUMMER.astimezone(zone_of(name)).utcoffset() == timedelta(hours=in_summer)
    assert WINTER.astimezone(zone_of(name)).utcoffset() == timedelta(hours=in_winter)
