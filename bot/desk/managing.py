"""Groups and channels, managed by somebody from their private chat.

Here: which ones they are, and which of them what the person types is for.
Not here: whether the person may (handlers/admins), what is changed there (wishes, preferences).
"""

from __future__ import annotations

from bot.news.answers import Caller
from bot.news.preferences import Preferences
from bot.ports import Clock
from bot.store.choices import Choices
from bot.store.managed import Managed

# So many are shown to choose from; nobody manages more.
MOST_SHOWN = 20


class Managing:
    """Turns a person's private chat to a group or channel of theirs, and back."""

    def __init__(self, managed: Managed, choices: Choices, clock: Clock) -> None:
        self._managed = managed
        self._choices = choices
        self._clock = clock

    async def begin(self, person: int, chat: int) -> None:
        """What the person types is for this chat now; for an hour, from the last time that something was."""
        await self._managed.begin(person, chat, self._clock.now())

    async def note(self, person: int, chat: int) -> None:
        """The person manages this chat from elsewhere; what they type here is for whichever chat it was for before."""
        await self._managed.note(person, chat, self._clock.now())

    async def at(self, person: int) -> int | None:
        """The chat that what the person types is for; None: their own."""
        return await self._managed.of(person, self._clock.now())

    async def end(self, person: int) -> None:
        """What the person types is for their own chat again."""
        await self._managed.end(person, self._clock.now())

    async def drop(self, person: int, chat: int) -> None:
        """The person manages this chat no longer."""
        await self._managed.drop(person, chat)

    async def unknown(self, person: int) -> list[int]:
        """The chats that the person manages and of which we know nothing any more, at least under this id."""
        return await self._managed.unknown(person)

    async def moved(self, person: int, old: int, new: int) -> None:
        """One of the person's groups lives on under another id."""
        await self._managed.moved(person, old, new)

    async def chats(self, person: int) -> tuple[Caller, ...]:
        """The chats that the person manages and that we are in, the last one first."""
        return tuple(await self._managed.about((await self._managed.chats(person))[:MOST_SHOWN]))

    async def about(self, chat: int) -> tuple[Caller, Preferences] | None:
        """A chat that we are in, and what it has chosen; None where we are not in it."""
        found = await self._managed.about([chat])
        return (found[0], await self._choices.of(chat)) if found else None
