"""Which headline tells which story, decided once for all processes. Owns {news:latest}:stories.

Here: the log of what was decided, and adding to it.
Not here: how it is decided (news/stories), by whom (workers/teller).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from urllib.parse import urlsplit

from bot.news.model import Headline, Telling
from bot.store import codec, keys
from bot.store.database import Database

# As many headlines as the stream lists at the most.
KEPT = 100_000
LOADED_AT_ONCE = 5000
# Nobody reads more names, and a record is to stay small.
TELLINGS_KEPT = 64
# What of an address tells a story (news/story_words) stands at its beginning.
LONGEST_ADDRESS = 500


@dataclass(frozen=True, slots=True)
class Told:
    """What counts of a headline: the story that it tells, and who tells that, this one too."""

    story: str
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """What others decided meanwhile: each headline (as far as the log tells it) and its story, and the new position."""

    decided: tuple[tuple[Headline, str], ...]
    position: str


@dataclass(frozen=True, slots=True)
class Noted:
    """What was decided counts; the headlines' stories in the order given, and the new position."""

    told: tuple[Told, ...]
    position: str


Answer: TypeAlias = Noted | Missed


def position_at(instant: datetime) -> str:
    """The position before everything that was decided from an instant on: entries are numbered by their time."""
    return f"{codec.ms(instant)}-0"


class StoryLog:
    """Every decision, in order."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def after(self, position: str) -> Missed:
        """What was decided after a position, as much as fits into one answer; nothing: that is all."""
        entries = await self._database.call("XRANGE", keys.STORIES.name, f"({position}", "+", "COUNT", LOADED_AT_ONCE)
        return _missed(entries, position)

    async def note(self, decided: Sequence[tuple[Headline, str]], position: str) -> Answer:
        """Decide for all processes; nothing is written where something was decided after `position`."""
        answer = await self._database.run(
            "tell",
            [keys.STORIES.name, keys.ROWS.name],
            [
                keys.headline(""),
                position,
                KEPT,
                TELLINGS_KEPT,
                *(part for headline, story in decided for part in _line(headline, story)),
            ],
        )
        if answer[0] == "missed":
            return _missed([(entry, codec.fields_of(flat)) for entry, flat in answer[2]], answer[1])
        return Noted(tuple(Told(story, codec.tellings_of(told)) for story, told in answer[1:]), answer[0])


def _line(headline: Headline, story: str) -> tuple[str | int, ...]:
    """One headline as lua/tell.lua takes it."""
    host = urlsplit(headline.url).hostname or "-"
    at, seen = codec.ms(headline.published_at), codec.ms(headline.seen_at)
    address = headline.url[:LONGEST_ADDRESS]
    return headline.id, story, headline.source or host, host, at, seen, headline.title, headline.lang, address


def _missed(entries: Sequence[tuple[str, Mapping[str, str]]], last: str) -> Missed:
    """From entries of the log; without any, the log was cut behind the position, and `last` is where it ends."""
    decided = tuple((_headline(fields), fields["story"]) for _, fields in entries)
    return Missed(decided, entries[-1][0] if entries else last)


def _headline(fields: Mapping[str, str]) -> Headline:
    at, seen = codec.instant(fields["at"]), codec.instant(fields["seen"])
    return Headline(fields["headline"], fields["title"], fields["url"], fields["source"], at, seen, lang=fields["lang"])
