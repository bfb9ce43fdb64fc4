"""Times of day as people type them."""

from __future__ import annotations

from datetime import time

import pytest

from bot.news.errors import UserError
from bot.news.hours import read_span, read_times, span_text, time_text


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("22:00-07:00", "22:00–07:00"),
        ("22-7", "22:00–07:00"),
        ("22 7", "22:00–07:00"),
        ("22h30–7h", "22:30–07:00"),
        ("22.30-7.15", "22:30–07:15"),
        ("2200-0700", "22:00–07:00"),
        ("10pm-7am", "22:00–07:00"),
        ("10 p.m. - 7 a.m.", "22:00–07:00"),
        ("11:59 pm, 6 am", "23:59–06:00"),
        ("12am-12pm", "00:00–12:00"),
        ("24:00-06:00", "00:00–06:00"),
        ("22 Uhr - 7 Uhr", "22:00–07:00"),
        ("22ч-7ч", "22:00–07:00"),
        ("٢٢:٠٠-٠٧:٠٠", "22:00–07:00"),
        ("۲۲-۷", "22:00–07:00"),
        ("१० - ७", "10:00–07:00"),
        ("10 م - 7 ص", "22:00–07:00"),
        ("晚上10点-上午7点", "22:00–07:00"),
    ],
)
def test_quiet_hours_are_understood_as_people_type_them(typed: str, understood: str) -> None:
    assert span_text(read_span(typed)) == understood


@pytest.mark.parametrize("typed", ["", "22", "22-7-9", "night", "25-7", "22:60-7", "22-22", "22-7 please", "1" * 5000])
def test_what_is_no_span_of_hours_is_answered_with_an_example(typed: str) -> None:
    with pytest.raises(UserError, match="22:00-07:00") as told:
        read_span(typed)
    assert len(str(told.value)) < 200


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("08:00 18:00", "08:00 18:00"),
        ("8 18h30", "08:00 18:30"),
        ("8h", "08:00"),
        ("8h18h", "08:00 18:00"),
        ("8, 12, 18", "08:00 12:00 18:00"),
        ("18:00 8:00 18h", "08:00 18:00"),
        ("7am, 7pm", "07:00 19:00"),
        ("٨، ١٨", "08:00 18:00"),
    ],
)
def test_the_times_of_a_digest_come_in_the_order_of_the_day(typed: str, understood: str) -> None:
    assert " ".join(map(time_text, read_times(typed))) == understood


def test_a_digest_does_not_come_every_hour() -> None:
    assert len(read_times(" ".join(map(str, range(0, 24, 2))))) == 12
    with pytest.raises(UserError, match="12 times a day"):
        read_times(" ".join(map(str, range(24))))


@pytest.mark.parametrize("typed", ["", "soon", "8:60", "8 o'clock", "-"])
def test_what_lists_no_times_is_answered_with_an_example(typed: str) -> None:
    with pytest.raises(UserError, match="8:00 18:30"):
        read_times(typed)


def test_a_time_is_written_so_that_every_language_reads_it() -> None:
    assert time_text(time(7, 5)) == "07:05"
