"""Chats, and what the bot has not been told of them, survive a restart: one JSON file, replaced as a whole."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from bot.devchat.chats import YOU, Chat, Chats
from bot.devchat.files import Files
from bot.devchat.members import standing
from bot.devchat.profile import Profile
from bot.devchat.updates import Updates

# A busy page writes once in so many seconds; a killed one loses what was said since, the bot loses nothing.
BREATH = 1.0
FOREVER = 3600.0
_PROFILE = ("texts", "commands", "buttons")
# What is found by a number, which JSON writes as a text.
_NUMBERED = ("messages", "people", "threads", "keyboards", "inline")


class Keeper:
    """Keeps the chats in a file between runs; a file that cannot be read is put aside, and begun anew."""

    def __init__(self, path: Path, chats: Chats, updates: Updates, profile: Profile, files: Files) -> None:
        self._path = path
        self._chats = chats
        self._updates = updates
        self._profile = profile
        self._files = files

    def read(self) -> None:
        """Stand as the last run stood, if it left anything."""
        try:
            kept = orjson.loads(self._path.read_bytes())
            people = kept.get("people") or [YOU, *_owners(kept["chats"])]
            self._chats.restore(people, [_chat(chat) for chat in kept["chats"]], kept["last_message"])
            for name in _PROFILE if "profile" in kept else ():
                setattr(self._profile, name, kept["profile"][name])
            self._updates.restore(kept["updates"], kept["last_update"])
            self._files.read()
        except FileNotFoundError:
            return
        except (OSError, orjson.JSONDecodeError, AttributeError, KeyError, TypeError, ValueError):
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
        draft = self._path.with_suffix(".new")
        kept = {
            "people": list(self._chats.people.values()),
            "chats": [_kept(chat) for chat in self._chats.by_id.values()],
            "last_message": self._chats.last_message,
            "updates": self._updates.queue,
            "last_update": self._updates.last,
            "profile": {name: getattr(self._profile, name) for name in _PROFILE},
        }
        draft.write_bytes(orjson.dumps(kept, option=orjson.OPT_NON_STR_KEYS))
        draft.replace(self._path)


def _kept(chat: Chat) -> dict[str, Any]:
    return {field.name: getattr(chat, field.name) for field in fields(Chat)}


def _chat(kept: dict[str, Any]) -> Chat:
    """A chat as it was written down, also by one that knew one person and no members."""
    if "bot_status" in kept:
        kept = _modern(kept)
    numbered = {name: {int(ident): value for ident, value in kept[name].items()} for name in _NUMBERED}
    chat = Chat(**{**kept, **numbered})
    for message in chat.messages.values():
        message["chat"] = chat.about
    return chat


def _modern(kept: dict[str, Any]) -> dict[str, Any]:
    about, kind = kept["about"], kept["about"]["type"]
    owner = about["id"] if kind == "private" else YOU["id"]
    return {
        "about": about,
        "messages": {message["message_id"]: message for message in kept["messages"]},
        "bot": standing(kept["bot_status"], kind),
        "people": {owner: standing("member" if kind == "private" else "creator")},
        "threads": {},
        "keyboards": {},
        "inline": {},
        "moved_to": kept["moved_to"],
        "shut": kept.get("shut", "") if kept.get("shut") == "deactivated" else "",
    }


def _owners(chats: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The people of private chats in a file that has no people."""
    private = [chat["about"] for chat in chats if chat["about"]["type"] == "private"]
    return [
        {"id": about["id"], "is_bot": False, "first_name": about["first_name"], "language_code": "en"}
        for about in private
        if about["id"] != YOU["id"]
    ]
