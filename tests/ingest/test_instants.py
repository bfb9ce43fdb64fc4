from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.instants import read_instant

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "clock"),
    [
        ("Mon, 23 Nov 2026 11:00:00 GMT", "23 11:00"),
        ("Mon, 23 Nov 2026 11:00 EST", "23 12:00"),  # in the future: now
        ("Mon, 23 Nov 2026 11:00:00 CEST", "23 09:00"),
        ("23 Nov 26 11:00:00 +0530", "23 05:30"),
        ("Monday, November 23, 2026 - 11:00", "23 11:00"),
        ("2026-11-23 11:00:00", "23 11:00"),
        ("2026-11-23T11:00:00.123+02:00", "23 09:00"),
        ("20261123T110000Z", "23 11:00"),
        ("Fri Nov 20 08:00:00 PST 2026", "20 16:00"),
        ("22 novembre 2026 à 12h15", "22 12:15"),
        ("1795431600", "23 11:00"),
        ("2030-01-01T00:00:00Z", "23 12:00"),
    ],
)
def test_dates_are_read_in_their_dialects(date: str, clock: str) -> None:
    assert f"{read_instant(date, UTC, NOON):%d %H:%M}" == clock


@pytest.mark.parametrize(
    "date", ["", "soon", "0", "Thu, 01 Jan 1970 00:00:00 GMT", "0001-01-01T00:00:00", "31 Feb 2026"]
)
def test_dates_that_cannot_be_are_none(date: str) -> None:
    assert read_instant(date, UTC, NOON) is None


@given(st.text(max_size=120) | st.text("0123456789-:TZ+ ,/.NovMonGMT", max_size=40))
def test_any_text_is_an_instant_of_the_past_or_none(text: str) -> None:
    instant = read_instant(text, UTC, NOON)
    assert instant is None or instant <= NOON
