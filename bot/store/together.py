"""One exchange for what many ask for at the same time.

Here: who waits for which exchange, and that an error reaches everybody whose request was in it.
Not here: what an exchange does (its owner).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(slots=True)
class _Batch(Generic[Item]):
    items: list[Item] = field(default_factory=list)
    error: BaseException | None = None


class Together(Generic[Item]):
    """While one exchange is under way, the items of the next one gather; nobody waits longer than for two of them."""

    def __init__(self, exchange: Callable[[Sequence[Item]], Awaitable[None]]) -> None:
        self._exchange = exchange
        self._next: _Batch[Item] = _Batch()
        self._turn = asyncio.Lock()

    async def __call__(self, item: Item) -> None:
        """Return when an exchange with the item has ended. Raises what the exchange raised."""
        batch = self._next
        batch.items.append(item)
        async with self._turn:
            if batch is self._next:
                await asyncio.sleep(0)  # whoever is ready at this instant comes along
                self._next = _Batch()
                try:
                    await self._exchange(batch.items)
                except BaseException as error:
                    batch.error = error
                    raise
        if batch.error is not None:
            raise batch.error
