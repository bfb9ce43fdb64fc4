"""A topic put into words. Owns its one spelling, its explanation, and the caret under a mistake.

Here: canonical (what a topic's id is made of), explain (plain English), caret.
Not here: reading an expression (topics_parser).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from bot.news.errors import BadTopic
from bot.news.topics_sayings import RESERVED
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
    leaves,
)

# How much of an expression is shown beside a mistake: what fits on a telephone's line.
_BEFORE, _BEHIND = 24, 12
# Names of the languages that topics ask for most; the others are named by their code.
_LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}


def canonical(topic: Topic) -> str:
    """The one spelling of all topics that differ in order, case, accents, brackets or repetition only.

    It is an expression itself, and parses to the same topic.
    """
    return _spelled(topic.root, within=False)


def _spelled(node: Node, *, within: bool) -> str:
    match node:
        case AnyOf():
            text = " OR ".join(sorted(_spelled(part, within=isinstance(part, AnyOf)) for part in node.options))
        case AllOf():
            wanted = sorted(_spelled(part, within=True) for part in node.wanted)
            unwanted = sorted(_spelled(part, within=True) for part in node.unwanted)
            text = " ".join([*wanted, *(f"-{part}" for part in unwanted)])
        case _:
            return _written(node)
    return f"({text})" if within else text


def _written(leaf: Leaf | Everything) -> str:
    match leaf:
        case Words():
            bare = len(leaf.words) == 1 and leaf.words[0] not in RESERVED
            text = leaf.words[0] if bare else f'"{" ".join(leaf.words)}"'
            return f"title:{text}" if leaf.in_title else text
        case Near():
            return f"{_written(leaf.left)} near/{leaf.within} {_written(leaf.right)}"
        case Meaning():
            return f'~"{leaf.text}"' if leaf.level is None else f'~{leaf.level}:"{leaf.text}"'
        case Everything():
            return "*"
        case _:
            return _field(leaf)


def _field(leaf: Field) -> str:
    match leaf:
        case FromSource():
            return f'source:"{leaf.name}"'
        case InSection():
            return f'section:"{leaf.name}"'
        case InLanguage():
            return f"lang:{leaf.code}"
        case ToldBy():
            return f"sources>={leaf.sources}"
        case OfStory():
            return f"story:{leaf.id}"


def explain(topic: Topic) -> str:
    """What the topic catches, as the second half of "You will hear of …"."""
    root = topic.root
    unwanted = root.unwanted if isinstance(root, AllOf) else ()
    wanted = root.wanted if isinstance(root, AllOf) else (root,)
    said = "every headline" if wanted == (Everything(),) else f"headlines {_listed(wanted, 'and')}"
    if unwanted:
        said += f", but not {_listed(unwanted, 'or')}"
    return said + (" (words in any form)" if any(_has_forms(leaf) for leaf in leaves(root)) else "")


def _has_forms(leaf: Leaf) -> bool:
    match leaf:
        case Near():
            return _has_forms(leaf.left) or _has_forms(leaf.right)
        case Words():
            return not all(word[0] == "=" or word[-1] == "*" for word in leaf.words)
    return False


def _listed(nodes: Sequence[Node], joint: str) -> str:
    """The nodes one after the other; words that are found anywhere share their "with"."""
    anywhere = [_words(node) for node in nodes if isinstance(node, Words) and not node.in_title]
    others = [_said(node) for node in nodes if not isinstance(node, Words) or node.in_title]
    return _series([f"with {_series(anywhere, joint)}", *others] if anywhere else others, joint)


def _said(node: Node) -> str:
    match node:
        case AnyOf() if all(isinstance(part, Words) and not part.in_title for part in node.options):
            return _listed(node.options, "or")
        case AnyOf():
            return f"either {_listed(node.options, 'or')}"
        case AllOf():
            without = f" but not {_listed(node.unwanted, 'or')}" if node.unwanted else ""
            return f"{_listed(node.wanted, 'and')}{without}"
        case Everything():
            return "of any kind"
        case _:
            return _told(node)


def _told(leaf: Leaf) -> str:
    match leaf:
        case Words():
            return f"with {_words(leaf)}{_in_title(leaf)}"
        case Near():
            apart = f"within {leaf.within} words of" if leaf.within > 1 else "beside"
            return f"with {_words(leaf.left)} {apart} {_words(leaf.right)}{_in_title(leaf.left)}"
        case Meaning():
            alike = f" ({leaf.level} % alike or more)" if leaf.level else ""
            return f"that mean something like “{leaf.text}”{alike}"
        case _:
            return told_field(leaf)


def told_field(leaf: Field) -> str:
    """What a headline is of which this is true: "from the source bbc", "in French"."""
    match leaf:
        case FromSource():
            return f"from the source {leaf.name}"
        case InSection():
            return f"in the section {leaf.name}"
        case InLanguage():
            return f"in {_LANGUAGES.get(leaf.code, f'the language “{leaf.code}”')}"
        case ToldBy():
            return f"told by {leaf.sources} sources or more"
        case OfStory():
            return f"of the story {leaf.id}"


def _words(leaf: Words) -> str:
    """The words as they were written; what stands for more than itself or less is said."""
    word = leaf.shown.lstrip("=").rstrip("*")
    if len(leaf.words) == 1 and leaf.words[0][0] == "=":
        return f"“{word}” in this form only"
    return (
        f"words that begin with “{word}”" if leaf.words[-1][-1] == "*" and len(leaf.words) == 1 else f"“{leaf.shown}”"
    )


def _in_title(leaf: Words) -> str:
    return " in the title" if leaf.in_title else ""


def _series(parts: Sequence[str], joint: str) -> str:
    return f"{', '.join(parts[:-1])} {joint} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def caret(text: str, error: BadTopic) -> str:
    """Two lines for a fixed-width font: the part of `text` around the mistake, and a caret under it."""
    place = max(0, min(error.place, len(text)))
    start = place - _BEFORE if place > _BEFORE + 3 else 0
    stop = place + _BEHIND if len(text) > place + _BEHIND + 3 else len(text)
    before = _printable(("…" if start else "") + text[start:place])
    line = before + _printable(text[place:stop]) + ("…" if stop < len(text) else "")
    return f"{line}\n{' ' * sum(map(_width, before))}^"


def _printable(text: str) -> str:
    return "".join(character if unicodedata.category(character)[0] not in "CZ" else " " for character in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
