"""A headline in the words of the index. Owns what a headline has of all that topics ask for, and where.

Here: tokens, and whether a leaf holds.
Not here: which terms a word satisfies (vocabulary), the plain truth that this must agree with (evidence).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from bot.news.evidence import Evidence
from bot.news.tokens import Token, asked_by, beside_words, token_of
from bot.news.topics_tree import Leaf, Near, Node, Words, satisfied


class Seen:
    """The tokens of one headline; `terms` gives the terms that a word satisfies, none for the gap behind a title."""

    __slots__ = ("_found_at", "_places", "_title", "tokens")

    def __init__(self, offered: Evidence, terms: Mapping[str, frozenset[Token]]) -> None:
        self._places = [terms[word] for word in offered.words]
        self._title = offered.title
        self.tokens = beside_words(offered).union(*self._places)
        self._found_at: dict[Token, list[int]] = {}

    def satisfies(self, node: Node) -> bool:
        """True where the headline satisfies the node."""
        return satisfied(node, self._holds)

    def _holds(self, leaf: Leaf) -> bool:
        if not self.tokens.issuperset(asked_by(leaf)):
            return False
        if isinstance(leaf, Words):
            return token_of(leaf) is not None or bool(self._starts(leaf))
        return not isinstance(leaf, Near) or self._are_near(leaf)

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
        first, places = leaf.words[0], self._places
        further = tuple(enumerate(leaf.words))[1:]
        last = (self._title if leaf.in_title else len(places)) - len(leaf.words)
        return [
            start
            for start in self._where(first)
            if start <= last and all(word in places[start + step] for step, word in further)
        ]

    def _where(self, token: Token) -> list[int]:
        if not self._found_at:
            for place, found in enumerate(self._places):
                for each in found:
                    self._found_at.setdefault(each, []).append(place)
        return self._found_at.get(token, [])
