"""Sentences for people, before and after it is known in which language they read.

Here: a sentence whose language is still open (Said), and the language of a reader, which says it (Tongue).
Not here: where the words of a language come from (bot/tongues), which language a chat reads (news/preferences).

The English text stands in the code and is the key to its translations. Places in it are named, as in {topic}; what
fills one may itself be a Said. Translators see the text as it stands in the code, found there by the names `say`,
`said`, `many` and `many_said`, so these take literals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from gettext import NullTranslations


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that is said in the reader's language later; str() gives its English.

    `several` is its text for every number but one, and `n` that number, where the sentence counts something.
    """

    text: str
    places: tuple[tuple[str, object], ...] = ()
    several: str = ""
    n: int = 0

    def __str__(self) -> str:
        return ENGLISH(self)


def said(text: str, /, **places: object) -> Said:
    """The sentence with these places filled, in a language that is not known yet."""
    return Said(text, tuple(places.items()))


def many_said(one: str, several: str, n: int, /, **places: object) -> Said:
    """A sentence that counts: `one` is its text for 1, `several` for others; {n} is a place of its own."""
    return Said(one, tuple(places.items()), several, n)


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language of a reader, by its ISO 639-1 code; two of one code are the same."""

    lang: str
    words: NullTranslations = field(compare=False, repr=False)
    is_rtl: bool = field(default=False, compare=False)

    def __call__(self, text: str | Said, /, **places: object) -> str:
        """Say it; where the language has no words for it, in English. A plain text that nobody knows stays as it is."""
        if isinstance(text, Said):
            return self._said(text)
        return self._filled(self.words.gettext(text), places)

    def many(self, one: str, several: str, n: int, /, **places: object) -> str:
        """Say what counts something: in the language's own plural form for `n`."""
        return self._filled(self.words.ngettext(one, several, n), {"n": n, **places})

    def _said(self, sentence: Said) -> str:
        places = dict(sentence.places)
        if sentence.several:
            return self.many(sentence.text, sentence.several, sentence.n, **places)
        return self(sentence.text, **places)

    def _filled(self, text: str, places: dict[str, object]) -> str:
        if not places:
            return text
        return text.format(**{name: self(one) if isinstance(one, Said) else one for name, one in places.items()})


# What the code itself speaks; other languages are loaded from their files.
ENGLISH = Tongue("en", NullTranslations())


class Tongues:
    """Every language that we speak, English among them; each is loaded when somebody first reads it."""

    def __init__(self, others: Mapping[str, Callable[[], Tongue]]) -> None:
        self._others = others
        self._loaded = {ENGLISH.lang: ENGLISH}

    def of(self, lang: str) -> Tongue:
        """The tongue of a language, by its code (`pt`, `pt-br`, in any case); English where we do not speak it."""
        code = lang.partition("-")[0].lower()
        if code not in self._loaded and code in self._others:
            self._loaded[code] = self._others[code]()
        return self._loaded.get(code, ENGLISH)

    def all(self) -> tuple[Tongue, ...]:
        """All of them, English first."""
        return tuple(self.of(lang) for lang in (ENGLISH.lang, *self._others))
