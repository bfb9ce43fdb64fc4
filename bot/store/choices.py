"""What chats have chosen about how they are talked to. Owns the fields `lang` and `choices` of {sNN}:chat.

Here: reading and changing it.
Not here: what can be chosen (news/preferences), how it is written (choicecodec), everything else of a chat (chats).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.news.preferences import Preferences
from bot.store import codec, keys
from bot.store.choicecodec import choices_json, preferences_of
from bot.store.database import Database, Value
from bot.store.keys import of_chat, shard_of, shard_tag

# Somebody else may change the same at the same time, in another process; hardly so often.
TRIES = 10


class Choices:
    """Every chat's preferences."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, chat: int) -> Preferences:
        """What the chat has chosen; of one that we do not know, what everybody has at first."""
        return preferences_of(*await self._read(chat))

    async def change(self, chat: int, change: Callable[[Preferences], Preferences], now: datetime) -> Preferences:
        """Change what a known chat has chosen; gives what holds now. `change` may be called several times.

        What the chat was to be told later is looked at anew, so that it comes at once where nothing holds it any more.
        Of a chat that we do not know nothing is kept: it is met before (chats.meet).
        """
        for _ in range(TRIES):
            told_lang, before = await self._read(chat)
            changed = change(preferences_of(told_lang, before))
            after = choices_json(changed)
            if after == (before or ""):
                return changed
            shard = shard_tag(shard_of(chat))
            chosen: list[Value] = [before or "", after, shard, chat, codec.ms(now)]
            if await self._database.run("choose", [of_chat(keys.CHAT, chat)], chosen):
                return changed
        return await self.of(chat)

    async def _read(self, chat: int) -> tuple[str | None, str | None]:
        told_lang, text = await self._database.call("HMGET", of_chat(keys.CHAT, chat), "lang", "choices")
        return told_lang, text
