"""What a bot may do: the methods of the Bot API that this small Telegram knows.

Here: METHODS, name -> what it does; each takes the call's parameters and gives the result or raises a Refusal.
Not here: HTTP (server), messages of the bot (writing), updates (updates).
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from bot.devchat import writing
from bot.devchat.chats import YOU, Chat, Chats, Object
from bot.devchat.limits import LONGEST_DESCRIPTION, MOST_COMMANDS, Windows
from bot.devchat.people import People, member
from bot.devchat.refusals import bad, said
from bot.devchat.updates import Updates

# A query that is older cannot be answered any more.
QUERY_LIVES = 15 * 60


@dataclass(slots=True)
class Desk:
    """What the methods work with."""

    bot: Object
    chats: Chats
    updates: Updates
    people: People
    windows: Windows
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


Method = Callable[[Desk, Mapping[str, Any]], Awaitable[Any]]


async def get_me(desk: Desk, call: Mapping[str, Any]) -> Object:
    return desk.bot


async def get_updates(desk: Desk, call: Mapping[str, Any]) -> list[Object]:
    allowed = call.get("allowed_updates")
    limit = _number(call, "limit") or 100
    return await desk.updates.get(_number(call, "offset"), limit, _number(call, "timeout"), allowed)


async def send_message(desk: Desk, call: Mapping[str, Any]) -> Object:
    chat = desk.reachable(call.get("chat_id", ""))
    if chat.shut or call.get("message_thread_id"):
        raise said(chat.shut or "no thread")
    content = writing.content(call)
    desk.windows.pass_(chat.id, is_group=chat.kind in {"group", "supergroup"}, now=desk.chats.clock())
    content |= _quoted(chat, call.get("reply_parameters") or {})
    sender = {"sender_chat": chat.about} if chat.kind == "channel" else {"from": desk.bot}
    return desk.chats.put(chat, **sender, **content)


def _quoted(chat: Chat, reply: Mapping[str, Any]) -> Object:
    """The message that is answered, if one is."""
    quoted = chat.messages.get(_number(reply, "message_id"))
    if quoted:
        return {"reply_to_message": {k: v for k, v in quoted.items() if k != "reply_to_message"}}
    if reply and not reply.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return {}


async def edit_message_text(desk: Desk, call: Mapping[str, Any]) -> Object:
    return _edited(desk, call, writing.content(call))


async def edit_message_reply_markup(desk: Desk, call: Mapping[str, Any]) -> Object:
    old = _own(desk, call)
    kept = {name: old[name] for name in writing.CONTENT - {"reply_markup"} if name in old}
    return _edited(desk, call, kept | writing.keyboard(call))


async def delete_message(desk: Desk, call: Mapping[str, Any]) -> bool:
    chat = desk.reachable(call.get("chat_id", ""))
    message = chat.messages.pop(_number(call, "message_id"), None)
    if message is None:
        raise bad("message to delete not found")
    desk.chats.tell("deleted", chat=chat.id, message_id=message["message_id"])
    return True


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
    chat, user = desk.reachable(call.get("chat_id", "")), _number(call, "user_id")
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


def _number(call: Mapping[str, Any], name: str) -> int:
    """A whole number of a call, 0 if it is not given. Raises Telegram's refusal."""
    given = str(call.get(name) or 0)
    if not re.fullmatch(r"-?\d{1,18}", given):
        raise bad(f'invalid parameter "{name}": expected a number')
    return int(given)


def _scope(call: Mapping[str, Any]) -> str:
    return f"{(call.get('scope') or {}).get('type', 'default')}:{call.get('language_code') or ''}"


def _own(desk: Desk, call: Mapping[str, Any]) -> Object:
    chat = desk.reachable(call.get("chat_id", ""))
    message = chat.messages.get(_number(call, "message_id"))
    if message is None:
        raise bad("message to edit not found")
    if message.get("from", desk.bot)["id"] != desk.bot["id"]:
        raise bad("message can't be edited")
    return message


def _edited(desk: Desk, call: Mapping[str, Any], content: Object) -> Object:
    old = _own(desk, call)
    if {name: old[name] for name in writing.CONTENT if name in old} == content:
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    for name in writing.CONTENT:
        old.pop(name, None)
    old.update(content, edit_date=int(desk.chats.clock()))
    desk.chats.tell("edited", chat=old["chat"]["id"], message=old)
    return old


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        method.__name__.replace("_", ""): method
        for method in (
            get_me,
            get_updates,
            send_message,
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
