"""What a sender knows of the outbox without asking again: in which shards there is something to draw.

Here: what the last look showed, and which shards to draw how many chats from.
Not here: looking and drawing (outbox). Nothing depends on what stands here being true: a shard that is wrongly taken
for full gives nothing, and one that is wrongly taken for empty is found at the next look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

# Looking asks every shard. Chats that are due go first, so they are looked for even while casts keep a sender busy; an
# idle sender looks twice a second anyway.
LOOK_EVERY = timedelta(milliseconds=600)
# So many chats that casts owe to are drawn from one shard in one step, which has its price however many it gives.
FROM_A_SHARD = 8


class View:
    """The outbox as one process knows it."""

    def __init__(self) -> None:
        self._due: list[tuple[int, int]] = []
        # Shards with casts, in the order in which their turns come: how many chats wait for the smallest cast.
        self._casts: dict[int, int] = {}
        self._looked: datetime | None = None

    def is_fresh(self, now: datetime) -> bool:
        """Whether something is known that can be drawn, and no look is due."""
        recent = self._looked is not None and now - LOOK_EVERY < self._looked <= now
        return recent and bool(self._due or self._casts)

    def looked(self, due: Iterable[tuple[int, int]], casts: Mapping[int, int], now: datetime) -> None:
        """A look has shown when chats are due in which shards, and what the smallest cast of a shard is."""
        self._due, self._looked = sorted(due), now
        self._casts = {shard: casts[shard] for shard in [*self._casts, *casts] if shard in casts}

    def found(self, casts: Mapping[int, int]) -> None:
        """There are new casts in these shards, of such sizes."""
        for shard, size in casts.items():
            self._casts[shard] = min(size, self._casts.get(shard, size))

    def emptied(self, shard: int) -> None:
        """A shard gave less than it was asked for."""
        self._casts.pop(shard, None)

    def shares(self, limit: int) -> Counter[int]:
        """How many chats to draw from which shards.

        First those that are due, longest first. Then, for three quarters of what is left, shards where a cast has few
        chats left; then shards in turn. Within a shard the draw does the same, so that few never wait for many.
        """
        first, self._due = self._due[:limit], self._due[limit:]
        shares = Counter(shard for _, shard in first)
        left = limit - len(first)
        few = sorted((size, shard) for shard, size in self._casts.items() if size <= FROM_A_SHARD)
        for_few = left - left // 4
        for size, shard in few:
            count = min(size, for_few)
            shares[shard] += count
            for_few -= count
            left -= count
        for shard in list(self._casts):
            count = min(left, FROM_A_SHARD)
            shares[shard] += count
            left -= count
            if count:
                self._casts[shard] = self._casts.pop(shard)  # its next turn comes last
        return +shares
