"""People and publishers: what they do to the house, and what the ledger has to know of it.

Here: one method for each thing that somebody does.
Not here: who does what and when (story).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.news.answers import Caller
from bot.news.identity import headline_id, topic_id
from bot.news.model import ChatKind, Headline, Subscription
from bot.news.preferences import Digest, Preferences, Quiet
from bot.news.topics import canonical, parse
from bot.store.choicecodec import choices_json
from tests.simulation.ledger import Reader, Story
from tests.simulation.processes import Fate, PowerCut
from tests.simulation.stage import SPAN, Stage
from tests.simulation.telegram import Fault
from tests.simulation.virtual import BEGIN

WORDS = ("alpha", "beta", "gamma")
TOPIC = {word: topic_id(canonical(parse(word))) for word in WORDS}
# A person waits so long at the most, where Telegram asked for no silence; Redis may be slow, and answers may be lost.
REPLY_WITHIN = 60.0
# The same where every call is answered, and more people ask at once than the budget has places. A place that is taken
# by a call under way is promised to the next one only for when that call's answer may be lost (store/permits).
IN_A_RUSH = 14.0


class People:
    """Everybody outside the house."""

    def __init__(self, stage: Stage, group: asyncio.TaskGroup) -> None:
        self._stage = stage
        self._group = group
        self._rng, self._loop, self._clock = stage.rng, stage.loop, stage.clock
        self._ledger, self._telegram, self._desk = stage.ledger, stage.telegram, stage.desk
        stage.telegram.provoked = self._provoked

    def _provoked(self, chat: int) -> None:
        """While a message is on its way, somebody who is to read it does something."""
        if self._rng.random() < self._stage.lively and self._loop.instant < SPAN:
            reader = self._ledger.readers[chat]
            deed = self._rng.choice([self.arrives, self.arrives, self.wants_no_more])
            self._group.create_task(self.later(self._rng.random() * 0.3, deed, reader))

    async def later(self, wait: float, deed: Callable[..., Awaitable[None]], reader: Reader, *args: Any) -> None:
        """Something that a reader does in a while."""
        await asyncio.sleep(wait)
        async with reader.deeds:  # what a chat says is heard in its order
            pass
        await deed(reader, *args)

    async def publish(self, number: int) -> None:
        """A headline, perhaps the same by another source, and perhaps its correction."""
        words = self._rng.sample(WORDS, self._rng.choice([1, 1, 2]))
        corrected = self._rng.random() < 0.3
        at = self._rng.uniform(1, SPAN - 5)
        await asyncio.sleep(at)
        url = f"https://news.example/{number}"
        story = Story(number, headline_id(url), frozenset(TOPIC[word] for word in words), at, corrected)
        self._ledger.stories[number] = self._ledger.by_id[story.id] = story
        now = self._clock.now()
        # What no other story has, so that none is taken for another one's retelling.
        own = " ".join(f"{part}{number}x" for part in ("harbour", "minister", "glacier", "verdict", "orchestra"))
        told = f"Story {number} of {' and '.join(words)}: {own}"
        self._ledger.note(f"story {number} is published, of {words}")
        await self._desk.headlines.add(Headline(story.id, told, url, "news", now, now, lang="en"), now)
        if self._rng.random() < 0.4:
            await asyncio.sleep(self._rng.uniform(0.01, 20))
            story.retold = True
            now, again = self._clock.now(), f"https://again.example/{number}"
            await self._desk.headlines.add(Headline(headline_id(again), told, again, "again", now, now, lang="en"), now)
            self._ledger.note(f"story {number} is told by another source")
        if corrected:
            await asyncio.sleep(self._rng.uniform(0.01, 20))
            again = Headline(story.id, f"{told}, corrected", url, "news", now, self._clock.now(), lang="en")
            await self._desk.headlines.add(again, self._clock.now())
            self._ledger.note(f"story {number} is corrected")

    async def wants(self, reader: Reader, word: str) -> None:
        """A chat subscribes."""
        chats, topics, now = self._desk.chats, self._desk.topics, self._clock.now()
        await self.arrives(reader)
        await topics.register(TOPIC[word], word, now)
        await chats.subscribe(Subscription(reader.id, TOPIC[word], word, now), 20)
        reader.wants.setdefault(TOPIC[word], self._loop.instant)
        self._ledger.note(f"chat {reader.id} wants {word} ({TOPIC[word]})")

    async def arrives(self, reader: Reader) -> None:
        """A chat speaks, known or new or back."""
        kind = ChatKind.GROUP if reader.id < 0 else ChatKind.PRIVATE
        await self._desk.chats.meet(Caller(reader.id, kind, f"Reader {reader.id}"), self._clock.now())
        await self._desk.outbox.hurry(reader.id, self._clock.now())
        self._ledger.note(f"chat {reader.id} speaks")

    async def wants_no_more(self, reader: Reader) -> None:
        """A chat unsubscribes from one of its topics."""
        if reader.wants:
            topic = self._rng.choice(sorted(reader.wants))
            await self._desk.chats.unsubscribe(reader.id, topic)
            reader.wants.pop(topic, None)
            self._ledger.note(f"chat {reader.id} wants {topic} no more")

    async def chooses(self, reader: Reader) -> None:
        """A chat has quiet hours from now on, a digest, a pause, a limit, or nothing of these any more."""
        soon = BEGIN + timedelta(minutes=1)
        digest = Digest((soon.time(),), self._rng.choice([frozenset(), frozenset({TOPIC["alpha"]})]))
        pause = self._clock.now() + timedelta(seconds=self._rng.uniform(1, 40))
        quiet = Quiet(BEGIN.time(), soon.time())
        chosen = self._rng.choice(
            [
                Preferences(quiet=quiet, breaking=self._rng.random() < 0.5),
                Preferences(digest=digest),
                Preferences(paused_until=pause),
                Preferences(most_a_day=1),
                Preferences(digest_asked=self._clock.now()),
                Preferences(),
            ]
        )
        self._ledger.note(f"chat {reader.id} chooses {choices_json(chosen)}")
        self._ledger.counts["chose"] += 1
        await self._desk.choices.change(reader.id, lambda _: chosen, self._clock.now())

    async def stops(self, reader: Reader) -> None:
        """/stop: nothing of the chat is kept."""
        await self._desk.chats.forget(reader.id)
        reader.wants.clear()
        reader.gone = False
        reader.lives += 1
        self._ledger.note(f"chat {reader.id} stops")

    async def blocks(self, reader: Reader) -> None:
        """A chat does not let us in, and perhaps comes back."""
        place = self._telegram.open(reader.id)
        group = reader.id < 0
        place.blocked = f"Forbidden: bot was {'kicked from the group chat' if group else 'blocked by the user'}"
        reader.reachable = False
        self._ledger.note(f"chat {reader.id}: {place.blocked}")
        await asyncio.sleep(self._rng.uniform(0.5, 15))
        if self._rng.random() < 0.8:
            place.blocked, reader.reachable = "", True
            self._ledger.note(f"chat {reader.id} is back")
            await self.arrives(reader)

    async def silences(self, reader: Reader) -> None:
        """A chat does not let us write for a while, and perhaps says so when it does again."""
        place = self._telegram.open(reader.id)
        place.silent = True
        self._ledger.note(f"chat {reader.id} gives no rights")
        await asyncio.sleep(self._rng.uniform(0.5, 25))
        place.silent = False
        if self._rng.random() < 0.5:
            await self.arrives(reader)

    async def upgrades(self, reader: Reader) -> None:
        """A group becomes a supergroup: the old id tells so at once, and a service message to the bot a bit later."""
        new = reader.id * 1000 - self._rng.randrange(3)
        self._telegram.open(reader.id).moved_to = new
        self._telegram.open(new)
        reader.ids.append(new)
        self._ledger.readers[new] = reader
        self._ledger.moved(reader)
        async with reader.deeds:
            await asyncio.sleep(self._rng.choice([0.05, 0.5, 5.0]) * self._rng.random())
            hurt = self._stage.house("doorman", Fate(self._rng.randrange(12), self._rng.random() < 0.5))
            try:
                await hurt.chats.move(reader.ids[0], new, self._clock.now())
            except PowerCut:  # it is not ticked off, so the next one hears it again, before all that comes after it
                await asyncio.sleep(self._rng.uniform(0.1, 45))
                await self._desk.chats.move(reader.ids[0], new, self._clock.now())
            self._ledger.note(f"group {reader.ids[0]} told the bot that it is {new}")

    async def asks(self, reader: Reader) -> None:
        """A person asks for something, and is answered by some process."""
        place = self._telegram.open(reader.id)
        if not self._stage.living or place.blocked or place.silent:
            return
        house, asked = self._rng.choice(self._stage.living), self._loop.instant
        self._ledger.note(f"chat {reader.id} asks {house.process.name}")
        became, waited = await house.reply(reader.id), self._loop.instant - asked
        self._ledger.counts[f"reply {became}"] += 1
        silence = Fault.FLOOD in self._telegram.faults or reader.id < 0  # a group's minute may be full
        if not silence and (became == "starved" or waited > (IN_A_RUSH if self._stage.rush else REPLY_WITHIN)):
            self._ledger.accuse(f"an answer to chat {reader.id} was {became} after {waited:.1f} s")
