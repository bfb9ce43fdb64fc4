from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.clocktimes import MIDNIGHT_RISE, clocks, date_rows, read_clock
from bot.news.days import read_day

CASABLANCA = ZoneInfo("Africa/Casablanca")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12:15", time(12, 15)),
        ("9:38", time(9, 38)),
        ("0:15", time(0, 15)),
        ("12h15", time(12, 15)),
        ("17H05", time(17, 5)),
        ("21 h 14", time(21, 14)),
        ("12.15", time(12, 15)),
        ("kl. 9.05", time(9, 5)),
        ("12:13 Uhr", time(12, 13)),
        ("17:53 GMT", time(17, 53)),
        ("17:53 CET", time(17, 53)),
        ("17:53 GMT+3", time(17, 53)),
        ("[12:15]", time(12, 15)),
        ("12:15 –", time(12, 15)),
        ("12:15:59", time(12, 15)),
        ("12:15 PM", time(12, 15)),
        ("12:15pm", time(12, 15)),
        ("04:56 PM", time(16, 56)),
        ("11:10 am", time(11, 10)),
        ("12:12 a.m.", time(0, 12)),
        ("12:00 a. m.", time(0, 0)),
        ("12:12\xa0p.m.", time(12, 12)),
        ("下午3:15", time(15, 15)),
        ("오후 3:15", time(15, 15)),
        ("12時15分", time(12, 15)),
        ("12：15", time(12, 15)),
        ("١٢:١٥", time(12, 15)),
        ("۱۲:۱۵", time(12, 15)),
        ("٠٣:١٥ م", time(15, 15)),
        ("\u200f12:15\u200f", time(12, 15)),
    ],
)
def test_a_clock_time_is_read_however_a_page_writes_it(text: str, shown: time) -> None:
    assert read_clock(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "12h",
        "2:1",
        "24:00",
        "12:75",
        "25:10",
        "07.11.",
        "23.11.2026",
        "11/23/2026",
        "3.50 €",
        "€3.50",
        "$12.15",
        "12.15 %",
        "1,234.56",
        "1.250.000",
        "10.30-18.00",
        "3.15.2",
        "192.168.10.15",
        "12:15 Morocco hailed",
    ],
)
def test_other_numbers_are_no_clock_times(text: str) -> None:
    assert read_clock(text) is None


def test_a_clock_time_is_found_where_it_stands_in_a_line() -> None:
    [clock] = clocks("- 12:12 a.m. Morocco hailed")
    assert (clock.time, clock.start, clock.end) == (time(0, 12), 2, 12)
    assert [clock.time for clock in clocks("07.11. 09:20 Airbus")] == [time(9, 20)]


def test_an_offset_from_utc_is_read_with_the_time() -> None:
    assert [clock.ahead for clock in clocks("17:53 GMT, 17:53 UTC+03:30, 17:53")] == [
        timedelta(0),
        timedelta(hours=3, minutes=30),
        None,
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-22 20:19", date(2026, 11, 22)),
        ("07.11. 09:20", date(2026, 11, 7)),
        ("11月02日 09:18", date(2026, 11, 2)),
        ("14/03/2020 20h38", date(2020, 3, 14)),
        ("11/20/2019 01:14 PM", date(2019, 11, 20)),
        ("02/11/2026, 22:02 WIB", date(2026, 11, 2)),
        ("Quarta, 04 de Maio", date(2026, 5, 4)),
        ("21 сен", date(2026, 9, 21)),
        ("24 Dec", date(2025, 12, 24)),
        ("Nov 22, 2026", date(2026, 11, 22)),
        ("22 نوفمبر 2026", date(2026, 11, 22)),
        ("вчера", date(2026, 11, 22)),
        ("Today 11:10 am", date(2026, 11, 23)),
        ("12:15", None),
        ("12.15", None),
        ("31.02.", None),
        ("May 10:15", None),
    ],
)
def test_a_row_may_name_its_day(text: str, day: date | None) -> None:
    assert read_day(text, date(2026, 11, 23)) == day


def shown(instants: list[datetime], zone: ZoneInfo) -> list[str]:
    return [f"{instant.astimezone(zone):%d %H:%M}" for instant in instants]


