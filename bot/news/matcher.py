"""Which topics does a headline satisfy? Percolation: topics are the index, the headline is the query.

Every topic is filed under its rarest tokens (which topics ask for least), two of them for each way to satisfy it:
a headline looks only at the topics whose two tokens it has, and most of those it satisfies.

Here: the index.
Not here: where a topic is filed (filing), what a headline has (seen), word forms (vocabulary).
"""

from __future__ import annotations

from collections.abc import Set
from typing import TypeAlias

from bot.news.evidence import ALONE, Around, evidence, matches, why
from bot.news.filing import Check, Filing, Triggers, filing
from bot.news.model import Headline
from bot.news.seen import Seen
from bot.news.tokens import Token, meaning_of
from bot.news.topics_tree import Meaning, Topic
from bot.news.vocabulary import Vocabulary

__all__ = ["Matcher", "matches", "why"]

# The topics of one trigger: the only one's id, those of a few, those of many. Nearly all have one, and memory counts.
_Held: TypeAlias = str | tuple[str, ...] | set[str]
_FEW = 8


class Matcher:
    """An index of topics by id. Adding and removing one takes microseconds, whatever the number of the others."""

    def __init__(self) -> None:
        self._triggers: dict[str, Triggers] = {}
        self._checks: dict[str, Check] = {}  # of topics that a headline may fail though it has one of their triggers
        self._index: dict[Token, dict[Token, _Held]] = {}
        self._meanings = set[Meaning]()
        self._vocabulary = Vocabulary()

    def __len__(self) -> int:
        return len(self._triggers)

    def __contains__(self, topic_id: str) -> bool:
        return topic_id in self._triggers

    @property
    def meanings(self) -> Set[Meaning]:
        """Those that topics ask for: whoever calls `match` finds out before which of them a headline has."""
        return self._meanings

    def add(self, topic_id: str, topic: Topic) -> None:
        """File a topic; one of the same id gives way to it."""
        self.remove(topic_id)
        filed = filing(topic.root, self._vocabulary.rarity)
        self._triggers[topic_id] = filed.triggers
        if filed.check:
            self._checks[topic_id] = filed.check
        triggers = iter(filed.triggers)
        for first, second in zip(triggers, triggers, strict=True):
            seconds = self._index.get(first)
            if seconds is None:
                seconds = self._index[first] = {}
            seconds[second] = _with(seconds.get(second), topic_id)
        for token in filed.tokens():
            if self._vocabulary.add(token) and (meaning := meaning_of(token)):
                self._meanings.add(meaning)

    def remove(self, topic_id: str) -> None:
        """Forget a topic, if it is there."""
        if topic_id not in self._triggers:
            return
        filed = Filing(self._triggers.pop(topic_id), self._checks.pop(topic_id, None))
        triggers = iter(filed.triggers)
        for first, second in zip(triggers, triggers, strict=True):
            seconds = self._index[first]
            rest = _without(seconds.pop(second), topic_id)
            if rest is not None:
                seconds[second] = rest
            elif not seconds:
                del self._index[first]
        for token in filed.tokens():
            if self._vocabulary.remove(token) and (meaning := meaning_of(token)):
                self._meanings.remove(meaning)

    def match(self, headline: Headline, around: Around = ALONE) -> set[str]:
        """The ids of the topics that the headline satisfies."""
        return self.satisfied_by(self.see(headline, around))

    def see(self, headline: Headline, around: Around = ALONE) -> Seen:
        """The headline in the words of the topics that are here now: half of what match does."""
        offered = evidence(headline, around)
        return Seen(offered, self._vocabulary.terms_in(offered.langs))

    def satisfied_by(self, seen: Seen) -> set[str]:
        """The ids of the topics that a headline satisfies which was seen since the last change: the other half."""
        found = self._candidates(seen.tokens)
        for topic_id in found & self._checks.keys():
            needs, bars, rest = self._checks[topic_id]
            if not (
                seen.tokens.issuperset(needs) and seen.tokens.isdisjoint(bars) and (not rest or seen.satisfies(rest))
            ):
                found.discard(topic_id)
        return found

    def _candidates(self, tokens: set[Token]) -> set[str]:
        found: set[str] = set()
        for token in tokens & self._index.keys():
            seconds = self._index[token]
            for second in tokens & seconds.keys():
                held = seconds[second]
                if isinstance(held, str):
                    found.add(held)
                else:
                    found.update(held)
        return found


def _with(held: _Held | None, topic_id: str) -> _Held:
    if held is None:
        return topic_id
    if isinstance(held, set):
        held.add(topic_id)
        return held
    few = (held,) if isinstance(held, str) else held
    return (*few, topic_id) if len(few) < _FEW else {*few, topic_id}


def _without(held: _Held, topic_id: str) -> _Held | None:
    if isinstance(held, set):
        held.discard(topic_id)
        return held or None
    if isinstance(held, str):
        return None
    rest = tuple(other for other in held if other != topic_id)
    return rest if len(rest) > 1 else rest[0]
