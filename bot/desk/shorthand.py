"""Words of topics in deep links, which may be too short for them.

Here: what a link carries, and finding the words again.
Not here: what a link does (handlers/links), how long words are kept (store/links), long buttons (delivery/wire).
"""

from __future__ import annotations

from bot.news.sharing import KEPT, TOPIC, topic_payload, words_of
from bot.store.links import Links


class Shorthand:
    """Shortens words, and finds them again."""

    def __init__(self, links: Links) -> None:
        self._links = links

    async def payload(self, words: str) -> str:
        """What a deep link carries for these words."""
        return topic_payload(words) or KEPT + await self._links.keep(words)

    async def linked(self, payload: str) -> str:
        """The words that a deep link carries; empty where they are no longer kept, or it was never ours."""
        if payload.startswith(KEPT):
            return await self._links.words(payload.removeprefix(KEPT))
        return words_of(payload) if payload.startswith(TOPIC) else ""
