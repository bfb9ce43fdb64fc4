"""A short week of benchmarks/week.py and a short outage of benchmarks/away.py: nothing grows, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from benchmarks import away, week


@pytest.mark.timeout(300)
def test_in_a_week_nothing_grows_that_nobody_ends() -> None:
    told = week.main(50, timedelta(hours=2))

    assert told["lost"] == 0, told
    assert told["answered"] == told["asked"] > 50, told
    assert told["tasks_growth"] <= 0, told
    assert told["files_growth"] <= 0, told
    assert told["keys_growth"] < told["days"]["keys"][1] / 10, told
    assert told["rss_growth_mb"] < 10, told


@pytest.mark.timeout(300)
def test_redis_may_be_away_people_hear_so_and_nothing_is_lost() -> None:
    told = away.main(60, 8.0)

    assert told["lost"] == 0, told
    assert told["kind"] == told["asked"] > 1, told
    assert told["unanswered"] == 0, told
    assert told["back_s"] < 10, told
    assert told["died"] == [], told
