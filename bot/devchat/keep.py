"""Chats that survive a restart: one JSON file, replaced as a whole."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from bot.devchat.chats import Chat, Chats

# A busy page writes once in so many seconds; a killed one loses what was said since, the bot loses nothing.
BREATH = 1.0
FOREVER = 3600.0


class Keeper:
    """Keeps the chats in a file between runs; a file that cannot be read is left behind and begun anew."""

    def __init__(self, path: Path, chats: Chats) -> None:
        self._path = path
        self._chats = chats

    def read(self) -> None:
        """Stand as the last run stood, if it left anything."""
        try:
            kept = orjson.loads(self._path.read_bytes())
            self._chats.restore([_chat(chat) for chat in kept["chats"]])
        except (OSError, orjson.JSONDecodeError, KeyError, TypeError, ValueError):
            return

    async def keep(self, closing: asyncio.Event) -> None:
        """Write down what changes, until `closing` is set, and then once more."""
        written = self._chats.last_event
        while not closing.is_set():
            await self._chats.until(partial(self._is_stale, written, closing), FOREVER)
            written = self._chats.last_event
            self.write()
            await self._chats.until(closing.is_set, BREATH)
        self.write()

    def _is_stale(self, written: int, closing: asyncio.Event) -> bool:
        return self._chats.last_event > written or closing.is_set()

    def write(self) -> None:
        """Write everything down, in one step."""
        chats = [
            {
                "about": chat.about,
                "blocked": chat.blocked,
                "bot_status": chat.bot_status,
                "moved_to": chat.moved_to,
                "messages": list(chat.messages.values()),
            }
            for chat in self._chats.by_id.values()
        ]
        draft = self._path.with_suffix(".new")
        draft.write_bytes(orjson.dumps({"chats": chats}))
        draft.replace(self._path)


def _chat(kept: dict[str, Any]) -> Chat:
    messages = {message["message_id"]: message for message in kept["messages"]}
    return Chat(kept["about"], messages, kept["blocked"], kept["bot_status"], kept["moved_to"])
