"""The chats and what stands in them. Owns people, chats, messages, and the events that the page and tests follow.

Here: the state, as Bot API objects, and telling whoever waits that it changed.
Not here: what a bot may do (methods), what people do (people), which updates a bot gets (updates), what one person
sees of it all (views).
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.devchat.members import OUT, permissions, standing, usual
from bot.devchat.refusals import bad

Object = dict[str, Any]

YOU: Object = {"id": 1001, "is_bot": False, "first_name": "You", "username": "you", "language_code": "en"}
# In whose name Telegram shows what administrators say who remain anonymous.
ANONYMOUS: Object = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
# What a page that lost its connection can catch up on; after that it reads everything again.
EVENTS_KEPT = 1000
MESSAGES_KEPT = 500


@dataclass(slots=True)
class Chat:
    """One chat: its Bot API object, who is in it and how (members), and its messages.

    Messages stand under their message_id; ephemeral ones, which have none, under their ephemeral_message_id, negative.
    """

    about: Object
    messages: dict[int, Object] = field(default_factory=dict)
    bot: Object = field(default_factory=lambda: standing("member"))
    people: dict[int, Object] = field(default_factory=dict)
    permissions: Object = field(default_factory=permissions)
    threads: dict[int, Object] = field(default_factory=dict)
    keyboards: dict[int, Object] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    silent: list[int] = field(default_factory=list)
    # Under which inline_message_id the bot knows what came by way of it, by message.
    inline: dict[int, str] = field(default_factory=dict)
    moved_to: int | None = None
    # Why Telegram refuses messages of the bot, one of refusals.SAID; empty where it takes them.
    shut: str = ""

    @property
    def id(self) -> int:
        """Telegram's id; negative for groups and channels."""
        return int(self.about["id"])

    @property
    def kind(self) -> str:
        """private, group, supergroup or channel."""
        return str(self.about["type"])

    @property
    def is_group(self) -> bool:
        """Whether it is a group or a supergroup."""
        return self.kind in {"group", "supergroup"}

    @property
    def blocked(self) -> bool:
        """Whether the bot is out: blocked by a person, or not in a group or channel."""
        return self.bot["status"] in OUT

    def stands(self, person: int) -> Object:
        """How a person stands here."""
        return self.people.get(person) or standing("left")


def private_chat(user: Object) -> Chat:
    """A person's own chat with the bot."""
    named: Object = {name: user[name] for name in ("first_name", "last_name", "username") if name in user}
    return Chat({"id": user["id"], "type": "private", **named}, people={user["id"]: standing("member")})


def owned_chat(about: Object, owner: int) -> Chat:
    """A group or channel of a person, with the bot in it."""
    return Chat(about, bot=usual(about["type"]), people={owner: standing("creator")})


def first_chats() -> list[Chat]:
    """What everybody finds at the start: a private chat, a group and a channel."""
    group: Object = {"id": -2001, "type": "group", "title": "News group"}
    channel: Object = {"id": -1002000000001, "type": "channel", "title": "News channel"}
    return [private_chat(YOU), *(owned_chat(about, YOU["id"]) for about in (group, channel))]


