"""The terms that topics ask for, found by any of their forms. Owns the step from a headline's word to topics' terms.

For each language that headlines come in there is one table from stems to topic words, made when the first
headline in that language comes and kept up to date from then on. Terms that stand for a beginning (`word*`) are
found by their lengths, those for one form only (`=word`) as they stand.
News says the same words again and again: what a word was found to be is remembered until a new term comes.

Here: terms in and out, and look-up.
Not here: which forms a word has (forms), which topics want a term (matcher).
"""

from __future__ import annotations

from collections.abc import Mapping
from sys import intern

from bot.news.forms import found_keys, spoken_as, wanted_keys
from bot.news.text import fold
from bot.news.tokens import COMMON, EXACT, PREFIX, Token, is_word

# More than come in a day; tables and words beyond make room by going.
_MOST_LANGUAGES, _MOST_REMEMBERED = 64, 1 << 15
_MANY = 1 << 40


class Vocabulary:
    """The tokens of topics, each counted as often as it is asked for."""

    def __init__(self) -> None:
        self._asked: dict[Token, int] = {}
        self._prefixes: dict[int, dict[str, Token]] = {}  # by length: the beginning of a word -> its term
        self._by_language: dict[str, dict[str, tuple[Token, ...]]] = {}
        self._remembered: dict[tuple[str, ...], _Remembered] = {}

    def add(self, token: Token) -> bool:
        """One more topic asks for the token; true if it is the first."""
        times = self._asked.get(token, 0)
        self._asked[token] = times + 1
        if times:
            return False
        if is_word(token):
            self._enter(token)
        return True

    def remove(self, token: Token) -> bool:
        """One topic less asks for the token; true if it was the last."""
        times = self._asked[token] - 1
        if times:
            self._asked[token] = times
            return False
        del self._asked[token]
        if is_word(token):
            self._strike(token)
        return True

    def rarity(self, token: Token) -> int:
        """How many topics ask for the token; a language or a source is had by more headlines than any word."""
        return _MANY if token[0] in COMMON else self._asked.get(token, 0)

    def asked_of(self, tokens: set[Token]) -> set[Token]:
        """Those of the tokens that a topic asks for."""
        return tokens & self._asked.keys()

    def terms_in(self, langs: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
        """For any word of a text in `langs`, the terms asked for that it satisfies; good until the next change."""
        if langs not in self._remembered:
            if len(self._remembered) >= _MOST_LANGUAGES:
                self._remembered.clear()
            self._remembered[langs] = _Remembered(self, langs)
        return self._remembered[langs]

    def find(self, word: str, langs: tuple[str, ...]) -> frozenset[str]:
        """The terms asked for that `word`, in a text in `langs`, satisfies."""
        found = {
            asked
            for lang in spoken_as(word, langs)
            for key in found_keys(word, lang)
            for asked in self._table(lang).get(key, ())
        }
        folded = fold(word)
        if EXACT + folded in self._asked:
            found.add(EXACT + folded)
        for length, beginnings in self._prefixes.items():
            if term := beginnings.get(folded[:length]):
                found.add(term)
        return frozenset(found)

    def _enter(self, term: Token) -> None:
        self._remembered.clear()
        if term.startswith(EXACT):
            return
        if term.endswith(PREFIX):
            self._prefixes.setdefault(len(term) - 1, {})[term[:-1]] = term
            return
        for lang, table in self._by_language.items():
            _enter(table, term, lang)

    def _strike(self, term: Token) -> None:
        self._remembered.clear()
        if term.startswith(EXACT):
            return
        if term.endswith(PREFIX):
            beginnings = self._prefixes[len(term) - 1]
            del beginnings[term[:-1]]
            if not beginnings:
                del self._prefixes[len(term) - 1]
            return
        for lang, table in self._by_language.items():
            _strike(table, term, lang)

    def _table(self, lang: str) -> dict[str, tuple[Token, ...]]:
        table = self._by_language.get(lang)
        if table is None:
            if len(self._by_language) >= _MOST_LANGUAGES:
                del self._by_language[next(iter(self._by_language))]
            table = self._by_language[lang] = {}
            for token in self._asked:
                if is_word(token) and not token.endswith(PREFIX) and not token.startswith(EXACT):
                    _enter(table, token, lang)
        return table


class _Remembered(dict[str, frozenset[Token]]):
    """What the words of texts in some languages were found to be."""

    def __init__(self, vocabulary: Vocabulary, langs: tuple[str, ...]) -> None:
        super().__init__()
        self._vocabulary, self._langs = vocabulary, langs

    def __missing__(self, word: str) -> frozenset[Token]:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        found = self._vocabulary.find(word, self._langs) if word else frozenset()
        self[word] = found
        return found


def _enter(table: dict[str, tuple[Token, ...]], word: Token, lang: str) -> None:
    for key in filter(None, wanted_keys(word, lang)):
        table[intern(key)] = (*table.get(key, ()), word)


def _strike(table: dict[str, tuple[Token, ...]], word: Token, lang: str) -> None:
    for key in filter(None, wanted_keys(word, lang)):
        rest = tuple(other for other in table[key] if other != word)
        if rest:
            table[key] = rest
        else:
            del table[key]
