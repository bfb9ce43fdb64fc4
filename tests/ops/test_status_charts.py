"""The charts and percentiles of the status page say what was counted, also to who does not see them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ops.bars import TALL, Bar, Chart, drawn, scale
from bot.ops.metrics import ALERT_DELAY, Metrics
from bot.ops.status import page
from bot.ops.steps import Step, percentile, slowest
from tests.ops.conftest import NOON, STATUS
from tests.statuses import busy


def heights(told: str) -> list[float]:
    return [float(height) for height in re.findall(r'<rect[^>]* height="([\d.]+)"', told)]


def test_bars_are_as_high_as_their_counts():
    told = drawn(Chart("came", "Headlines an hour", "35", (Bar(10, "a"), Bar(0, "b"), Bar(20, "c"), Bar(5, "d"))))
    assert heights(told) == [TALL / 2, TALL, TALL / 4]


def test_one_among_thousands_is_still_seen():
    told = drawn(Chart("came", "Headlines an hour", "10,001", (Bar(1, "a"), Bar(10_000, "b"))))
    assert min(heights(told)) >= 2


def test_a_chart_says_its_sum_and_its_highest_bar_in_words():
    chart = Chart("came", "Headlines an hour", "30 headlines", (Bar(10, "08:00"), Bar(20, "09:00")))
    assert 'aria-label="Headlines an hour: 30 headlines. The highest bar: 20, 09:00."' in drawn(chart)
    assert 'aria-label="Headlines an hour: none."' in drawn(replace(chart, bars=(Bar(0, "08:00"),)))
    assert "<title>09:00: 20</title>" in drawn(chart)


@given(st.integers(min_value=0, max_value=10**9))
def test_a_scale_ends_at_a_round_even_number_that_is_not_far_above(most):
    top = scale(most)
    assert top >= most
    assert top % 2 == 0
    assert top <= max(2, 2 * most)


def test_every_hour_of_the_day_is_also_in_the_table():
    told = page(replace(STATUS, came=(0,) * 22 + (3, 1), told=(0,) * 22 + (9, 4)))
    cells = re.findall(r'<th role="rowheader" scope="row">(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>', told)
    assert len(cells) == 24
    assert cells[:2] == [("23 Nov 12:00 to 13:00", "1", "4"), ("23 Nov 11:00 to 12:00", "3", "9")]
    assert cells[-1][0] == "22 Nov 13:00 to 14:00"


def test_alerts_are_charted_by_their_delay_once_there_are_any():
    assert "Alerts by their delay" not in page(STATUS)
    told = page(busy())
    assert "Alerts by their delay" in told
    assert "400 since the start" in told


STEP = Step("match", "Matching", ((0.001, 50), (0.01, 90), (0.1, 99), (float("inf"), 100)))


@pytest.mark.parametrize(
    ("share", "seconds", "longer"),
    [(0.25, 0.0005, False), (0.5, 0.001, False), (0.7, 0.0055, False), (0.99, 0.1, False), (0.995, 0.1, True)],
)
def test_a_percentile_lies_between_the_bounds_of_its_histogram(share, seconds, longer):
    found, is_longer = percentile(STEP, share)
    assert (found, is_longer) == (pytest.approx(seconds), longer)


def test_what_took_longest_comes_first_and_what_never_happened_is_left_out():
    metrics = Metrics()
    with metrics.matching():
        pass
    metrics.delivered([timedelta(seconds=20)])
    assert [step.metric for step in metrics.steps()] == [ALERT_DELAY, "headline_bot_match_seconds"]
    told = slowest((STEP, *metrics.steps()))
    assert told.index("delivering") < told.index("Matching") < told.index("Finding")
    assert "more than 2 h" in slowest([replace(STEP, within=((7200.0, 0), (float("inf"), 3)))])
    assert "Nothing was measured yet." in slowest(Metrics().steps())


def test_the_hour_that_has_begun_looks_unfinished():
    begun = re.findall(r'<rect class="begun"', page(replace(STATUS, now=NOON, came=(2, 2), told=(0, 0))))
    assert len(begun) == 1
