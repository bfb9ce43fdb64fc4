"""Chats, and what the bot has not been told of them, survive a restart: one JSON file, replaced as a whole."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from bot.devchat.chats import Chat, Chats
from bot.devchat.updates import Updates

# A busy page writes once in so many seconds; a killed one loses what was said since, the bot loses nothing.
BREATH = 1.0
FOREVER = 3600.0


class Keeper:
    """Keeps the chats in a file between runs; a file that cannot be read is put aside, and begun anew."""

    def __init__(self, path: Path, chats: Chats, updates: Updates) -> None:
        self._path = path
        self._chats = chats
        self._updates = updates

    def read(self) -> None:
        """Stand as the last run stood, if it left anything."""
        try:
            kept = orjson.loads(self._path.read_bytes())
            self._chats.restore([_chat(chat) for chat in kept["chats"]], kept["last_message"])
            self._updates.restore(kept["updates"], kept["last_update"])
        except FileNotFoundError:
            return
        except (OSError, orjson.JSONDecodeError, KeyError, TypeError, ValueError):
            with suppress(OSError):
                self._path.replace(self._path.with_suffix(".bad"))

    async def keep(self, closing: asyncio.Event) -> None:
        """Write down how it stands and what changes, until `closing` is set, and then once more."""
        written: tuple[int, ...] = ()
        while not closing.is_set():
            await self._chats.until(partial(self._is_stale, written, closing), FOREVER)
            written = self._state()
            self.write()
            await self._chats.until(closing.is_set, BREATH)
        self.write()

    def _state(self) -> tuple[int, ...]:
        """What changes whenever there is something to write."""
        return self._chats.last_event, self._updates.last, len(self._updates.queue)

    def _is_stale(self, written: tuple[int, ...], closing: asyncio.Event) -> bool:
        return self._state() != written or closing.is_set()

    def write(self) -> None:
        """Write everything down, in one step."""
        chats = [
            {
                "about": chat.about,
                "blocked": chat.blocked,
                "bot_status": chat.bot_status,
                "moved_to": chat.moved_to,
                "shut": chat.shut,
                "messages": list(chat.messages.values()),
            }
            for chat in self._chats.by_id.values()
        ]
        draft = self._path.with_suffix(".new")
        kept = {
            "chats": chats,
            "last_message": self._chats.last_message,
            "updates": self._updates.queue,
            "last_update": self._updates.last,
        }
        draft.write_bytes(orjson.dumps(kept))
        draft.replace(self._path)


def _chat(kept: dict[str, Any]) -> Chat:
    messages = {message["message_id"]: message for message in kept["messages"]}
    return Chat(kept["about"], messages, kept["blocked"], kept["bot_status"], kept["moved_to"], kept.get("shut", ""))
