"""Who comes and who goes.

Here: a chat is met, goes, moves, or asks to be forgotten.
Not here: what of it is kept and for how long (store/chats).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.answers import Caller
from bot.news.preferences import Preferences
from bot.ports import Clock
from bot.store.chats import Chats, Met, Pause
from bot.store.outbox import Outbox


class Door:
    """The door of the house: every chat comes in and goes out here."""

    def __init__(self, chats: Chats, outbox: Outbox, clock: Clock) -> None:
        self._chats = chats
        self._outbox = outbox
        self._clock = clock

    async def arrive(self, caller: Caller) -> Met:
        """Know the chat; if it had gone, its wishes come back with it, and what it is owed comes at once."""
        met = await self._chats.meet(caller, self._clock.now())
        await self._outbox.hurry(caller.chat, self._clock.now())
        return met

    async def hear(self, caller: Caller) -> Preferences:
        """The chat speaks: one that we took for gone has come back, one that did not let us write may do so now.

        Gives what it has chosen.
        """
        heard = await self._chats.heard(caller.chat)
        if heard.is_back:
            await self.arrive(caller)
        return heard.preferences

    async def met(self, chat: int) -> Met:
        """How the chat would come to us now: as one that had gone, that we know, or that is new to us."""
        return (await self._chats.heard(chat)).met

    async def shut(self, chat: int) -> Pause:
        """What a chat is called that does not let us write, and whether one of its admins heard of it."""
        return await self._chats.pause(chat)

    async def warned(self, caller: Caller) -> None:
        """One of its admins heard just now that the chat does not let us write."""
        await self._chats.meet(caller, self._clock.now())
        await self._chats.paused(caller.chat, self._clock.now(), warned=True)

    async def known(self, chats: Sequence[int]) -> list[int]:
        """Those of these chats that can be written to."""
        return await self._chats.known(chats)

    async def leave(self, chat: int, reason: str) -> None:
        """The chat cannot hear us any more; its wishes are kept for a while, in case it comes back."""
        await self._chats.gone(chat, reason, self._clock.now())

    async def move(self, old: int, new: int) -> None:
        """The group lives on under another id, with everything that it had."""
        await self._chats.move(old, new, self._clock.now())

    async def forget(self, chat: int) -> None:
        """Nothing of the chat is kept."""
        await self._chats.forget(chat)
