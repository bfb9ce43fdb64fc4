"""The stream, read along by whoever wants to know every headline that is listed. Owns nothing.

Here: the headlines behind or before a place in the stream, as far as they have been claimed.
Not here: claiming entries (headlines), what a reader makes of them (desk/library).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.news.identity import headline_id
from bot.news.model import Headline
from bot.store import codec, keys
from bot.store.database import Database

# Behind every entry, and before.
END, BEGINNING = "+", "0-0"
# Another program's entry becomes a headline when it is claimed; what is not one by then was malformed.
CLAIMED_WITHIN = timedelta(seconds=30)
# What a search looks at and a list shows.
_FIELDS = ("id", "title", "url", "source", "published_at", "seen_at", "summary", "lang", "section", "story", "tellings")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some headlines of the stream, and the entry that was read last, empty where there was none.

    `ends`: there is nothing more on that side.
    """

    headlines: tuple[Headline, ...]
    position: str
    ends: bool


class ReadAlong:
    """Reads the stream without claiming anything."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def end(self) -> str:
        """The newest entry; BEGINNING where there is none."""
        return next(iter(await self._entries("before", END, 1)), BEGINNING)

    async def after(self, position: str, count: int, now: datetime) -> Passage:
        """The headlines of the entries behind one; those that nobody has claimed yet stay for later."""
        entries = await self._entries("after", position, count)
        known = await self.known(list(entries.values()))
        read = dict[str, Headline]()
        last = ""
        for entry, ident in entries.items():
            if ident in known:
                read[ident] = known[ident]
            elif codec.instant(entry.partition("-")[0]) > now - CLAIMED_WITHIN:
                break
            last = entry
        return Passage(tuple(read.values()), last, len(entries) < count)

    async def before(self, position: str, count: int) -> Passage:
        """The headlines of the entries before one, or (END) of the last ones; the newest first."""
        entries = await self._entries("before", position, count)
        known = await self.known(list(entries.values()))
        return Passage(tuple(known.values()), next(reversed(entries), ""), len(entries) < count)

    async def known(self, idents: Sequence[str]) -> Mapping[str, Headline]:
        """The headlines with these ids, in this order, each once and without its text."""
        once = list(dict.fromkeys(idents))
        found = await self._database.pipeline([("HMGET", keys.headline(ident), *_FIELDS) for ident in once])
        records = zip(once, map(_record, found), strict=True)
        return {ident: codec.headline_of(record) for ident, record in records if record}

    async def _entries(self, way: str, position: str, count: int) -> dict[str, str]:
        """Entries, the nearest first, and the headline that each is about."""
        found = await self._database.run("follow", [keys.STREAM.name], [way, position, count])
        return {entry: headline_id(url.strip(), given.strip()) for entry, given, url in found}


def _record(values: Sequence[Any]) -> dict[str, str]:
    """The fields that are there; none where there is no record."""
    return {name: value for name, value in zip(_FIELDS, values, strict=True) if value is not None}
