"""Several people in one chat, on devchat: each types, taps and writes in a thread as who they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.devchat.chats import YOU
from bot.devchat.server import said_in
from tests.handlers.conftest import Person, Seen, Talk, buttons, seen


@dataclass
class Someone(Person):
    """A person whom devchat knows, in one chat, and there in one thread."""

    thread: int | None = None

    async def says(self, text: str, *, reply_to: int | None = None) -> Any:
        self.talk.clock.tick(seconds=1)
        people, who = self.talk.devchat.people, self.user["id"]
        people.says(self.chat, text, reply_to=reply_to, person=who, thread=self.thread)
        return await self.sees()

    async def taps(self, label: str) -> Any:
        self.talk.clock.tick(seconds=1)
        message = next(m for m in reversed(self.all_messages()) if label in seen(m).labels)
        key = message["message_id"] or -message["ephemeral_message_id"]
        self.talk.devchat.people.taps_button(self.chat, key, label, person=self.user["id"])
        return await self.sees()

    async def opens(self, payload: str) -> Any:
        """Follow a deep link to the bot."""
        self.talk.devchat.people.starts(payload, person=self.user["id"])
        return await Someone(self.talk, self.user["id"], self.user).sees()

    async def sees(self) -> Any:
        """Let the bot handle everything; what it then said or changed here last."""
        before = self._now()
        await self.talk.handle_all()
        return self._since(before)

    @property
    def last(self) -> Seen:
        """The newest message of the bot here."""
        return seen(self.all_messages()[-1])

    @property
    def url(self) -> str:
        """Where the newest message's first link button leads."""
        return next(b["url"] for b in buttons(self.all_messages()[-1]) if "url" in b)

    @property
    def newest(self) -> dict[str, Any]:
        """The newest message of the bot here, as Telegram has it."""
        return self.all_messages()[-1]

    def all_messages(self) -> list[dict[str, Any]]:
        """What the bot said here, also what stands here in the channel's name."""
        messages = self.talk.devchat.chats.find(self.chat).messages.values()
        return [m for m in messages if m.get("from", {}).get("is_bot") and said_in(m)]

    def at(self, chat: int, thread: int | None = None) -> Someone:
        """The same person in another chat, or thread."""
        return Someone(self.talk, chat, self.user, thread=thread)


def you(talk: Talk, chat: int = YOU["id"]) -> Someone:
    """Who owns the first group and channel."""
    return Someone(talk, chat, dict(YOU))


def somebody(talk: Talk, chat: int, name: str = "Ana", lang: str = "en", *, joins: bool = True) -> Someone:
    """Somebody else, who is in the chat and no admin of it."""
    user = talk.devchat.people.meets(name, language_code=lang)
    if joins:
        talk.devchat.people.joins(chat, user["id"])
    return Someone(talk, chat, user)
