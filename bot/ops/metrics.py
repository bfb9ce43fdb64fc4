"""What the operator can count. Owns every metric's name; docs/operating.md lists them.

Here: one registry, and methods in the words of those who call them.
Not here: where they are served (http).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from enum import StrEnum
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from bot import __version__
from bot.news.sourcestate import SourceState
from bot.news.verdicts import Delivered, TryLater, Verdict
from bot.ops.steps import Step, measured
from bot.ports import Urgency

PREFIX = "headline_bot"
DELAYS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200)
# The status page draws this one.
ALERT_DELAY = f"{PREFIX}_alert_delay_seconds"
MATCHES = (0.00001, 0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.1)
FETCHES = (0.03, 0.1, 0.3, 1, 3, 10, 30)
EXCHANGES = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 5)
CALLS = (0.03, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10)
REPLIES = (0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30)
# What comes so long after it was owed, to a chat that holds nothing back, is late.
LATE = timedelta(minutes=1)
# Of so many sources each has figures of its own: those in the most trouble. A label for each of thousands would cost
# Prometheus more than all else.
MOST_SOURCES = 100


class Lost(StrEnum):
    """Why a headline was given up that a chat still wanted."""

    REFUSED = "refused"
    FORGOTTEN = "forgotten"
    DOUBTFUL = "doubtful"


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._gauge("info", "Which version runs", "version").labels(__version__).set(1)
        self._about_headlines()
        self._about_alerts()
        self._about_what_waits()
        self._about_times()

    def _about_headlines(self) -> None:
        self._headlines = self._counter("headlines", "Rows seen in sources, by what became of them", "outcome")
        self._fetches = self._counter("fetches", "Polls of sources, by outcome", "outcome")
        self._read = self._counter("headlines_read", "Headlines read from the stream, however they came there")
        self._set_aside = self._counter("headlines_set_aside", "Headlines that a bug of ours kept from everybody")
        self._sources = self._gauge("sources", "Sources that are watched, by how they fare", "state")
        self._failures = self._gauge("source_failures", "Polls of a source that failed in a row", "source")
        self._silence = self._gauge("source_read_seconds", "Since when a source was not read", "source")

    def _about_alerts(self) -> None:
        self._owed = self._counter("alerts_owed", "Headlines owed, each counted once for every chat")
        self._delivered = self._counter("alerts_delivered", "Headlines that stand in a chat")
        self._late = self._counter("alerts_late", "Headlines that came more than a minute after they were owed")
        self._lost = self._counter("alerts_lost", "Headlines given up that a chat still wanted, by why", "reason")
        for reason in Lost:  # what must stay 0 is there before it happens: a rise from nothing would be none
            self._lost.labels(reason)
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

    def _about_what_waits(self) -> None:
        self._waiting = self._gauge(
            "mailboxes_waiting", "Messages owed: a chat counts for each headline until it is drawn"
        )
        self._overdue = self._gauge("oldest_due_seconds", "For how long what has waited longest has been due")
        self._budget = self._counter("budget_used", "Calls to Telegram that were permitted, by who waits", "urgency")
        self._places = self._gauge("budget_per_second", "Calls a second that Telegram allows, paid ones included")

    def _about_times(self) -> None:
        self._delay = self._histogram("alert_delay_seconds", "From seeing a headline to delivering it", DELAYS)
        self._fetch = self._histogram("fetch_seconds", "Asking a source, until all of its answer is here", FETCHES)
        self._match = self._histogram("match_seconds", "Finding the topics of one headline", MATCHES)
        self._exchange = self._histogram("redis_seconds", "One exchange with Redis", EXCHANGES)
        self._away = self._counter("redis_failures", "Exchanges with Redis that came to nothing")
        self._call = self._histogram("telegram_seconds", "From a call to Telegram to its answer", CALLS)
        self._reply = self._histogram(
            "reply_seconds", "From taking in what a person did to having done it", REPLIES, "kind"
        )

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

    def owed(self, count: int, read: int) -> None:
        """So many headlines were read from the stream, and are owed to so many more chats."""
        self._read.inc(read)
        self._owed.inc(count)

    def set_aside(self, count: int) -> None:
        """A bug of ours kept headlines from everybody."""
        self._set_aside.inc(count)

    def verdict(self, verdict: Verdict) -> None:
        """Telegram answered."""
        self._by_verdict[type(verdict)].inc()
        if isinstance(verdict, TryLater) and verdict.maybe_sent:
            self._doubtful.inc()
        if isinstance(verdict, Delivered) and verdict.bug:
            self._bugs.inc()

    def delivered(self, delays: Iterable[timedelta], waits: Iterable[timedelta] = ()) -> None:
        """Headlines stand in a chat, each so long after it was seen; `waits` since what was not held was owed."""
        for delay in delays:
            self._delivered.inc()
            self._delay.observe(delay.total_seconds())
        self._late.inc(sum(wait > LATE for wait in waits))

    def corrected(self, done: bool) -> None:
        """An alert was edited, or is not there any more."""
        self._corrected.labels("edited" if done else "gone").inc()

    def paused(self, word: str) -> None:
        """A chat did not let us write; an admin was told, had been told, or nobody could be."""
        self._paused.labels(word).inc()

    def lost(self, reason: Lost, count: int) -> None:
        """Headlines were given up that a chat still wanted."""
        self._lost.labels(reason).inc(count)

    def permitted(self, urgency: Urgency, count: int) -> None:
        """So many calls to Telegram were permitted."""
        self._budget.labels(urgency).inc(count)

    def allowed(self, per_second: int) -> None:
        """What Telegram allows."""
        self._places.set(per_second)

    def answered(self, took: timedelta) -> None:
        """Telegram answered a call."""
        self._call.observe(took.total_seconds())

    def exchanged(self, seconds: float, failed: bool) -> None:
        """An exchange with Redis took so long; or came to nothing then."""
        self._exchange.observe(seconds)
        if failed:
            self._away.inc()

    def replying(self, kind: str) -> AbstractContextManager[object]:
        """Time what is done for a person: by message, tap, inline, or other."""
        return self._reply.labels(kind).time()

    def sources(self, states: Mapping[str, SourceState], now: datetime) -> None:
        """How every source fares."""
        for gauge in (self._sources, self._failures, self._silence):
            gauge.clear()
        for condition in ("well", "failing", "ended", "new"):
            self._sources.labels(condition).set(sum(_condition(state) == condition for state in states.values()))
        read = {name: state.last_ok or now for name, state in states.items()}
        worst = sorted(states, key=lambda name: (-states[name].failures, read[name]))
        for name in worst[:MOST_SOURCES]:
            self._failures.labels(name).set(states[name].failures)
            self._silence.labels(name).set(max((now - read[name]).total_seconds(), 0))

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
        """The name of every metric of ours, for the documentation's test."""
        return frozenset(metric.name for metric in self._registry.collect() if metric.name.startswith(PREFIX))

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(f"{PREFIX}_{name}", says, labels, registry=self._registry)

    def _gauge(self, name: str, says: str, *labels: str) -> Gauge:
        return Gauge(f"{PREFIX}_{name}", says, labels, registry=self._registry)

    def _histogram(self, name: str, says: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        return Histogram(f"{PREFIX}_{name}", says, labels, buckets=buckets, registry=self._registry)


def _condition(state: SourceState) -> str:
    if state.has_ended:
        return "ended"
    if state.failures:
        return "failing"
    return "well" if state.last_ok else "new"
