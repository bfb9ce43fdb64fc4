"""The chats and what stands in them. Owns chats, messages, and the events that the page and tests follow.

Here: the state, as Bot API objects, and telling whoever waits that it changed.
Not here: what a bot may do (methods), what people do (people), which updates a bot gets (updates).
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.devchat.refusals import bad

Object = dict[str, Any]

YOU: Object = {"id": 1001, "is_bot": False, "first_name": "You", "username": "you", "language_code": "en"}
# What a page that lost its connection can catch up on; after that it reads everything again.
EVENTS_KEPT = 1000
MESSAGES_KEPT = 500


@dataclass(slots=True)
class Chat:
    """One chat: its Bot API object, its messages by id, and how the bot stands in it."""

    about: Object
    messages: dict[int, Object] = field(default_factory=dict)
    blocked: bool = False
    bot_status: str = "member"
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


def first_chats() -> list[Chat]:
    """What everybody finds at the start: a private chat, a group and a channel."""
    return [
        Chat({"id": YOU["id"], "type": "private", "first_name": "You", "username": "you"}),
        Chat({"id": -2001, "type": "group", "title": "News group"}),
        Chat({"id": -1002000000001, "type": "channel", "title": "News channel"}, bot_status="administrator"),
    ]


class Chats:
    """Every chat of this small Telegram."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
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

    def restore(self, chats: list[Chat], last_message: int) -> None:
        """Stand as these chats stood."""
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

    def open(self, about: Object) -> Chat:
        """A new chat."""
        chat = self.by_id[int(about["id"])] = Chat(about)
        self.tell("chat", chat=picture(chat))
        return chat

    def put(self, chat: Chat, **content: object) -> Object:
        """A new message in a chat."""
        self.last_message += 1
        message = {"message_id": self.last_message, "date": int(self.clock()), "chat": chat.about, **content}
        chat.messages[self.last_message] = message
        while len(chat.messages) > MESSAGES_KEPT:
            del chat.messages[next(iter(chat.messages))]
        self.tell("message", chat=chat.id, message=message)
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


def picture(chat: Chat) -> Object:
    """A chat as the page shows it."""
    return {**chat.about, "blocked": chat.blocked, "messages": list(chat.messages.values())}
