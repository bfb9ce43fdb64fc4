"""What people do with the topics of a forum; the bot is told of it all by service messages, but not of a deletion."""

from __future__ import annotations

from bot.devchat import forums
from bot.devchat.acts import Acts, sender
from bot.devchat.chats import Chat, Object
from bot.devchat.members import may
from bot.devchat.refusals import bad


class Topics(Acts):
    """Topics. In each of these `person` is who does it, by default the owner."""

    def becomes_forum(self, chat: int) -> None:
        """A supergroup gets topics."""
        where = self._chats.find(chat)
        if where.kind != "supergroup":
            raise bad("only a supergroup can be a forum")
        forums.begin(where)
        self._chats.changed(where)

    def creates_topic(self, chat: int, name: str, *, person: int | None = None) -> int:
        """A new topic; gives its message_thread_id."""
        where, who = self._topic_manager(chat, person)
        return self._told(where, forums.create(self._chats, where, who, name))

    def renames_topic(self, chat: int, thread: int, name: str, *, person: int | None = None) -> None:
        """A topic gets another name."""
        where, who = self._topic_manager(chat, person)
        self._told(where, forums.edit(self._chats, where, who, thread, name))

    def closes_topic(self, chat: int, thread: int, *, closed: bool, person: int | None = None) -> None:
        """Only administrators write in a topic that is closed; it can be opened again."""
        where, who = self._topic_manager(chat, person)
        self._told(where, forums.close(self._chats, where, who, thread, closed=closed))

    def deletes_topic(self, chat: int, thread: int, *, person: int | None = None) -> None:
        """A topic goes, with all that stands in it."""
        where, _ = self._topic_manager(chat, person)
        forums.delete(self._chats, where, thread)

    def closes_general(self, chat: int, *, closed: bool) -> None:
        """Close the General topic, or open it again, and let nobody know."""
        where = self._chats.find(chat)
        general = where.threads.setdefault(forums.GENERAL, forums.topic(forums.GENERAL, "General", forums.COLORS[0]))
        general["is_closed"] = closed
        self._chats.changed(where)

    def _topic_manager(self, chat: int, person: int | None) -> tuple[Chat, Object]:
        where = self._chats.find(chat)
        who = self._who(where, person)
        if not may(where.stands(who["id"]), "can_manage_topics", where.permissions):
            raise bad(f"{who['first_name']} may not change topics here")
        return where, sender(where, who)

    def _told(self, chat: Chat, message: Object) -> int:
        self._tell("message", chat, message)
        return int(message.get("message_thread_id", forums.GENERAL))
