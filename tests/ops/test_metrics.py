"""What the operator can count."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import __version__
from bot.news.sourcestate import NEVER, SourceState
from bot.news.verdicts import ChatGone, Delivered, TryLater
from bot.ops.metrics import MOST_SOURCES, Lost, Metrics
from tests.ops.conftest import NOON


def figures(metrics: Metrics) -> dict[str, float]:
    """Every sample that is told, by name and labels."""
    lines = metrics.exposition().decode().splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")}


def test_rows_and_polls_are_counted_by_what_became_of_them():
    metrics = Metrics()
    for outcome in ("new", "new", "known"):
        metrics.headline(outcome)
    metrics.fetched("failed")
    told = figures(metrics)
    assert told['headline_bot_headlines_total{outcome="new"}'] == 2
    assert told['headline_bot_headlines_total{outcome="known"}'] == 1
    assert told['headline_bot_fetches_total{outcome="failed"}'] == 1


def test_a_lost_answer_and_a_bug_of_ours_are_counted_beside_the_verdict():
    metrics = Metrics()
    for verdict in (
        Delivered(),
        Delivered(bug="can't parse entities"),
        TryLater("lost", maybe_sent=True),
        ChatGone(""),
    ):
        metrics.verdict(verdict)
    told = figures(metrics)
    assert told['headline_bot_verdicts_total{verdict="Delivered"}'] == 2
    assert told['headline_bot_verdicts_total{verdict="ChatGone"}'] == 1
    assert told["headline_bot_messages_plain_total"] == 1
    assert told["headline_bot_messages_doubtful_total"] == 1


def test_alerts_are_counted_with_their_delay():
    metrics = Metrics()
    metrics.owed(3, read=2)
    metrics.delivered([timedelta(seconds=0.2), timedelta(seconds=20)])
    metrics.lost(Lost.REFUSED, 1)
    told = figures(metrics)
    assert told["headline_bot_headlines_read_total"] == 2
    assert told["headline_bot_alerts_owed_total"] == 3
    assert told["headline_bot_alerts_delivered_total"] == 2
    assert told['headline_bot_alerts_lost_total{reason="refused"}'] == 1
    assert told['headline_bot_alert_delay_seconds_bucket{le="0.25"}'] == 1
    assert told["headline_bot_alert_delay_seconds_sum"] == pytest.approx(20.2)


@pytest.mark.parametrize(
    ("oldest", "seconds"), [(None, 0), (NOON + timedelta(seconds=9), 0), (NOON - timedelta(seconds=9), 9)]
)
def test_the_backlog_is_as_old_as_the_longest_waiting_mailbox(oldest, seconds):
    metrics = Metrics()
    metrics.backlog(5, oldest, NOON)
    told = figures(metrics)
    assert (told["headline_bot_mailboxes_waiting"], told["headline_bot_oldest_due_seconds"]) == (5, seconds)


def test_matching_and_asking_sources_are_timed():
    metrics = Metrics()
    with metrics.matching(), metrics.fetching():
        pass
    assert figures(metrics)["headline_bot_match_seconds_count"] == 1
    assert figures(metrics)["headline_bot_fetch_seconds_count"] == 1


def test_two_processes_in_one_count_apart():
    one, other = Metrics(), Metrics()
    one.owed(1, read=1)
    assert figures(other)["headline_bot_alerts_owed_total"] == 0


def test_what_came_more_than_a_minute_after_it_was_owed_is_late():
    metrics = Metrics()
    metrics.delivered([timedelta(hours=9)], [])  # held for the night, as the chat had chosen
    metrics.delivered([timedelta(seconds=61)] * 3, [timedelta(seconds=60), timedelta(seconds=61), timedelta(hours=1)])
    assert figures(metrics)["headline_bot_alerts_delivered_total"] == 4
    assert figures(metrics)["headline_bot_alerts_late_total"] == 2


def test_each_source_says_how_it_fares_and_those_in_trouble_go_first():
    metrics = Metrics()
    well = SourceState(last_ok=NOON - timedelta(minutes=3))
    failing = SourceState(last_ok=NOON - timedelta(hours=1), failures=2)
    many = {f"source-{number:03}": well for number in range(MOST_SOURCES + 50)}
    metrics.sources({**many, "ill": failing, "new": SourceState(), "over": SourceState(due=NEVER, failures=9)}, NOON)
    told = figures(metrics)
    conditions = {"well": 150, "failing": 1, "ended": 1, "new": 1}
    assert {name: told[f'headline_bot_sources{{state="{name}"}}'] for name in conditions} == conditions
    assert told['headline_bot_source_failures{source="ill"}'] == 2
    assert told['headline_bot_source_read_seconds{source="ill"}'] == 3600
    assert sum(name.startswith("headline_bot_source_failures") for name in told) == MOST_SOURCES
    metrics.sources({"ill": replace(failing, failures=0, last_ok=NOON)}, NOON)
    told = figures(metrics)
    assert told['headline_bot_source_failures{source="ill"}'] == 0
    assert sum(name.startswith("headline_bot_source_failures") for name in told) == 1


def test_the_figures_say_which_version_runs():
    assert figures(Metrics())[f'headline_bot_info{{version="{__version__}"}}'] == 1
