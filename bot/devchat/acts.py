"""What every act of a person has in common: whose it is, whether they may, and whether the bot is told.

Here: the person who acts, the message that comes of it, privacy mode.
Not here: the acts themselves (talking, gathering, topics, sharing, asking).
"""

from __future__ import annotations

import itertools
from typing import Any

from bot.devchat.chats import ANONYMOUS, YOU, Chat, Chats, Object, alone
from bot.devchat.files import Files
from bot.devchat.forums import GENERAL, in_thread
from bot.devchat.marks import marked
from bot.devchat.members import as_member, is_admin, is_in, may, standing, usual
from bot.devchat.profile import Profile
from bot.devchat.refusals import bad
from bot.devchat.updates import Updates


class Acts:
    """One bot's chats, and what people may do there."""

    def __init__(self, chats: Chats, updates: Updates, bot: Object, profile: Profile, files: Files) -> None:
        self._chats = chats
        self._updates = updates
        self._bot = bot
        self._profile = profile
        self._files = files
        self._numbers = itertools.count(int(chats.clock()))
        # Taps that wait for answerCallbackQuery, and inline queries that wait for an answer or a choice.
        self.taps: dict[str, Object] = {}
        self.asked: dict[str, Object] = {}

    def _who(self, chat: Chat, person: int | None = None) -> Object:
        """Whoever acts: the person named; by default whose chat it is, or you in what you share. Raises Refusal."""
        owners = [each for each, stands in chat.people.items() if stands["status"] == "creator"]
        default = YOU["id"] if is_in(chat.stands(YOU["id"])) or not owners else owners[0]
        ident = person if person is not None else chat.id if chat.kind == "private" else default
        if ident not in self._chats.people:
            raise bad("there is no such person")
        return self._chats.people[ident]

    def _member(self, chat: Chat, person: int | None) -> Object:
        """Whoever acts, if they are in the chat. Raises Refusal."""
        who = self._who(chat, person)
        if not is_in(chat.stands(who["id"])):
            raise bad(f"{who['first_name']} is not in this chat")
        return who

    def _writer(self, chat: Chat, person: int | None, right: str = "can_send_messages") -> Object:
        """Whoever acts, if they may write here; writing to a bot that one blocked lets it in. Raises Refusal."""
        who = self._member(chat, person)
        stands = chat.stands(who["id"])
        if chat.moved_to is not None:
            raise bad("group chat was upgraded to a supergroup chat")
        if chat.kind == "channel" and not (is_admin(stands) and may(stands, "can_post_messages", {})):
            raise bad(f"{who['first_name']} does not write in this channel")
        if chat.is_group and not may(stands, right, chat.permissions):
            raise bad(f"{who['first_name']} may not send this here")
        if chat.kind == "private" and chat.blocked:
            self._becomes(chat, self._bot["id"], standing("member"), who)
        return who

    def _post(
        self,
        chat: Chat,
        who: Object,
        content: Object,
        *,
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> Object:
        """What a person sends stands in the chat, and the bot is told if it may hear it."""
        place = self._place(chat, who, thread, reply_to)
        message = self._chats.put(chat, {**sender(chat, who), **place, **content})
        if chat.keyboards.get(who["id"], {}).get("force_reply"):
            del chat.keyboards[who["id"]]  # it was asked for once
            self._chats.changed(chat)
        if self._hears(chat, message):
            self._tell("channel_post" if chat.kind == "channel" else "message", chat, message)
        return message

    def _place(self, chat: Chat, who: Object, thread: int | None, reply_to: int | None) -> Object:
        """The fields of a message by where it is written: its topic, and what it answers. Raises Refusal."""
        quoted = chat.messages.get(reply_to) if reply_to is not None else None
        thread = thread or (quoted or {}).get("message_thread_id")
        self._open(chat, who, thread)
        return in_thread(chat, thread or 0) | ({"reply_to_message": alone(quoted)} if quoted else {})

    def _open(self, chat: Chat, who: Object, thread: int | None) -> None:
        """Whether the topic is there and takes messages of this person. Raises Refusal."""
        if thread and thread not in chat.threads:
            raise bad("there is no such topic")
        closed = chat.threads.get(thread or GENERAL, {}).get("is_closed")
        if closed and not may(chat.stands(who["id"]), "can_manage_topics", chat.permissions):
            raise bad("this topic is closed")

    def _tell(self, kind: str, chat: Chat, content: Object) -> None:
        """Tell the bot, if it is here."""
        if not chat.blocked:
            self._updates.add(**{kind: content})

    def _hears(self, chat: Chat, message: Object) -> bool:
        """Privacy mode: of a group's talk a bot hears commands, mentions, replies to it and what came by way of it."""
        if not chat.is_group or is_admin(chat.bot) or self._bot["can_read_all_group_messages"]:
            return True
        replied = message.get("reply_to_message", {})
        answers = replied.get("from", {}).get("id") == self._bot["id"] and "forum_topic_created" not in replied
        return answers or "via_bot" in message or self._is_meant(message)

    def _is_meant(self, message: Object) -> bool:
        """Whether a message is a command for any bot or for this one, or mentions it."""
        text, name = str(message.get("text") or message.get("caption") or ""), f"@{self._bot['username']}".lower()
        marks = message.get("entities") or message.get("caption_entities") or []
        units = text.encode("utf-16-le")
        for mark in marks:
            said = units[mark["offset"] * 2 : (mark["offset"] + mark["length"]) * 2].decode("utf-16-le").lower()
            if mark["type"] == "mention" and said == name:
                return True
            if mark["type"] == "bot_command" and (said.endswith(name) or ("@" not in said and mark["offset"] == 0)):
                return True
        return False

    def _becomes(self, chat: Chat, person: int, new: Object, who: Object) -> None:
        """Let somebody, or the bot, stand otherwise, and tell the bot as far as it is told of such things."""
        if person == self._bot["id"]:
            old, chat.bot = chat.bot, new
        else:
            old, chat.people[person] = chat.stands(person), new
        self._chats.changed(chat)
        if person == self._bot["id"]:
            self._stood("my_chat_member", chat, who, self._bot, old, new)
        elif is_admin(chat.bot):
            self._stood("chat_member", chat, who, self._who(chat, person), old, new)

    def _added(self, chat: int, payload: str, person: int | None, rights: Object | None = None) -> None:
        """The bot comes into a group or channel, through a link with a payload if there is one."""
        where = self._chats.find(chat)
        who = self._who(where, person)
        if where.blocked:
            new = standing("administrator", where.kind, **rights) if rights else usual(where.kind)
            self._becomes(where, self._bot["id"], new, who)
            if where.is_group:
                self._service(where, who, new_chat_members=[self._bot])
        if payload:
            self._post(where, who, marked(f"/start@{self._bot['username']} {payload}"))

    def _service(self, chat: Chat, who: Object, **service: object) -> None:
        """A message that tells what happened in a group."""
        if chat.kind != "channel":
            self._tell("message", chat, self._chats.put(chat, {**sender(chat, who), **service}))

    def _stood(self, kind: str, chat: Chat, who: Object, user: Object, old: Object, new: Object) -> None:
        """Tell the bot that somebody (or it itself: my_chat_member) stands otherwise in a chat than before."""
        changed: dict[str, Any] = {
            "chat": chat.about,
            "from": who,
            "date": int(self._chats.clock()),
            "old_chat_member": as_member(user, old, chat.kind),
            "new_chat_member": as_member(user, new, chat.kind),
        }
        self._updates.add(**{kind: changed})


def sender(chat: Chat, who: Object) -> Object:
    """From whom a message comes: a channel, the group itself for administrators who remain anonymous, or a person."""
    if chat.kind == "channel":
        return {"sender_chat": chat.about}
    if chat.stands(who["id"]).get("is_anonymous"):
        title = chat.stands(who["id"]).get("custom_title")
        signed = {"author_signature": title} if title else {}
        return {"from": ANONYMOUS, "sender_chat": chat.about, **signed}
    return {"from": who}
