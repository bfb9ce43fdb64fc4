"""What a bot says of itself, and asks of it: the methods over its profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.devchat.chats import Object
from bot.devchat.desk import Desk
from bot.devchat.profile import scope
from bot.devchat.refusals import bad


async def set_my_commands(desk: Desk, call: Mapping[str, Any]) -> bool:
    desk.profile.command(call)
    return _told(desk)


async def delete_my_commands(desk: Desk, call: Mapping[str, Any]) -> bool:
    desk.profile.command({**call, "commands": []})
    return _told(desk)


async def get_my_commands(desk: Desk, call: Mapping[str, Any]) -> list[Object]:
    return desk.profile.commands.get(scope(call), [])


async def set_my_name(desk: Desk, call: Mapping[str, Any]) -> bool:
    desk.profile.write("name", call)
    return _told(desk)


async def get_my_name(desk: Desk, call: Mapping[str, Any]) -> Object:
    return {"name": desk.profile.text("name", str(call.get("language_code") or "")) or desk.bot["first_name"]}


async def set_my_description(desk: Desk, call: Mapping[str, Any]) -> bool:
    desk.profile.write("description", call)
    return _told(desk)


async def get_my_description(desk: Desk, call: Mapping[str, Any]) -> Object:
    return {"description": desk.profile.text("description", str(call.get("language_code") or ""))}


async def set_my_short_description(desk: Desk, call: Mapping[str, Any]) -> bool:
    desk.profile.write("short_description", call)
    return _told(desk)


async def get_my_short_description(desk: Desk, call: Mapping[str, Any]) -> Object:
    return {"short_description": desk.profile.text("short_description", str(call.get("language_code") or ""))}


async def set_chat_menu_button(desk: Desk, call: Mapping[str, Any]) -> bool:
    button = call.get("menu_button") or {"type": "default"}
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise bad("can't parse menu button: Unsupported menu button type specified")
    chat = str(_private(desk, call) or "")
    desk.profile.buttons.pop(chat, None)
    if button["type"] != "default":
        desk.profile.buttons[chat] = button
    return _told(desk)


async def get_chat_menu_button(desk: Desk, call: Mapping[str, Any]) -> Object:
    return desk.profile.button(_private(desk, call))


def _private(desk: Desk, call: Mapping[str, Any]) -> int:
    """The private chat that a call is about, 0 for all of them."""
    if not call.get("chat_id"):
        return 0
    chat = desk.reachable(call["chat_id"])
    if chat.kind != "private":
        raise bad("chat_id must be an identifier of a private chat")
    return chat.id


def _told(desk: Desk) -> bool:
    desk.chats.tell("bot")
    return True
