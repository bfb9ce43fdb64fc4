"""What the operator can count."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.news.verdicts import ChatGone, Delivered, TryLater
from bot.ops.metrics import Lost, Metrics
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


def test_matching_is_timed():
    metrics = Metrics()
    with metrics.matching():
        pass
    assert figures(metrics)["headline_bot_match_seconds_count"] == 1


def test_two_processes_in_one_count_apart():
    one, other = Metrics(), Metrics()
    one.owed(1, read=1)
    assert figures(other)["headline_bot_alerts_owed_total"] == 0
