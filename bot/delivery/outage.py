"""Telegram as a whole: whether it carries calls out at all, and how long nothing is sent while it does not.

Here: pauses that begin with several failures in a row and end with a message that gets through.
Not here: what an answer means and how long a pause is (news/verdicts), when a chat is due again (workers/sender).

A pause is one process's own: a network that is broken here says nothing about the others. What is owed waits in its
order meanwhile; no chat's due time moves further than the pause.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.news.verdicts import FIRST_PAUSE, TryLater, Verdict, is_away, is_telegrams, pause_after

log = structlog.get_logger()


class Outage:
    """What the answers of the last calls say about Telegram."""

    def __init__(self) -> None:
        self._failed = 0
        self._pauses = 0
        self._well: datetime | None = None
        self._since: datetime | None = None
        self._until: datetime | None = None
        self._trying = False

    @property
    def is_on(self) -> bool:
        """Whether Telegram was away when it was last asked."""
        return self._since is not None

    def wait(self, now: datetime) -> timedelta:
        """How long nothing is sent."""
        return max(self._until - now, timedelta()) if self._until else timedelta()

    def heard(self, verdict: Verdict, now: datetime) -> None:
        """Telegram answered a call, or did not. What was under way when a pause began does not make it longer."""
        if not is_telegrams(verdict):
            self._end(now)
            return
        self._failed += 1
        well = now - self._well if self._well else None
        pausing = self.wait(now) and not self._trying
        if isinstance(verdict, TryLater) and not pausing and (self.is_on or is_away(verdict, self._failed, well)):
            self.begin(verdict.reason, now)

    def begin(self, reason: str, now: datetime) -> None:
        """Send nothing for a while, and say so the first time."""
        if self._since is None:
            self._since = now
            log.error("Telegram is away: nothing is sent, everything owed is kept", reason=reason)
        self._until = now + pause_after(self._pauses)
        self._pauses += 1
        self._trying = False

    def tries(self, now: datetime) -> None:
        """One message is on its way to see whether Telegram takes it; the others wait for what comes of it."""
        self._until, self._trying = now + FIRST_PAUSE, True

    def _end(self, now: datetime) -> None:
        if self._since is not None:
            log.warning("Telegram is back: sending goes on", away_for_seconds=(now - self._since).total_seconds())
        self._failed, self._pauses, self._well = 0, 0, now
        self._since = self._until = None
        self._trying = False
