"""The tasks of a running bot. Owns knowing which are under way, so that a stop can be waited for and has an end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any


class Hands:
    """Starts tasks in a group and remembers them while they run."""

    def __init__(self, group: asyncio.TaskGroup) -> None:
        self._group = group
        self._busy: set[asyncio.Task[None]] = set()

    def create_task(self, job: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Begin a job; if it fails, so does the group."""
        task = self._group.create_task(job)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)
        return task

    async def finish(self, within: timedelta) -> None:
        """Wait for everything that is under way, and cancel what takes longer: its lease brings it back."""
        if self._busy:
            _, late = await asyncio.wait(self._busy, timeout=within.total_seconds())
            for task in late:
                task.cancel()
