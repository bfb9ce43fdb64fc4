"""What a bot puts into chats: messages sent, changed and taken away.

Here: the way that every message takes, whatever it holds, and the methods for texts.
Not here: what a message may hold (writing, rich, media), the other methods (methods).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from bot.devchat import ephemeral, forums, keyboards, writing
from bot.devchat.chats import Chat, Object, alone
from bot.devchat.desk import Desk, number
from bot.devchat.refusals import bad

# Seconds after which a message can be deleted only by an administrator of a supergroup or channel.
DELETABLE = 48 * 3600

Written = Callable[[Mapping[str, Any]], Object]


async def send_message(desk: Desk, call: Mapping[str, Any]) -> Object:
    return put(desk, call, writing.content)


async def send_rich_message(desk: Desk, call: Mapping[str, Any]) -> Object:
    return put(desk, call, partial(writing.rich, near=desk.near))


def put(desk: Desk, call: Mapping[str, Any], written: Written, right: str = "can_send_messages") -> Object:
    """Send a message that holds what `written` makes of the call. Raises Telegram's refusal."""
    chat = desk.writable(call.get("chat_id", ""), right)
    quoted = _quoted(chat, call.get("reply_parameters") or {})
    thread = number(call, "message_thread_id") or quoted.get("message_thread_id", 0)
    thread = forums.taken(chat, thread)
    receiver = ephemeral.receiver(desk, chat, call)
    content = written(call) | keyboards.inline(call, chat.kind)
    shown = keyboards.reply(call, chat)
    desk.windows.pass_(chat.id, is_group=chat.is_group, now=desk.chats.clock())
    content |= forums.in_thread(chat, thread) | ({"reply_to_message": quoted} if quoted else {})
    if call.get("protect_content"):
        content["has_protected_content"] = True
    content = desk.sender(chat) | content
    if receiver:
        return ephemeral.put(desk, chat, call, receiver, content)
    message = desk.chats.put(chat, content, is_silent=bool(call.get("disable_notification")))
    if shown:
        keyboards.lay(chat, shown, message, desk.chats.people)
        desk.chats.changed(chat)
    return message


def _quoted(chat: Chat, reply: Mapping[str, Any]) -> Object:
    """The message that is answered, if one is."""
    key = number(reply, "message_id") or -number(reply, "ephemeral_message_id")
    quoted = chat.messages.get(key)
    if quoted:
        return alone(quoted)
    if reply and not reply.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return {}


async def edit_message_text(desk: Desk, call: Mapping[str, Any]) -> Object | bool:
    return edited(desk, call, _text(desk, call) | keyboards.only_inline(call))


async def edit_message_reply_markup(desk: Desk, call: Mapping[str, Any]) -> Object | bool:
    _, old = own(desk, call)
    return edited(desk, call, _rekeyed(old, call))


async def delete_message(desk: Desk, call: Mapping[str, Any]) -> bool:
    chat = desk.reachable(call.get("chat_id", ""))
    return _deleted(desk, chat, number(call, "message_id"))


async def delete_messages(desk: Desk, call: Mapping[str, Any]) -> bool:
    chat = desk.reachable(call.get("chat_id", ""))
    for ident in call.get("message_ids") or []:
        if int(ident) in chat.messages:
            _deleted(desk, chat, int(ident))
    return True


def _deleted(desk: Desk, chat: Chat, ident: int) -> bool:
    message = chat.messages.get(ident) if ident > 0 else None
    if message is None:
        raise bad("message to delete not found")
    is_own = message.get("from", desk.bot)["id"] == desk.bot["id"]
    is_free = bool(chat.bot.get("can_delete_messages")) and chat.kind != "group"
    if chat.is_group and not is_own and not chat.bot.get("can_delete_messages"):
        raise bad("message can't be deleted")
    if not is_free and desk.chats.clock() - message["date"] > DELETABLE:
        raise bad("message can't be deleted for everyone")
    del chat.messages[ident]
    desk.chats.tell("deleted", chat=chat.id, message_id=ident)
    return True


def own(desk: Desk, call: Mapping[str, Any]) -> tuple[Chat, Object]:
    """A message that the bot may edit: one of its own, or one that came by way of it. Raises Telegram's refusal."""
    inline = str(call.get("inline_message_id") or "")
    for chat in desk.chats.by_id.values() if inline else ():
        for ident, name in chat.inline.items():
            if name == inline and ident in chat.messages:
                return chat, chat.messages[ident]
    if inline:
        raise bad("MESSAGE_ID_INVALID")
    chat = desk.reachable(call.get("chat_id", ""))
    message = chat.messages.get(number(call, "message_id"))
    if message is None:
        raise bad("message to edit not found")
    if message.get("from", desk.bot)["id"] != desk.bot["id"]:
        raise bad("message can't be edited")
    return chat, message


def edited(desk: Desk, call: Mapping[str, Any], content: Object) -> Object | bool:
    """Let a message hold that instead; gives it, or true for one that came by way of the bot."""
    chat, old = own(desk, call)
    change(desk, chat, old, content)
    return True if call.get("inline_message_id") else old


def change(desk: Desk, chat: Chat, old: Object, content: Object) -> None:
    """Let a message hold that instead. Raises Telegram's refusal where nothing would change."""
    if {name: old[name] for name in writing.CONTENT if name in old} == content:
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    for name in writing.CONTENT:
        old.pop(name, None)
    old.update(content, edit_date=int(desk.chats.clock()))
    desk.chats.tell("edited", chat=chat.id, message=old)


async def edit_ephemeral_message_text(desk: Desk, call: Mapping[str, Any]) -> bool:
    written = _text(desk, call)
    chat, _, message = ephemeral.found(desk, call)
    change(desk, chat, message, written | keyboards.only_inline(call))
    return True


async def edit_ephemeral_message_reply_markup(desk: Desk, call: Mapping[str, Any]) -> bool:
    chat, _, message = ephemeral.found(desk, call)
    change(desk, chat, message, _rekeyed(message, call))
    return True


def _text(desk: Desk, call: Mapping[str, Any]) -> Object:
    return writing.rich(call, desk.near) if call.get("rich_message") else writing.content(call)


def _rekeyed(old: Object, call: Mapping[str, Any]) -> Object:
    """What a message holds, with the buttons of the call below it."""
    kept = {name: old[name] for name in writing.CONTENT - {"reply_markup"} if name in old}
    return kept | keyboards.only_inline(call)
