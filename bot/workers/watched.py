"""Which sources are watched: those that the operator configured, and those that were added while running.

Here: reading the two as one list.
Not here: when they are asked (poller), keeping those that were added (store/sources).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.model import Source
from bot.store.sources import Sources


class Watched:
    """The list of what is watched, as it is now."""

    def __init__(self, configured: Sequence[Source], sources: Sources) -> None:
        self._configured = configured
        self._sources = sources

    @property
    def configured(self) -> tuple[Source, ...]:
        """Those that the operator's file names now."""
        return tuple(self._configured)

    async def read(self) -> dict[str, Source]:
        """Every source that is asked, by its name."""
        paused = await self._sources.paused()
        watched = await self._sources.watched(self._configured)
        return {name: source for name, source in watched.items() if name not in paused}

    async def find(self, name: str) -> Source | None:
        """The source of a name."""
        return (await self.read()).get(name)
