"""The terms that topics ask for, found by any of their forms. Owns the step from a headline's word to topics' terms.

For each language that headlines come in there is one table from stems to topic words, made when the first
headline in that language comes, or in steps before it does; what is asked for later waits there for the next
headline, so that subscribing costs the same in however many languages news come. Terms that stand for a
beginning (`word*`) are found by their lengths, those for one form only (`=word`) as they stand. News says
the same words again and again: what a word was found to be is remembered until a new term comes.

Here: terms in and out, and look-up.
Not here: which forms a word has (forms), which topics want a term (matcher).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from sys import intern

from bot.news.forms import NAMES, found_keys, spoken_as, wanted_keys
from bot.news.text import fold
from bot.news.tokens import COMMON, EXACT, PREFIX, Token, is_word

# More than come in a day; words beyond make room by going.
_MOST_LANGUAGES, _MOST_REMEMBERED = 64, 1 << 15
# Tables take 5 to 9 MB for 50,000 words of topics. The one used longest ago makes room for one more.
_MOST_TABLES = 16
# As many words are entered into a table in one step: 4 to 10 ms.
_A_STEP = 500
_MANY = 1 << 40


class Vocabulary:
    """The tokens of topics, each counted as often as it is asked for."""

    def __init__(self) -> None:
        self._asked: dict[Token, int] = {}
        self._prefixes: dict[int, dict[str, Token]] = {}  # by length: the beginning of a word -> its term
        self._by_language: dict[str, _Table] = {}  # the one used last stands last
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

    def prepare(self, langs: Iterable[str]) -> Iterator[None]:
        """Make the tables for words of these languages, a step at a time; terms may come and go between two steps."""
        for lang in (*langs, NAMES):
            table = self._opened(lang)
            while table.waiting:
                table.enter_some(_A_STEP)
                yield

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
            for asked in self._table(lang).terms.get(key, ())
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
        for table in self._by_language.values():
            table.waiting.add(term)

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
        for table in self._by_language.values():
            table.strike(term)

    def _table(self, lang: str) -> _Table:
        """The whole table of a language."""
        table = self._opened(lang)
        if table.waiting:
            table.enter_some(len(table.waiting))
        return table

    def _opened(self, lang: str) -> _Table:
        """The table of a language; in a new one all words wait."""
        table = self._by_language.pop(lang, None)
        if table is None:
            if len(self._by_language) >= _MOST_TABLES:
                del self._by_language[next(iter(self._by_language))]
            words = (token for token in self._asked if is_word(token) and token[-1] != PREFIX and token[0] != EXACT)
            table = _Table(lang, set(words))
        self._by_language[lang] = table
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


class _Table:
    """The words that topics ask for, by what they are found by in one language; those in `waiting` not yet."""

    __slots__ = ("_lang", "terms", "waiting")

    def __init__(self, lang: str, waiting: set[Token]) -> None:
        self._lang = lang
        self.waiting = waiting
        self.terms: dict[str, tuple[Token, ...]] = {}

    def enter_some(self, most: int) -> None:
        for _ in range(min(most, len(self.waiting))):
            self.enter(self.waiting.pop())
        if not self.waiting:
            self.waiting.clear()  # gives back the room of all that were in it

    def enter(self, word: Token) -> None:
        for key in filter(None, wanted_keys(word, self._lang)):
            self.terms[intern(key)] = (*self.terms.get(key, ()), word)

    def strike(self, word: Token) -> None:
        if word in self.waiting:
            self.waiting.remove(word)
            return
        for key in filter(None, wanted_keys(word, self._lang)):
            rest = tuple(other for other in self.terms[key] if other != word)
            if rest:
                self.terms[key] = rest
            else:
                del self.terms[key]
