"""What the bot is told. Owns the queue of updates and getUpdates.

Here: one getUpdates at a time, and confirming by offset.
Not here: what happened (people).
"""

from __future__ import annotations

from bot.devchat.chats import Chats, Object
from bot.devchat.refusals import Refusal

# More updates than any person makes in the second that a killed run may not have written down.
IDS_SKIPPED = 1000
# Kinds that a bot is told of only if it asks for them by name.
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    """The bot's inbox."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self.queue: list[Object] = []
        self._allowed: frozenset[str] = frozenset()
        # Ids go on where an earlier run left off, whose last second may not have been written down.
        self.last = int(chats.clock())
        self._poll = 0

    def add(self, **content: object) -> None:
        """Something happened that the bot may want to know."""
        allowed = self._allowed & content.keys() if self._allowed else content.keys() - UNASKED
        if allowed:
            self.last += 1
            self.queue.append({"update_id": self.last, **content})
            self._chats.wake()

    def restore(self, queue: list[Object], last: int) -> None:
        """Have told what an earlier run had told."""
        self.queue, self.last = queue, max(self.last, last + IDS_SKIPPED)

    def take(self, ident: int) -> None:
        """One was brought to the bot, and taken."""
        self.queue = [update for update in self.queue if update["update_id"] != ident]

    def wish(self, allowed: list[str] | None) -> None:
        """What the bot wants to be told of; None leaves it as it is."""
        if allowed is not None:
            self._allowed = frozenset(allowed)

    def forget(self) -> None:
        """Drop what the bot has not taken."""
        self.queue = []

    async def get(self, offset: int, limit: int, seconds: float, allowed: list[str] | None) -> list[Object]:
        """The next updates, waiting up to `seconds` for one. Raises 409 where another call takes over."""
        self.wish(allowed)
        if offset < 0:
            self.queue = self.queue[offset:]
        self.queue = [update for update in self.queue if update["update_id"] >= offset]
        mine = self._take_over()
        await self._chats.until(lambda: bool(self.queue) or self._poll != mine, seconds)
        if self._poll != mine:
            raise Refusal(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )
        return self.queue[: max(1, min(limit, 100))]

    def close(self) -> None:
        """Let go of whoever waits."""
        self._take_over()

    def _take_over(self) -> int:
        self._poll += 1
        self._chats.wake()
        return self._poll
