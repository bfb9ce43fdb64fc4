"""When which source is asked next, and how it went. Owns {sources}:*.

Here: due times and leases, the states of sources, and the sources that were added while running.
Not here: when a source is due again (news/cadence), the configured sources (settings).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.news.cadence import SourceState
from bot.news.model import Source
from bot.store import codec, documents, keys
from bot.store.database import Database

# A source that comes back into the configuration within this time is no stranger: its rows are not backlog.
REMEMBERED = timedelta(days=30)


class Sources:
    """Every source that is watched."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enlist(self, sources: Sequence[Source], now: datetime) -> None:
        """Watch exactly these: newcomers are due now, the others when they were, and nobody else at all."""
        await self._database.run(
            "enlist",
            [keys.SOURCES_DUE.name],
            [keys.SOURCE_STATE.at(""), codec.ms(now), codec.seconds(REMEMBERED), *(source.name for source in sources)],
        )

    async def hurry(self, names: Sequence[str], now: datetime) -> None:
        """Make watched sources due now, whatever they were."""
        if names:
            due = [value for name in names for value in (codec.ms(now), name)]
            await self._database.call("ZADD", keys.SOURCES_DUE.name, "XX", "LT", *due)

    async def take_due(self, now: datetime, count: int, lease: timedelta) -> list[str]:
        """The names of sources that are due, longest due first; nobody else is given them during the lease."""
        names: list[str] = await self._database.run(
            "take_due", [keys.SOURCES_DUE.name], [codec.ms(now), count, codec.ms(now + lease)]
        )
        return names

    async def state(self, name: str) -> SourceState:
        """How a source's last polls went; a blank state for one that was never asked."""
        return _state_of(await self._database.call("HGETALL", keys.SOURCE_STATE.at(name)))

    async def states(self) -> dict[str, SourceState]:
        """The states of all sources that are watched."""
        names = await self._database.call("ZRANGE", keys.SOURCES_DUE.name, 0, -1)
        states = await self._database.pipeline([("HGETALL", keys.SOURCE_STATE.at(name)) for name in names])
        return {name: _state_of(state) for name, state in zip(names, states, strict=True)}

    async def note(self, name: str, state: SourceState) -> None:
        """Write down how a poll went; the source is due when the state says so."""
        box: list[str | bytes] = ["box", documents.box_json(state.box)] if state.box else []
        await self._database.run(
            "note_state",
            [keys.SOURCES_DUE.name, keys.SOURCE_STATE.at(name)],
            [name, codec.ms(state.due), codec.seconds(REMEMBERED), *codec.state_fields(state), *box],
        )

    async def added(self) -> list[Source]:
        """The sources that were added while running, by name."""
        return [
            documents.source_of(text)
            for _, text in sorted((await self._database.call("HGETALL", keys.SOURCES_ADDED.name)).items())
        ]

    async def add(self, source: Source) -> None:
        """Watch one more source; a source of the same name is replaced."""
        await self._database.call("HSET", keys.SOURCES_ADDED.name, source.name, documents.source_json(source))

    async def remove(self, name: str) -> bool:
        """Watch a source that was added no longer; False if there is none of that name."""
        return bool(await self._database.call("HDEL", keys.SOURCES_ADDED.name, name))


def _state_of(record: Mapping[str, str]) -> SourceState:
    """A source's state from its hash."""
    return replace(codec.state_of(record), box=documents.box_of(record["box"]) if "box" in record else None)
