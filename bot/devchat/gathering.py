"""Who is in which chat: people meet the bot, open chats, come, go, are promoted and restricted; and so is the bot.

Here: those acts -> how everybody stands in the chat, the service messages, and the updates that the bot gets.
Not here: what a standing allows (members), what people say (talking).
"""

from __future__ import annotations

from bot.devchat.acts import Acts, sender
from bot.devchat.chats import YOU, Chat, Object, owned_chat
from bot.devchat.forums import begin
from bot.devchat.members import is_in, may, standing, usual
from bot.devchat.refusals import bad

KINDS = ("private", "group", "supergroup", "channel")


class Gathering(Acts):
    """Coming and going. The bot is named by its id, like everybody else; `by` is who does it, by default the owner."""

    def meets(self, first_name: str, *, username: str = "", language_code: str = "en") -> Object:
        """Somebody new, with a private chat with the bot; gives the User."""
        if not first_name.strip():
            raise bad("somebody has no name")
        ident = max(self._chats.people) + 1
        named = {"username": username} if username else {}
        user = {"id": ident, "is_bot": False, "first_name": first_name, **named, "language_code": language_code}
        self._chats.meet(user)
        return user

    def opens(self, kind: str, title: str, *, person: int | None = None, is_forum: bool = False) -> Chat:
        """Make a new chat with the bot in it: a new person's private one, or `person`'s group or channel."""
        if kind not in KINDS:
            raise bad("there is no such kind of chat")
        if kind == "private":
            return self._chats.by_id[self.meets(title)["id"]]
        chat = self._founded(kind, title, YOU["id"] if person is None else person)
        if is_forum:
            begin(chat)
        chat.bot = standing("left")
        self.adds_bot(chat.id, person=person)
        return chat

    def joins(self, chat: int, person: int, *, by: int | None = None) -> None:
        """Somebody comes into a group or channel, alone or because `by` adds them."""
        where = self._chats.find(chat)
        who = self._who(where, person if by is None else by)
        if is_in(where.stands(person)):
            return
        self._becomes(where, person, standing("member"), who)
        self._service(where, who, new_chat_members=[self._who(where, person)])

    def leaves(self, chat: int, person: int, *, by: int | None = None) -> None:
        """Somebody leaves, or is thrown out by `by` and may not come back alone."""
        where = self._chats.find(chat)
        who = self._who(where, person) if by is None else self._manager(where, by, "can_restrict_members")
        if not is_in(where.stands(person)):
            return
        self._service(where, who, left_chat_member=self._who(where, person))
        self._becomes(where, person, standing("left" if by is None else "kicked"), who)

    def adds_bot(self, chat: int, *, person: int | None = None, payload: str = "", **rights: object) -> None:
        """Add the bot to a group or channel, through a link with a startgroup `payload` if there is one."""
        self._added(chat, payload, person, rights)

    def blocks(self, chat: int, *, blocked: bool, person: int | None = None) -> None:
        """Block the bot in a private chat, remove it from another; or let it in again."""
        where = self._chats.find(chat)
        if where.blocked == blocked:
            return
        if not blocked and where.kind != "private":
            self.adds_bot(chat, person=person)
            return
        who = self._manager(where, person, "can_restrict_members")
        self._becomes(where, self._bot["id"], standing("kicked" if blocked else "member"), who)
        if where.is_group:
            gone = self._chats.put(where, {**sender(where, who), "left_chat_member": self._bot})
            self._updates.add(message=gone)

    def bot_leaves(self, chat: int) -> None:
        """The bot goes by itself."""
        where = self._chats.find(chat)
        self._becomes(where, self._bot["id"], standing("left"), self._bot)

    def promotes(self, chat: int, person: int, *, by: int | None = None, **rights: object) -> None:
        """Make somebody an administrator, with all rights but those given as false; the owner can only hide or show."""
        where = self._chats.find(chat)
        if not is_in(where.bot if person == self._bot["id"] else where.stands(person)):
            raise bad("somebody who is not in the chat cannot be promoted")
        new = standing("administrator", where.kind, **rights)
        if where.stands(person)["status"] == "creator":
            new = standing("creator", is_anonymous=bool(rights.get("is_anonymous")))
        self._becomes(where, person, new, self._manager(where, by, "can_promote_members"))

    def demotes(self, chat: int, person: int, *, by: int | None = None) -> None:
        """Make an administrator a member like others."""
        where = self._chats.find(chat)
        self._becomes(where, person, standing("member"), self._manager(where, by, "can_promote_members"))

    def restricts(self, chat: int, *, restricted: bool, person: int | None = None, **rights: object) -> None:
        """Let the bot (or a person) write no more into a group or channel but what is given, or let it again."""
        where = self._chats.find(chat)
        new = standing("member") if person is not None else usual(where.kind)
        if restricted:
            new = standing("member") if where.kind == "channel" else standing("restricted", where.kind, **rights)
        self._becomes(where, self._bot["id"] if person is None else person, new, self._who(where))

    def permits(self, chat: int, **permissions: bool) -> None:
        """Change what everybody may do in a group; the bot is not told."""
        where = self._chats.find(chat)
        where.permissions.update(permissions)
        self._chats.changed(where)

    def deactivates(self, chat: int) -> None:
        """Somebody's account is no more; the bot is not told."""
        self._chats.find(chat).shut = "deactivated"

    def upgrades(self, group: int) -> Chat:
        """A group becomes a supergroup under a new id; both tell of the other."""
        old = self._chats.find(group)
        who = self._who(old)
        new = self._founded("supergroup", str(old.about["title"]), who["id"])
        new.people, new.permissions, new.bot = dict(old.people), dict(old.permissions), standing("left")
        self._becomes(new, self._bot["id"], standing(old.bot["status"], "supergroup"), who)
        self._service(old, who, migrate_to_chat_id=new.id)
        old.moved_to = new.id
        self._service(new, who, migrate_from_chat_id=old.id)
        self._chats.changed(old)
        return new

    def _manager(self, chat: Chat, by: int | None, right: str) -> Object:
        """Whoever does something to others, if they may. Raises Refusal."""
        who = self._member(chat, by)
        if chat.kind != "private" and not may(chat.stands(who["id"]), right, {}):
            raise bad(f"{who['first_name']} may not do this here")
        return who

    def _founded(self, kind: str, title: str, owner: int) -> Chat:
        ids = self._chats.by_id
        ident = min(ids) - 1 if kind != "group" else min(i for i in ids if i > -1_000_000_000_000) - 1
        chat = owned_chat({"id": min(ident, -2002), "type": kind, "title": title}, owner)
        self._chats.by_id[chat.id] = chat
        return chat
