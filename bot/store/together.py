"""One exchange for what many ask for at the same time.

Here: who waits for which exchange, and that an error reaches everybody whose request was in it.
Not here: what an exchange does (its owner).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.news.errors import StoreError

Item = TypeVar("Item")

# So long the first one waits for others. At a thousand messages a second that is some in each exchange instead of one;
# an exchange costs as much processor as several messages; nobody waits for what is ticked off two milliseconds later.
GATHERS_FOR = 0.002


@dataclass(slots=True)
class _Batch(Generic[Item]):
    items: list[Item] = field(default_factory=list)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    error: StoreError | None = None


class Together(Generic[Item]):
    """Gathers items for an instant, or while the exchange before is under way, and gives them to one exchange."""

    def __init__(self, exchange: Callable[[Sequence[Item]], Awaitable[None]]) -> None:
        self._exchange = exchange
        self._next: _Batch[Item] = _Batch()
        self._turn = asyncio.Lock()

    async def __call__(self, item: Item) -> None:
        """Return when an exchange with the item has ended. Raises what the exchange raised."""
        batch = self._next
        batch.items.append(item)
        if len(batch.items) == 1:
            await self._lead(batch)
        else:
            await batch.done.wait()
            if batch.error is not None:
                raise batch.error

    async def _lead(self, batch: _Batch[Item]) -> None:
        """Who comes first makes the exchange for all; if that one is cancelled, the others hear of it."""
        batch.error = StoreError("Redis: the exchange was given up")
        try:
            await asyncio.sleep(GATHERS_FOR)
            async with self._turn:
                self._next = _Batch()
                await self._exchange(batch.items)
            batch.error = None
        except StoreError as error:
            batch.error = error
            raise
        finally:
            if self._next is batch:
                self._next = _Batch()
            batch.done.set()
