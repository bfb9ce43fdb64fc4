"""sources.toml and topics.toml, read again while the bot runs.

A file is read when it has changed and then stood still, so that nobody reads half of what an editor is writing; or at
the next look where somebody asks for it (SIGHUP). One that is wrong changes nothing: what was good goes on, and the
log says every mistake. Each process looks for itself: files may reach machines one after the other.

Here: when to read, and handing on what was read.
Not here: what is right (settings), who follows the new lists (desk, workers).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import structlog

from bot.news.errors import ConfigError
from bot.news.live import Live
from bot.news.model import ReadyTopic, Source
from bot.settings import SOURCES, TOPICS, reread

Marks = tuple[tuple[int, int, int] | None, ...]
log = structlog.get_logger()


class Reloading:
    """Watches the two files of a folder; `beside` are sources that no file names (the sample newsroom).

    `asked` is set by whoever wants them read now.
    """

    def __init__(
        self,
        folder: Path,
        sources: Live[Source],
        ready: Live[ReadyTopic],
        asked: asyncio.Event,
        beside: Sequence[Source] = (),
    ) -> None:
        self._folder = folder
        self._sources = sources
        self._ready = ready
        self._asked = asked
        self._beside = tuple(beside)
        self._read = self._seen = self._marks()

    async def step(self) -> bool:
        """Look, and read what has changed since it was read and not since the last look."""
        marks, seen = self._marks(), self._seen
        self._seen = marks
        if self._asked.is_set() or (marks == seen and marks != self._read):
            self._asked.clear()
            self._read = marks
            await self._reload()
        return False

    async def _reload(self) -> None:
        try:
            sources, ready = await asyncio.to_thread(reread, self._folder)
        except ConfigError as error:
            for problem in error.problems:
                log.error("configuration not read again, the old one goes on", problem=problem)
            return
        before, topics = [source.name for source in self._sources], [topic.key for topic in self._ready]
        self._sources.replace((*self._beside, *sources))
        self._ready.replace(ready)
        log.info(
            "configuration read again",
            sources=len(self._sources),
            topics=len(ready),
            sources_added=_more((source.name for source in self._sources), before),
            sources_removed=_more(before, (source.name for source in self._sources)),
            topics_added=_more((topic.key for topic in ready), topics),
            topics_removed=_more(topics, (topic.key for topic in ready)),
        )

    def _marks(self) -> Marks:
        """What tells that a file is another one, or another's content."""
        return tuple(_mark(self._folder / name) for name in (SOURCES, TOPICS))


def _more(names: Iterable[str], than: Iterable[str]) -> list[str]:
    return sorted(set(names) - set(than))


def _mark(file: Path) -> tuple[int, int, int] | None:
    with suppress(OSError):
        about = file.stat()
        return about.st_mtime_ns, about.st_size, about.st_ino
    return None
