"""What one person sees of it all: the state and the events of the page, which acts as one person.

Here: which chats, messages and notes a person sees, and how they look. The shapes, all JSON:

    State   {n, me: User, people: [User], bot: Bot, chats: [Chat]}
    Bot     User of getMe, with first_name in the person's language, and {description, short_description,
            commands: [BotCommand] of a private chat}
    Chat    Chat of the Bot API (id, type, title or first_name, is_forum), and
            {blocked: the bot is not here (or blocked), members: [ChatMember, the bot among them],
             can_write: this person may write here, is_admin: they are an administrator,
             threads: [{message_thread_id, name, icon_color, is_closed}], General is 1 and its messages have none,
             pinned: [message_id], silent: [message_id], moved_to: chat id or null,
             keyboard: ReplyKeyboardMarkup or ForceReply or null, menu: [BotCommand] as this person sees it here,
             menu_button: MenuButton, messages: [Message]}
    Message Message of the Bot API. An ephemeral one has message_id 0 and ephemeral_message_id; its key, wherever the
            page names a message to the server or the server one to the page, is -ephemeral_message_id.
            What is in photo[0].file_id or document.file_id is at /page/file/<file_id>.

    Events  {n, kind, …}; by kind:
            message {chat, message, is_silent?} · edited {chat, message} · deleted {chat, message_id: key}
            chat {chat: Chat} (anything else about it changed, or it is new) · gone {chat: id} (not seen any more)
            typing {chat, thread (0 for none), action} · person {person: User} (somebody new)
            bot {bot: Bot, menus: {chat id: [BotCommand]}}
            toast {chat, message_id: key, text, alert, url?} (answer to this person's tap)
            replaced {chat, message_id: key, ephemeral_message_id} (show the second in place of the first)
            inline {query_id, results: [InlineQueryResult], button: InlineQueryResultsButton or null, next_offset}
            reload {} (too much was missed: read the state again)
"""

from __future__ import annotations

from bot.devchat.chats import YOU, Chat, Object, picture
from bot.devchat.desk import Desk
from bot.devchat.members import as_member, is_admin, is_in, may

# Notes that only one person gets.
_PRIVATE = frozenset({"toast", "replaced", "inline"})


class View:
    """Everything as one person sees it; as a whole, and acting as the first person, where nobody is named."""

    def __init__(self, desk: Desk, person: int | None) -> None:
        self._desk = desk
        self._person = person
        self._me: Object = desk.chats.people.get(YOU["id"] if person is None else person, YOU)

    def state(self) -> Object:
        """All of it, now."""
        chats = [self._chat(picture(chat)) for chat in self._desk.chats.by_id.values()]
        return {
            "me": self._me,
            "people": list(self._desk.chats.people.values()),
            "bot": self._bot(),
            "chats": [chat for chat in chats if chat],
            "n": self._desk.chats.last_event,
        }

    def messages(self, chat: Chat) -> list[Object]:
        """What stands in a chat."""
        return [message for message in chat.messages.values() if self._reads(message)]

    def event(self, event: Object) -> Object | None:
        """An event, if the person notices it."""
        kind = event["kind"]
        if kind == "bot":
            seen = [chat for chat in self._desk.chats.by_id.values() if self._sees(chat.id)]
            menus = {str(chat.id): self._desk.profile.menu(chat, self._me) for chat in seen}
            return {**event, "bot": self._bot(), "menus": menus}
        if kind in _PRIVATE:
            return event if self._person in {None, event.get("person")} else None
        if kind == "chat":
            return self._changed(event)
        if "chat" in event and not self._sees(event["chat"]):
            return None
        return None if "message" in event and not self._reads(event["message"]) else event

    def _changed(self, event: Object) -> Object | None:
        chat = self._chat(event["chat"])
        if chat:
            return {**event, "chat": chat}
        was_here = str(self._person) in event["chat"]["people"]
        return {**event, "kind": "gone", "chat": event["chat"]["id"]} if was_here else None

    def _sees(self, chat: int) -> bool:
        known = self._desk.chats.by_id.get(chat)
        return known is not None and (self._person is None or is_in(known.stands(self._person)))

    def _reads(self, message: Object) -> bool:
        """Whether a message is not somebody else's ephemeral one."""
        if "receiver_user" not in message or self._person is None:
            return True
        return self._person in {message["receiver_user"]["id"], message.get("from", {}).get("id")}

    def _chat(self, taken: Object) -> Object | None:
        """A chat from its picture."""
        if not self._sees(taken["id"]):
            return None
        chat, me, kind = self._desk.chats.by_id[taken["id"]], str(self._me["id"]), taken["type"]
        stands = taken["people"].get(me, {"status": "left"})
        left_out = {"bot", "people", "keyboards", "permissions"}
        return {
            **{name: value for name, value in taken.items() if name not in left_out},
            "members": self._members(taken, kind),
            "is_admin": is_admin(stands),
            "can_write": taken["moved_to"] is None
            and may(stands, "can_post_messages" if kind == "channel" else "can_send_messages", chat.permissions),
            "keyboard": taken["keyboards"].get(me),
            "menu": self._desk.profile.menu(chat, self._me),
            "menu_button": self._desk.profile.button(chat.id),
            "messages": [message for message in taken["messages"] if self._reads(message)],
        }

    def _members(self, taken: Object, kind: str) -> list[Object]:
        people = self._desk.chats.people
        members = [as_member(people[int(person)], stands, kind) for person, stands in taken["people"].items()]
        return [*members, as_member(self._desk.bot, taken["bot"], kind)]

    def _bot(self) -> Object:
        profile, language = self._desk.profile, self._me.get("language_code", "")
        private = self._desk.chats.by_id.get(self._me["id"])
        return {
            **self._desk.bot,
            "first_name": profile.text("name", language) or self._desk.bot["first_name"],
            "description": profile.text("description", language),
            "short_description": profile.text("short_description", language),
            "commands": profile.menu(private, self._me) if private else [],
        }
