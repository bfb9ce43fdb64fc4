"""The forms of a word. Owns when two words are one: election, elections; élection, ELECTIONS; المغرب, بالمغرب.

Here: a word's stems in a language (Snowball), and which languages a word may belong to by its script.
Not here: cutting text into words (text), guessing a text's language (languages).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import Protocol

from bot.news.text import fold

_SNOWBALL = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
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
# The languages that are written in each script, by the language that stands for it; all others write Latin.
_NATIVE = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg"), "ru"),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ug", "sd", "ckb"), "ar"),
    **dict.fromkeys(("hi", "ne", "mr"), "hi"),
    **dict.fromkeys(("he", "yi"), "he"),
    **dict.fromkeys(("zh", "ja", "ko", "th", "lo", "km", "my", "ka", "am"), ""),
    **{lang: lang for lang in ("el", "hy", "ta")},
}
_ARTICLE = re.compile(r"^[وف]?(?:ال|بال|كال|لل)(?=\w{3})")
_LOST_ACCENT = re.compile("ee(?=s?$)")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - PyStemmer's name


def spoken_as(word: str, langs: tuple[str, ...]) -> tuple[str, ...]:
    """The languages that a word of a text in `langs` may be of: those in its script, or the one that stands for it."""
    stands_for = _SCRIPTS[bisect_right(_STARTS, ord(word[0])) - 1][1]
    return tuple(lang for lang in langs if _NATIVE.get(lang, "en") == stands_for) or (stands_for,)


@lru_cache(1 << 16)
def wanted_keys(word: str, lang: str) -> tuple[str, ...]:
    """What a folded word that a topic asks for is filed under in one language: it is found by any of these."""
    return (_stem(word, lang),)


@lru_cache(1 << 16)
def found_keys(word: str, lang: str) -> tuple[str, ...]:
    """What a headline's word is looked up by in one language: its stem as it stands, and without its accents.

    Capitals and hurried typists leave accents out, and stemmers need them.
    """
    return tuple(dict.fromkeys((_stem(fold(word), lang), _stem(word, lang))))


def _stem(word: str, lang: str) -> str:
    stemmer = _stemmer(lang)
    plain = fold(word)
    return plain if stemmer is None else fold(stemmer.stemWord(_prepared(word, lang))) or plain


def _prepared(word: str, lang: str) -> str:
    """A word as Snowball wants it, where that is not how it stands.

    Arabic: it cuts endings differently with and without the article, and knows fewer prefixes before it
    than are written (انتخابات, الانتخابات, والانتخابات). French: a final -ee lost an accent (réfugiée).
    """
    if lang == "ar":
        root = _ARTICLE.sub("", word)
        return f"ال{root}" if len(root) > 3 else root
    if lang == "fr":
        return _LOST_ACCENT.sub("ée", word)
    return word


def same_word(wanted: str, found: str, langs: tuple[str, ...]) -> bool:
    """True where `found`, in a text in `langs`, is a form of the folded word `wanted`."""
    return any(
        not set(wanted_keys(wanted, lang)).isdisjoint(found_keys(found, lang)) for lang in spoken_as(found, langs)
    )


@cache
def _stemmer(lang: str) -> _Stemmer | None:
    """One stemmer a language: they are dear to make, and not to be shared by threads."""
    if lang not in _SNOWBALL:
        return None
    import Stemmer

    stemmer: _Stemmer = Stemmer.Stemmer(_SNOWBALL[lang], 0)
    return stemmer
