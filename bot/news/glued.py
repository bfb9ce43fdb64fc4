"""What is written together with a word and is not of it. Owns where one written word may be cut.

Arabic and Hebrew glue "and", "the", "in", "to" to a word's front, Arabic and Persian "his", "their" to its
end; Germans make one word of several, and type ae where they have no ä.

Here: readings (ways to take a written word), front (the first word of a compound).
Not here: endings that Snowball knows (stems), dictionaries (lexicon), particles of Korean (text).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

# Before an Arabic word, folded: and, so · as, in, to, will · the; the longest that fits.
_ARABIC_FRONTS = ("وبال", "وكال", "فبال", "ولل", "فلل", "بال", "كال", "وال", "فال")
_ARABIC_FRONTS += ("لل", "ال", "وب", "ول", "وك", "وس", "و", "ف", "ب", "ل", "ك", "س")
# Behind it: his, her, their, our …, and the accusative's -an.
_ARABIC_BACKS = ("هما", "كما", "هم", "هن", "كم", "نا", "ها", "ه", "ك", "ي", "ا")
_HEBREW_FRONTS = ("וכש", "כשה", "שה", "מה", "וה", "וב", "ול", "ומ", "וש", "כש", "שב", "של", "שמ", "ה", "ו", "ב", "ל", "מ", "ש", "כ")
_PERSIAN_BACKS = ("هايشان", "هايي", "هاي", "ها", "شان", "اش", "ي")
# Letters that a word must keep: shorter ones are words by accident.
_KEPT = 3


def readings(word: str, lang: str) -> Iterator[str]:
    """The ways to read a folded word: as it stands first, then with less and less of what may be glued to it."""
    yield word
    if lang in _READERS:
        yield from dict.fromkeys(_READERS[lang](word))


def _arabic(word: str) -> Iterator[str]:
    fronts = [*_without_front(word, _ARABIC_FRONTS)]
    if word[:2] == "لل":
        fronts.append("ال" + word[2:])
    yield from fronts
    for front in (word, *fronts):
        yield from _arabic_endings(front)


def _arabic_endings(word: str) -> Iterator[str]:
    """A word before what is said of its owner; ة, ى and ء are written otherwise there."""
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


def _without_front(word: str, fronts: tuple[str, ...]) -> Iterator[str]:
    return (word[len(front) :] for front in fronts if len(word) >= len(front) + _KEPT and word.startswith(front))


def _without_back(word: str, backs: tuple[str, ...]) -> Iterator[str]:
    return (word[: -len(back)] for back in backs if len(word) >= len(back) + _KEPT and word.endswith(back))
