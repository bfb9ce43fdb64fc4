"""What a chat has chosen about how it is talked to.

Here: reading it, and changing it for a chat that is met by it.
Not here: what can be chosen (news/preferences), what follows from it (workers).
"""

from __future__ import annotations

from collections.abc import Callable

from bot.news.answers import Caller
from bot.news.preferences import Preferences
from bot.ports import Clock
from bot.store.chats import Chats
from bot.store.choices import Choices


class Choosing:
    """Reads and changes the preferences of chats."""

    def __init__(self, chats: Chats, choices: Choices, clock: Clock) -> None:
        self._chats = chats
        self._choices = choices
        self._clock = clock

    async def of(self, chat: int) -> Preferences:
        """What the chat has chosen."""
        return await self._choices.of(chat)

    async def change(self, caller: Caller, change: Callable[[Preferences], Preferences]) -> Preferences:
        """Change what the chat has chosen; gives what holds now. `change` may be called several times."""
        await self._chats.meet(caller, self._clock.now())
        return await self._choices.change(caller.chat, change, self._clock.now())
