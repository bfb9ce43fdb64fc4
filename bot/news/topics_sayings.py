"""What people say for an operator, in the languages of our interface. Owns these sayings.

Here: "or", "but not", "news about" and their like, word by word as they are compared.
Not here: what becomes of them (topics_everyday).
"""

from __future__ import annotations

from functools import lru_cache

from bot.news.text import fold
from bot.news.topics_lexer import Sort

# No connective has a longer word.
_LONGEST_WORD = 12


def _said(kind: Sort, *lines: str) -> dict[tuple[str, ...], Sort]:
    """The sayings between the commas of all lines, word by word, and what they stand for."""
    return {tuple(map(typed, said.split())): kind for line in lines for said in line.split(",")}


@lru_cache(1 << 12)
def typed(word: str) -> str:
    """Without accents; only a Persian ye stays what it is, as with an Arabic one "or" becomes an Arabic word ("O")."""
    word = word.lower()
    return word if "ی" in word or len(word) > _LONGEST_WORD else fold(word)


# A line a language: en, fr, es, pt, de, ru, ar, fa, tr, id, hi, zh. Left out is what is as often something else
# (Spanish "u").
OR = _said(
    Sort.OR,
    "or, and/or", "ou, ou bien, et/ou", "o, o bien, y/o", "ou, e/ou", "oder, und/oder", "или, либо, и/или",
    "أو", "یا", "veya, ya da, yahut", "atau, dan/atau", "या, अथवा", "或, 或者, 或是",
)  # fmt: skip
AND = _said(
    Sort.AND,
    "and, as well as", "et, ainsi que", "y", "e", "und, sowie", "и", "و", "ve", "dan, serta", "और, एवं, तथा",
    "和, 与, 及, 以及",
)  # fmt: skip
WITHOUT = _said(
    Sort.NOT,
    "but not, and not, but no, but without, and without, without, except, except for, excluding, not",
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
CONNECTIVES = OR | AND | WITHOUT
# Turkish and Hindi put the "not" of "but not" behind what is unwanted.
BUT = _said(Sort.NOT, "ama, fakat", "लेकिन, मगर, किन्तु")
NOT_AT_THE_END = _said(Sort.NOT, "değil", "नहीं, नही")
LEAD_INS = _said(
    Sort.TERM,
    "news about, news on, anything about, anything on, everything about, everything on, all about, articles about, "
    "stories about, headlines about, news from, tell me about, i want news about, i want news on, i want news from",
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
# They go where they stand directly behind a lead-in or a "without".
ARTICLES = _said(Sort.TERM, "the, an", "le, la, les", "el, los, las", "o, a, os, as", "der, die, das, den, dem")
LEAD_OUTS = _said(
    Sort.TERM, "hakkında haberler, hakkında her şey, ile ilgili haberler", "के बारे में खबरें", "的新闻, 的消息"
)
LONGEST_SAYING = 4
# Behind a "without" these make it a word: "doctors without borders" is a name, "found not guilty" a verdict.
GOES_ON = _said(
    Sort.TERM,
    "borders, guilty, to, only, just, yet, enough, so, all, every, even",
    "frontières, abri, papiers", "fronteras", "fronteiras", "grenzen", "границ", "حدود",
)  # fmt: skip
# So do these before a bare "not": "does not cut rates".
NOT = ("not",)
DENIES = _said(
    Sort.TERM,
    "am, are, is, was, were, be, been, do, does, did, has, have, had",
    "can, could, may, might, must, shall, should, will, would, or, if, why",
)
# Before a choice these are no word: "either trump or biden".
EITHER = _said(Sort.TERM, "either", "entweder")

# These must be quoted to be nothing but words wherever they stand.
RESERVED = frozenset(said[-1] for said in CONNECTIVES | NOT_AT_THE_END | LEAD_INS | LEAD_OUTS)

# Most topics have none of these, and are left as they are at once.
BEGINNINGS = frozenset(said[0] for said in CONNECTIVES | BUT | LEAD_INS | LEAD_OUTS)
