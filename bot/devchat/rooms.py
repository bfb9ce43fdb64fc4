"""What a bot asks and changes of chats: what they are, who is in them, what is pinned, their topics.

Here: those methods, and their refusals.
Not here: messages (posting), what people change (gathering, topics).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.devchat import forums
from bot.devchat.chats import ANONYMOUS, Chat, Object, alone
from bot.devchat.desk import Desk, number
from bot.devchat.members import as_member, is_admin, is_in, may
from bot.devchat.refusals import bad

NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


async def get_chat(desk: Desk, call: Mapping[str, Any]) -> Object:
    chat = desk.reachable(call.get("chat_id", ""))
    about = {**chat.about, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": NO_GIFTS}
    if chat.is_group:
        about["permissions"] = dict(chat.permissions)
    if chat.pinned and chat.pinned[-1] in chat.messages:
        about["pinned_message"] = chat.messages[chat.pinned[-1]]
    return about


async def get_chat_member(desk: Desk, call: Mapping[str, Any]) -> Object:
    chat, person = desk.reachable(call.get("chat_id", "")), number(call, "user_id")
    if person == desk.bot["id"]:
        return as_member(desk.bot, chat.bot, chat.kind)
    known = {**desk.chats.people, ANONYMOUS["id"]: ANONYMOUS}
    if person not in known or (chat.kind in {"private", "group"} and person not in chat.people):
        raise bad("user not found")
    return as_member(known[person], chat.stands(person), chat.kind)


async def get_chat_administrators(desk: Desk, call: Mapping[str, Any]) -> list[Object]:
    chat = desk.reachable(call.get("chat_id", ""))
    if chat.kind == "private":
        raise bad("there are no administrators in the private chat")
    return [member for member in _members(desk, chat) if is_admin(member)]


async def get_chat_member_count(desk: Desk, call: Mapping[str, Any]) -> int:
    return len(_members(desk, desk.reachable(call.get("chat_id", ""))))


def _members(desk: Desk, chat: Chat) -> list[Object]:
    known, stood = desk.chats.people, chat.people.items()
    people = [as_member(known[person], stands, chat.kind) for person, stands in stood if is_in(stands)]
    return [*people, *([] if chat.blocked else [as_member(desk.bot, chat.bot, chat.kind)])]


async def leave_chat(desk: Desk, call: Mapping[str, Any]) -> bool:
    chat = desk.reachable(call.get("chat_id", ""))
    if chat.kind == "private":
        raise bad("chat member status can't be changed in private chats")
    desk.people.bot_leaves(chat.id)
    return True


async def pin_chat_message(desk: Desk, call: Mapping[str, Any]) -> bool:
    chat, ident = _pinnable(desk, call, "pin"), number(call, "message_id")
    if ident not in chat.messages or ident <= 0:
        raise bad("message to pin not found")
    chat.pinned = [*(each for each in chat.pinned if each != ident), ident]
    pinned = alone(chat.messages[ident])
    thread = forums.in_thread(chat, int(pinned.get("message_thread_id") or 0))
    told = desk.chats.put(
        chat,
        {**desk.sender(chat), **thread, "pinned_message": pinned},
        is_silent=bool(call.get("disable_notification")),
    )
    desk.updates.add(**{"channel_post" if chat.kind == "channel" else "message": told})
    desk.chats.changed(chat)
    return True


async def unpin_chat_message(desk: Desk, call: Mapping[str, Any]) -> bool:
    chat = _pinnable(desk, call, "unpin")
    ident = number(call, "message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if ident not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(ident)
    desk.chats.changed(chat)
    return True


async def unpin_all_chat_messages(desk: Desk, call: Mapping[str, Any]) -> bool:
    chat = _pinnable(desk, call, "unpin")
    chat.pinned.clear()
    desk.chats.changed(chat)
    return True


def _pinnable(desk: Desk, call: Mapping[str, Any], what: str) -> Chat:
    chat = desk.reachable(call.get("chat_id", ""))
    right = "can_edit_messages" if chat.kind == "channel" else "can_pin_messages"
    if chat.kind != "private" and not may(chat.bot, right, chat.permissions):
        raise bad("not enough rights to manage pinned messages in the chat")
    return chat


async def create_forum_topic(desk: Desk, call: Mapping[str, Any]) -> Object:
    chat = _forum(desk, call, "create a topic")
    color = number(call, "icon_color") or forums.COLORS[0]
    if color not in forums.COLORS:
        raise bad("invalid icon color specified")
    made = forums.create(desk.chats, chat, {"from": desk.bot}, str(call.get("name") or ""), color)
    desk.updates.add(message=made)
    topic = chat.threads[made["message_thread_id"]]
    return {name: value for name, value in topic.items() if name != "is_closed"}


async def edit_forum_topic(desk: Desk, call: Mapping[str, Any]) -> bool:
    chat, thread = _forum(desk, call, "edit the topic"), number(call, "message_thread_id")
    told = forums.edit(desk.chats, chat, {"from": desk.bot}, thread, str(call.get("name") or ""))
    desk.updates.add(message=told)
    return True


async def close_forum_topic(desk: Desk, call: Mapping[str, Any]) -> bool:
    return _closed(desk, call, number(call, "message_thread_id"), closed=True)


async def reopen_forum_topic(desk: Desk, call: Mapping[str, Any]) -> bool:
    return _closed(desk, call, number(call, "message_thread_id"), closed=False)


async def close_general_forum_topic(desk: Desk, call: Mapping[str, Any]) -> bool:
    return _closed(desk, call, forums.GENERAL, closed=True)


async def reopen_general_forum_topic(desk: Desk, call: Mapping[str, Any]) -> bool:
    return _closed(desk, call, forums.GENERAL, closed=False)


def _closed(desk: Desk, call: Mapping[str, Any], thread: int, *, closed: bool) -> bool:
    chat = _forum(desk, call, "close or open the topic")
    desk.updates.add(message=forums.close(desk.chats, chat, {"from": desk.bot}, thread, closed=closed))
    return True


async def delete_forum_topic(desk: Desk, call: Mapping[str, Any]) -> bool:
    chat = _forum(desk, call, "delete the topic", "can_delete_messages")
    forums.delete(desk.chats, chat, number(call, "message_thread_id"))
    return True


def _forum(desk: Desk, call: Mapping[str, Any], what: str, right: str = "can_manage_topics") -> Chat:
    chat = desk.reachable(call.get("chat_id", ""))
    if not chat.about.get("is_forum"):
        raise bad("the chat is not a forum")
    if not may(chat.bot, right, chat.permissions):
        raise bad(f"not enough rights to {what}")
    return chat
