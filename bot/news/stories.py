"""placeholder until merge"""

from __future__ import annotations

from bot.news.model import Headline


class Stories:
    """Exact titles."""

    def __init__(self) -> None:
        self._by_title: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def find(self, headline: Headline, vector: None = None) -> str | None:
        return self._known.get(headline.id) or self._by_title.get(headline.title)

    def add(self, headline: Headline, story: str, vector: None = None) -> None:
        self._known[headline.id] = story
        self._by_title.setdefault(headline.title, story)

    def discard(self, headline_id: str) -> None:
        self._known.pop(headline_id, None)
