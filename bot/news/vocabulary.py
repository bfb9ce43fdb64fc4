"""The words that topics ask for, found by any of their forms. Owns the step from a headline's word to topics' words.

For each language that headlines come in there is one table from stems to topic words, made when the first
headline in that language comes (half a second for 200,000 words) and kept up to date from then on.

Here: words in and out, and look-up.
Not here: which forms a word has (forms), which topics want a word (matcher).
"""

from __future__ import annotations

from bot.news.forms import found_keys, spoken_as, wanted_keys


class Vocabulary:
    """The folded words of topics, each counted as often as it is asked for."""

    def __init__(self) -> None:
        self._asked: dict[str, int] = {}
        self._by_language: dict[str, dict[str, tuple[str, ...]]] = {}

    def add(self, word: str) -> None:
        """One more topic asks for `word`."""
        times = self._asked.get(word, 0)
        self._asked[word] = times + 1
        if not times:
            for lang, table in self._by_language.items():
                _enter(table, word, lang)

    def remove(self, word: str) -> None:
        """One topic less asks for `word`."""
        self._asked[word] -= 1
        if self._asked[word]:
            return
        del self._asked[word]
        for lang, table in self._by_language.items():
            for key in wanted_keys(word, lang):
                rest = tuple(other for other in table.get(key, ()) if other != word)
                if rest:
                    table[key] = rest
                else:
                    table.pop(key, None)

    def asked(self, word: str) -> int:
        """How many topics ask for `word`."""
        return self._asked.get(word, 0)

    def find(self, word: str, langs: tuple[str, ...]) -> frozenset[str]:
        """The words asked for that `word`, in a text in `langs`, is a form of."""
        return frozenset(
            asked
            for lang in spoken_as(word, langs)
            for key in found_keys(word, lang)
            for asked in self._table(lang).get(key, ())
        )

    def _table(self, lang: str) -> dict[str, tuple[str, ...]]:
        if lang not in self._by_language:
            table: dict[str, tuple[str, ...]] = {}
            for word in self._asked:
                _enter(table, word, lang)
            self._by_language[lang] = table
        return self._by_language[lang]


def _enter(table: dict[str, tuple[str, ...]], word: str, lang: str) -> None:
    """A word of another script is no word of the language; it would only take room."""
    if lang in spoken_as(word, (lang,)):
        for key in wanted_keys(word, lang):
            table[key] = (*table.get(key, ()), word)
