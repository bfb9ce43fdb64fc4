"""What dictionaries know: the basic forms that a written form may be of. Owns their place in memory.

simplemma's lists of word forms (54 languages, offline) without their texts: a form and its basic form are
kept as numbers, which is all that comparing takes: 12 bytes an entry instead of 150. Numbers are of this
process only. A language is read when its first word is asked for: docs/languages.md says how long that takes.

Here: lemmas; read takes a language at a moment of one's choosing.
Not here: what is looked up where a form is not known (forms), what is glued to a word (glued).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from bot.news.text import fold

# The languages of its lists that news come in, by our code. Not pl, fi, et, hu and sw: theirs have two to five
# million entries, each a reading of four to ten seconds.
_LISTS = {lang: lang for lang in ("ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "fa", "fr", "gl", "he")}
_LISTS |= {lang: lang for lang in ("hi", "hy", "id", "is", "it", "ka", "lt", "lv", "mk", "ms", "nb", "nl", "nn")}
_LISTS |= {lang: lang for lang in ("pt", "ro", "ru", "sk", "sl", "sq", "sv", "tr", "uk")}
_LISTS |= dict.fromkeys(("bs", "hr", "sh", "sr"), "hbs") | {"no": "nb"}
_AT_ONCE = 20_000
_LOW = (1 << 32) - 1


class _Lexicon:
    """Forms in order, as numbers, and beside each its basic form."""

    def __init__(self, forms: array[int], lemmas: array[int]) -> None:
        self._forms, self._lemmas = forms, lemmas

    def __len__(self) -> int:
        return len(self._forms)

    def find(self, form: str) -> tuple[int, ...]:
        number = hash(form)
        place, found = bisect_left(self._forms, number), list[int]()
        while place < len(self._forms) and self._forms[place] == number:
            found.append(self._lemmas[place])
            place += 1
        return tuple(dict.fromkeys(found))


def lemmas(word: str, lang: str) -> tuple[int, ...]:
    """The basic forms that a folded word may be of, as numbers; none where no dictionary of the language knows it."""
    return _lexicon(_LISTS[lang]).find(word) if lang in _LISTS else ()


def read(lang: str) -> int:
    """Take the language's dictionary into memory now, if it has one; how many forms it knows."""
    return len(_lexicon(_LISTS[lang])) if lang in _LISTS else 0


@cache
def _lexicon(name: str) -> _Lexicon:
    """One dictionary, for as long as the process lives."""
    import numpy as np

    forms, basic = array("q"), array("I")
    entries = _entries(name)
    while some := list(islice(entries, _AT_ONCE)):
        forms.extend(map(hash, _folded(form for form, _ in some)))
        basic.extend(hash(lemma) & _LOW for lemma in _folded(lemma for _, lemma in some))
    # Stable: of a form's basic forms the list's first stays the first, in every process.
    order = np.argsort(forms, kind="stable")
    return _Lexicon(array("q", np.array(forms)[order].tobytes()), array("I", np.array(basic, "u4")[order].tobytes()))


def _folded(texts: Iterable[bytes]) -> list[str]:
    """Folding many at a time is ten times as fast as one by one."""
    return fold(b"\n".join(texts).decode()).split("\n")


def _entries(name: str) -> Iterator[tuple[bytes, bytes]]:
    """A list's forms and basic forms, in no order that matters.

    simplemma's public door makes a dict of 150 bytes an entry first; this is what that is made from, hence the
    narrow version in pyproject.
    """
    from simplemma.strategies.dictionaries.dictionary_factory import _read_decompressed
    from simplemma.strategies.dictionaries.frontcode import _iter_records, _read_header

    text = _read_decompressed(name)
    backwards, _, start = _read_header(text)
    step = -1 if backwards else 1
    return ((form[::step], basic[::step]) for _, form, basic in _iter_records(text, start))