def test_rows_of_one_day_are_of_today_in_the_sources_zone() -> None:
    fetched = datetime(2026, 11, 23, 11, 20, tzinfo=UTC)  # 12:20 in Casablanca
    rows = date_rows([time(12, 15), time(11, 45), time(9, 10)], CASABLANCA, fetched)
    assert rows[0] == datetime(2026, 11, 23, 11, 15, tzinfo=UTC)
    assert shown(rows, CASABLANCA) == ["23 12:15", "23 11:45", "23 09:10"]


def test_past_midnight_belongs_to_the_day_before() -> None:
    fetched = datetime(2026, 11, 23, 0, 40, tzinfo=UTC)
    rows = date_rows([time(0, 35), time(0, 5), time(23, 48), time(0, 10), time(22, 0)], ZoneInfo("UTC"), fetched)
    assert shown(rows, ZoneInfo("UTC")) == ["23 00:35", "23 00:05", "22 23:48", "22 00:10", "21 22:00"]


def test_the_newest_row_may_be_of_yesterday() -> None:
    fetched = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    assert shown(date_rows([time(21, 30)], BERLIN, fetched), BERLIN) == ["22 21:30"]


def test_a_servers_clock_may_be_a_little_ahead() -> None:
    fetched = datetime(2026, 11, 23, 12, 14, tzinfo=UTC)
    assert date_rows([time(12, 16)], ZoneInfo("UTC"), fetched) == [fetched]


def test_two_rows_in_the_wrong_order_are_not_a_day_apart() -> None:
    fetched = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    rows = date_rows([time(12, 15), time(12, 17), time(11, 0)], ZoneInfo("UTC"), fetched)
    assert shown(rows, ZoneInfo("UTC")) == ["23 12:15", "23 12:17", "23 11:00"]


def test_rows_that_know_their_day_tell_it_to_the_rows_below() -> None:
    fetched = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    rows = date_rows([datetime(2026, 11, 20, 8, 0, tzinfo=UTC), time(7, 0), time(9, 0)], ZoneInfo("UTC"), fetched)
    assert shown(rows, ZoneInfo("UTC")) == ["20 08:00", "20 07:00", "19 09:00"]


def test_a_row_that_claims_to_be_of_tomorrow_is_of_now() -> None:
    fetched = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    assert date_rows([datetime(2026, 11, 24, 9, 0, tzinfo=BERLIN)], BERLIN, fetched) == [fetched]


def test_the_hour_that_comes_twice_is_the_later_one_while_it_can_be() -> None:
    fetched = datetime(2026, 10, 25, 1, 40, tzinfo=UTC)  # 02:40 in Berlin, for the second time
    rows = date_rows([time(2, 30), time(2, 10), time(2, 50)], BERLIN, fetched)
    assert [f"{row:%H:%M}" for row in rows] == ["01:30", "01:10", "00:50"]


TIMES = st.lists(st.times().map(lambda at: at.replace(second=0, microsecond=0)), max_size=40)
ZONES = st.sampled_from(["UTC", "Africa/Casablanca", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"]).map(
    ZoneInfo
)
INSTANTS = st.integers(0, 8_000_000).map(lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


@given(TIMES, ZONES, INSTANTS)
def test_rows_never_lie_in_the_future_and_run_back_in_time_but_for_pinned_ones(
    times: list[time], zone: ZoneInfo, fetched: datetime
) -> None:
    rows = date_rows(times, zone, fetched)
    assert len(rows) == len(times)
    assert all(row <= fetched for row in rows)
    assert all(below <= above + MIDNIGHT_RISE for above, below in pairwise(rows))


@given(TIMES, INSTANTS)
def test_a_row_shows_the_time_that_the_page_shows(times: list[time], fetched: datetime) -> None:
    for clock, row in zip(times, date_rows(times, ZoneInfo("UTC"), fetched), strict=True):
        assert row == fetched or row.time() == clock


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    list(clocks(text))
    read_clock(text)
    read_day(text, date(2026, 11, 23))


def test_a_row_that_is_pinned_at_the_top_does_not_send_the_others_a_day_back() -> None:
    fetched = datetime(2026, 11, 23, 12, 20, tzinfo=UTC)
    clocks = [time(9, 0), time(12, 15), time(12, 0), time(11, 40), time(11, 35), time(23, 50)]
    rows = date_rows(clocks, ZoneInfo("UTC"), fetched)
    assert shown(rows, ZoneInfo("UTC")) == ["23 09:00", "23 12:15", "23 12:00", "23 11:40", "23 11:35", "22 23:50"]
