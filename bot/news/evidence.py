"""What a headline offers to topics. Owns what it takes for a headline to satisfy a topic.

`matches` is the plain truth, one topic at a time; the index (matcher) must say the same, faster.

Here: a headline's words, languages, source and sections; matches; why.
Not here: word forms (forms), section names (sections), the tree of a topic (topics_tree).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from bot.news import languages
from bot.news.forms import same_word, spoken_in
from bot.news.model import Headline
from bot.news.sections import sections
from bot.news.text import fold, spoken
from bot.news.topics_told import told_field
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
    OfStory,
    ToldBy,
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
    """A headline as topics see it.

    `words` are those of the title and, behind one empty word, those of the summary, with their accents; `folded`
    are the same as they are compared; the first `title` of them are the title's. `langs` are its languages (none:
    unknown), `source` and `sections` are names in lower case.
    """

    words: tuple[str, ...]
    langs: tuple[str, ...]
    source: str
    around: Around = ALONE
    folded: tuple[str, ...] = ()
    title: int = 0
    sections: frozenset[str] = frozenset()


def evidence(headline: Headline, around: Around = ALONE) -> Evidence:
    """What `headline` offers; its language is guessed where nobody told it."""
    title, summary = headline.title[:_LONGEST_TITLE], headline.summary[:_LONGEST_SUMMARY]
    lang = languages.of(headline)
    in_title = spoken(title)
    words = (*in_title, _GAP, *spoken(summary)) if summary else tuple(in_title)
    return Evidence(
        words,
        (lang,) if lang else (),
        headline.source.lower(),
        around,
        words if title.isascii() and summary.isascii() else tuple(map(fold, words)),
        len(in_title),
        sections(headline),
    )


def languages_in(headline: Headline) -> set[str]:
    """The languages that its words may be of, those of its address too, which stories compare.

    Whoever has read their dictionaries before looks at the headline without a wait.
    """
    lang = languages.of(headline)
    text = f"{headline.title[:_LONGEST_TITLE]} {headline.summary[:_LONGEST_SUMMARY]} {unquote(headline.url)}"
    return spoken_in(text, (lang,) if lang else ())


def matches(topic: Topic, headline: Headline, around: Around = ALONE) -> bool:
    """True where the headline satisfies the topic: slow, and obviously right."""
    return _holds(topic.root, evidence(headline, around))


def why(topic: Topic, headline: Headline, around: Around = ALONE) -> str:
    """One line: which words of the headline satisfied which terms, or what was missing or in the way."""
    offered = evidence(headline, around)
    said = _reasons(topic.root, offered) if _holds(topic.root, offered) else _obstacles(topic.root, offered)
    return "; ".join(dict.fromkeys(said)) or "it catches every headline"


def _holds(node: Node, offered: Evidence) -> bool:
    return satisfied(node, lambda leaf: _leaf_holds(leaf, offered))


def _leaf_holds(leaf: Leaf, offered: Evidence) -> bool:
    match leaf:
        case Words():
            return bool(_places(leaf, offered))
        case Near():
            return bool(_close(leaf, offered))
        case Meaning():
            return leaf in offered.around.meanings
        case _:
            return _field_holds(leaf, offered)


def _field_holds(leaf: Field, offered: Evidence) -> bool:
    match leaf:
        case FromSource():
            return leaf.name == offered.source
        case InSection():
            return leaf.name in offered.sections
        case InLanguage():
            return leaf.code in offered.langs
        case ToldBy():
            return offered.around.sources >= leaf.sources
        case OfStory():
            return leaf.id == offered.around.story


def _places(wanted: Words, offered: Evidence) -> list[range]:
    """Where the words stand one after the other: the places of each run of them."""
    size = len(wanted.words)
    last = (offered.title if wanted.in_title else len(offered.words)) - size
    runs = [range(start, start + size) for start in range(last + 1)]
    return [run for run in runs if all(_is(*pair, offered) for pair in zip(wanted.words, run, strict=True))]


def _is(term: str, place: int, offered: Evidence) -> bool:
    """True where the word at a place is what the term stands for."""
    if offered.words[place] == _GAP:
        return False
    if term[0] == "=":
        return offered.folded[place] == term[1:]
    if term[-1] == "*":
        return offered.folded[place].startswith(term[:-1])
    return same_word(term, offered.words[place], offered.langs)


def _close(pair: Near, offered: Evidence) -> range:
    """The places from the one to the other, where they stand near enough in one text; else none."""
    for left in _places(pair.left, offered):
        for right in _places(pair.right, offered):
            first, second = sorted((left, right), key=lambda run: run.start)
            is_one_text = offered.title not in range(first.start, second.stop)
            if is_one_text and second.start - first.stop + 1 <= pair.within:
                return range(first.start, max(first.stop, second.stop))
    return range(0)


def _reasons(node: Node, offered: Evidence) -> list[str]:
    """What satisfied each term of a node that holds."""
    match node:
        case AllOf():
            return [reason for part in node.wanted for reason in _reasons(part, offered)]
        case AnyOf():
            return next(_reasons(part, offered) for part in node.options if _holds(part, offered))
        case Everything():
            return []
        case Words():
            return [f"it has “{_quoted(_places(node, offered)[0], offered)}” for “{node.shown}”"]
        case Near():
            shown = f"{node.left.shown} near {node.right.shown}"
            return [f"it has “{_quoted(_close(node, offered), offered)}” for “{shown}”"]
        case _:
            return [f"it is {_named(node)}"]


def _quoted(places: range, offered: Evidence) -> str:
    return " ".join(offered.words[place] for place in places)


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
            return [f"it {'has no' if isinstance(node, Words | Near) else 'is not'} {_named(node)}"]


def _named(node: Leaf | Everything) -> str:
    match node:
        case Words():
            return f"“{node.shown}”{' in the title' if node.in_title else ''}"
        case Near():
            return f"“{node.left.shown}” within {node.within} words of “{node.right.shown}”"
        case Meaning():
            return f"near “{node.text}” in its meaning"
        case Everything():
            return "everything"
        case _:
            return str(told_field(node))
