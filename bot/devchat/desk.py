"""What the methods work with: one bot's chats, updates and people, and its limits; and where it may write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bot.devchat.chats import Chat, Chats, Object
from bot.devchat.files import Files
from bot.devchat.hooks import Webhook
from bot.devchat.limits import Windows
from bot.devchat.members import may
from bot.devchat.people import People
from bot.devchat.profile import Profile
from bot.devchat.refusals import bad, said
from bot.devchat.updates import Updates

# What a right to send lets into a group, in Telegram's words.
_SENDS: Mapping[str, str] = MappingProxyType(
    {
        "can_send_messages": "text messages",
        "can_send_photos": "photos",
        "can_send_documents": "documents",
    }
)


@dataclass(slots=True)
class Desk:
    """What the methods work with."""

    bot: Object
    chats: Chats
    updates: Updates
    people: People
    windows: Windows
    profile: Profile
    files: Files
    # Where pictures may come from beside public hosts.
    near: frozenset[str] = frozenset()
    # Where updates are brought; without it the bot asks for them.
    webhook: Webhook | None = None

    def reachable(self, ident: object) -> Chat:
        """The chat, if the bot may do anything there. Raises Telegram's refusal."""
        chat = self.chats.find(ident)
        if chat.moved_to is not None:
            refusal = bad("group chat was upgraded to a supergroup chat")
            refusal.parameters = {"migrate_to_chat_id": chat.moved_to}
            raise refusal
        if chat.blocked:
            out = "kicked from" if chat.bot["status"] == "kicked" else "not in"
            raise said("blocked" if chat.kind == "private" else f"{out} {chat.kind}")
        return chat

    def sender(self, chat: Chat) -> Object:
        """From whom a message of the bot comes: in a channel, the channel."""
        return {"sender_chat": chat.about} if chat.kind == "channel" else {"from": self.bot}

    def writable(self, ident: object, right: str = "can_send_messages") -> Chat:
        """The chat, if the bot may send such a thing there. Raises Telegram's refusal."""
        chat = self.reachable(ident)
        if chat.shut:
            raise said(chat.shut)
        if chat.kind == "channel" and not may(chat.bot, "can_post_messages", {}):
            raise said("not an admin")
        if chat.is_group and not may(chat.bot, right, chat.permissions):
            raise bad(f"not enough rights to send {_SENDS[right]} to the chat")
        return chat


def number(call: Mapping[str, Any], name: str) -> int:
    """A whole number of a call, 0 if it is not given. Raises Telegram's refusal."""
    given = str(call.get(name) or 0)
    if not re.fullmatch(r"-?\d{1,18}", given):
        raise bad(f'invalid parameter "{name}": expected a number')
    return int(given)
