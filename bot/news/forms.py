"""The forms of a word. Owns when two words are one: election, elections; went, goes; المغرب, بالمغرب.

Two words that a dictionary knows are one where it says so, and only there: university is not universe though
their stems are the same. Where it does not know one of them, they are one where their stems are. Two words
are one if they share a key; a key begins with what it says:

    =    a basic form, of a word that the dictionary knows
    ~    the stem of a word asked for that it knows: unknown words are looked up by it
         (nothing) the stem of a word asked for that it does not know: all words are looked up by it

Here: the keys of a word in a language, and which languages a word may belong to by its script.
Not here: cutting text into words (text), dictionaries (lexicon), stems (stems), what is glued to a word
(glued), guessing a text's language (languages).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import normalize

from bot.news.glued import compounds, readings
from bot.news.lexicon import lemmas
from bot.news.names import name
from bot.news.stems import stem
from bot.news.text import fold

_KNOWN, _UNKNOWN = "=", "~"
_SHORTEST = 3
# Stands among languages for the names that all of them spell their own way.
NAMES = "@"
# Where a script begins, and the language that its words are taken for when their text is in another script.
_SCRIPTS = (
    (0x0000, "en"),
    (0x0370, "el"),
    (0x0400, "ru"),
    (0x0530, "hy"),
    (0x0590, "he"),
    (0x0600, "ar"),
    (0x0700, ""),
    (0x0750, "ar"),
    (0x0780, ""),
    (0x08A0, "ar"),
    (0x0900, "hi"),
    (0x0980, ""),
    (0x0B80, "ta"),
    (0x0C00, ""),
    (0x1E00, "en"),
    (0x1F00, "el"),
    (0x2000, ""),
    (0xFB00, "en"),
    (0xFB1D, "he"),
    (0xFB50, "ar"),
    (0xFE00, ""),
)
_STARTS = [start for start, _ in _SCRIPTS]
# From here on a word may begin with what is neither letter nor digit: a vowel sign.
_MARKS = "\u0900"
# The languages that are written in each script, by the language that stands for it; all others write Latin.
_NATIVE = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg"), "ru"),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ug", "sd", "ckb"), "ar"),
    **dict.fromkeys(("hi", "ne", "mr"), "hi"),
    **dict.fromkeys(("he", "yi"), "he"),
    **dict.fromkeys(("zh", "ja", "ko", "th", "lo", "km", "my", "ka", "am"), ""),
    **{lang: lang for lang in ("el", "hy", "ta", NAMES)},
}


@lru_cache(1 << 16)
def spoken_as(word: str, langs: tuple[str, ...]) -> tuple[str, ...]:
    """The languages that a word of a text in `langs` may be of: those in its script, or the one that stands for it.

    NAMES is one of them where the word is a name of the table.
    """
    spoken = _written_by(_stand_in(word[0]), langs)
    return (*spoken, NAMES) if name(fold(word)) else spoken


def spoken_in(text: str, langs: tuple[str, ...]) -> set[str]:
    """All that spoken_as may name of the words of a text in `langs`, but NAMES: whose dictionaries will be asked."""
    plain = text if text.isascii() else normalize("NFKC", text)
    letters = {*text, *plain, *plain.lower()}
    stand_ins = {_stand_in(letter) for letter in letters if letter.isalnum() or letter >= _MARKS}
    return {lang for stands_for in stand_ins for lang in _written_by(stands_for, langs)}


@lru_cache(1 << 12)
def _stand_in(letter: str) -> str:
    return _SCRIPTS[bisect_right(_STARTS, ord(letter)) - 1][1]


def _written_by(stands_for: str, langs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(lang for lang in langs if _NATIVE.get(lang, "en") == stands_for) or (stands_for,)


@lru_cache(1 << 16)
def wanted_keys(word: str, lang: str) -> tuple[str, ...]:
    """What a folded word that a topic asks for is filed under in one language: it is found by any of these."""
    if lang == NAMES:
        return (name(word),)
    root, known = stem(word, lang), _known(word, lang)
    return (*known, _UNKNOWN + root) if known else (root,)


@lru_cache(1 << 16)
def found_keys(word: str, lang: str) -> tuple[str, ...]:
    """What a headline's word is looked up by in one language.

    Unknown words are looked up by their stem as it stands, and without its accents: capitals and hurried
    typists leave accents out, and stemmers need them.
    """
    plain = fold(word)
    if lang == NAMES:
        return (name(plain),)
    known, parts = _known(plain, lang), _first_words(plain, lang)
    if known:
        return tuple(dict.fromkeys((*known, *parts, stem(plain, lang))))
    roots = dict.fromkeys((stem(word, lang), *(stem(reading, lang) for reading in readings(plain, lang))))
    return tuple(dict.fromkeys((*parts, *roots, *(_UNKNOWN + root for root in roots))))


def _known(word: str, lang: str) -> tuple[str, ...]:
    """The basic forms of a folded word, as keys, by the first way to read it that a dictionary knows.

    Of two letters it is as likely an abbreviation, and dictionaries know better: AI, they say, is of "be".
    """
    if len(word) < _SHORTEST:
        return ()
    return _keys(lemmas(word, lang) or next(filter(None, (lemmas(form, lang) for form in readings(word, lang))), ()))


def _first_words(word: str, lang: str) -> Iterator[str]:
    """The basic forms of the first words that a compound may have, as keys: Klima of Klimaschutz."""
    for first, rest in compounds(word, lang):
        if lemmas(rest, lang):
            yield from _keys(lemmas(first, lang))


def _keys(found: tuple[int, ...]) -> tuple[str, ...]:
    return tuple([f"{_KNOWN}{lemma:x}" for lemma in found])  # a list: a generator takes as long again for one


def same_word(wanted: str, found: str, langs: tuple[str, ...]) -> bool:
    """True where `found`, in a text in `langs`, is a form of the folded word `wanted`."""
    return any(
        not set(wanted_keys(wanted, lang)).isdisjoint(found_keys(found, lang)) for lang in spoken_as(found, langs)
    )
