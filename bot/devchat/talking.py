"""What people say: typing, tapping, forwarding, editing, pulling away.

Here: those acts -> what stands in the chat, and the update that the bot gets.
Not here: files and places (sharing), inline queries (asking), who is in a chat (gathering).
"""

from __future__ import annotations

import re

from bot.devchat.acts import Acts, sender
from bot.devchat.chats import Chat, Object
from bot.devchat.marks import marked
from bot.devchat.markup import width
from bot.devchat.refusals import bad

MOST_UNITS = 4096
TAPS_KEPT = 1000
# What a forwarded message keeps of the one that it repeats.
CARRIED = (
    *("text", "entities", "caption", "caption_entities", "photo", "document", "location", "rich_message"),
    *("link_preview_options", "via_bot", "show_caption_above_media", "has_media_spoiler"),
)


class Talking(Acts):
    """Talk."""

    def says(
        self, chat: int, text: str, *, reply_to: int | None = None, person: int | None = None, thread: int | None = None
    ) -> Object:
        """Type a message into a chat.

        In a group only the bot sees a command that the menu calls ephemeral, or an answer to its ephemeral message.
        """
        if not text.strip() or width(text) > MOST_UNITS:
            raise bad("message text is empty" if not text.strip() else "message is too long")
        where = self._chats.find(chat)
        who = self._writer(where, person)
        answers_one = reply_to is not None and reply_to < 0
        if where.is_group and (answers_one or self._is_ephemeral(where, who, text)):
            place = self._place(where, who, thread, reply_to)
            said = {**sender(where, who), **place, "receiver_user": self._bot, **marked(text)}
            seen = self._chats.put_ephemeral(where, said)
            self._tell("message", where, seen)
            return seen
        return self._post(where, who, marked(text), reply_to=reply_to, thread=thread)

    def edits(self, chat: int, message_id: int, text: str, *, person: int | None = None) -> Object:
        """Change what one typed before."""
        where = self._chats.find(chat)
        message, who = where.messages.get(message_id, {}), self._writer(where, person)
        if "text" not in message or not sender(where, who).items() <= message.items():
            raise bad("message can't be edited")
        message.pop("entities", None)
        message.update(marked(text), edit_date=int(self._chats.clock()))
        self._chats.tell("edited", chat=where.id, message=message)
        if self._hears(where, message):
            self._tell("edited_channel_post" if where.kind == "channel" else "edited_message", where, message)
        return message

    def forwards(
        self, chat: int, from_chat: int, message_id: int, *, person: int | None = None, thread: int | None = None
    ) -> Object:
        """Pass a message on into another chat."""
        where, message = self._chats.find(chat), self._chats.find(from_chat).messages.get(message_id)
        if message is None or not carried(message) or message.get("has_protected_content"):
            raise bad("message can't be forwarded")
        return self._post(where, self._writer(where, person), forwarded(message), thread=thread)

    def taps_button(self, chat: int, message_id: int, data: str, *, person: int | None = None) -> str:
        """Press the button with this callback data (or label) under a message; gives the query's id."""
        where = self._chats.find(chat)
        message = where.messages.get(message_id) or {}
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [button for row in rows for button in row if data in {button.get("callback_data"), button["text"]}]
        if not buttons or "callback_data" not in buttons[0]:
            raise bad("there is no such button")
        who = self._member(where, person)
        if who["id"] != message.get("receiver_user", who)["id"]:
            raise bad("there is no such button")
        query = str(next(self._numbers))
        self.taps[query] = {
            "chat": where.id,
            "message_id": message_id,
            "at": self._chats.clock(),
            "person": who["id"],
        }
        while len(self.taps) > TAPS_KEPT:
            del self.taps[next(iter(self.taps))]
        inline = where.inline.get(message_id)
        self._updates.add(
            callback_query={
                "id": query,
                "from": who,
                **({"inline_message_id": inline} if inline else {"message": message}),
                "chat_instance": str(where.id),
                "data": buttons[0]["callback_data"],
            }
        )
        return query

    def clears(self, chat: int) -> None:
        """Delete everything that stands in a chat."""
        where = self._chats.find(chat)
        where.messages.clear()
        self._chats.changed(where)

    def _is_ephemeral(self, chat: Chat, who: Object, text: str) -> bool:
        """Whether a text is a command that the person's menu here calls ephemeral."""
        named = re.match(r"/([a-z0-9_]+)(?:@(\w+))?(?!\S)", text)
        if not named or named[2] not in {None, self._bot["username"]}:
            return False
        return any(each["command"] == named[1] and each.get("is_ephemeral") for each in self._profile.menu(chat, who))


def carried(message: Object) -> Object:
    """What of a message can be passed on; nothing of a service message."""
    return {name: message[name] for name in CARRIED if name in message}


def forwarded(message: Object) -> Object:
    """A message as it stands where it is forwarded to: what it says, and where it comes from."""
    if "forward_origin" in message:
        return {**carried(message), "forward_origin": message["forward_origin"]}
    origin: Object = {"type": "user", "date": message["date"], "sender_user": message.get("from")}
    if message["chat"]["type"] == "channel":
        channel = {"chat": message["chat"], "message_id": message["message_id"]}
        origin = {"type": "channel", "date": message["date"], **channel}
    elif "sender_chat" in message:
        origin = {"type": "chat", "date": message["date"], "sender_chat": message["sender_chat"]}
    return {**carried(message), "forward_origin": origin}
