"""Which topics does a headline satisfy? Percolation: topics are the index, the headline is the query.

Every topic is filed under its rarest tokens (which topics ask for least), two of them for each way to satisfy it:
a headline looks only at the topics whose two tokens it has, and most of those it satisfies.

Here: the index.
Not here: where a topic is filed (filing), what a headline has (seen), word forms (vocabulary).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import TypeAlias

from bot.news.evidence import ALONE, Around, evidence, matches, why
from bot.news.filing import Filed, Triggers, Unsure, filed, tokens_of
from bot.news.model import Headline
from bot.news.seen import Seen
from bot.news.tokens import Token, beside_words, meaning_of
from bot.news.topics_tree import Meaning, Topic
from bot.news.vocabulary import Vocabulary

__all__ = ["Matcher", "matches", "why"]

# A topic that has been found with its trigger, by its id; or one of which it takes more.
_Found: TypeAlias = str | Unsure
# The topics of one trigger: the only one, a few, many. Nearly all have one, and memory counts.
_Held: TypeAlias = _Found | tuple[_Found, ...] | set[_Found]
_FEW = 8


class Matcher:
    """An index of topics by id. Adding and removing one takes microseconds, whatever the number of the others."""

    def __init__(self) -> None:
        self._filed: dict[str, Filed] = {}
        self._index: dict[Token, dict[Token, _Held]] = {}
        self._meanings = set[Meaning]()
        self._vocabulary = Vocabulary()

    def __len__(self) -> int:
        return len(self._filed)

    def __contains__(self, topic_id: str) -> bool:
        return topic_id in self._filed

    @property
    def meanings(self) -> Set[Meaning]:
        """Those that topics ask for: whoever calls `match` finds out before which of them a headline has."""
        return self._meanings

    def add(self, topic_id: str, topic: Topic) -> None:
        """File a topic; one of the same id gives way to it."""
        if topic_id in self._filed:
            self.remove(topic_id)
        here = self._filed[topic_id] = filed(topic_id, topic.root, self._vocabulary.rarity)
        found, triggers = (topic_id, here) if isinstance(here, tuple) else (here, here.triggers)
        for first, second in _pairs(triggers):
            seconds = self._index.get(first)
            if seconds is None:
                seconds = self._index[first] = {}
            seconds[second] = _with(seconds.get(second), found)
        for token in tokens_of(here):
            if self._vocabulary.add(token) and (meaning := meaning_of(token)):
                self._meanings.add(meaning)

    def remove(self, topic_id: str) -> None:
        """Forget a topic, if it is there."""
        here = self._filed.pop(topic_id, None)
        if here is None:
            return
        found, triggers = (topic_id, here) if isinstance(here, tuple) else (here, here.triggers)
        for first, second in _pairs(triggers):
            seconds = self._index[first]
            rest = _without(seconds.pop(second), found)
            if rest is not None:
                seconds[second] = rest
            elif not seconds:
                del self._index[first]
        for token in tokens_of(here):
            if self._vocabulary.remove(token) and (meaning := meaning_of(token)):
                self._meanings.remove(meaning)

    def prepare(self, langs: Iterable[str]) -> Iterator[None]:
        """Make ready, in steps of some milliseconds, for words of these languages: else the first of each waits."""
        return self._vocabulary.prepare(langs)

    def match(self, headline: Headline, around: Around = ALONE) -> set[str]:
        """The ids of the topics that the headline satisfies."""
        return self.satisfied_by(self.see(headline, around))

    def see(self, headline: Headline, around: Around = ALONE) -> Seen:
        """The headline in the words of the topics that are here now: half of what match does."""
        offered = evidence(headline, around)
        return Seen(offered, self._vocabulary.terms_in(offered.langs), self._vocabulary.asked_of(beside_words(offered)))

    def satisfied_by(self, seen: Seen) -> set[str]:
        """The ids of the topics that a headline satisfies which was seen since the last change: the other half."""
        satisfied = set[str]()
        for found in self._with_a_trigger_in(seen.tokens):
            if isinstance(found, str):
                satisfied.add(found)
            elif found.topic_id not in satisfied and seen.satisfies(found):
                satisfied.add(found.topic_id)
        return satisfied

    def _with_a_trigger_in(self, tokens: set[Token]) -> list[_Found]:
        found: list[_Found] = []
        for first in tokens & self._index.keys():
            seconds = self._index[first]
            for second in tokens & seconds.keys():
                held = seconds[second]
                if isinstance(held, tuple | set):
                    found.extend(held)
                else:
                    found.append(held)
        return found


def _pairs(triggers: Triggers) -> Iterator[tuple[Token, Token]]:
    tokens = iter(triggers)
    return zip(tokens, tokens, strict=True)


def _with(held: _Held | None, found: _Found) -> _Held:
    if held is None:
        return found
    if isinstance(held, set):
        held.add(found)
        return held
    few = held if isinstance(held, tuple) else (held,)
    return (*few, found) if len(few) < _FEW else {*few, found}


def _without(held: _Held, found: _Found) -> _Held | None:
    if isinstance(held, set):
        held.discard(found)
        return held or None
    if not isinstance(held, tuple):
        return None
    rest = tuple(other for other in held if other != found)
    return rest if len(rest) > 1 else rest[0]
