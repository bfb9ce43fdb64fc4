"""A topic expression cut into pieces, each with its place. Owns what is an operator and what is a word.

Here: text -> lexemes; any text has some.
Not here: what may follow what (topics_parser).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Sort(Enum):
    """What a lexeme is."""

    TERM = "term"
    PHRASE = "phrase"
    UNCLOSED = "unclosed"
    NOT = "not"
    AND = "and"
    OR = "or"
    OPEN = "open"
    CLOSE = "close"
    END = "end"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of an expression; `place` is the index of its first character."""

    sort: Sort
    text: str
    place: int


_QUOTES = '"“”„‟«»「」＂'
# Telephones make a longer dash of a minus as one types.
_LEXEME = re.compile(
    rf"""
      (?P<open> [(（] )
    | (?P<close> [)）] )
    | (?P<or> [|｜]+ | OR (?![^\s()（）|｜{_QUOTES}]) )
    | (?P<and> AND (?![^\s()（）|｜{_QUOTES}]) )
    | (?P<not> NOT (?![^\s()（）|｜{_QUOTES}]) | [-−–—] (?=\S) | - )
    | (?P<phrase> [{_QUOTES}] [^{_QUOTES}]* [{_QUOTES}] )
    | (?P<unclosed> [{_QUOTES}] )
    | (?P<term> [^\W\d_]+ : "[^"]*" | [^\s()（）|｜{_QUOTES}]+ )
    """,
    re.VERBOSE,
)


def lexemes(text: str) -> Iterator[Lexeme]:
    """The pieces of `text` in order, and an END behind them."""
    for found in _LEXEME.finditer(text):
        yield Lexeme(Sort(found.lastgroup), found[0], found.start())
    yield Lexeme(Sort.END, "", len(text))
