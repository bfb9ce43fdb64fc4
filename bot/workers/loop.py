"""The only endless loop. Owns how a worker repeats, rests, and outlives an error."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot.news.errors import HouseError

Step = Callable[[], Awaitable[bool]]
# Whether the worker can go on after this error, which none of us foresaw.
Mend = Callable[[Exception], Awaitable[bool]]

# After an error: at once would hammer a Redis that is starting, longer would delay alerts when it is back.
AFTER_ERROR = timedelta(seconds=2)

log = structlog.get_logger()


async def listen(rings: Step, wake: asyncio.Event, *, name: str, stop: asyncio.Event) -> None:
    """Set `wake` whenever `rings`, which waits, says that it rang."""

    async def step() -> bool:
        if await rings():
            wake.set()
        return True

    await forever(step, idle=AFTER_ERROR, name=name, stop=stop, wake=asyncio.Event())


async def forever(
    step: Step, *, idle: timedelta, name: str, stop: asyncio.Event, wake: asyncio.Event, mend: Mend | None = None
) -> None:
    """Run `step` until `stop` is set: at once again if it found work, else after `idle` or when `wake` is set.

    A step that fails in a way we know (HouseError) is tried again; why is logged once, and that it is over. Any other
    exception is a bug. Where `mend` knows how to go on without what brought it about, the loop goes on; else it ends,
    and so does the process: what is owed is written down, and the next process finds it.
    """
    trouble = ""
    while not stop.is_set():
        wake.clear()
        rest, until = timedelta(), (stop, wake)
        try:
            if not await step():
                rest = idle
            trouble = _told(name, trouble, "")
        except HouseError as error:
            trouble = _told(name, trouble, str(error))
            rest, until = AFTER_ERROR, (stop, stop)
        except Exception as error:
            if mend is None or not await mend(error):
                raise
            where = traceback.extract_tb(error.__traceback__)[-1]
            log.error("a bug of ours", worker=name, error=repr(error)[:200], file=where.filename, line=where.lineno)
            rest, until = AFTER_ERROR, (stop, stop)
        _heed_cancellation()
        if rest:
            await _first_of(*until, timeout=rest)


def _told(name: str, before: str, now: str) -> str:
    """Say what has changed about the trouble that a worker is in; gives what it is in now."""
    if now and now != before:
        log.warning("step failed", worker=name, reason=now)
    elif before and not now:
        log.info("step works again", worker=name)
    return now


def _heed_cancellation() -> None:
    """End where somebody asked us to: redis-py swallows most cancellations on Python 3.11."""
    task = asyncio.current_task()
    if task and task.cancelling():
        raise asyncio.CancelledError


async def _first_of(*events: asyncio.Event, timeout: timedelta) -> None:  # noqa: ASYNC109 - a rest, not a deadline
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=timeout.total_seconds(), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
