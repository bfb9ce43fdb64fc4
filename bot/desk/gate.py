"""Who is let in. Owns what becomes of people who are blocked, and of those who ask too much.

Here: blocking and letting in again, and counting what a person asks for.
Not here: the quotas (news/quotas), who may block (handlers/admins), what is told to whom (handlers).

Nearly everybody stays far below every quota, and must not wait for Redis to hear that: each process counts for itself,
and only who has used a part of a quota here is counted over all processes. So with n processes a person may have n - 1
times that part more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from bot.desk.door import Door
from bot.news.answers import Blocked
from bot.news.errors import Enough, StoreError
from bot.news.quotas import Cost, Quota
from bot.ports import Clock
from bot.store.blocks import Blocks
from bot.store.quotas import Quotas

# A block that another process made is known here after so long.
LOOKED_UP = timedelta(seconds=10)
# Up to this part of a quota is counted in this process alone.
UNSHARED = 4
BLOCKED = "blocked by those who run the bot"


class Gate:
    """The gate before the door."""

    def __init__(self, blocks: Blocks, counts: Quotas, quotas: Mapping[Cost, Quota], door: Door, clock: Clock) -> None:
        self._blocks = blocks
        self._shared = counts
        self._quotas = quotas
        self._door = door
        self._clock = clock
        self._blocked: frozenset[int] = frozenset()
        self._looked: datetime | None = None
        self._here: dict[Cost, tuple[int, Counter[int]]] = {}

    async def is_blocked(self, *idents: int) -> bool:
        """Whether one of these people and chats is blocked."""
        now = self._clock.now()
        if self._looked is None or now - self._looked >= LOOKED_UP:
            self._looked = now
            with suppress(StoreError):  # who asks meanwhile hears that the memory is away
                self._blocked = frozenset(one.ident for one in await self._blocks.all())
        return not self._blocked.isdisjoint(idents)

    async def block(self, ident: int) -> None:
        """Answer somebody no longer, and tell that chat nothing; its wishes are kept for the grace period."""
        await self._blocks.put(ident, self._clock.now())
        self._blocked |= {ident}
        await self._door.leave(ident, BLOCKED)

    async def unblock(self, ident: int) -> bool:
        """Let somebody in again, with what that chat wanted; False where nobody of that id was blocked."""
        was = await self._blocks.remove(ident)
        self._blocked -= {ident}
        if was and (caller := await self._blocks.caller(ident)):
            await self._door.arrive(caller)
        return was

    async def blocked(self) -> tuple[Blocked, ...]:
        """Everybody who is blocked, the last one first."""
        return await self._blocks.all()

    async def spend(self, who: int, cost: Cost) -> None:
        """Count something that a person asks for. Raises Enough: with a sentence once, and then without."""
        quota = self._quotas[cost]
        window = int(self._clock.now().timestamp() // quota.span.total_seconds())
        number, counts = self._here.get(cost, (-1, Counter[int]()))
        if number != window:
            counts = Counter()
            self._here[cost] = window, counts
        counts[who] += 1
        few = quota.most // UNSHARED
        if counts[who] <= few:
            return
        over = await self._shared.count(who, cost, window, quota.span) + few - quota.most
        if over > 0:
            raise Enough(quota.enough if over == 1 else "")