class Chats:
    """Every person and every chat of this small Telegram."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.people: dict[int, Object] = {YOU["id"]: YOU}
        self.by_id = {chat.id: chat for chat in first_chats()}
        self.events: deque[Object] = deque(maxlen=EVENTS_KEPT)
        self._waiting: set[asyncio.Event] = set()
        # Numbers go on where an earlier run left off, so that a page that was open then notices the new one.
        self._event = int(clock() * 1000)
        self.last_message = 0

    @property
    def last_event(self) -> int:
        """The number of the newest event."""
        return self._event

    def restore(self, people: list[Object], chats: list[Chat], last_message: int) -> None:
        """Stand as these people and chats stood."""
        self.people = {person["id"]: person for person in people}
        self.by_id = {chat.id: chat for chat in chats}
        self.last_message = last_message

    def find(self, ident: object) -> Chat:
        """The chat with an id or @username. Raises Telegram's refusal."""
        text = str(ident).strip()
        if re.fullmatch(r"-?\d{1,20}", text) and int(text) in self.by_id:
            return self.by_id[int(text)]
        for chat in self.by_id.values():
            if text == f"@{chat.about.get('username', '')}" != "@":
                return chat
        raise bad("chat not found" if text else "chat_id is empty")

    def meet(self, user: Object) -> Chat:
        """A new person, with a private chat."""
        self.people[user["id"]] = user
        self.tell("person", person=user)
        return self._opened(private_chat(user))

    def open(self, about: Object, owner: int = YOU["id"]) -> Chat:
        """A new chat: somebody's private one, or a group or channel of `owner` with the bot in it."""
        if about["type"] != "private":
            return self._opened(owned_chat(about, owner))
        named: Object = {name: about[name] for name in ("first_name", "username") if name in about}
        return self.meet({"id": about["id"], "is_bot": False, **named, "language_code": "en"})

    def _opened(self, chat: Chat) -> Chat:
        self.by_id[chat.id] = chat
        self.changed(chat)
        return chat

    def changed(self, chat: Chat) -> None:
        """Something about a chat is not as it was: who is in it, its topics, what is pinned, the keyboard below."""
        self.tell("chat", chat=picture(chat))

    def put(self, chat: Chat, content: Object, *, is_silent: bool = False) -> Object:
        """A new message in a chat."""
        self.last_message += 1
        message = {"message_id": self.last_message, "date": int(self.clock()), "chat": chat.about, **content}
        if is_silent:
            chat.silent.append(self.last_message)
        return self._stands(chat, self.last_message, message, is_silent)

    def put_ephemeral(self, chat: Chat, content: Object) -> Object:
        """A new message that only its sender and its receiver see: it has no message_id."""
        self.last_message += 1
        message = {"message_id": 0, "date": int(self.clock()), "chat": chat.about, **content}
        message["ephemeral_message_id"] = self.last_message
        return self._stands(chat, -self.last_message, message, is_silent=False)

    def _stands(self, chat: Chat, key: int, message: Object, is_silent: bool) -> Object:
        chat.messages[key] = message
        while len(chat.messages) > MESSAGES_KEPT:
            del chat.messages[next(iter(chat.messages))]
        self.tell("message", chat=chat.id, message=message, **({"is_silent": True} if is_silent else {}))
        return message

    def tell(self, kind: str, **facts: object) -> None:
        """Note an event for the page, and wake whoever waits for a change."""
        self._event += 1
        self.events.append({"n": self._event, "kind": kind, **facts})
        self.wake()

    def wake(self) -> None:
        """Let everybody look again who waits for something."""
        for waiter in self._waiting:
            waiter.set()

    async def until(self, predicate: Callable[[], bool], seconds: float) -> bool:
        """Wait until a change makes the predicate true; false if that takes longer than `seconds`."""
        waiter = asyncio.Event()
        self._waiting.add(waiter)
        try:
            async with asyncio.timeout(seconds):
                while not predicate():
                    waiter.clear()
                    await waiter.wait()
        except TimeoutError:
            return predicate()
        finally:
            self._waiting.discard(waiter)
        return True


def alone(message: Object) -> Object:
    """A message without the one that it answers: as another message, which answers or pins it, holds it."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}


def picture(chat: Chat) -> Object:
    """A chat as it is now, whole; views makes of it what one person sees."""
    return {
        **chat.about,
        "blocked": chat.blocked,
        "bot": chat.bot,
        "people": {str(person): dict(stands) for person, stands in chat.people.items()},
        "threads": [dict(thread) for thread in chat.threads.values()],
        "keyboards": {str(person): keyboard for person, keyboard in chat.keyboards.items()},
        "pinned": list(chat.pinned),
        "silent": list(chat.silent),
        "moved_to": chat.moved_to,
        "messages": list(chat.messages.values()),
    }
