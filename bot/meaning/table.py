"""The meanings that somebody asks for, as one table: a headline is compared with all of them at once.

Here: keeping the table as new as what is asked, and reading off it.
Not here: vectors (encoder), what a per cent is (themes), whose thread this is (meanings).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.meaning.encoder import Encoder
from bot.meaning.themes import Matrix, log_odds, needed
from bot.news.topics_tree import Meaning


class Table:
    """A row for each meaning asked for; `level` is how sure we must be where a topic does not say, in per cent."""

    def __init__(self, encoder: Encoder, level: int) -> None:
        self._encoder = encoder
        self._level = level
        self._asked: frozenset[Meaning] = frozenset()
        self._meanings: list[Meaning] = []
        self._rows: dict[str, Matrix] = {}
        self._vectors = np.empty((0, 0), np.float32)
        self._needed = np.empty(0)

    def held(self, titles: Sequence[str], asked: frozenset[Meaning]) -> list[frozenset[Meaning]]:
        """For each of one or more titles, those of one or more meanings that it has."""
        if asked != self._asked:
            self._follow(asked)
        offered = self._encoder.vectors(titles)
        sure = log_odds(offered @ self._vectors.T, offered @ self._encoder.themes.T)
        return [frozenset(self._meanings[place] for place in np.flatnonzero(row >= self._needed)) for row in sure]

    def _follow(self, asked: frozenset[Meaning]) -> None:
        """Only what nobody asked for a moment ago is new to the model."""
        texts = {meaning.text for meaning in asked}
        fresh = sorted(texts - self._rows.keys())
        new = dict(zip(fresh, self._encoder.vectors(fresh), strict=True)) if fresh else {}
        self._rows = {text: self._rows[text] if text in self._rows else new[text] for text in texts}
        self._meanings = list(asked)
        self._vectors = np.stack([self._rows[meaning.text] for meaning in self._meanings])
        self._needed = np.array([needed(meaning.level or self._level) for meaning in self._meanings])
        self._asked = asked
