"""A topic expression cut into pieces, each with its place. Owns what is an operator and what is a word.

Here: text -> lexemes; any text has some.
Not here: what may follow what (topics_parser), everyday words that mean an operator (topics_everyday).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Sort(StrEnum):
    """What a lexeme is."""

    LINK = "link"
    TERM = "term"
    PHRASE = "phrase"
    UNCLOSED = "unclosed"
    TITLE = "title"
    FIELD = "field"
    SOURCES = "sources"
    NEAR = "near"
    MEANING = "meaning"
    NOT = "not"
    AND = "and"
    OR = "or"
    COMMA = "comma"
    OPEN = "open"
    CLOSE = "close"
    END = "end"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of an expression; `place` is the index of its first character, `stop` of the one behind it."""

    sort: Sort
    text: str
    place: int

    @property
    def stop(self) -> int:
        return self.place + len(self.text)


QUOTES = '"“”„‟«»「」＂'
_COMMAS = ",;،؛、，；"
_IN_RUN = rf"[^\s()（）|｜{QUOTES}{_COMMAS}]"
# Telephones make a longer dash of a minus as one types.
_LEXEME = re.compile(
    rf"""
      (?P<link> (?i:https?://|www\.) \S+ )
    | (?P<open> [(（] )
    | (?P<close> [)）] )
    | (?P<or> [|｜]+ | OR (?!{_IN_RUN}) )
    | (?P<and> AND (?!{_IN_RUN}) )
    | (?P<not> NOT (?!{_IN_RUN}) | [-−–—] (?=\S) | - | [!！] (?=[\w{QUOTES}(（]) )
    | (?P<phrase> [{QUOTES}] [^{QUOTES}]* [{QUOTES}] )
    | (?P<unclosed> [{QUOTES}] )
    | (?P<comma> [{_COMMAS}] [{_COMMAS}\s]* )
    | (?P<title> (?i:title:) )
    | (?P<sources> (?i:sources) (?: \s* [<>=≤≥]+ \s* | : \s* (?=\d) ) {_IN_RUN}* )
    | (?P<field> (?i:source|section|lang|story) : (?: [{QUOTES}] [^{QUOTES}]* [{QUOTES}] | {_IN_RUN}* )
               | [^\W\d_]+ : (?!:) {_IN_RUN}+ )
    | (?P<near> (?i:near) (?: \s* / \s* (?=\d) | / ) {_IN_RUN}* )
    | (?P<meaning> [~～] (?: \d+ %? : )? )
    | (?P<term> (?: {_IN_RUN} | (?<=\d) [,،，] (?=\d) )+ )
    """,
    re.VERBOSE,
)


_SORTS = MappingProxyType({sort.value: sort for sort in Sort})


def lexemes(text: str) -> Iterator[Lexeme]:
    """The pieces of `text` in order, and an END behind them."""
    for found in _LEXEME.finditer(text):
        yield Lexeme(_SORTS[found.lastgroup or ""], found[0], found.start())
    yield Lexeme(Sort.END, "", len(text))


def is_longer(text: str, most: int) -> bool:
    """True where a text has more than `most` characters, counted as what they cost to compare.

    One of Unicode's may stand for a sentence (ﷺ), and a heap of accents on a letter is dear.
    """
    if text.isascii() or len(text) > most:
        return len(text) > most
    return sum(times * _cost(character) for character, times in Counter(text).items()) > most


def _cost(character: str) -> int:
    if unicodedata.combining(character):
        return 4
    return max(1, unicodedata.decomposition(character).count(" "))
