"""What the methods work with: one bot's chats, updates and people, and its limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.devchat.chats import Chat, Chats, Object
from bot.devchat.limits import Windows
from bot.devchat.people import People
from bot.devchat.refusals import bad, said
from bot.devchat.updates import Updates


@dataclass(slots=True)
class Desk:
    """What the methods work with."""

    bot: Object
    chats: Chats
    updates: Updates
    people: People
    windows: Windows
    # Where pictures may come from beside public hosts.
    near: frozenset[str] = frozenset()
    commands: dict[str, list[Object]] = field(default_factory=dict)

    def reachable(self, ident: object) -> Chat:
        """The chat, if the bot may do anything there. Raises Telegram's refusal."""
        chat = self.chats.find(ident)
        if chat.moved_to is not None:
            refusal = bad("group chat was upgraded to a supergroup chat")
            refusal.parameters = {"migrate_to_chat_id": chat.moved_to}
            raise refusal
        if chat.blocked:
            raise said("blocked" if chat.kind == "private" else f"kicked from {chat.kind}")
        return chat


def number(call: Mapping[str, Any], name: str) -> int:
    """A whole number of a call, 0 if it is not given. Raises Telegram's refusal."""
    given = str(call.get(name) or 0)
    if not re.fullmatch(r"-?\d{1,18}", given):
        raise bad(f'invalid parameter "{name}": expected a number')
    return int(given)
