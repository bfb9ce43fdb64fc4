"""The dictionaries of the languages that headlines come in, read beside the event loop.

Here: that each is in memory before the first headline of its language is looked at.
Not here: what a dictionary knows (news/lexicon).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from bot.news import lexicon


class Dictionaries:
    """Reads each language once; `read` are those that need not be."""

    def __init__(self, read: Iterable[str] = ()) -> None:
        self._read = set(read)
        self._one_at_a_time = asyncio.Lock()

    async def know(self, langs: Iterable[str]) -> None:
        """Return when the dictionaries of these languages are in memory: seconds for a new one, else at once."""
        for lang in sorted(set(langs) - self._read):
            async with self._one_at_a_time:
                if lang not in self._read:
                    await asyncio.to_thread(lexicon.read, lang)
                    self._read.add(lang)
