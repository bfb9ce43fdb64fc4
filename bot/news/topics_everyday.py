"""Everyday words that mean an operator, in the languages of our interface.

"climate change or heatwave but not football" is read as (climate change OR heatwave) -football, "morocco, algeria
and tunisia" as any of the three, "morocco and spain without football" as morocco spain -football. Behind the first
"without" everything is unwanted. A connective stands between two words; at an end it is a word (French "or" is gold).
Whoever writes brackets, capital OR, AND and NOT, |, a leading - or a field writes formally: there all is a word.

Here: lexemes of everyday input -> lexemes of a formal expression.
Not here: cutting text (topics_lexer), the grammar (topics_parser).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.news.text import fold
from bot.news.topics_lexer import Lexeme, Sort

# No connective has a longer word.
_LONGEST_WORD = 12


def _said(kind: Sort, *lines: str) -> dict[tuple[str, ...], Sort]:
    """The sayings between the commas of all lines, word by word, and what they stand for."""
    return {tuple(map(_typed, said.split())): kind for line in lines for said in line.split(",")}


@lru_cache(1 << 12)
def _typed(word: str) -> str:
    """Without accents; only a Persian ye stays what it is, as with an Arabic one "or" becomes an Arabic word ("O")."""
    word = word.lower()
    return word if "ی" in word or len(word) > _LONGEST_WORD else fold(word)


# A line a language: en, fr, es, pt, de, ru, ar, fa, tr, id, hi, zh. Left out is what is as often something else
# (a bare "not": "found not guilty"; Spanish "u").
_OR = _said(
    Sort.OR,
    "or, and/or", "ou, ou bien, et/ou", "o, o bien, y/o", "ou, e/ou", "oder, und/oder", "или, либо, и/или",
    "أو", "یا", "veya, ya da, yahut", "atau, dan/atau", "या, अथवा", "或, 或者, 或是",
)  # fmt: skip
_AND = _said(
    Sort.AND,
    "and, as well as", "et, ainsi que", "y", "e", "und, sowie", "и", "و", "ve", "dan, serta", "और, एवं, तथा",
    "和, 与, 及, 以及",
)  # fmt: skip
_WITHOUT = _said(
    Sort.NOT,
    "but not, and not, but no, but without, and without, without, except, except for, excluding",
    "mais pas, et pas, mais sans, sans, sauf, excepté",
    "pero no, y no, pero sin, sin, excepto",
    "mas não, e não, mas sem, sem, exceto",
    "aber nicht, und nicht, aber kein, aber keine, aber ohne, ohne, außer",
    "но не, а не, и не, но без, без, кроме",
    "لكن ليس, ولكن ليس, وليس, لكن بدون, بدون, من دون, دون, باستثناء, ما عدا, بلا",
    "اما نه, ولی نه, اما بدون, به جز, بجز, غیر از, به غیر از",
    "tapi bukan, tetapi bukan, tapi tidak, tetapi tidak, tapi tanpa, tanpa, kecuali",
    "但不, 但不要, 但不是, 但不包括, 不包括, 不要, 除了",
)
_CONNECTIVES = _OR | _AND | _WITHOUT
# Turkish and Hindi put the "not" of "but not" behind what is unwanted.
_BUT = _said(Sort.NOT, "ama, fakat", "लेकिन, मगर, किन्तु")
_NOT_AT_THE_END = _said(Sort.NOT, "değil", "नहीं, नही")
_LEAD_INS = _said(
    Sort.TERM,
    "news about, news on, anything about, anything on, everything about, everything on, all about, articles about, "
    "stories about, headlines about",
    "nouvelles sur, actualités sur, actualité sur, infos sur, articles sur, tout sur",
    "noticias sobre, todo sobre, artículos sobre",
    "notícias sobre, tudo sobre, artigos sobre",
    "nachrichten über, neuigkeiten über, alles über, meldungen über, artikel über",
    "новости о, новости об, новости про, всё о, всё об, всё про",
    "أخبار عن, الأخبار عن, كل شيء عن",
    "اخبار درباره, همه چیز درباره",
    "berita tentang, kabar tentang, semua tentang",
    "关于",
)
_ARTICLES = _said(Sort.TERM, "the", "le, la, les", "el, los, las", "o, a, os, as", "der, die, das")
_LEAD_OUTS = _said(
    Sort.TERM, "hakkında haberler, hakkında her şey, ile ilgili haberler", "के बारे में खबरें", "的新闻, 的消息"
)
_LONGEST_SAYING = 4
# "Doctors without borders" is a name.
_GOES_ON = frozenset(
    ("borders", "frontieres", "abri", "papiers", "fronteras", "fronteiras", "grenzen", "границ", "حدود")
)
# Chinese puts no spaces around them. Only those that are no part of another word.
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_GLUED = re.compile(
    rf"^关于(?=[{_HAN}])|(?<=[{_HAN}])(?:或者|以及|但不包括|但不要|但不是|不包括)(?=[{_HAN}])|(?<=[{_HAN}])的(?:新闻|消息)$"
)
_LONGEST_GLUED = 100

_EVERYDAY = frozenset({Sort.TERM, Sort.PHRASE, Sort.COMMA, Sort.END})
_WORDS = frozenset({Sort.TERM, Sort.PHRASE})
# These must be quoted to be nothing but words wherever they stand.
RESERVED = frozenset(said[-1] for said in _CONNECTIVES | _NOT_AT_THE_END | _LEAD_INS | _LEAD_OUTS)

# Most topics have none of these, and are left as they are at once.
_BEGINNINGS = frozenset(said[0] for said in _CONNECTIVES | _BUT | _LEAD_INS | _LEAD_OUTS)


def formal(read: Sequence[Lexeme]) -> list[Lexeme]:
    """The lexemes of a formal expression that means what these mean. What is formal stays, but for its commas."""
    if any(lexeme.sort not in _EVERYDAY for lexeme in read):
        return [lexeme for lexeme in read if lexeme.sort is not Sort.COMMA]
    if not any(map(_may_join, read)):
        return list(read)
    *pieces, end = (piece for lexeme in read for piece in _unglued(lexeme))
    said = [piece for piece in pieces if not _is_punctuation(piece)] or pieces
    return [*_bracketed(_joined(_postponed(_bare(said)))), end]


def _may_join(lexeme: Lexeme) -> bool:
    return lexeme.sort is Sort.COMMA or not lexeme.text.isascii() or _typed(lexeme.text) in _BEGINNINGS


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
    size = _saying(pieces, 0, _LEAD_INS)
    size += bool(size and _saying(pieces, size, _ARTICLES))
    pieces = pieces[size if size < len(pieces) else 0 :]
    for start in range(max(1, len(pieces) - _LONGEST_SAYING), len(pieces)):
        if start + _saying(pieces, start, _LEAD_OUTS) == len(pieces):
            return pieces[:start]
    return pieces


def _postponed(pieces: list[Lexeme]) -> list[Lexeme]:
    """Turkish "ama futbol değil" and its kind in the order of the others: the "but" is the NOT, the end goes."""
    if not _saying(pieces, len(pieces) - 1, _NOT_AT_THE_END):
        return pieces
    for place in range(1, len(pieces) - 2):
        if _saying(pieces, place, _BUT):
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


def _kind(pieces: list[Lexeme], place: int) -> tuple[Sort, int]:
    """What begins at a place, and of how many pieces it is."""
    size = _connective(pieces, place)
    if not size:
        return pieces[place].sort, 1
    behind = place + size
    sort = _CONNECTIVES[_words(pieces[place:behind])]
    is_word = _goes_on(sort, pieces[behind]) or (sort is not Sort.NOT and _connective(pieces, behind))
    return (Sort.TERM if is_word else sort), size


def _connective(pieces: list[Lexeme], place: int) -> int:
    """Of how many pieces the connective at a place is; 0 where there is none, or nothing behind it to join."""
    behind = place + _saying(pieces, place, _CONNECTIVES)
    return behind - place if behind < len(pieces) and pieces[behind].sort is not Sort.COMMA else 0


def _goes_on(sort: Sort, behind: Lexeme) -> bool:
    return sort is Sort.NOT and behind.sort is Sort.TERM and _typed(behind.text) in _GOES_ON


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
    run = _words(pieces[place : place + _LONGEST_SAYING]) if 0 <= place < len(pieces) else ()
    return next((size for size in range(len(run), 0, -1) if run[:size] in known), 0)


def _words(pieces: Sequence[Lexeme]) -> tuple[str, ...]:
    """How the words are compared; a phrase is nothing but itself."""
    return tuple(_typed(piece.text) if piece.sort is Sort.TERM else "" for piece in pieces)
