"""Whose turn it is to ask a host. Owns politeness towards one host.

Here: one request at a time to a host, and a pause between two.
Not here: how often a source is asked (news/cadence).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.news.errors import FetchFailed
from bot.news.said import said
from bot.ports import Clock

# Whoever waits longer for a turn is sent away and may come again: with the time for the page, less than a poll's lease
# (workers/poller). Polls of one host are parted before (store/sources); they meet only redirects and people here.
LONGEST_WAIT_SECONDS = 20.0
# Beyond so many hosts, those that nobody waits for are forgotten.
_MOST_HOSTS = 20_000


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: datetime | None = None
    wanted: int = 0


class Turns:
    """Gives turns host by host, `spacing` apart; without spacing everybody goes at once."""

    def __init__(self, spacing: timedelta, clock: Clock) -> None:
        self._spacing = spacing
        self._clock = clock
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait until it is polite to ask the host, and keep others from it meanwhile. Raises FetchFailed."""
        if not self._spacing:
            yield
            return
        host = self._host(name)
        host.wanted += 1
        try:
            await self._wait(name, host)
            try:
                yield
            finally:
                host.free_at = self._clock.now() + self._spacing
                host.lock.release()
        finally:
            host.wanted -= 1

    async def _wait(self, name: str, host: _Host) -> None:
        if host.lock.locked():
            try:
                async with asyncio.timeout(LONGEST_WAIT_SECONDS):
                    await host.lock.acquire()
            except TimeoutError:
                raise FetchFailed(said("Too many others wait to ask {host}.", host=name)) from None
        else:
            await host.lock.acquire()
        if host.free_at is not None and (wait := host.free_at - self._clock.now()) > timedelta(0):
            try:
                await self._clock.sleep(min(wait, self._spacing))
            except asyncio.CancelledError:
                host.lock.release()
                raise

    def _host(self, name: str) -> _Host:
        if len(self._hosts) > _MOST_HOSTS:
            self._hosts = {known: host for known, host in self._hosts.items() if host.wanted}
        return self._hosts.setdefault(name, _Host())
