"""What a worker that is in trouble says of it: once why, and once that it is over."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from bot.news.errors import StoreError
from bot.workers import loop


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "AFTER_ERROR", loop.timedelta(milliseconds=1))


async def said_of(outcomes: Iterator[str]) -> list[tuple[str, str]]:
    """What is logged of steps that fail for these reasons, or do not."""
    stop = asyncio.Event()

    async def step() -> bool:
        reason = next(outcomes, None)
        if reason is None:
            stop.set()
        elif reason:
            raise StoreError(reason)
        return True

    with capture_logs() as said:
        await loop.forever(step, idle=loop.timedelta(), name="poller", stop=stop, wake=asyncio.Event())
    return [(each["event"], each.get("reason", "")) for each in said]


async def test_trouble_that_lasts_is_told_once_and_that_it_is_over_once(at_once: None) -> None:
    assert await said_of(iter(["", "away", "away", "away", "", "", "away"])) == [
        ("step failed", "away"),
        ("step works again", ""),
        ("step failed", "away"),
        ("step works again", ""),
    ]


async def test_another_trouble_is_told_too(at_once: None) -> None:
    assert await said_of(iter(["away", "full"])) == [
        ("step failed", "away"),
        ("step failed", "full"),
        ("step works again", ""),
    ]
