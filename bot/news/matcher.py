"""Which topics does a headline satisfy? Percolation: topics are the index, the headline is the query.

Every topic is filed under its rarest words (which topics ask for least), at most two of them a choice: a
headline looks only at the topics whose two words it has, and most of those it satisfies.

Here: the index.
Not here: word forms (forms, vocabulary), what satisfies a topic (reading, topics_tree).
"""

from __future__ import annotations

from typing import TypeAlias

from bot.news.evidence import ALONE, Around, Evidence, evidence, matches, why
from bot.news.model import Headline
from bot.news.topics_tree import (
    AllOf,
    AnyOf,
    Everything,
    FromSource,
    InLanguage,
    Leaf,
    Node,
    Topic,
    Words,
    leaves,
    satisfied,
)
from bot.news.vocabulary import Vocabulary

__all__ = ["Matcher", "matches", "why"]

# Two tokens that a headline must have for a topic to be looked at. No word begins like these, which are not words.
Trigger: TypeAlias = tuple[str, str]
_ALWAYS = "*"
_FIELD_MARKS = "*:@"
_COMMON = 1 << 40


class Matcher:
    """An index of topics by id. Adding and removing one takes microseconds, whatever the number of the others."""

    def __init__(self) -> None:
        self._filed: dict[str, tuple[Topic, tuple[Trigger, ...]]] = {}
        self._unsettled: dict[str, Node] = {}  # topics that a headline may fail though it has one of their triggers
        self._index: dict[str, dict[str, set[str]]] = {}
        self._vocabulary = Vocabulary()

    def __len__(self) -> int:
        return len(self._filed)

    def __contains__(self, topic_id: str) -> bool:
        return topic_id in self._filed

    def add(self, topic_id: str, topic: Topic) -> None:
        """File a topic; one of the same id gives way to it."""
        self.remove(topic_id)
        triggers = self._triggers(topic.root)
        self._filed[topic_id] = (topic, triggers)
        if not _settled(topic.root):
            self._unsettled[topic_id] = topic.root
        for first, second in triggers:
            self._index.setdefault(first, {}).setdefault(second, set()).add(topic_id)
        for word in _words(topic):
            self._vocabulary.add(word)

    def remove(self, topic_id: str) -> None:
        """Forget a topic, if it is there."""
        if topic_id not in self._filed:
            return
        topic, triggers = self._filed.pop(topic_id)
        self._unsettled.pop(topic_id, None)
        for first, second in triggers:
            ids = self._index[first][second]
            ids.discard(topic_id)
            if not ids:
                del self._index[first][second]
                if not self._index[first]:
                    del self._index[first]
        for word in _words(topic):
            self._vocabulary.remove(word)

    def match(self, headline: Headline, around: Around = ALONE) -> set[str]:
        """The ids of the topics that the headline satisfies."""
        seen = _Seen(evidence(headline, around), self._vocabulary)
        found = self._candidates(seen.tokens)
        unsure = found & self._unsettled.keys()
        return found - {topic_id for topic_id in unsure if not satisfied(self._unsettled[topic_id], seen.holds)}

    def _candidates(self, tokens: set[str]) -> set[str]:
        found: set[str] = set()
        for token in tokens & self._index.keys():
            seconds = self._index[token]
            for second in tokens & seconds.keys():
                found |= seconds[second]
        return found

    def _triggers(self, node: Node) -> tuple[Trigger, ...]:
        """Pairs of tokens of which every headline that satisfies the node has at least one."""
        match node:
            case AnyOf():
                return tuple({trigger for option in node.options for trigger in self._triggers(option)})
            case AllOf():
                return self._rarest(node)
            case _:
                return self._pairs([_required(node)])

    def _rarest(self, node: AllOf) -> tuple[Trigger, ...]:
        required = {token for part in node.wanted for token in _required(part)}
        choices = [self._triggers(part) for part in node.wanted if isinstance(part, AnyOf)]
        if not choices or len(required) > 1:
            return self._pairs([required])
        fewest = min(choices, key=lambda triggers: sum(self._asked(first) for first, _ in triggers))
        return self._pairs([required | {first} for first, _ in fewest]) if required else fewest

    def _pairs(self, groups: list[set[str]]) -> tuple[Trigger, ...]:
        """The two rarest tokens of each group, the rarest first."""
        rarest = [sorted(group, key=lambda token: (self._asked(token), token))[:2] for group in groups]
        return tuple({(tokens[0], tokens[-1] if len(tokens) > 1 else _ALWAYS) for tokens in rarest})

    def _asked(self, token: str) -> int:
        """How many topics ask for a token; a language or a source is had by more headlines than any word."""
        return _COMMON if token[0] in _FIELD_MARKS else self._vocabulary.asked(token)


class _Seen:
    """A headline in the words of the index: what it has, and whether a leaf holds."""

    def __init__(self, offered: Evidence, vocabulary: Vocabulary) -> None:
        self._places = [vocabulary.find(word, offered.langs) if word else frozenset() for word in offered.words]
        self.tokens = {_ALWAYS, _source(offered.source), *map(_language, offered.langs)}.union(*self._places)

    def holds(self, leaf: Leaf) -> bool:
        """True where the headline satisfies the leaf."""
        if isinstance(leaf, Words):
            return self.tokens.issuperset(leaf.words) and (len(leaf.words) == 1 or self._has_phrase(leaf.words))
        return self.tokens >= _required(leaf)

    def _has_phrase(self, words: tuple[str, ...]) -> bool:
        starts = range(len(self._places) - len(words) + 1)
        return any(all(word in self._places[start + step] for step, word in enumerate(words)) for start in starts)


def _required(node: Node) -> set[str]:
    """The tokens that a headline must have for a leaf to hold; none are known of a choice."""
    match node:
        case Words():
            return set(node.words)
        case FromSource():
            return {_source(node.name)}
        case InLanguage():
            return {_language(node.code)}
        case Everything():
            return {_ALWAYS}
        case _:
            return set()


def _settled(node: Node) -> bool:
    """True where a headline that has a trigger of the node satisfies it: the trigger is all that it asks for."""
    match node:
        case AnyOf():
            return all(_settled(option) for option in node.options)
        case AllOf():
            return not node.unwanted and len(node.wanted) == 2 and all(_is_token(part) for part in node.wanted)
        case _:
            return _is_token(node)


def _is_token(node: Node) -> bool:
    return len(_required(node)) == 1 and not (isinstance(node, Words) and len(node.words) > 1)


def _source(name: str) -> str:
    return f":{name}"


def _language(code: str) -> str:
    return f"@{code}"


def _words(topic: Topic) -> set[str]:
    return {word for leaf in leaves(topic.root) if isinstance(leaf, Words) for word in leaf.words}
