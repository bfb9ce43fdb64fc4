"""What a bot puts into chats: messages sent, changed and taken away.

Here: the methods that do so, and their refusals.
Not here: what a message may hold (writing, rich), the other methods (methods).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from bot.devchat import writing
from bot.devchat.chats import Chat, Object
from bot.devchat.desk import Desk, number
from bot.devchat.refusals import bad, said


async def send_message(desk: Desk, call: Mapping[str, Any]) -> Object:
    return _put(desk, call, writing.content)


async def send_rich_message(desk: Desk, call: Mapping[str, Any]) -> Object:
    return _put(desk, call, partial(writing.rich, near=desk.near))


def _put(desk: Desk, call: Mapping[str, Any], written: Callable[[Mapping[str, Any]], Object]) -> Object:
    chat = desk.reachable(call.get("chat_id", ""))
    if chat.shut or call.get("message_thread_id"):
        raise said(chat.shut or "no thread")
    content = written(call)
    desk.windows.pass_(chat.id, is_group=chat.kind in {"group", "supergroup"}, now=desk.chats.clock())
    content |= _quoted(chat, call.get("reply_parameters") or {})
    sender = {"sender_chat": chat.about} if chat.kind == "channel" else {"from": desk.bot}
    return desk.chats.put(chat, **sender, **content)


def _quoted(chat: Chat, reply: Mapping[str, Any]) -> Object:
    """The message that is answered, if one is."""
    quoted = chat.messages.get(number(reply, "message_id"))
    if quoted:
        return {"reply_to_message": {k: v for k, v in quoted.items() if k != "reply_to_message"}}
    if reply and not reply.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return {}


async def edit_message_text(desk: Desk, call: Mapping[str, Any]) -> Object:
    return _edited(desk, call, writing.rich(call, desk.near) if call.get("rich_message") else writing.content(call))


async def edit_message_reply_markup(desk: Desk, call: Mapping[str, Any]) -> Object:
    old = _own(desk, call)
    kept = {name: old[name] for name in writing.CONTENT - {"reply_markup"} if name in old}
    return _edited(desk, call, kept | writing.keyboard(call))


async def delete_message(desk: Desk, call: Mapping[str, Any]) -> bool:
    chat = desk.reachable(call.get("chat_id", ""))
    message = chat.messages.pop(number(call, "message_id"), None)
    if message is None:
        raise bad("message to delete not found")
    desk.chats.tell("deleted", chat=chat.id, message_id=message["message_id"])
    return True


def _own(desk: Desk, call: Mapping[str, Any]) -> Object:
    chat = desk.reachable(call.get("chat_id", ""))
    message = chat.messages.get(number(call, "message_id"))
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
