"""Other topics near a topic: some that catch less, some that catch more.

Whatever a narrower one catches, the topic catches as well; whatever the topic catches, a wider one does.

Here: narrower, wider.
Not here: the buttons that offer them (delivery/render), how many headlines each catches (desk).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from types import UnionType
from typing import TypeAlias

from bot.news.errors import BadTopic
from bot.news.said import Said, said
from bot.news.text import words
from bot.news.topics_parser import parse
from bot.news.topics_terms import MOST_SOURCES
from bot.news.topics_told import canonical
from bot.news.topics_tree import (
    AllOf,
    AnyOf,
    Everything,
    Field,
    FromSource,
    InLanguage,
    InSection,
    Leaf,
    Meaning,
    Near,
    Node,
    ToldBy,
    Topic,
    Words,
    all_of,
    any_of,
    leaves,
)

_MOST = 4
# What people write as a phrase is no longer.
_LONGEST_PHRASE = 4
# A beginning of fewer letters, or of a word nearly as short, is that of too many others.
_SHORTEST_BEGINNING, _ENDING = 4, 2
_STEP = 10

# What a topic may be limited to, and what it is without that.
_LIMITS = (
    (ToldBy, said("By any number of sources")),
    (InLanguage, said("In every language")),
    (FromSource, said("From every source")),
    (InSection, said("In every section")),
)

_Change: TypeAlias = Callable[[Leaf], Node]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another topic: the expression, and in a few words what differs."""

    label: Said
    expression: str


def narrower(topic: Topic, level: int) -> tuple[Suggestion, ...]:
    """Up to four topics that catch less; `level` is how alike meanings must be where a topic does not say it."""
    return _sensible(topic, _less(topic.root, level))


def wider(topic: Topic, level: int) -> tuple[Suggestion, ...]:
    """Up to four topics that catch more; `level` is how alike meanings must be where a topic does not say it."""
    return _sensible(topic, _more(topic.root, level))


def _sensible(topic: Topic, tried: Iterable[tuple[Said, Node]]) -> tuple[Suggestion, ...]:
    """The first of those that are another topic, and one that can match."""
    told: dict[Topic, Suggestion] = {}
    for label, root in tried:
        expression = canonical(Topic(root))
        try:
            other = parse(expression)
        except BadTopic:
            continue
        if other != topic:
            told.setdefault(other, Suggestion(label, expression))
    return tuple(told.values())[:_MOST]


def _less(root: Node, level: int) -> Iterator[tuple[Said, Node]]:
    wanted, unwanted = _sides(root)
    if phrase := _phrase(wanted):
        yield said("As a phrase"), all_of([phrase], unwanted)
    yield said("{n} % more alike", n=_STEP), _with(root, lambda leaf: _alike(leaf, _STEP, level))
    yield said("In the title only"), _with(root, lambda leaf: _titled(leaf, in_title=True))
    if isinstance(root, AnyOf):
        yield said("All of them"), all_of(list(root.options), [])
    told = max((part.sources for part in wanted if isinstance(part, ToldBy)), default=1)
    for number in range(told + 1, min(told + 2, MOST_SOURCES) + 1):
        yield said("Told by {n} sources", n=number), all_of([*_but(wanted, ToldBy), ToldBy(number)], unwanted)


def _more(root: Node, level: int) -> Iterator[tuple[Said, Node]]:
    wanted, unwanted = _sides(root)
    about = _but(wanted, Field)
    if len(about) > 1:
        yield said("Any of these"), all_of([any_of(about), *(part for part in wanted if part not in about)], unwanted)
    yield said("{n} % less alike", n=_STEP), _with(root, lambda leaf: _alike(leaf, -_STEP, level))
    yield said("In any form"), _with(root, _in_any_form)
    yield said("Words in any place"), _with(root, _apart)
    if unwanted:
        yield said("Without the exceptions"), all_of(wanted, [])
    yield said("Not only in the title"), _with(root, lambda leaf: _titled(leaf, in_title=False))
    for kind, label in _LIMITS:
        if rest := _but(wanted, kind):
            yield label, all_of(rest, unwanted)
    if beginning := _beginning(wanted):
        longest, begins = beginning
        label = said("Also {beginning}…", beginning=begins.words[0].rstrip("*"))
        yield label, _with(root, lambda leaf: any_of([leaf, begins]) if leaf == longest else leaf)


def _sides(root: Node) -> tuple[list[Node], list[Node]]:
    return (list(root.wanted), list(root.unwanted)) if isinstance(root, AllOf) else ([root], [])


def _but(nodes: list[Node], kind: type | UnionType) -> list[Node]:
    return [node for node in nodes if not isinstance(node, kind)]


def _phrase(wanted: list[Node]) -> Words | None:
    """All words one after the other, where there are only words, and few."""
    parts = [part for part in wanted if isinstance(part, Words)]
    is_short = sum(len(part.words) for part in parts) <= _LONGEST_PHRASE
    if not (1 < len(parts) == len(wanted) and is_short and len({part.in_title for part in parts}) == 1):
        return None
    return Words(tuple(word for part in parts for word in part.words), in_title=parts[0].in_title)


def _with(node: Node, change: _Change) -> Node:
    """The node with each wanted leaf changed; what is unwanted stays."""
    match node:
        case AllOf():
            return all_of([_with(part, change) for part in node.wanted], list(node.unwanted))
        case AnyOf():
            return any_of([_with(part, change) for part in node.options])
        case Everything():
            return node
        case _:
            return change(node)


def _titled(leaf: Leaf, *, in_title: bool) -> Leaf:
    match leaf:
        case Words():
            return replace(leaf, in_title=in_title)
        case Near():
            left, right = (replace(side, in_title=in_title) for side in (leaf.left, leaf.right))
            return Near(left, right, leaf.within)
        case _:
            return leaf


def _alike(leaf: Leaf, step: int, level: int) -> Node:
    if not isinstance(leaf, Meaning):
        return leaf
    asked = leaf.level or level
    return replace(leaf, level=max(1, min(99, asked + step)))


def _in_any_form(leaf: Leaf) -> Node:
    return replace(leaf, words=tuple(word.lstrip("=") for word in leaf.words)) if isinstance(leaf, Words) else leaf


def _apart(leaf: Leaf) -> Node:
    """The words of a phrase, or of two that are near, wherever they stand; characters of Chinese stay together."""
    match leaf:
        case Words() if all(len(word) > 1 for word in leaf.words):
            return all_of([replace(leaf, words=(word,), shown="") for word in leaf.words], [])
        case Near():
            return all_of([leaf.left, leaf.right], [])
        case _:
            return leaf


def _beginning(wanted: list[Node]) -> tuple[Words, Words] | None:
    """The longest single word that is wanted, and all words that begin nearly as it does."""
    single = [leaf for node in wanted for leaf in leaves(node) if isinstance(leaf, Words) and len(leaf.words) == 1]
    longest = max(single, key=lambda leaf: len(leaf.words[0]), default=None)
    if longest is None or len(word := longest.words[0].strip("=*")) <= _SHORTEST_BEGINNING:
        return None
    begins = word[: max(_SHORTEST_BEGINNING, len(word) - _ENDING)]
    return (longest, replace(longest, words=(f"{begins}*",))) if words(begins) == [begins] else None
