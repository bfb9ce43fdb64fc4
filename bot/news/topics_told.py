"""A topic put into words. Owns its one spelling, its explanation, and the caret under a mistake.

Here: canonical (what a topic's id is made of), explain (in plain words), caret.
Not here: reading an expression (topics_parser).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeAlias

from bot.news.errors import BadTopic
from bot.news.said import Said, said
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

_Joint: TypeAlias = Callable[[Said, Said], Said]

# How much of an expression is shown beside a mistake: what fits on a telephone's line.
_BEFORE, _BEHIND = 24, 12
# Names of the languages that topics ask for most; the others are named by their code.
_LANGUAGES = {
    "ar": said("Arabic"),
    "de": said("German"),
    "en": said("English"),
    "es": said("Spanish"),
    "fa": said("Persian"),
    "fr": said("French"),
    "he": said("Hebrew"),
    "hi": said("Hindi"),
    "it": said("Italian"),
    "ja": said("Japanese"),
    "ko": said("Korean"),
    "nl": said("Dutch"),
    "pl": said("Polish"),
    "pt": said("Portuguese"),
    "ru": said("Russian"),
    "sv": said("Swedish"),
    "tr": said("Turkish"),
    "uk": said("Ukrainian"),
    "zh": said("Chinese"),
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


def explain(topic: Topic) -> Said:
    """What the topic catches, as the second half of "You will hear of …"."""
    root = topic.root
    unwanted = root.unwanted if isinstance(root, AllOf) else ()
    wanted = root.wanted if isinstance(root, AllOf) else (root,)
    told = said("every headline")
    if wanted != (Everything(),):
        told = said("headlines {which}", which=_listed(wanted, _and))
    if unwanted:
        told = said("{headlines}, but not {unwanted}", headlines=told, unwanted=_listed(unwanted, _or))
    if any(_has_forms(leaf) for leaf in leaves(root)):
        return said("{headlines} (words in any form)", headlines=told)
    return told


def _has_forms(leaf: Leaf) -> bool:
    match leaf:
        case Near():
            return _has_forms(leaf.left) or _has_forms(leaf.right)
        case Words():
            return not all(word[0] == "=" or word[-1] == "*" for word in leaf.words)
    return False


def _and(before: Said, last: Said) -> Said:
    return said("{one} and {other}", one=before, other=last)


def _or(before: Said, last: Said) -> Said:
    return said("{one} or {other}", one=before, other=last)


def _listed(nodes: Sequence[Node], joint: _Joint) -> Said:
    """The nodes one after the other; words that are found anywhere share their "with"."""
    anywhere = [_words(node) for node in nodes if isinstance(node, Words) and not node.in_title]
    others = [_said(node) for node in nodes if not isinstance(node, Words) or node.in_title]
    if anywhere:
        others.insert(0, said("with {words}", words=_series(anywhere, joint)))
    return _series(others, joint)


def _said(node: Node) -> Said:
    match node:
        case AnyOf() if all(isinstance(part, Words) and not part.in_title for part in node.options):
            return _listed(node.options, _or)
        case AnyOf():
            return said("either {options}", options=_listed(node.options, _or))
        case AllOf() if node.unwanted:
            wanted, unwanted = _listed(node.wanted, _and), _listed(node.unwanted, _or)
            return said("{wanted} but not {unwanted}", wanted=wanted, unwanted=unwanted)
        case AllOf():
            return _listed(node.wanted, _and)
        case Everything():
            return said("of any kind")
        case _:
            return _told(node)


def _told(leaf: Leaf) -> Said:
    match leaf:
        case Words() if leaf.in_title:
            return said("with {words} in the title", words=_words(leaf))
        case Words():
            return said("with {words}", words=_words(leaf))
        case Near():
            return _told_near(leaf)
        case Meaning() if leaf.level:
            return said("that mean something like “{text}” ({n} % alike or more)", text=leaf.text, n=leaf.level)
        case Meaning():
            return said("that mean something like “{text}”", text=leaf.text)
        case _:
            return told_field(leaf)


def _told_near(leaf: Near) -> Said:
    places = {"one": _words(leaf.left), "other": _words(leaf.right)}
    if leaf.within > 1:
        told = said("with {one} within {n} words of {other}", n=leaf.within, **places)
    else:
        told = said("with {one} beside {other}", **places)
    return said("{words} in the title", words=told) if leaf.left.in_title else told


def told_field(leaf: Field) -> Said:
    """What a headline is of which this is true: "from the source bbc", "in French"."""
    match leaf:
        case FromSource():
            return said("from the source {name}", name=leaf.name)
        case InSection():
            return said("in the section {name}", name=leaf.name)
        case InLanguage():
            other = said("the language “{code}”", code=leaf.code)
            return said("in {language}", language=_LANGUAGES.get(leaf.code, other))
        case ToldBy():
            return said("told by {n} sources or more", n=leaf.sources)
        case OfStory():
            return said("of the story {story}", story=leaf.id)


def _words(leaf: Words) -> Said:
    """The words as they were written; what stands for more than itself or less is said."""
    word = leaf.shown.lstrip("=").rstrip("*")
    if len(leaf.words) == 1 and leaf.words[0][0] == "=":
        return said("“{word}” in this form only", word=word)
    if len(leaf.words) == 1 and leaf.words[0][-1] == "*":
        return said("words that begin with “{word}”", word=word)
    return said("“{word}”", word=leaf.shown)


def _series(parts: Sequence[Said], joint: _Joint) -> Said:
    *before, last = parts
    if not before:
        return last
    first = before[0]
    for part in before[1:]:
        first = said("{one}, {other}", one=first, other=part)
    return joint(first, last)


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
