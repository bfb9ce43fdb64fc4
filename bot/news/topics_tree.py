"""What a topic is, as values. Owns the parts of a topic and what it takes to satisfy them.

Here: the tree that an expression stands for, and its evaluation.
Not here: reading it (topics_parser), writing it (topics_told), looking a headline up (matcher).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Words:
    """Terms that stand one after the other; `shown` is how the person wrote them.

    A term is a folded word, which stands for all its forms; `word*`, which stands for all that begins so; or
    `=word`, which stands for this form only. `in_title`: the summary does not count.
    """

    words: tuple[str, ...]
    shown: str = field(default="", compare=False)
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """The two stand in one text, at most `within` words from one another (1: side by side), either first.

    Phrases count from their nearest ends; `near` makes the one form of it.
    """

    left: Words
    right: Words
    within: int


@dataclass(frozen=True, slots=True)
class FromSource:
    """The headline comes from the source of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class InSection:
    """Its source put the headline into the section of this folded name."""

    name: str


@dataclass(frozen=True, slots=True)
class InLanguage:
    """The headline is in the language of this ISO 639-1 code."""

    code: str


@dataclass(frozen=True, slots=True)
class ToldBy:
    """At least so many sources tell the headline's story."""

    sources: int


@dataclass(frozen=True, slots=True)
class OfStory:
    """The headline tells the story of this id."""

    id: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """The headline means about the same as these words, in whatever language.

    `level`, in per cent, is how near its meaning must be; None: as near as the operator set it.
    """

    text: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Everything:
    """Every headline."""


@dataclass(frozen=True, slots=True, eq=False)
class AllOf:
    """Each of `wanted` (at least one), and none of `unwanted`; in whatever order, it is the same."""

    wanted: tuple[Node, ...]
    unwanted: tuple[Node, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AllOf) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._parts())

    def _parts(self) -> tuple[frozenset[Node], frozenset[Node]]:
        return frozenset(self.wanted), frozenset(self.unwanted)


@dataclass(frozen=True, slots=True, eq=False)
class AnyOf:
    """At least one of two or more; in whatever order, it is the same."""

    options: tuple[Node, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AnyOf) and frozenset(self.options) == frozenset(other.options)

    def __hash__(self) -> int:
        return hash(frozenset(self.options))


Field: TypeAlias = FromSource | InSection | InLanguage | ToldBy | OfStory
Leaf: TypeAlias = Words | Near | Meaning | Field
Node: TypeAlias = Leaf | Everything | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Topic:
    """What someone wants to hear about."""

    root: Node


def satisfied(node: Node, holds: Callable[[Leaf], bool]) -> bool:
    """True where a headline for which `holds` tells the truth about every leaf satisfies the node."""
    match node:
        case AllOf():
            return all(satisfied(part, holds) for part in node.wanted) and not any(
                satisfied(part, holds) for part in node.unwanted
            )
        case AnyOf():
            return any(satisfied(part, holds) for part in node.options)
        case Everything():
            return True
        case _:
            return holds(node)


def leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf, wanted or not, in the order written."""
    match node:
        case AllOf():
            for part in (*node.wanted, *node.unwanted):
                yield from leaves(part)
        case AnyOf():
            for part in node.options:
                yield from leaves(part)
        case Everything():
            return
        case _:
            yield node


def all_of(wanted: list[Node], unwanted: list[Node]) -> Node:
    """The conjunction in its simplest form: nothing twice, no conjunction within, no `*` beside something else."""
    parts: list[Node] = []
    without: list[Node] = []
    for part in wanted:
        parts.extend(part.wanted if isinstance(part, AllOf) else (part,))
        without.extend(part.unwanted if isinstance(part, AllOf) else ())
    for part in unwanted:
        without.extend(part.options if isinstance(part, AnyOf) else (part,))
    narrowing = [part for part in dict.fromkeys(parts) if not isinstance(part, Everything)]
    unique = tuple(narrowing) or (Everything(),)
    return unique[0] if len(unique) == 1 and not without else AllOf(unique, tuple(dict.fromkeys(without)))


def any_of(options: list[Node]) -> Node:
    """The choice in its simplest form: nothing twice, no choice within, nothing beside `*`."""
    parts: list[Node] = []
    for option in options:
        parts.extend(option.options if isinstance(option, AnyOf) else (option,))
    unique = tuple(dict.fromkeys(parts))
    if Everything() in unique:
        return Everything()
    return unique[0] if len(unique) == 1 else AnyOf(unique)


def near(left: Words, right: Words, within: int) -> Near:
    """The two near one another in the one form of it: in one order, and in the title where one of them is to be."""
    in_title = left.in_title or right.in_title
    first, second = sorted((left, right), key=lambda side: side.words)
    return Near(replace(first, in_title=in_title), replace(second, in_title=in_title), within)
