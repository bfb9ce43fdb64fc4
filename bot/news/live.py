"""A list that an operator may rewrite while the bot runs: its readers see the new one the next time they look.

Here: replacing a whole list by another, and what follows from one.
Not here: when a file is read again (reloading), who looks (desk, workers).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

from bot.news.addresses import origin_of
from bot.news.model import Source

Item_co = TypeVar("Item_co", covariant=True)


class Live(Sequence[Item_co], Generic[Item_co]):
    """A sequence for everybody who reads it; whoever made it may replace what it holds, all at once."""

    def __init__(self, items: Iterable[Item_co] = ()) -> None:
        self._items = tuple(items)

    @overload
    def __getitem__(self, at: int) -> Item_co: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Item_co]: ...
    def __getitem__(self, at: int | slice) -> Item_co | Sequence[Item_co]:
        return self._items[at]

    def __iter__(self) -> Iterator[Item_co]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def replace(self, items: Iterable[Item_co]) -> None:
        """Hold these from now on. Whoever is going through the old ones goes on with them."""
        self._items = tuple(items)


class NamedOrigins:
    """Whether a host and port is one that the operator named as a source: such may be private, and no others."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources = sources
        self._known: tuple[Source, ...] = ()
        self._origins: frozenset[tuple[str, int]] = frozenset()

    def __call__(self, host: str, port: int) -> bool:
        """Whether it is, by what the list says now."""
        if (now := tuple(self._sources)) != self._known:
            self._known, self._origins = now, frozenset(origin_of(source.url) for source in now)
        return (host, port) in self._origins
