"""Searching all that is listed: what satisfies a topic, in which order, and what to try where nothing does.

Here: from words to headlines.
Not here: the index (library, news/shelf), the order (news/ranking), pages of a list (lists).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from bot.desk.library import Library
from bot.desk.meant import meant
from bot.desk.recent import asked_meanings, matching, told_once
from bot.meaning.meanings import Meanings
from bot.news.answers import Sought
from bot.news.model import Headline, ReadyTopic
from bot.news.ranking import Order, ranked
from bot.news.suggestions import wider
from bot.news.topics import Topic, parse
from bot.news.topics_tree import Words, leaves
from bot.ports import Clock
from bot.store.readalong import ReadAlong

# So many of those that answer best are put in order; a list has no more rows.
RANKED = 200
# So many are looked at one by one where the index does not know for sure: phrases, meanings, numbers of sources.
LOOKED_AT = 600
AT_ONCE = 50
MOST_NEAR = 3
ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class Finds:
    """What a search found: stories, each by one headline, in their order."""

    headlines: tuple[Headline, ...]
    sought: Sought


class Searching:
    """Looks for headlines."""

    def __init__(
        self, library: Library, along: ReadAlong, meanings: Meanings, ready: Sequence[ReadyTopic], clock: Clock
    ) -> None:
        self._library = library
        self._along = along
        self._meanings = meanings
        self._ready = ready
        self._clock = clock

    async def search(self, expression: str, order: Order) -> Finds:
        """The headlines that satisfy a topic. Raises BadTopic, UserError."""
        topic = meant(expression, self._ready).topic
        asked_meanings(topic, self._meanings)
        await self._library.step()  # what came this second is found, too
        look = await self._library.look(topic, LOOKED_AT, order)
        best = [hit.id for hit in look.hits]
        caught = await (self._records(best[:RANKED]) if look.is_sure else self._satisfying(topic, best))
        rows = told_once(ranked(caught, {hit.id: hit for hit in look.hits}, expression, order))
        counted = look.is_sure or look.found <= LOOKED_AT
        found = look.found if look.is_sure else len(caught)
        near = await self._near(topic, expression) if not caught else ()
        return Finds(tuple(rows), Sought(order, found, counted, self._library.is_whole, near))

    async def _satisfying(self, topic: Topic, idents: list[str]) -> list[Headline]:
        """Those that satisfy the topic when each is looked at."""
        found: list[Headline] = []
        for start in range(0, len(idents), AT_ONCE):
            some = await self._records(idents[start : start + AT_ONCE])
            found += await matching(topic, some, self._meanings)
        return found

    async def _records(self, idents: list[str]) -> list[Headline]:
        """The headlines as they are now, each with those who tell its story."""
        found: list[Headline] = []
        for start in range(0, len(idents), AT_ONCE):
            known = await self._along.known(idents[start : start + AT_ONCE])
            began = await self._along.known([each.story for each in known.values() if each.story not in {"", each.id}])
            found += [_told(each, began.get(each.story)) for each in known.values()]
        return found

    async def _near(self, topic: Topic, expression: str) -> tuple[str, ...]:
        """Other expressions that find something: with another spelling, or wider ones."""
        tried = [
            *await self._spelled(topic, expression),
            *(each.expression for each in wider(topic, self._meanings.level)),
        ]
        good: list[str] = []
        for each in dict.fromkeys(tried):
            look = await self._library.look(parse(each), 1, Order.NEWEST)
            if look.found and look.is_sure and len(good) < MOST_NEAR:
                good.append(each)
        return tuple(good)

    async def _spelled(self, topic: Topic, expression: str) -> list[str]:
        """The expression with words that are there instead of those that no headline has."""
        spelled: list[str] = []
        terms = {word for leaf in leaves(topic.root) if isinstance(leaf, Words) for word in leaf.words}
        for term in sorted(terms):
            if not self._library.knows(term) and term in expression.casefold():
                times = await self._library.words_near(term)
                near = get_close_matches(term, times, n=2 * MOST_NEAR, cutoff=ALIKE)
                best = sorted(near, key=lambda word: times[word], reverse=True)[:MOST_NEAR]
                spelled += [expression.casefold().replace(term, word) for word in best]
        return spelled


def _told(headline: Headline, began: Headline | None) -> Headline:
    return replace(headline, tellings=began.tellings) if began else headline
