"""Words of topics in places that are too short for them: callback data and deep links.

Here: what stands there instead, and finding the words again.
Not here: what a button does (handlers), how long words are kept (store/links).
"""

from __future__ import annotations

from bot.news.sharing import KEPT, NAMED, TOPIC, topic_payload, words_of
from bot.store.links import Links

# Of the 64 bytes of callback data, what verbs and numbers leave for words.
MOST_BYTES = 40
# What stands for words in callback data; no topic begins so.
_MARK = NAMED + KEPT


class Shorthand:
    """Shortens words, and finds them again."""

    def __init__(self, links: Links) -> None:
        self._links = links

    async def brief(self, words: str) -> str:
        """What a button carries for these words: themselves where they are short."""
        return words if len(words.encode()) <= MOST_BYTES else _MARK + await self._links.keep(words)

    async def whole(self, brief: str) -> str:
        """The words that a button carries; empty where they are no longer kept."""
        return await self._links.words(brief.removeprefix(_MARK)) if brief.startswith(_MARK) else brief

    async def payload(self, words: str) -> str:
        """What a deep link carries for these words."""
        return topic_payload(words) or KEPT + await self._links.keep(words)

    async def linked(self, payload: str) -> str:
        """The words that a deep link carries; empty where they are no longer kept, or it was never ours."""
        if payload.startswith(KEPT):
            return await self._links.words(payload.removeprefix(KEPT))
        return words_of(payload) if payload.startswith(TOPIC) else ""
