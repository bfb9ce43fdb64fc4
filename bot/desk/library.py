"""Every headline that is listed, in memory by its words. It is read beside the loops, the newest first.

Here: filling shelves, following the stream, and letting go of what is too old or too much.
Not here: a shelf (news/shelf), what is looked for (searching).

A headline with its summary takes 1.7 kilobytes here: the default of 100,000 takes 170 MB (benchmarks/search).
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from datetime import timedelta
from heapq import nlargest

import structlog

from bot.meaning.dictionaries import Dictionaries
from bot.news.languages import with_language
from bot.news.model import Headline
from bot.news.ranking import Order, worth, worth_of_title
from bot.news.shelf import Hit, Look, Shelf
from bot.news.topics import Topic
from bot.ports import Clock
from bot.store.headlines import Keep
from bot.store.readalong import END, ReadAlong

# One exchange with Redis; and after so many headlines the event loop is given back: some five milliseconds.
AT_ONCE, PORTION = 200, 20
# The oldest shelf goes as a whole when there are more headlines than the stream lists.
SHELVES = 8
# A word that was meant has about the length of what was typed.
_NEAR_LENGTH = 2

log = structlog.get_logger()


class Library:
    """All shelves of this process."""

    def __init__(self, along: ReadAlong, dictionaries: Dictionaries, keep: Keep, clock: Clock) -> None:
        self._along = along
        self._dictionaries = dictionaries
        self._keep = keep
        self._clock = clock
        self._days = timedelta(days=keep.days)
        self._size = max(keep.length // SHELVES, 1)
        self._shelves: list[Shelf] = []  # of old headlines, and of new ones at the end
        self._old, self._new = Shelf(), Shelf()
        self._after, self._before = "", END
        self._is_whole = False
        self._reading = asyncio.Lock()

    def __len__(self) -> int:
        return sum(map(len, self._all()))

    @property
    def is_whole(self) -> bool:
        """Whether everything that was listed at the start has been read."""
        return self._is_whole

    async def step(self) -> bool:
        """Read on: what is new, or else some of what is old; true if there may be more."""
        async with self._reading:
            if not self._after:
                self._after = await self._along.end()
            passage = await self._along.after(self._after, AT_ONCE, self._clock.now())
            if passage.position:
                self._after = passage.position
                self._new = await self._put(passage.headlines, self._new)
                self._let_go()
                return True
            return not self._is_whole and await self._read_back()

    async def look(self, topic: Topic, most: int, order: Order) -> Look:
        """What there is for a topic on all shelves, the best first. The event loop is given back after each."""
        found, is_sure, hits = 0, True, dict[str, Hit]()
        since = (self._clock.now() - self._days).timestamp()
        for shelf in list(self._all()):
            look = shelf.look(topic, most, worth_of_title(order), since)
            found, is_sure = found + look.found, is_sure and look.is_sure
            hits.update((hit.id, hit) for hit in look.hits)
            await asyncio.sleep(0)
        best = nlargest(most, hits.values(), key=lambda hit: worth(hit, order))
        return Look(found, tuple(best), is_sure)

    def knows(self, word: str) -> bool:
        """Whether a headline has a form of the word."""
        return any(shelf.has(word) for shelf in self._all())

    async def words_near(self, word: str) -> dict[str, int]:
        """Words that begin as this one does and are about as long, and how many headlines have each."""
        found = dict[str, int]()
        for shelf in list(self._all()):
            await asyncio.sleep(0)
            for near, times in shelf.words_like(word[:1]):
                if abs(len(near) - len(word)) <= _NEAR_LENGTH:
                    found[near] = found.get(near, 0) + times
        return found

    def _all(self) -> Iterator[Shelf]:
        yield from (*self._shelves, self._old, self._new)

    async def _read_back(self) -> bool:
        passage = await self._along.before(self._before, AT_ONCE)
        self._before = passage.position
        listed = [each for each in passage.headlines if each.published_at >= self._clock.now() - self._days]
        self._old = await self._put(listed, self._old)
        self._is_whole = passage.ends or len(self) >= self._keep.length
        if self._is_whole:
            gc.freeze()  # all of it stays for days; looking for garbage in it would hold everybody for 100 ms
            log.info("headlines can be searched", headlines=len(self))
        return not self._is_whole

    async def _put(self, headlines: tuple[Headline, ...] | list[Headline], shelf: Shelf) -> Shelf:
        """Put headlines on a shelf, or the next one where it is full; gives the one that has room."""
        for start in range(0, len(headlines), PORTION):
            read = [with_language(each) for each in headlines[start : start + PORTION]]
            await self._dictionaries.know_words_of(read)
            for headline in read:
                if len(shelf) >= self._size:
                    self._shelves.append(shelf)
                    shelf = Shelf()
                shelf.put(headline)
            await asyncio.sleep(0)
        return shelf

    def _let_go(self) -> None:
        """Drop shelves on which nothing is listed any more, and the oldest ones where there are too many."""
        oldest = self._clock.now() - self._days
        self._shelves = [shelf for shelf in self._shelves if shelf.newest and shelf.newest >= oldest]
        self._shelves.sort(key=lambda shelf: shelf.newest or oldest)
        while self._shelves and len(self) - len(self._shelves[0]) >= self._keep.length:
            del self._shelves[0]
