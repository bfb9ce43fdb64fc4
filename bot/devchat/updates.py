"""What the bot is told. Owns the queue of updates and getUpdates.

Here: one getUpdates at a time, and confirming by offset.
Not here: what happened (people).
"""

from __future__ import annotations

from bot.devchat.chats import Chats, Object
from bot.devchat.refusals import Refusal


class Updates:
    """The bot's inbox."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self._queue: list[Object] = []
        self._allowed: frozenset[str] = frozenset()
        # Ids go on where an earlier run left off: a bot ignores what it has seen.
        self._last = int(chats.clock())
        self._poll = 0

    def add(self, **content: object) -> None:
        """Something happened that the bot may want to know."""
        if not self._allowed or self._allowed & content.keys():
            self._last += 1
            self._queue.append({"update_id": self._last, **content})
            self._chats.tell("update")

    async def get(self, offset: int, limit: int, seconds: float, allowed: list[str] | None) -> list[Object]:
        """The next updates, waiting up to `seconds` for one. Raises 409 where another call takes over."""
        if allowed is not None:
            self._allowed = frozenset(allowed)
        if offset < 0:
            self._queue = self._queue[offset:]
        self._queue = [update for update in self._queue if update["update_id"] >= offset]
        mine = self._take_over()
        await self._chats.until(lambda: bool(self._queue) or self._poll != mine, seconds)
        if self._poll != mine:
            raise Refusal(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )
        return self._queue[: min(limit, 100)]

    def close(self) -> None:
        """Let go of whoever waits."""
        self._take_over()

    @property
    def waiting(self) -> int:
        """How many updates the bot has not taken."""
        return len(self._queue)

    def _take_over(self) -> int:
        self._poll += 1
        self._chats.tell("poll")
        return self._poll
