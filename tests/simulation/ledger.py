"""What people wanted, what they were told, and whether that is as it has to be.

Here: every promise of the delivery, looked at while it happens and once more at the end.
Not here: what happens (story).
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bot.news.identity import owed_of
from bot.store import keys
from bot.store.keypatterns import KeyPattern
from bot.store.keys import of_chat
from tests.simulation.server import Command, Wire
from tests.simulation.telegram import UNKNOWN, Call

# Nothing of these may be left when everybody was told.
OUTBOX = (keys.MAIL, keys.CASTS, keys.CAST, keys.WAITING, keys.DUE, keys.TRIES)


@dataclass(eq=False)
class Reader:
    """Who reads a chat, whatever its id is by now. `wants`: topics, and since when."""

    ids: list[int]
    wants: dict[str, float] = field(default_factory=dict)
    here_since: float = 0.0
    gone: bool = False
    reachable: bool = True
    lives: int = 0
    deeds: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def id(self) -> int:
        return self.ids[-1]


@dataclass
class Story:
    """One headline: the topics that it satisfies, and when it was published."""

    number: int
    id: str
    topics: frozenset[str]
    at: float
    corrected: bool = False
    retold: bool = False


@dataclass(eq=False)
class Delivery:
    """A headline that stands in a chat; `why` is what explains that it may come again."""

    process: Any
    at: float
    why: str = ""


class Ledger:
    """Everything that is known from outside; `wrong` says what is not as it has to be."""

    def __init__(self, wire: Wire, loop: asyncio.AbstractEventLoop) -> None:
        self.wire = wire
        self.loop = loop
        self.readers: dict[int, Reader] = {}
        self.stories: dict[int, Story] = {}
        self.by_id: dict[str, Story] = {}
        self.told: dict[tuple[Reader, int, int], list[Delivery]] = defaultdict(list)
        self.wrong: list[str] = []
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []
        wire.watch("draw", self._drawn)
        wire.watch("gone", self._gone)
        wire.watch("restore", self._restored)
        self._lives: dict[int, int] = {}
        self._drawn_at: dict[str, tuple[tuple[str, ...], Sequence[str]]] = {}
        self._doubtful: Counter[tuple[Reader, int]] = Counter()

    def accuse(self, sentence: str) -> None:
        """Something is not as it has to be."""
        self.note(f"WRONG: {sentence}")
        self.wrong.append(self.notes[-1])

    def note(self, sentence: str) -> None:
        """Something happened."""
        self.notes.append(f"{self.loop.time():9.3f} s  {sentence}")

    # ---- what Telegram sees

    def counted(self, call: Call, too_many: str) -> None:
        """A call arrived; `too_many` is which limit it was too much for."""
        self.counts["calls"] += 1
        self.note(f"{call.process.name} calls, chat {call.chat}, stories {call.stories}, fault: {call.fault}")
        if call.fault in UNKNOWN:
            self._doubtful.update((self.readers[call.chat], number) for number in call.stories)
        if too_many:
            self.accuse(f"Telegram was called too often: {too_many} (chat {call.chat}, {call.process.name})")

    def accepted(self, call: Call, *, lost: bool) -> None:
        """A message stands in a chat."""
        self.note(f"chat {call.chat} is told {call.stories}")
        reader = self.readers[call.chat]
        life = self._lives.get(call.chat, reader.lives)
        self._in_order(call)
        for number in call.stories:
            told = self.told[reader, life, number]
            if any(not before.why for before in told):
                self.accuse(f"chat {call.chat} is told story {number} again, by {call.process.name}")
            elif told:
                self.counts["explained"] += 1
            why = "its answer was lost" if lost else "its process died" if call.process.dead else ""
            told.append(Delivery(call.process, call.posted, why))
            self.counts["told"] += 1

    def _in_order(self, call: Call) -> None:
        """Newest first, among those that the chat wanted when they came and that nothing brought anew."""
        reader = self.readers[call.chat]
        stories = [self.stories[number] for number in call.stories]
        plain = [s.number for s in stories if not (s.corrected or s.retold) and _wanted_all(reader, s)]
        if plain != sorted(plain, key=lambda number: self.stories[number].at, reverse=True):
            self.accuse(f"chat {call.chat} is told {call.stories}: not newest first")

    def interrupted(self, process: Any) -> None:
        """A process died, or Redis failed it: what it has not ticked off may come again."""
        self.note(f"{process.name} {'dies' if process.dead else 'is failed by Redis'}")
        self._explain(lambda _, delivery: delivery.process is process)

    def moved(self, moved: Reader) -> None:
        """A group lives on under another id: what is not ticked off yet is ticked off for a chat that is no more."""
        self.note(f"group {moved.ids[0]} becomes {moved.id}")
        self._explain(lambda reader, _: reader is moved)

    def _explain(self, concerned: Callable[[Reader, Delivery], bool]) -> None:
        for (reader, _, number), told in self.told.items():
            for delivery in told:
                if concerned(reader, delivery) and not delivery.why and not self._is_settled(reader, number):
                    delivery.why = "it was not ticked off"

    def _is_settled(self, reader: Reader, number: int) -> bool:
        ident = self.stories[number].id
        return any(self.wire.ask("ZSCORE", of_chat(keys.SENT, chat), ident) is not None for chat in reader.ids)

    # ---- what happens in Redis, at the instant when it does

    def _drawn(self, command: Command, answer: Any) -> None:
        now = str(command[3 + int(command[2]) + 1])
        if isinstance(answer, list):
            for due, chat, _tries, mail, *_ in answer:
                instants, before = self._drawn_at.get(chat, ((), ()))
                if due in instants and set(before) & set(mail[::3]):
                    self.accuse(f"chat {chat} is drawn again, though nobody gave it back")
                self._drawn_at[chat] = ((due, now), mail[::3])
                self._draws(int(chat), mail[::3])

    def _draws(self, chat: int, names: list[str]) -> None:
        reader, stories = self.readers[chat], [self.by_id[owed_of(name)[1]] for name in names]
        self.note(f"chat {chat} is drawn with {[story.number for story in stories]}")
        self._lives[chat] = reader.lives
        if reader.gone:
            self.accuse(f"chat {chat} is drawn, and is gone")
        for story in stories:
            if not story.topics & reader.wants.keys():
                self.accuse(f"chat {chat} is drawn with story {story.number}, which it does not want")

    def _gone(self, command: Command, answer: Any) -> None:
        reader = self.readers[int(command[3 + int(command[2])])]
        self.note(f"chat {reader.id} is taken for gone")
        if answer:
            reader.gone = True
            if reader.reachable:
                self.counts["gone though back"] += 1

    def _restored(self, command: Command, _: Any) -> None:
        reader = self.readers[int(command[3 + int(command[2])])]
        reader.gone, reader.here_since = False, self.loop.time()

    # ---- the end

    def close(self) -> None:
        """When there is nothing more to do: who was not told, and what is left."""
        readers = dict.fromkeys(self.readers.values())
        for reader in readers:
            for story in self.stories.values():
                told = self.told.get((reader, reader.lives, story.number))
                if self._must_know(reader, story) and not told:
                    self.accuse(f"chat {reader.id} was never told story {story.number}")
        self._leaks()
        for reader in readers:
            self._membership(reader)

    def _must_know(self, reader: Reader, story: Story) -> bool:
        if self._doubtful[reader, story.number] > 1:  # its answer was lost twice: it is not sent a third time
            return False
        there = reader.reachable and not reader.gone and reader.here_since <= story.at
        return there and any(reader.wants.get(topic, story.at + 1) <= story.at for topic in story.topics)

    def _leaks(self) -> None:
        found = self.wire.ask("KEYS", "*")
        kinds = self.wire.exchange([("TYPE", key) for key in found])
        for key, kind in zip(found, kinds, strict=True):
            pattern = _pattern(key)
            if pattern is None or kind not in pattern.type:
                self.accuse(f"{key} ({kind}) is no key of docs/redis.md")
            elif pattern in OUTBOX:
                self.accuse(f"{key} is left")

    def _membership(self, reader: Reader) -> None:
        """The chats that are alerted to a topic are those that want it."""
        chat = next(
            (chat for chat in reversed(reader.ids) if self.wire.ask("EXISTS", of_chat(keys.CHAT, chat))), reader.id
        )
        wishes = {} if reader.gone else self.wire.ask("HGETALL", of_chat(keys.WISHES, chat))
        if set(wishes) != ({*reader.wants} if not reader.gone else set()):
            self.accuse(f"chat {chat} wants {sorted(reader.wants)}, and its wishes are {sorted(wishes)}")
        number = self.wire.ask("HGET", of_chat(keys.CHAT, chat), "number")
        shard = keys.shard_of(chat)
        topics = {topic for story in self.stories.values() for topic in story.topics}
        for topic in topics:
            packed = self.wire.exchange([("HGET", keys.few_of(shard, topic), topic)])[0] or ""
            raw = packed.encode("latin-1", "replace")
            member = number is not None and int(number).to_bytes(3, "big") in [
                raw[at : at + 3] for at in range(0, len(raw), 3)
            ]
            if member != (topic in wishes):
                self.accuse(f"chat {chat}: member {member} of {topic}, wish {topic in wishes}")


def _wanted_all(reader: Reader, story: Story) -> bool:
    """Whether all that the story is about was wanted when it came; else it may have been owed later."""
    return all(reader.wants.get(topic, 0.0) <= story.at for topic in story.topics)


@cache
def _pattern(key: str) -> KeyPattern | None:
    """What docs/redis.md says that the key is."""
    return next((pattern for pattern in keys.KEYS if pattern.matches(key)), None)
