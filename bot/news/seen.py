"""A headline in the words of the index. Owns what a headline has of all that topics ask for, and where.

Here: tokens, and whether a leaf holds.
Not here: which terms a word satisfies (vocabulary), the plain truth that this must agree with (evidence).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from bot.news.evidence import Evidence
from bot.news.filing import Unsure
from bot.news.tokens import Token, asked_by
from bot.news.topics_tree import Leaf, Near, Words, satisfied


class Seen:
    """The tokens of one headline.

    `terms` gives the terms that a word satisfies, none for the gap behind a title; `beside` are the other tokens.
    """

    __slots__ = ("_found_at", "_places", "_title", "tokens")

    def __init__(self, offered: Evidence, terms: Mapping[str, frozenset[Token]], beside: set[Token]) -> None:
        self._places = [terms[word] for word in offered.words]
        self._title = offered.title
        self.tokens = beside.union(*self._places)
        self._found_at: dict[Token, list[int]] = {}

    def satisfies(self, topic: Unsure) -> bool:
        """True where the headline, which has one of the topic's triggers, satisfies the topic."""
        if not (self.tokens.issuperset(topic.needs) and self.tokens.isdisjoint(topic.bars)):
            return False
        rest = topic.rest
        return rest is None or (bool(self._starts(rest)) if isinstance(rest, Words) else satisfied(rest, self._holds))

    def _holds(self, leaf: Leaf) -> bool:
        match leaf:
            case Words():
                return bool(self._starts(leaf))
            case Near():
                return self._are_near(leaf)
            case _:
                return self.tokens.issuperset(asked_by(leaf))

    def _are_near(self, leaf: Near) -> bool:
        others = self._starts(leaf.right)
        for start in self._starts(leaf.left):
            earliest = start - len(leaf.right.words) + 1 - leaf.within
            latest = start + len(leaf.left.words) - 1 + leaf.within
            if start > self._title:
                earliest = max(earliest, self._title)
            else:
                latest = min(latest, self._title)
            place = bisect_left(others, earliest)
            if place < len(others) and others[place] <= latest:
                return True
        return False

    def _starts(self, leaf: Words) -> list[int]:
        """Where the words of the leaf stand one after the other, in order."""
        places, last = self._places, (self._title if leaf.in_title else len(self._places)) - len(leaf.words)
        starts = [start for start in self._where(leaf.words[0]) if start <= last]
        for step, word in enumerate(leaf.words[1:], 1):
            starts = [start for start in starts if word in places[start + step]]
        return starts

    def _where(self, token: Token) -> list[int]:
        if not self._found_at:
            for place, found in enumerate(self._places):
                for each in found:
                    self._found_at.setdefault(each, []).append(place)
        return self._found_at.get(token, [])
