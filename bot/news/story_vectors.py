"""What open stories mean, as vectors: for headlines that tell a story in other words or another language.

Only with the extra [semantic], which brings numpy: every open story is compared, since a translation shares no word.

Here: a story's mean vector, and how alike a headline's vector is to it.
Not here: making vectors; deciding (stories).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

# Stories less alike than this are no candidates unless they share words: unrelated headlines are seldom above it.
_ALIKE = 0.5
_FIRST_ROOM = 256


class StoryVectors:
    """The mean vector of each open story, compared by cosine."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._free: list[int] = []
        self._sums: Any = None
        self._means: Any = None

    def add(self, story: str, vector: Sequence[float]) -> None:
        """One more headline of `story` has this vector (not all zero; always of the same length)."""
        import numpy as np

        given = np.asarray(vector, dtype=np.float32)
        if self._sums is None:
            self._sums = np.zeros((_FIRST_ROOM, len(given)), dtype=np.float32)
            self._means = np.zeros_like(self._sums)
        row = self._row(story)
        self._sums[row] += given / np.linalg.norm(given)
        self._means[row] = self._sums[row] / np.linalg.norm(self._sums[row])

    def forget(self, story: str) -> None:
        """The story is no longer open."""
        row = self._rows.pop(story, None)
        if row is not None:
            self._sums[row] = self._means[row] = 0.0
            self._free.append(row)

    def alike(self, vector: Sequence[float], shared: Sequence[str]) -> dict[str, float]:
        """How alike (cosine) to the stories of `shared` and to all that are alike enough without a shared word."""
        import numpy as np

        if not self._rows:
            return {}
        given = np.asarray(vector, dtype=np.float32)
        cosines = self._means @ (given / np.linalg.norm(given))
        near = set(np.flatnonzero(cosines >= _ALIKE).tolist())
        wanted = {story: row for story in shared if (row := self._rows.get(story)) is not None}
        wanted |= {story: row for story, row in self._rows.items() if row in near} if near else {}
        return {story: float(cosines[row]) for story, row in wanted.items()}

    def _row(self, story: str) -> int:
        import numpy as np

        if story not in self._rows:
            row = self._free.pop() if self._free else len(self._rows)
            if row == len(self._sums):
                self._sums = np.concatenate([self._sums, np.zeros_like(self._sums)])
                self._means = np.concatenate([self._means, np.zeros_like(self._means)])
            self._rows[story] = row
        return self._rows[story]
