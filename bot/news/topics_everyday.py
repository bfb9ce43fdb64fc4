"""Everyday words that mean an operator, in the languages of our interface.

"climate change or heatwave but not football" is read as (climate change OR heatwave) -football, "morocco, algeria
and tunisia" as any of the three, "morocco and spain without football" as morocco spain -football. Behind the first
"without" everything is unwanted. A connective stands between two words; at an end it is a word (French "or" is gold).
Beside brackets and fields only a single "or" and "and" is an operator; beside a leading -, capital OR and AND, or |,
all is a word. A bare "not" is a "without" where its neighbours are not of a sentence ("does not", "not guilty").

Here: lexemes of everyday input -> lexemes of a formal expression.
Not here: the sayings (topics_sayings), cutting text (topics_lexer), the grammar (topics_parser).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.news.topics_lexer import Lexeme, Sort
from bot.news.topics_sayings import (
    ARTICLES,
    BEGINNINGS,
    BUT,
    CONNECTIVES,
    DENIES,
    EITHER,
    GOES_ON,
    LEAD_INS,
    LEAD_OUTS,
    LONGEST_SAYING,
    NOT,
    NOT_AT_THE_END,
    typed,
)

# Chinese puts no spaces around them. Only those that are no part of another word.
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_GLUED = re.compile(
    rf"^关于(?=[{_HAN}])|(?<=[{_HAN}])(?:或者|以及|但不包括|但不要|但不是|不包括)(?=[{_HAN}])|(?<=[{_HAN}])的(?:新闻|消息)$"
)
_LONGEST_GLUED = 100

_EVERYDAY = frozenset({Sort.TERM, Sort.PHRASE, Sort.COMMA, Sort.END})
_WORDS = frozenset({Sort.TERM, Sort.PHRASE})
_JOINTS = frozenset({Sort.OR, Sort.AND})
_PARTS = _WORDS | {Sort.FIELD, Sort.SOURCES}
_BEFORE_JOINT, _BEHIND_JOINT = _PARTS | {Sort.CLOSE}, _PARTS | {Sort.TITLE, Sort.MEANING, Sort.OPEN}


def formal(read: Sequence[Lexeme]) -> list[Lexeme]:
    """The lexemes of a formal expression that means what these mean. What is formal stays, but for its commas."""
    if any(lexeme.sort not in _EVERYDAY for lexeme in read):
        return _connected([lexeme for lexeme in read if lexeme.sort is not Sort.COMMA])
    if not any(map(_may_join, read)):
        return list(read)
    *pieces, end = (piece for lexeme in read for piece in _unglued(lexeme))
    said = [piece for piece in pieces if not _is_punctuation(piece)] or pieces
    return [*_bracketed(_chosen(_joined(_postponed(_bare(said))))), end]


def _connected(read: list[Lexeme]) -> list[Lexeme]:
    """Fields and brackets with an everyday "or" or "and" between two parts; beside capitals these are words.

    Not beside a - within the same brackets: "a or b -c" does not say whether a may come with c.
    """
    if any(lexeme.sort in _JOINTS for lexeme in read):
        return read
    within, joined = _brackets(read), list(read)
    apart = {group for group, lexeme in zip(within, read, strict=True) if lexeme.sort is Sort.NOT}
    for place in range(1, len(read) - 1):
        sort, behind = CONNECTIVES.get(_words([read[place]])), read[place + 1]
        parts = joined[place - 1].sort in _BEFORE_JOINT and behind.sort in _BEHIND_JOINT
        if sort in _JOINTS and parts and within[place] not in apart and _words([behind]) not in CONNECTIVES:
            joined[place] = Lexeme(sort, sort.name, read[place].place)
    return joined


def _brackets(read: list[Lexeme]) -> list[int]:
    """For each lexeme the place of the bracket that it stands in; -1 outside of all."""
    within, opened = [], [-1]
    for place, lexeme in enumerate(read):
        if lexeme.sort is Sort.CLOSE and len(opened) > 1:
            opened.pop()
        within.append(opened[-1])
        if lexeme.sort is Sort.OPEN:
            opened.append(place)
    return within


def _may_join(lexeme: Lexeme) -> bool:
    return lexeme.sort is Sort.COMMA or not lexeme.text.isascii() or typed(lexeme.text) in BEGINNINGS


def _is_punctuation(lexeme: Lexeme) -> bool:
    """Signs that ask for nothing; a `*` does."""
    return lexeme.sort is Sort.TERM and lexeme.text.isascii() and not re.search(r"[\w*]", lexeme.text)


def _unglued(lexeme: Lexeme) -> list[Lexeme]:
    """The pieces of a run of Chinese."""
    if lexeme.sort is not Sort.TERM or lexeme.text.isascii() or len(lexeme.text) > _LONGEST_GLUED:
        return [lexeme]
    cuts = [place for found in _GLUED.finditer(lexeme.text) for place in found.span()]
    spans = zip([0, *cuts], [*cuts, len(lexeme.text)], strict=True)
    return [Lexeme(Sort.TERM, lexeme.text[a:b], lexeme.place + a) for a, b in spans if a < b]


def _bare(pieces: list[Lexeme]) -> list[Lexeme]:
    """Without "news about" before them, or what stands for it behind them."""
    size = _saying(pieces, 0, LEAD_INS)
    size += _article(pieces, size) if size else 0
    pieces = pieces[size if size < len(pieces) else 0 :]
    for start in range(max(1, len(pieces) - LONGEST_SAYING), len(pieces)):
        if start + _saying(pieces, start, LEAD_OUTS) == len(pieces):
            return pieces[:start]
    return pieces


def _postponed(pieces: list[Lexeme]) -> list[Lexeme]:
    """Turkish "ama futbol değil" and its kind in the order of the others: the "but" is the NOT, the end goes."""
    if not _saying(pieces, len(pieces) - 1, NOT_AT_THE_END):
        return pieces
    for place in range(1, len(pieces) - 2):
        if _saying(pieces, place, BUT):
            return [*pieces[:place], Lexeme(Sort.NOT, "NOT", pieces[place].place), *pieces[place + 1 : -1]]
    return pieces


def _joined(pieces: list[Lexeme]) -> list[Lexeme]:
    """The words, and NOT, OR, AND and commas between them; no two of these stand side by side."""
    joined: list[Lexeme] = []
    place = 0
    while place < len(pieces):
        sort, size = _kind(pieces, place)
        said = pieces[place : place + size]
        place += size
        behind_word = bool(joined) and joined[-1].sort in _WORDS
        behind_comma = bool(joined) and joined[-1].sort is Sort.COMMA
        if sort is Sort.COMMA and behind_word:
            joined.append(Lexeme(Sort.COMMA, ",", said[0].place))
        elif sort in _WORDS or (sort is not Sort.COMMA and not (behind_word or behind_comma)):
            joined += said
        elif sort is Sort.NOT or behind_word:
            joined[len(joined) - behind_comma :] = [Lexeme(sort, sort.name, said[0].place)]
    return joined[:-1] if joined and joined[-1].sort is Sort.COMMA else joined


def _chosen(joined: list[Lexeme]) -> list[Lexeme]:
    """Without the "either" before an "or"."""
    is_choice = _words(joined[:1]) in EITHER and any(lexeme.sort is Sort.OR for lexeme in joined[2:])
    return joined[1:] if is_choice else joined


def _kind(pieces: list[Lexeme], place: int) -> tuple[Sort, int]:
    """What begins at a place, and of how many pieces it is."""
    size = _connective(pieces, place)
    if not size:
        return pieces[place].sort, 1
    behind = place + size
    said = _words(pieces[place:behind])
    if CONNECTIVES[said] is not Sort.NOT:
        return (Sort.TERM if _connective(pieces, behind) else CONNECTIVES[said]), size
    if _words([pieces[behind]]) in GOES_ON or (said == NOT and _words(pieces[place - 1 : place]) in DENIES):
        return Sort.TERM, size
    return Sort.NOT, size + _article(pieces, behind)


def _connective(pieces: list[Lexeme], place: int) -> int:
    """Of how many pieces the connective at a place is; 0 where there is none, or nothing behind it to join."""
    behind = place + _saying(pieces, place, CONNECTIVES)
    return behind - place if behind < len(pieces) and pieces[behind].sort is not Sort.COMMA else 0


def _article(pieces: list[Lexeme], place: int) -> int:
    """Of how many pieces the article at a place is; 0 where it has no word behind it."""
    behind = place + _saying(pieces, place, ARTICLES)
    return behind - place if behind < len(pieces) and pieces[behind].sort in _WORDS else 0


def _bracketed(joined: list[Lexeme]) -> list[Lexeme]:
    """( wanted ) NOT ( unwanted ), where there is something unwanted."""
    cut = next((place for place, lexeme in enumerate(joined) if lexeme.sort is Sort.NOT), len(joined))
    wanted, unwanted = _alternatives(joined[:cut]), [_or(lexeme) for lexeme in joined[cut + 1 :]]
    if not unwanted:
        return wanted
    without = joined[cut].place
    opening, closing = Lexeme(Sort.OPEN, "(", without), Lexeme(Sort.CLOSE, ")", without)
    return [opening, *wanted, closing, joined[cut], opening, *unwanted, closing]


def _alternatives(wanted: list[Lexeme]) -> list[Lexeme]:
    """A list: behind its first comma, an "and" counts as one more."""
    comma = next((place for place, lexeme in enumerate(wanted) if lexeme.sort is Sort.COMMA), len(wanted))
    return wanted[:comma] + [_or(lexeme) for lexeme in wanted[comma:]]


def _or(lexeme: Lexeme) -> Lexeme:
    return lexeme if lexeme.sort in _WORDS else Lexeme(Sort.OR, "OR", lexeme.place)


def _saying(pieces: Sequence[Lexeme], place: int, known: Mapping[tuple[str, ...], Sort]) -> int:
    """Of how many pieces the longest known saying at a place is; 0 where there is none."""
    run = _words(pieces[place : place + LONGEST_SAYING]) if 0 <= place < len(pieces) else ()
    return next((size for size in range(len(run), 0, -1) if run[:size] in known), 0)


def _words(pieces: Sequence[Lexeme]) -> tuple[str, ...]:
    """How the words are compared; a phrase is nothing but itself."""
    return tuple(typed(piece.text) if piece.sort is Sort.TERM else "" for piece in pieces)
