"""Messages in a group that only one person sees (Bot API 10.2 and 10.3).

Here: to whom a bot may send one and when, and the methods that change them.
Not here: how people send theirs (talking), what a message holds (writing).

An administrator may send one to any member at any time; another bot only within 15 seconds of the tap, or of the
ephemeral message, that it answers. They have no message_id (it is 0), and are changed by methods of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.devchat.chats import Chat, Object
from bot.devchat.desk import Desk, number
from bot.devchat.members import is_admin, is_in
from bot.devchat.refusals import bad

SECONDS = 15


def receiver(desk: Desk, chat: Chat, call: Mapping[str, Any]) -> Object:
    """The person whom a message is for alone; empty for an ordinary one. Raises Telegram's refusal."""
    given = _given(call)
    person = number(given, "receiver_user_id")
    if not person:
        return {}
    if not chat.is_group:
        raise bad("ephemeral messages can be sent only to groups and supergroups")
    if person not in desk.chats.people or not is_in(chat.stands(person)):
        raise bad("user not found")
    if not is_admin(chat.bot) and not _is_answer(desk, chat, call, given, person):
        raise bad("MESSAGE_NOT_COMMAND")
    return desk.chats.people[person]


def put(desk: Desk, chat: Chat, call: Mapping[str, Any], person: Object, content: Object) -> Object:
    """Send it; in place of the message whose button was tapped, if that is asked."""
    message = desk.chats.put_ephemeral(chat, {"receiver_user": person, **content})
    given = _given(call)
    if given.get("replace_callback_query_message"):
        tap = desk.people.taps.get(str(given.get("callback_query_id"))) or {}
        desk.chats.tell(
            "replaced",
            chat=chat.id,
            person=person["id"],
            message_id=tap.get("message_id"),
            ephemeral_message_id=message["ephemeral_message_id"],
        )
    return message


def found(desk: Desk, call: Mapping[str, Any]) -> tuple[Chat, int, Object]:
    """An ephemeral message that the bot sent: its chat, its key there, and itself. Raises Telegram's refusal."""
    chat = desk.reachable(call.get("chat_id", ""))
    key = -number(call, "ephemeral_message_id")
    message = chat.messages.get(key)
    if key >= 0 or message is None or message["receiver_user"]["id"] != number(call, "receiver_user_id"):
        raise bad("message to edit not found")
    return chat, key, message


async def delete_ephemeral_message(desk: Desk, call: Mapping[str, Any]) -> bool:
    chat, key, _ = found(desk, call)
    del chat.messages[key]
    desk.chats.tell("deleted", chat=chat.id, message_id=key)
    return True


def _given(call: Mapping[str, Any]) -> Mapping[str, Any]:
    """The parameters as 10.3 names them, or those that 10.2 had in the call itself."""
    return call.get("ephemeral_message_parameters") or call


def _is_answer(desk: Desk, chat: Chat, call: Mapping[str, Any], given: Mapping[str, Any], person: int) -> bool:
    """Whether it comes within the seconds after what the person did, and says what that was."""
    now = desk.chats.clock()
    tap = desk.people.taps.get(str(given.get("callback_query_id"))) or {}
    if tap.get("person") == person and tap["chat"] == chat.id and now - tap["at"] <= SECONDS:
        return True
    asked = chat.messages.get(-number(call.get("reply_parameters") or {}, "ephemeral_message_id")) or {}
    return bool(asked.get("from", {}).get("id") == person and now - asked["date"] <= SECONDS)
