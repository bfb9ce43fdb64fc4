"""Whether a topic makes sense: it may contradict itself, or ask for nearly everything.

Only what is certain from the expression alone is said; how much it catches in fact, recent headlines tell.

Here: contradiction, nearly_everything, and when one part holds wherever another does.
Not here: the tree (topics_tree), what holds for a headline (evidence).
"""

from __future__ import annotations

from bot.news.said import Said, said
from bot.news.text import words
from bot.news.topics_tree import (
    AllOf,
    AnyOf,
    Everything,
    FromSource,
    InLanguage,
    Leaf,
    Meaning,
    Near,
    Node,
    OfStory,
    ToldBy,
    Topic,
    Words,
    leaves,
)

# A person writes less; to compare everything with everything in what is longer would take its time.
_MOST_COMPARED = 32
# The commonest words of our languages, which nearly every headline holds; none that means something in another.
_COMMONEST = frozenset(
    words(
        "the a an of and in to is for le la les du des et un une el los las y en o os e em der den und и в на не "
        "في من على از به که ve bir bu yang dan di के का की में है 的 了 在 是"
    )
)


def nearly_everything(topic: Topic) -> bool:
    """True where the topic asks for every headline, or for all but some."""
    return _asks_for_all(topic.root)


def _asks_for_all(node: Node) -> bool:
    match node:
        case AllOf():
            return all(_asks_for_all(part) for part in node.wanted)
        case AnyOf():
            return any(_asks_for_all(part) for part in node.options)
        case Words():
            return _COMMONEST.issuperset(node.words)
        case _:
            return isinstance(node, Everything)


def contradiction(node: Node) -> Said | None:
    """Why no headline can satisfy the node, in a sentence; None where one might."""
    if not isinstance(node, AllOf):
        return None
    if not set(node.wanted).isdisjoint(node.unwanted) or Everything() in node.unwanted:
        return _FORBIDS
    choosy = [part for part in node.wanted if not isinstance(part, Words)]
    if not (node.unwanted or len(choosy) > 1) or len(list(leaves(node))) > _MOST_COMPARED:
        return None
    if any(_ruled_out(part, node.unwanted) for part in node.wanted):
        return _FORBIDS
    if any(_excludes(one, other) for place, one in enumerate(choosy) for other in choosy[:place]):
        return _ONE_OF_EACH
    return None


_FORBIDS = said("This asks for something and forbids it, so it can never match.")
_ONE_OF_EACH = said(
    "A headline has one source, one language and one story, so this can never match; put OR between them."
)
# Of each of these a headline has one.
_SOLE = (FromSource, InLanguage, OfStory)


def _ruled_out(wanted: Node, unwanted: tuple[Node, ...]) -> bool:
    """True where each way to satisfy the one is unwanted."""
    if isinstance(wanted, AnyOf):
        return all(_ruled_out(option, unwanted) for option in wanted.options)
    return any(_implies(wanted, other) for other in unwanted)


def _implies(one: Node, other: Node) -> bool:
    """True where the other certainly holds for every headline for which the one does."""
    if one == other or isinstance(other, Everything):
        return True
    match one:
        case AnyOf():
            return all(_implies(option, other) for option in one.options)
        case AllOf() if any(_implies(part, other) for part in one.wanted):
            return True
    match other:
        case AnyOf():
            return any(_implies(one, option) for option in other.options)
        case AllOf():
            forbidden = one.unwanted if isinstance(one, AllOf) else ()
            return all(_implies(one, part) for part in other.wanted) and all(
                any(_implies(part, own) for own in forbidden) or _excludes(one, part) for part in other.unwanted
            )
    return not isinstance(one, AllOf | Everything) and _leaf_implies(one, other)


def _leaf_implies(one: Leaf, other: Leaf) -> bool:
    match one, other:
        case Words(), Words():
            return one.in_title >= other.in_title and _within(other.words, one.words)
        case Near(), Words():
            return _leaf_implies(one.left, other) or _leaf_implies(one.right, other)
        case Near(), Near():
            return (
                one.within <= other.within
                and _leaf_implies(one.left, other.left)
                and _leaf_implies(one.right, other.right)
                and one.left.words == other.left.words
                and one.right.words == other.right.words
            )
        case ToldBy(), ToldBy():
            return one.sources >= other.sources
        case Meaning(), Meaning():
            return one.text == other.text and (one.level or 0) >= (other.level or 100)
    return False


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """True where a run of the long phrase is always an instance of the short one."""
    if len(short) == len(long) == 1:
        return _term_implies(long[0], short[0])
    starts = range(len(long) - len(short) + 1)
    return any(all(map(_term_implies, long[start : start + len(short)], short)) for start in starts)


def _term_implies(one: str, other: str) -> bool:
    """Forms are not certain to begin as their word does: only "this form" and "begins so" are."""
    if other[-1] == "*" and (one[0] == "=" or one[-1] == "*"):
        return one.strip("=*").startswith(other[:-1])
    return other in (one, one.removeprefix("="))


def _excludes(one: Node, other: Node) -> bool:
    """True where certainly no headline satisfies both."""
    for first, second in ((one, other), (other, one)):
        match first:
            case AnyOf():
                return all(_excludes(option, second) for option in first.options)
            case AllOf():
                return any(_excludes(part, second) for part in first.wanted) or any(
                    _implies(second, part) for part in first.unwanted
                )
    return isinstance(one, _SOLE) and type(one) is type(other) and one != other
