"""Where a topic is filed, and what is left to ask of the headlines that come by there.

Whoever satisfies a topic has all tokens of one of its groups: one group where everything is wanted, one for each
way where there is a choice. Of each group the two rarest tokens (which topics ask for least) are its trigger:
only headlines that have both come by.

Here: topic -> triggers and check.
Not here: the tokens of a leaf (tokens), the index (matcher).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from sys import intern
from typing import TypeAlias

from bot.news.tokens import ALWAYS, Token, asked_by, token_of
from bot.news.topics_tree import AllOf, AnyOf, Everything, Near, Node, Words, leaves

# The two tokens of the first group, the two of the second, and so on.
Triggers: TypeAlias = tuple[Token, ...]
Asked: TypeAlias = Callable[[Token], int]
_Group: TypeAlias = Sequence[Token]


@dataclass(slots=True, eq=False)
class Unsure:
    """A topic that a headline with a trigger satisfies if it has all `needs`, none of `bars`, and satisfies `rest`."""

    topic_id: str
    triggers: Triggers
    needs: tuple[Token, ...]
    bars: tuple[Token, ...]
    rest: Node | None


# Most topics are no more than their triggers: a headline that has one satisfies them.
Filed: TypeAlias = Triggers | Unsure


def filed(topic_id: str, root: Node, asked: Asked) -> Filed:
    """Where to file a topic while so many topics ask for each token."""
    wanted, unwanted = (root.wanted, root.unwanted) if isinstance(root, AllOf) else ((root,), ())
    groups, settled = _groups_of_all(wanted, asked)
    if len(groups) == 1:
        ranked = _ranked(groups[0], asked)
        triggers, needs = _trigger(ranked), ranked[2:]
        rest = () if settled else tuple(_bare(part) for part in wanted if token_of(part) is None)
    else:
        ways = dict.fromkeys(_trigger(_ranked(group, asked)) for group in groups)
        triggers, needs = tuple(token for way in ways for token in way), ()
        rest = () if settled and all(len(group) <= 2 for group in groups) else tuple(map(_bare, wanted))
    if not (needs or rest or unwanted):
        return triggers
    bars = tuple(intern(token) for part in unwanted if (token := token_of(part)) is not None)
    barred = tuple(_bare(part) for part in unwanted if token_of(part) is None)
    return Unsure(topic_id, triggers, needs, bars, _node(rest, barred))


def tokens_of(topic: Filed) -> set[Token]:
    """Every token that a topic asks for or forbids, and * where that is in a trigger."""
    if isinstance(topic, tuple):
        return set(topic)
    found = {*topic.triggers, *topic.needs, *topic.bars}
    if topic.rest:
        found.update(*map(asked_by, leaves(topic.rest)))
    return found


def _groups(node: Node, asked: Asked) -> tuple[list[_Group], bool]:
    """The groups of a node; and whether having one of them is all that it takes."""
    match node:
        case AllOf():
            groups, settled = _groups_of_all(node.wanted, asked)
            return groups, settled and not node.unwanted
        case AnyOf():
            options = [_groups(option, asked) for option in node.options]
            return [group for groups, _ in options for group in groups], all(settled for _, settled in options)
        case _:
            return [asked_by(node)], token_of(node) is not None


def _groups_of_all(wanted: Iterable[Node], asked: Asked) -> tuple[list[_Group], bool]:
    required: list[Token] = []
    settled, choices = True, []
    for part in wanted:
        if (token := token_of(part)) is not None:
            required.append(token)
            continue
        groups, enough = _groups(part, asked)
        if len(groups) == 1:
            required.extend(groups[0])
            settled = settled and enough
        else:
            choices.append((groups, enough))
    if not choices:
        return [required], settled
    groups, enough = min(choices, key=lambda choice: _most(choice[0], asked))
    if len(required) > 1 and _most(groups, asked) >= _most([required], asked):
        return [required], False
    return [[*required, *group] for group in groups], settled and enough and len(choices) == 1


def _most(groups: list[_Group], asked: Asked) -> int:
    """At most so many topics are filed where these groups are."""
    return sum(min(map(asked, group)) for group in groups)


def _ranked(group: _Group, asked: Asked) -> tuple[Token, ...]:
    """The tokens of a group, the rarest first; each once in memory, however many topics ask for it."""
    if len(group) == 1:
        return (intern(group[0]),)
    ranked = sorted([(asked(token), token) for token in set(group)])
    return tuple([intern(token) for _, token in ranked])


def _trigger(ranked: tuple[Token, ...]) -> tuple[Token, ...]:
    return ranked[:2] if len(ranked) > 1 else (ranked[0], ALWAYS)


def _node(wanted: tuple[Node, ...], unwanted: tuple[Node, ...]) -> Node | None:
    if unwanted:
        return AllOf(wanted or (Everything(),), unwanted)
    if len(wanted) > 1:
        return AllOf(wanted)
    return wanted[0] if wanted else None


def _bare(node: Node) -> Node:
    """The node without what only people read."""
    match node:
        case Words():
            return _bare_words(node)
        case Near():
            return Near(_bare_words(node.left), _bare_words(node.right), node.within)
        case AllOf():
            return AllOf(tuple(map(_bare, node.wanted)), tuple(map(_bare, node.unwanted)))
        case AnyOf():
            return AnyOf(tuple(map(_bare, node.options)))
        case _:
            return node


def _bare_words(leaf: Words) -> Words:
    return Words(tuple(map(intern, leaf.words)), "", leaf.in_title)
