"""What a headline offers to topics. Owns what it takes for a headline to satisfy a topic.

`matches` is the plain truth, one topic at a time; the index (matcher) must say the same, faster.

Here: a headline's words, language and source; matches; why.
Not here: word forms (forms), the tree of a topic (topics_tree).
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.news.forms import same_word
from bot.news.languages import guess
from bot.news.model import Headline
from bot.news.text import spoken
from bot.news.topics_tree import (
    AllOf,
    AnyOf,
    Everything,
    FromSource,
    InLanguage,
    Leaf,
    Meaning,
    Node,
    Topic,
    Words,
    satisfied,
)

# A title and a summary are far shorter; what a stranger puts there must not cost more.
_LONGEST_TITLE, _LONGEST_SUMMARY = 1000, 4000
# Stands between title and summary, so that no phrase reaches over: no word is empty.
_GAP = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a headline beside itself.

    The story that it tells, how many sources tell that, and those of the asked-for meanings that it has.
    """

    story: str = ""
    sources: int = 1
    meanings: frozenset[Meaning] = frozenset()


ALONE = Around()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A headline as topics see it: the words of title and summary, its languages (none: unknown), its source."""

    words: tuple[str, ...]
    langs: tuple[str, ...]
    source: str
    around: Around = ALONE
    section: str = ""


def evidence(headline: Headline, around: Around = ALONE) -> Evidence:
    """What `headline` offers; its language is guessed where nobody told it."""
    title, summary = headline.title[:_LONGEST_TITLE], headline.summary[:_LONGEST_SUMMARY]
    lang = headline.lang.replace("_", "-").split("-")[0].lower() or guess(f"{title} {summary}")
    gap = (_GAP,) if summary else ()
    return Evidence((*spoken(title), *gap, *spoken(summary)), (lang,) if lang else (), headline.source.lower(), around)


def matches(topic: Topic, headline: Headline) -> bool:
    """True where the headline satisfies the topic: slow, and obviously right."""
    return _holds(topic.root, evidence(headline))


def why(topic: Topic, headline: Headline) -> str:
    """One line: which words of the headline satisfied which terms, or what was missing or in the way."""
    offered = evidence(headline)
    said = _reasons(topic.root, offered) if _holds(topic.root, offered) else _obstacles(topic.root, offered)
    return "; ".join(dict.fromkeys(said)) or "it catches every headline"


def _holds(node: Node, offered: Evidence) -> bool:
    return satisfied(node, lambda leaf: bool(_proof(leaf, offered)))


def _proof(leaf: Leaf, offered: Evidence) -> str:
    """What in the headline satisfies the leaf; empty where nothing does."""
    match leaf:
        case FromSource():
            return leaf.name if offered.source == leaf.name else ""
        case InLanguage():
            return leaf.code if leaf.code in offered.langs else ""
        case Words():
            size = len(leaf.words)
            runs = (offered.words[start : start + size] for start in range(len(offered.words) - size + 1))
            return next((" ".join(run) for run in runs if _same(leaf.words, run, offered.langs)), "")
        case _:
            return ""


def _same(wanted: tuple[str, ...], run: tuple[str, ...], langs: tuple[str, ...]) -> bool:
    return _GAP not in run and all(same_word(*pair, langs) for pair in zip(wanted, run, strict=True))


def _reasons(node: Node, offered: Evidence) -> list[str]:
    """What satisfied each term of a node that holds."""
    match node:
        case AllOf():
            return [reason for part in node.wanted for reason in _reasons(part, offered)]
        case AnyOf():
            return next(_reasons(part, offered) for part in node.options if _holds(part, offered))
        case Words():
            return [f"it has “{_proof(node, offered)}” for “{node.shown}”"]
        case Everything():
            return []
        case _:
            return [f"it is {_named(node)}"]


def _obstacles(node: Node, offered: Evidence) -> list[str]:
    """What keeps a node from holding."""
    match node:
        case AllOf():
            missing = [said for part in node.wanted if not _holds(part, offered) for said in _obstacles(part, offered)]
            found = [said for part in node.unwanted if _holds(part, offered) for said in _reasons(part, offered)]
            return missing + [f"{said}, which is not wanted" for said in found]
        case AnyOf():
            return ["none of these: " + ", ".join(said for part in node.options for said in _obstacles(part, offered))]
        case _:
            return [f"it {'has no' if isinstance(node, Words) else 'is not'} {_named(node)}"]


def _named(node: Node) -> str:
    match node:
        case Words():
            return f"“{node.shown}”"
        case FromSource():
            return f"from {node.name}"
        case InLanguage():
            return f"in the language {node.code}"
        case _:
            return "everything"
