"""What the bot says of itself: name, descriptions, commands, the button beside the composer; and who sees which.

Here: setMy…, getMy…, and Telegram's order of scopes and languages.
Not here: what becomes of a command that somebody types (talking).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.devchat.chats import Chat, Object
from bot.devchat.members import is_admin
from bot.devchat.refusals import bad

# A menu has so many commands at most; texts have so many characters.
MOST_COMMANDS, LONGEST_COMMAND = 100, 256
LONGEST = {"name": 64, "description": 512, "short_description": 120}
_REFUSED = {
    "name": "BOT_TITLE_INVALID",
    "description": "BOT_DESCRIPTION_INVALID",
    "short_description": "BOT_ABOUT_INVALID",
}
_SCOPES = (
    *("default", "all_private_chats", "all_group_chats", "all_chat_administrators"),
    *("chat", "chat_administrators", "chat_member"),
)


@dataclass(slots=True)
class Profile:
    """The bot's own texts, by language ("" for everybody else's), its commands by scope, its buttons by chat."""

    texts: dict[str, dict[str, str]] = field(default_factory=lambda: {name: {} for name in LONGEST})
    commands: dict[str, list[Object]] = field(default_factory=dict)
    buttons: dict[str, Object] = field(default_factory=dict)

    def text(self, name: str, language: str) -> str:
        """A text in a language, or for everybody."""
        texts = self.texts[name]
        return texts.get(language) or texts.get("", "")

    def write(self, name: str, call: Mapping[str, Any]) -> None:
        """Set a text, or take it away. Raises Telegram's refusal."""
        text = str(call.get(name) or "")
        if len(text) > LONGEST[name]:
            raise bad(_REFUSED[name])
        self.texts[name].pop(_language(call), None)
        if text:
            self.texts[name][_language(call)] = text

    def command(self, call: Mapping[str, Any]) -> None:
        """Set the commands of a scope and a language; none takes them away. Raises Telegram's refusal."""
        commands = call.get("commands") or []
        if len(commands) > MOST_COMMANDS:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for each in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", each["command"]):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(each["description"]) <= LONGEST_COMMAND:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands.pop(scope(call), None)
        if commands:
            self.commands[scope(call)] = [dict(each) for each in commands]

    def menu(self, chat: Chat, user: Object) -> list[Object]:
        """The commands that somebody sees in a chat: of the narrowest scope that has any, in their language first.

        See https://core.telegram.org/bots/api#determining-list-of-commands.
        """
        for name in _scopes(chat, user):
            for language in (user.get("language_code", ""), ""):
                if f"{name}:{language}" in self.commands:
                    return self.commands[f"{name}:{language}"]
        return []

    def button(self, chat: int = 0) -> Object:
        """The button beside the composer of a private chat; of one that has none of its own, everybody's."""
        return self.buttons.get(str(chat)) or self.buttons.get("") or {"type": "commands"}


def scope(call: Mapping[str, Any]) -> str:
    """Under what the commands of a call are kept. Raises Telegram's refusal."""
    given = call.get("scope") or {}
    kind = given.get("type", "default")
    if kind not in _SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    ids = [str(given[name]) for name in ("chat_id", "user_id") if name in given]
    return f"{'/'.join([kind, *ids])}:{_language(call)}"


def _language(call: Mapping[str, Any]) -> str:
    language = str(call.get("language_code") or "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("invalid language code specified")
    return language


def _scopes(chat: Chat, user: Object) -> Iterator[str]:
    """The scopes that concern somebody in a chat, the narrowest first."""
    if chat.kind == "private":
        yield from (f"chat/{chat.id}", "all_private_chats", "default")
        return
    is_one = is_admin(chat.stands(user["id"]))
    yield f"chat_member/{chat.id}/{user['id']}"
    if is_one:
        yield f"chat_administrators/{chat.id}"
    yield f"chat/{chat.id}"
    if is_one:
        yield "all_chat_administrators"
    yield from ("all_group_chats", "default")
