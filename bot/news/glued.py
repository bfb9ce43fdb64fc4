"""What is written together with a word and is not of it. Owns where one written word may be cut.

Arabic and Hebrew glue "and", "the", "in", "to" to a word's front, Arabic and Persian "his", "their" to its
end; Germans make one word of several, and type ae where they have no ä.

Here: readings (ways to take a written word), compounds (where it may be two), without_particle (Korean),
without_apostrophe (Turkish).
Not here: endings that Snowball knows (stems), dictionaries (lexicon).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

# Before an Arabic word, folded: and, so · as, in, to, will · the; the longest that fits.
_ARABIC_FRONTS: tuple[str, ...] = ("وبال", "وكال", "فبال", "ولل", "فلل", "بال", "كال", "وال", "فال")
_ARABIC_FRONTS += ("لل", "ال", "وب", "ول", "وك", "وس", "و", "ف", "ب", "ل", "ك", "س")
# Behind it: his, her, their, our …, and the accusative's -an.
_ARABIC_BACKS = ("هما", "كما", "هم", "هن", "كم", "نا", "ها", "ه", "ك", "ي", "ا")
_HEBREW_FRONTS: tuple[str, ...] = ("וכש", "כשה", "שה", "מה", "וה", "וב", "ול", "ומ", "וש", "כש", "שב", "של", "שמ")
_HEBREW_FRONTS += ("ה", "ו", "ב", "ל", "מ", "ש", "כ")
_PERSIAN_BACKS = ("هايشان", "هايي", "هاي", "ها", "شان", "اش", "ي")
# Characters of Hangul that end in a vowel, and in -l: some particles stand behind these only, some behind others.
_OPEN = "".join(map(chr, range(ord("가"), ord("힣") + 1, 28)))
_OPEN_OR_L = _OPEN + "".join(map(chr, range(ord("갈"), ord("힣") + 1, 28)))
# Behind a Korean noun, of which two characters must remain. Not -do and -man: provinces and gulfs end so.
_PARTICLE = re.compile(
    "(?<=[가-힣]{2})(?:들?(?:"
    "에서[는도의]?|에게서?|께서|부터|까지|처럼|보다|마다|조차|마저|밖에|에[는도선]?|의"
    f"|(?<=[{_OPEN_OR_L}])로(?:부터|[서써는의])?|(?<=[{_OPEN}])(?:라[는고]|[는가를와])"
    f"|(?<![{_OPEN_OR_L}])으로(?:부터|[서써는의])?|(?<![{_OPEN}])(?:이라[는고]|이[나며다]?|[은을과])"
    ")|들)(?=\\W*$)"
)
# Behind a Turkish name, in two letters or more: 's, 't and 'll are English.
_TURKISH = re.compile(
    "(?<=\\w{3})'(?:n?[ıiuü]n|[yn][ae]|[yn][ıiuü]|n?[dt][ae]n?|[dt]aki|[dt]eki|y?l[ae]|l[ae]r\\w*|[dt][ıiuü]r|[cç][ae])$"
)
_COMPOUNDING = frozenset({"de", "nl", "sv", "da", "nb", "nn", "no"})
# Letters of each word of a compound: with four, words fall apart that are none (bunde-stag).
_LONG = 5
# Letters that a word must keep: shorter ones are words by accident.
_KEPT = 3


def readings(word: str, lang: str) -> Iterator[str]:
    """The ways to read a folded word: as it stands first, then with less and less of what may be glued to it."""
    yield word
    if lang in _READERS:
        yield from dict.fromkeys(_READERS[lang](word))


def compounds(word: str, lang: str) -> Iterator[tuple[str, str]]:
    """The places where a folded word may be two: its first word, with and without a linking -s, and the rest."""
    if lang in _COMPOUNDING:
        for end in range(_LONG, len(word) - _LONG + 1):
            yield word[:end], word[end:]
            if word[end - 1] == "s" and end > _LONG:
                yield word[: end - 1], word[end:]


def _arabic(word: str) -> Iterator[str]:
    fronts = [*_without_front(word, _ARABIC_FRONTS)]
    if word[:2] == "لل":
        fronts.append("ال" + word[2:])
    yield from fronts
    for front in (word, *fronts):
        yield from _arabic_endings(front)


def _arabic_endings(word: str) -> Iterator[str]:
    """A word before what is said of its owner, where ة and ى are written otherwise; and with the dots of its ة."""
    if word[-1] == "ه":
        yield word[:-1] + "ة"
    for rest in _without_back(word, _ARABIC_BACKS):
        yield rest
        if rest[-1] == "ت":
            yield rest[:-1] + "ة"
        elif rest[-1] == "ا":
            yield rest[:-1] + "ي"


def _hebrew(word: str) -> Iterator[str]:
    return _without_front(word, _HEBREW_FRONTS)


def _persian(word: str) -> Iterator[str]:
    return _without_back(word, _PERSIAN_BACKS)


def _german(word: str) -> Iterator[str]:
    """Umlauts that were typed as two letters; folded ones are one."""
    if any(pair in word for pair in ("ae", "oe", "ue")):
        yield word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


_READERS: dict[str, Callable[[str], Iterator[str]]] = {
    "ar": _arabic,
    "de": _german,
    "fa": _persian,
    "he": _hebrew,
}


def without_apostrophe(word: str) -> str:
    """A word in lower case without the ending that Turkish sets apart from a name: ankara'nın is ankara."""
    return _TURKISH.sub("", word)


def without_particle(text: str) -> str:
    """A text without the particle behind its last word, where that is Korean and two characters remain."""
    return _PARTICLE.sub("", text, count=1)


def _without_front(word: str, fronts: tuple[str, ...]) -> Iterator[str]:
    return (word[len(front) :] for front in fronts if len(word) >= len(front) + _KEPT and word.startswith(front))


def _without_back(word: str, backs: tuple[str, ...]) -> Iterator[str]:
    return (word[: -len(back)] for back in backs if len(word) >= len(back) + _KEPT and word.endswith(back))
