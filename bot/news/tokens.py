"""What the index knows a headline by. Owns the tokens: strings that a topic asks for and a headline has.

A word of a topic is a token as it is written there (`word`, `word*`, `=word`); what is no word is one behind a
mark that no word begins with.

Here: leaf -> tokens; the tokens of a headline that are not in its words.
Not here: which words of topics a headline's word is a form of (vocabulary), where topics are filed (filing).
"""

from __future__ import annotations

from typing import TypeAlias

from bot.news.evidence import Evidence
from bot.news.topics_tree import (
    AllOf,
    AnyOf,
    Everything,
    FromSource,
    InLanguage,
    InSection,
    Leaf,
    Meaning,
    Near,
    Node,
    OfStory,
    ToldBy,
    Words,
)

Token: TypeAlias = str

ALWAYS = "*"
# How a term ends that stands for a beginning, and how one begins that stands for one form only.
PREFIX, EXACT = "*", "="
_SOURCE, _SECTION, _LANGUAGE, _TOLD, _STORY, _MEANING = ":/@#^~"
# The marks of what more headlines have than any word, however few topics ask for it.
COMMON = f"{ALWAYS}{_SOURCE}{_SECTION}{_LANGUAGE}{_TOLD}"
_NO_WORDS = f"{COMMON}{_STORY}{_MEANING}"


def is_word(token: Token) -> bool:
    """True where the token stands for words."""
    return token[0] not in _NO_WORDS


def token_of(node: Node) -> Token | None:
    """The one token of which the node holds wherever a headline has it; None where it takes more than that."""
    match node:
        case Words():
            return node.words[0] if len(node.words) == 1 and not node.in_title else None
        case Everything():
            return ALWAYS
        case Near() | AllOf() | AnyOf():
            return None
        case _:
            return _marked(node)


def asked_by(leaf: Leaf | Everything) -> tuple[Token, ...]:
    """The tokens that a headline must have for the leaf to hold."""
    match leaf:
        case Words():
            return leaf.words
        case Near():
            return (*leaf.left.words, *leaf.right.words)
        case Everything():
            return (ALWAYS,)
        case _:
            return (_marked(leaf),)


def _marked(leaf: FromSource | InSection | InLanguage | ToldBy | OfStory | Meaning) -> Token:
    match leaf:
        case FromSource():
            return _SOURCE + leaf.name
        case InSection():
            return _SECTION + leaf.name
        case InLanguage():
            return _LANGUAGE + leaf.code
        case ToldBy():
            return f"{_TOLD}{leaf.sources}"
        case OfStory():
            return _STORY + leaf.id
        case Meaning():
            return f"{_MEANING}{'' if leaf.level is None else leaf.level}{_MEANING}{leaf.text}"


def meaning_of(token: Token) -> Meaning | None:
    """The meaning that the token stands for, if it stands for one."""
    if token[0] != _MEANING:
        return None
    level, _, text = token[1:].partition(_MEANING)
    return Meaning(text, int(level) if level else None)


def beside_words(offered: Evidence) -> set[Token]:
    """The tokens of a headline that are not in its words."""
    around = offered.around
    return {
        ALWAYS,
        _SOURCE + offered.source,
        _STORY + around.story,
        *(_LANGUAGE + lang for lang in offered.langs),
        *(_SECTION + name for name in offered.sections),
        *(f"{_TOLD}{sources}" for sources in range(around.sources + 1)),
        *map(_marked, around.meanings),
    }
