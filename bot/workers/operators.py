"""A word to those who run the bot. Owns telling the admins of HEADLINE_BOT_ADMINS what they should know.

Here: one message to each, once.
Not here: the admins of a chat (admins), what is worth telling (its caller, who also logs it: a word may not arrive).
"""

from __future__ import annotations

from collections.abc import Collection

from bot.delivery.render.house import plainly
from bot.ports import Messenger


class Operators:
    """The people who run the bot, as chats."""

    def __init__(self, admins: Collection[int], messenger: Messenger) -> None:
        self._admins = tuple(admins)
        self._messenger = messenger

    async def tell(self, sentence: str) -> None:
        """Tell each admin; one who never started the bot cannot be told."""
        for admin in self._admins:
            await self._messenger.tell(admin, plainly(sentence))
