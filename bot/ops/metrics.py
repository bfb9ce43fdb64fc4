"""What the operator can count. Owns every metric's name; docs/operating.md lists them.

Here: one registry, and methods in the words of those who call them.
Not here: where they are served (http).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.news.verdicts import Delivered, TryLater, Verdict
from bot.ops.steps import Step, measured

DELAYS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200)
# The status page draws this one.
ALERT_DELAY = "headline_bot_alert_delay_seconds"
MATCHES = (0.00001, 0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.1)
FETCHES = (0.03, 0.1, 0.3, 1, 3, 10, 30)


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._headlines = self._counter("headlines", "Rows seen in sources, by what became of them", "outcome")
        self._fetches = self._counter("fetches", "Polls of sources, by outcome", "outcome")
        self._owed = self._counter("alerts_owed", "Headlines owed, each counted once for every chat")
        self._delivered = self._counter("alerts_delivered", "Headlines that stand in a chat")
        self._verdicts = self._counter("verdicts", "What Telegram said about messages", "verdict")
        self._by_verdict = {kind: self._verdicts.labels(kind.__name__) for kind in get_args(Verdict)}
        self._doubtful = self._counter("messages_doubtful", "Messages whose answer was lost; a retry may double them")
        self._bugs = self._counter(
            "messages_plain", "Messages that Telegram took only without our markup: bugs of ours"
        )
        self._corrected = self._counter(
            "alerts_corrected", "Alerts whose title was corrected where it stands", "outcome"
        )
        self._paused = self._counter(
            "chats_paused", "Chats that did not let us write, by what their admins heard", "admins"
        )
        self._refused = self._counter("alerts_refused", "Headlines that Telegram refused even as plain text")
        self._waiting = self._gauge(
            "mailboxes_waiting", "Messages owed: a chat counts for each headline until it is drawn"
        )
        self._overdue = self._gauge("oldest_due_seconds", "For how long what has waited longest has been due")
        self._delay = self._histogram("alert_delay_seconds", "From seeing a headline to delivering it", DELAYS)
        self._fetch = self._histogram("fetch_seconds", "Asking a source, until all of its answer is here", FETCHES)
        self._match = self._histogram("match_seconds", "Finding the topics of one headline", MATCHES)

    def headline(self, outcome: str) -> None:
        """A source showed a row: new, corrected, known or stale."""
        self._headlines.labels(outcome).inc()

    def fetched(self, outcome: str) -> None:
        """A source was asked: read, unchanged or failed."""
        self._fetches.labels(outcome).inc()

    def fetching(self) -> AbstractContextManager[object]:
        """Time one question to a source."""
        return self._fetch.time()

    def matching(self) -> AbstractContextManager[object]:
        """Time one match."""
        return self._match.time()

    def owed(self, count: int) -> None:
        """A headline is owed to so many more chats."""
        self._owed.inc(count)

    def verdict(self, verdict: Verdict) -> None:
        """Telegram answered."""
        self._by_verdict[type(verdict)].inc()
        if isinstance(verdict, TryLater) and verdict.maybe_sent:
            self._doubtful.inc()
        if isinstance(verdict, Delivered) and verdict.bug:
            self._bugs.inc()

    def delivered(self, delays: Iterable[timedelta]) -> None:
        """Headlines stand in a chat, each so long after it was seen."""
        for delay in delays:
            self._delivered.inc()
            self._delay.observe(delay.total_seconds())

    def corrected(self, done: bool) -> None:
        """An alert was edited, or is not there any more."""
        self._corrected.labels("edited" if done else "gone").inc()

    def paused(self, word: str) -> None:
        """A chat did not let us write; an admin was told, had been told, or nobody could be."""
        self._paused.labels(word).inc()

    def refused(self, count: int) -> None:
        """Headlines were given up because of how we wrote them."""
        self._refused.inc(count)

    def backlog(self, chats: int, oldest_due: datetime | None, now: datetime) -> None:
        """How much is waiting."""
        self._waiting.set(chats)
        self._overdue.set(max((now - oldest_due).total_seconds(), 0) if oldest_due else 0)

    def exposition(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)

    def steps(self) -> tuple[Step, ...]:
        """How long each kind of step has taken so far."""
        return measured(self._registry.collect())

    def names(self) -> frozenset[str]:
        """The name of every metric, for the documentation's test."""
        return frozenset(metric.name for metric in self._registry.collect())

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(f"headline_bot_{name}", says, labels, registry=self._registry)

    def _gauge(self, name: str, says: str) -> Gauge:
        return Gauge(f"headline_bot_{name}", says, registry=self._registry)

    def _histogram(self, name: str, says: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"headline_bot_{name}", says, buckets=buckets, registry=self._registry)
