"""What a bot may do: the methods of the Bot API that this small Telegram knows.

Here: METHODS, name -> what it does; each takes the call's parameters and gives the result or raises a Refusal.
Not here: HTTP (server), messages of the bot (posting, writing, rich), updates (updates).
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

from bot.devchat import writing
from bot.devchat.chats import YOU, Object
from bot.devchat.desk import Desk, number
from bot.devchat.limits import LONGEST_DESCRIPTION, MOST_COMMANDS
from bot.devchat.people import member
from bot.devchat.posting import (
    delete_message,
    edit_message_reply_markup,
    edit_message_text,
    send_message,
    send_rich_message,
)
from bot.devchat.refusals import bad

# A query that is older cannot be answered any more.
QUERY_LIVES = 15 * 60


Method = Callable[[Desk, Mapping[str, Any]], Awaitable[Any]]


async def get_me(desk: Desk, call: Mapping[str, Any]) -> Object:
    return desk.bot


async def get_updates(desk: Desk, call: Mapping[str, Any]) -> list[Object]:
    allowed = call.get("allowed_updates")
    limit = number(call, "limit") or 100
    return await desk.updates.get(number(call, "offset"), limit, number(call, "timeout"), allowed)


async def send_chat_action(desk: Desk, call: Mapping[str, Any]) -> bool:
    desk.chats.tell("typing", chat=desk.reachable(call.get("chat_id", "")).id)
    return True


async def answer_callback_query(desk: Desk, call: Mapping[str, Any]) -> bool:
    tap = desk.people.taps.pop(str(call.get("callback_query_id")), None)
    if tap is None or desk.chats.clock() - tap["at"] > QUERY_LIVES:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    desk.chats.tell(
        "toast",
        chat=tap["chat"],
        message_id=tap["message_id"],
        text=str(call.get("text") or "")[:200],
        alert=bool(call.get("show_alert")),
    )
    return True


async def set_my_commands(desk: Desk, call: Mapping[str, Any]) -> bool:
    commands = call.get("commands") or []
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= LONGEST_DESCRIPTION:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    desk.commands[_scope(call)] = commands
    desk.chats.tell("bot", bot=profile(desk))
    return True


async def get_my_commands(desk: Desk, call: Mapping[str, Any]) -> list[Object]:
    return desk.commands.get(_scope(call), [])


async def get_chat(desk: Desk, call: Mapping[str, Any]) -> Object:
    chat = desk.reachable(call.get("chat_id", ""))
    return {**chat.about, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": writing.NO_GIFTS}


async def get_chat_member(desk: Desk, call: Mapping[str, Any]) -> Object:
    chat, user = desk.reachable(call.get("chat_id", "")), number(call, "user_id")
    if user == desk.bot["id"]:
        return member(desk.bot, chat.bot_status)
    if user != YOU["id"]:
        raise bad("user not found")
    return member(YOU, "creator")


async def get_chat_administrators(desk: Desk, call: Mapping[str, Any]) -> list[Object]:
    desk.reachable(call.get("chat_id", ""))
    return [member(YOU, "creator")]


async def get_chat_member_count(desk: Desk, call: Mapping[str, Any]) -> int:
    desk.reachable(call.get("chat_id", ""))
    return 2


async def leave_chat(desk: Desk, call: Mapping[str, Any]) -> bool:
    desk.people.blocks(desk.reachable(call.get("chat_id", "")).id, blocked=True)
    return True


async def delete_webhook(desk: Desk, call: Mapping[str, Any]) -> bool:
    if call.get("drop_pending_updates"):
        desk.updates.forget()
    return True


async def set_webhook(desk: Desk, call: Mapping[str, Any]) -> bool:
    if call.get("url"):
        raise bad("bad webhook: this server knows getUpdates only")
    return True


async def get_webhook_info(desk: Desk, call: Mapping[str, Any]) -> Object:
    return {"url": "", "has_custom_certificate": False, "pending_update_count": len(desk.updates.queue)}


def profile(desk: Desk) -> Object:
    """The bot as the page shows it."""
    return {**desk.bot, "commands": desk.commands.get("default:", [])}


def _scope(call: Mapping[str, Any]) -> str:
    return f"{(call.get('scope') or {}).get('type', 'default')}:{call.get('language_code') or ''}"


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        method.__name__.replace("_", ""): method
        for method in (
            get_me,
            get_updates,
            send_message,
            send_rich_message,
            edit_message_text,
            edit_message_reply_markup,
            delete_message,
            send_chat_action,
            answer_callback_query,
            set_my_commands,
            get_my_commands,
            get_chat,
            get_chat_member,
            get_chat_administrators,
            get_chat_member_count,
            leave_chat,
            delete_webhook,
            set_webhook,
            get_webhook_info,
        )
    }
)
