"""How a source fares, in one word. Owns Health.

Here: what follows from a source's state.
Not here: when it is asked again (cadence), how it is worded (delivery/render/sources).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from bot.news.answers import SourceReport
from bot.news.sourcestate import SourceState

# Hardly any newspaper is silent for longer than a weekend; a page that has been left behind is.
SILENT_FROM = timedelta(days=3)
# Who tells so little that we ask as seldom as this (the usual polling.slowest) is slow.
SLOW_FROM = timedelta(minutes=25)


class Health(StrEnum):
    """How a source fares; those at the end want a look."""

    WAITING = "waiting"
    PAUSED = "paused"
    FINE = "fine"
    SLOW = "slow"
    SILENT = "silent"
    TROUBLE = "trouble"
    ENDED = "ended"


TROUBLED = frozenset({Health.SILENT, Health.TROUBLE, Health.ENDED})


def health(report: SourceReport, now: datetime) -> Health:
    """How a source fares."""
    state = report.state
    if report.paused:
        return Health.PAUSED
    if state is None or not report.was_asked:
        return Health.WAITING
    if state.has_ended:
        return Health.ENDED
    if state.failures:
        return Health.TROUBLE
    if state.last_new is not None and now - state.last_new >= SILENT_FROM:
        return Health.SILENT
    return Health.SLOW if not state.hub and asked_every(state) >= SLOW_FROM else Health.FINE


def asked_every(state: SourceState) -> timedelta:
    """How often a source that is well is asked, as was learned from it; zero where that is not known."""
    return max(state.due - state.last_ok, timedelta(0)) if state.last_ok and not state.failures else timedelta(0)
