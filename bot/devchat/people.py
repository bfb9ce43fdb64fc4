"""What people do: type, tap, block, invite. Owns the levers that the page and tests pull.

Here: an act of a person -> what stands in the chat, and the update that the bot gets.
Not here: what the bot does (methods).
"""

from __future__ import annotations

import itertools
import re
from typing import Any

from bot.devchat.chats import YOU, Chat, Chats, Object, picture
from bot.devchat.markup import width
from bot.devchat.refusals import bad
from bot.devchat.updates import Updates

KINDS = ("private", "group", "supergroup", "channel")
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?")
_LINK = re.compile(r"https?://[^\s<>\"]+")
# What an administrator may do, and what somebody who is restricted may not.
_ADMINS = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
    *("can_post_stories", "can_edit_stories", "can_delete_stories", "can_post_messages"),
)
_RESTRICTED = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos"),
    *("can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages"),
    *("can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages"),
    *("can_manage_topics", "can_edit_tag", "can_react_to_messages"),
)


class People:
    """Everybody but the bot: one person, "You", who is in every chat."""

    def __init__(self, chats: Chats, updates: Updates, bot: Object) -> None:
        self._chats = chats
        self._updates = updates
        self._bot = bot
        self._queries = itertools.count(int(chats.clock()))
        self.taps: dict[str, Object] = {}

    def says(self, chat: int, text: str, *, reply_to: int | None = None) -> Object:
        """Type a message into a chat."""
        if not text.strip() or width(text) > 4096:
            raise bad("message text is empty" if not text.strip() else "message is too long")
        where = self._chats.find(chat)
        if where.kind == "private" and where.blocked:
            self.blocks(chat, blocked=False)
        entities = [_found("bot_command", text, found) for found in _COMMAND.finditer(text)]
        entities += [_found("url", text, found) for found in _LINK.finditer(text)]
        content: Object = {"text": text}
        if entities:
            content["entities"] = sorted(entities, key=lambda entity: entity["offset"])
        if reply_to is not None:
            quoted = where.messages.get(reply_to)
            if quoted:
                content["reply_to_message"] = {k: v for k, v in quoted.items() if k != "reply_to_message"}
        return self._post(where, content)

    def taps_button(self, chat: int, message_id: int, data: str) -> str:
        """Press the button with this callback data (or label) under a message; gives the query's id."""
        where = self._chats.find(chat)
        message = where.messages.get(message_id) or {}
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [button for row in rows for button in row if data in {button.get("callback_data"), button["text"]}]
        if not buttons or "callback_data" not in buttons[0]:
            raise bad("there is no such button")
        query = str(next(self._queries))
        self.taps[query] = {"chat": where.id, "message_id": message_id, "at": self._chats.clock()}
        self._updates.add(
            callback_query={
                "id": query,
                "from": _person(where),
                "message": message,
                "chat_instance": str(where.id),
                "data": buttons[0]["callback_data"],
            }
        )
        return query

    def blocks(self, chat: int, *, blocked: bool) -> None:
        """Block the bot in a private chat, remove it from another; or let it in again."""
        where = self._chats.find(chat)
        if where.blocked == blocked:
            return
        where.blocked = blocked
        old, out = where.bot_status, "kicked" if where.kind in {"private", "channel"} else "left"
        where.bot_status = out if blocked else "administrator" if where.kind == "channel" else "member"
        self._chats.tell("chat", chat=picture(where))
        self._membership(where, old)

    def deactivates(self, chat: int) -> None:
        """Somebody's account is no more; the bot is not told."""
        self._chats.find(chat).shut = "deactivated"

    def restricts(self, chat: int, *, restricted: bool) -> None:
        """Let the bot write no more into a group or channel, or let it again."""
        where = self._chats.find(chat)
        old, usual = where.bot_status, "administrator" if where.kind == "channel" else "member"
        out, why = ("member", "not an admin") if where.kind == "channel" else ("restricted", "no text rights")
        where.bot_status, where.shut = (out, why) if restricted else (usual, "")
        self._membership(where, old)

    def closes_general(self, chat: int, *, closed: bool) -> None:
        """Close the General topic of a forum, or open it again; the bot is not told."""
        self._chats.find(chat).shut = "thread closed" if closed else ""

    def opens(self, kind: str, title: str) -> Chat:
        """Make a new chat with the bot in it."""
        if kind not in KINDS:
            raise bad("there is no such kind of chat")
        ids = [chat.id for chat in self._chats.by_id.values()]
        if kind == "private":
            chat = self._chats.open({"id": max(ids) + 1, "type": kind, "first_name": title})
        else:
            ident = min(ids) - 1 if kind != "group" else min(i for i in ids if i > -1_000_000_000_000) - 1
            chat = self._chats.open({"id": min(ident, -2002), "type": kind, "title": title})
            chat.bot_status = "administrator" if kind == "channel" else "member"
            self._membership(chat, "left")
        return chat

    def upgrades(self, group: int) -> Chat:
        """A group becomes a supergroup under a new id; both tell of the other."""
        old = self._chats.find(group)
        new = self.opens("supergroup", str(old.about["title"]))
        old.moved_to = new.id
        self._post(old, {"migrate_to_chat_id": new.id})
        self._post(new, {"migrate_from_chat_id": old.id})
        return new

    def clears(self, chat: int) -> None:
        """Delete everything that stands in a chat."""
        where = self._chats.find(chat)
        where.messages.clear()
        self._chats.tell("chat", chat=picture(where))

    def _post(self, chat: Chat, content: Object) -> Object:
        if chat.kind == "channel":
            message = self._chats.put(chat, sender_chat=chat.about, **content)
            self._updates.add(channel_post=message)
        else:
            message = self._chats.put(chat, **{"from": _person(chat)}, **content)
            self._updates.add(message=message)
        return message

    def _membership(self, chat: Chat, old: str) -> None:
        self._updates.add(
            my_chat_member={
                "chat": chat.about,
                "from": _person(chat),
                "date": int(self._chats.clock()),
                "old_chat_member": member(self._bot, old),
                "new_chat_member": member(self._bot, chat.bot_status),
            }
        )


def _person(chat: Chat) -> Object:
    """Who acts in a chat: you, or whose private chat it is."""
    if chat.kind != "private" or chat.id == YOU["id"]:
        return YOU
    return {"id": chat.id, "is_bot": False, "first_name": chat.about["first_name"], "language_code": "en"}


def member(user: Object, status: str) -> Object:
    """A ChatMember of the Bot API, with every field that its status needs."""
    rights: dict[str, Any] = {}
    if status == "administrator":
        rights = dict.fromkeys(_ADMINS, True) | {"is_anonymous": False}
    if status == "creator":
        rights = {"is_anonymous": False}
    if status == "restricted":
        rights = dict.fromkeys(_RESTRICTED, False) | {"is_member": True, "until_date": 0}
    if status == "kicked":
        rights = {"until_date": 0}
    return {"user": user, "status": status, **rights}


def _found(kind: str, text: str, found: re.Match[str]) -> Object:
    return {"type": kind, "offset": width(text[: found.start()]), "length": width(found[0])}
