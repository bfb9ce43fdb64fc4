"""A topic put into words. Owns its one spelling, its explanation, and the caret under a mistake.

Here: canonical (what a topic's id is made of), explain (plain English), caret.
Not here: reading an expression (topics_parser).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from bot.news.errors import BadTopic
from bot.news.topics_tree import AllOf, AnyOf, Everything, FromSource, InLanguage, Node, OfStory, Topic, Words, leaves

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
        case Words():
            return node.words[0] if len(node.words) == 1 else f'"{" ".join(node.words)}"'
        case FromSource():
            return f'source:"{node.name}"'
        case InLanguage():
            return f"lang:{node.code}"
        case Everything():
            return "*"
        case OfStory():
            return f"story:{node.id}"
        case AnyOf():
            text = " OR ".join(sorted(_spelled(part, within=isinstance(part, AnyOf)) for part in node.options))
        case AllOf():
            wanted = sorted(_spelled(part, within=True) for part in node.wanted)
            unwanted = sorted(_spelled(part, within=True) for part in node.unwanted)
            text = " ".join([*wanted, *(f"-{part}" for part in unwanted)])
    return f"({text})" if within else text


def explain(topic: Topic) -> str:
    """What the topic catches, as the second half of "You will hear of …"."""
    root = topic.root
    unwanted = root.unwanted if isinstance(root, AllOf) else ()
    wanted = root.wanted if isinstance(root, AllOf) else (root,)
    said = "every headline" if wanted == (Everything(),) else f"headlines {_listed(wanted, 'and')}"
    if unwanted:
        said += f", but not {_listed(unwanted, 'or')}"
    return said + (" (words in any form)" if any(isinstance(leaf, Words) for leaf in leaves(root)) else "")


def _listed(nodes: Sequence[Node], joint: str) -> str:
    """The nodes one after the other; plain words share their "with"."""
    plain = [f"“{node.shown}”" for node in nodes if isinstance(node, Words)]
    others = [_said(node) for node in nodes if not isinstance(node, Words)]
    return _series([f"with {_series(plain, joint)}", *others] if plain else others, joint)


def _said(node: Node) -> str:
    match node:
        case FromSource():
            return f"from the source {node.name}"
        case InLanguage():
            return f"in {_LANGUAGES.get(node.code, f'the language “{node.code}”')}"
        case AnyOf() if all(isinstance(part, Words) for part in node.options):
            return _listed(node.options, "or")
        case AnyOf():
            return f"either {_listed(node.options, 'or')}"
        case AllOf():
            without = f" but not {_listed(node.unwanted, 'or')}" if node.unwanted else ""
            return f"{_listed(node.wanted, 'and')}{without}"
        case _:
            return "of any kind"


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
