"""The dictionaries of the languages that headlines come in, read beside the event loop.

Here: that each is in memory before the first headline that has words of its language is looked at.
Not here: what a dictionary knows (news/lexicon), which languages a headline's words may be of (news/evidence).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from bot.news import lexicon
from bot.news.evidence import languages_in
from bot.news.model import Headline


class Dictionaries:
    """Reads each language once; `read` are those that need not be."""

    def __init__(self, read: Iterable[str] = ()) -> None:
        self._read = set(read)
        self._one_at_a_time = asyncio.Lock()

    async def know_words_of(self, headlines: Iterable[Headline]) -> frozenset[str]:
        """As know(), for all languages that the words of these headlines may be of; gives those."""
        langs = frozenset[str]().union(*map(languages_in, headlines))
        await self.know(langs)
        return langs

    async def know(self, langs: Iterable[str]) -> None:
        """Return when the dictionaries of these languages are in memory: seconds for a new one, else at once."""
        for lang in sorted(set(langs) - self._read):
            async with self._one_at_a_time:
                if lang not in self._read:
                    await asyncio.to_thread(lexicon.read, lang)
                    self._read.add(lang)
