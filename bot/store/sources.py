"""When which source is asked next, and how it went. Owns {sources}:* but for pushes.

Here: due times and leases of sources and of their hosts, the states of sources, and the sources that were added while
running.
Not here: when a source is due again (news/cadence), the configured sources (settings), subscriptions (pushes).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.news.hosts import host_of
from bot.news.model import Source
from bot.news.sourcestate import SourceState, asked_at
from bot.store import codec, documents, keys
from bot.store.database import Database
from bot.store.statecodec import FIELD, state_json, state_of

# A source that comes back into the configuration within this time is no stranger: its rows are not backlog.
REMEMBERED = timedelta(days=30)
# Short enough for a site with some dozen feeds, long enough to be no burden to anybody's server.
SPACING = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """Sources that are due, with what is known of them; `version` changes whenever the added sources do."""

    version: int
    states: dict[str, SourceState]


@dataclass(frozen=True, slots=True)
class Noted:
    """How a poll went, and from when on the host that was asked may be asked again."""

    source: Source
    state: SourceState
    host_free: datetime


class Sources:
    """Every source that is watched. Two requests to one host are `spacing` apart, whoever makes them."""

    def __init__(self, database: Database, spacing: timedelta = SPACING) -> None:
        self._database = database
        self.spacing = spacing

    async def enlist(self, sources: Sequence[Source], now: datetime) -> None:
        """Watch exactly these: newcomers are due now, the others when they were, and nobody else at all."""
        named = [value for source in sources for value in (source.name, _host(source.url))]
        await self._database.run(
            "enlist",
            [keys.SOURCES_DUE.name, keys.SOURCES_HOSTS.name],
            [keys.SOURCE_STATE.at(""), codec.ms(now), codec.seconds(REMEMBERED), *named],
        )

    async def hurry(self, names: Sequence[str], now: datetime) -> None:
        """Make watched sources due now, whatever they were."""
        if names:
            due = [value for name in names for value in (codec.ms(now), name)]
            await self._database.call("ZADD", keys.SOURCES_DUE.name, "XX", "LT", *due)

    async def give_back(self, sources: Sequence[Source], now: datetime) -> None:
        """Sources that were taken, and not asked to any end, are due now; their hosts rest first, as after any poll."""
        due = [value for source in sources for value in (codec.ms(now), source.name)]
        free = [value for source in sources for value in (codec.ms(now + self.spacing), _host(source.url))]
        if sources:
            await self._database.pipeline(
                [("ZADD", keys.SOURCES_DUE.name, "XX", "LT", *due), ("ZADD", keys.SOURCES_BUSY.name, "XX", "LT", *free)]
            )

    async def take_due(self, now: datetime, count: int, lease: timedelta) -> Taken:
        """Sources that are due, longest due first, of each host one; nobody else is given them during the lease."""
        version, *found = await self._database.run(
            "take_due",
            [
                keys.SOURCES_DUE.name,
                keys.SOURCES_HOSTS.name,
                keys.SOURCES_BUSY.name,
                keys.SOURCES_VERSION.name,
            ],
            [codec.ms(now), count, codec.ms(now + lease), codec.span_ms(self.spacing), keys.SOURCE_STATE.at("")],
        )
        return Taken(int(version), {name: state_of(codec.fields_of(flat)) for name, flat in found})

    async def state(self, name: str) -> SourceState:
        """How a source's last polls went; a blank state for one that was never asked."""
        return state_of(await self._database.call("HGETALL", keys.SOURCE_STATE.at(name)))

    async def states(self) -> dict[str, SourceState]:
        """The states of all sources that are watched."""
        names = await self._database.call("ZRANGE", keys.SOURCES_DUE.name, 0, -1)
        states = await self._database.pipeline([("HGETALL", keys.SOURCE_STATE.at(name)) for name in names])
        return {name: state_of(state) for name, state in zip(names, states, strict=True)}

    async def note(self, went: Sequence[Noted]) -> None:
        """Write down how polls went, in one step; each source is due when its state says so."""
        noted = [
            value
            for each in went
            for value in (
                each.source.name,
                codec.ms(each.state.due),
                _host(asked_at(each.state, each.source)),
                codec.ms(each.host_free),
                state_json(each.state),
            )
        ]
        await self._database.run(
            "note_state",
            [keys.SOURCES_DUE.name, keys.SOURCES_HOSTS.name, keys.SOURCES_BUSY.name],
            [keys.SOURCE_STATE.at(""), codec.seconds(REMEMBERED), FIELD, *noted],
        )

    async def version(self) -> int:
        """How often the sources that were added have changed."""
        return int(await self._database.call("GET", keys.SOURCES_VERSION.name) or 0)

    async def added(self) -> list[Source]:
        """The sources that were added while running, by name."""
        return [
            documents.source_of(text)
            for _, text in sorted((await self._database.call("HGETALL", keys.SOURCES_ADDED.name)).items())
        ]

    async def watched(self, configured: Sequence[Source]) -> dict[str, Source]:
        """The configured sources and those that were added, by name; of two of one name the configured one counts."""
        named = {source.name: source for source in configured}
        return named | {source.name: source for source in await self.added() if source.name not in named}

    async def add(self, source: Source) -> None:
        """Watch one more source; a source of the same name is replaced, and asked at once."""
        await self._database.pipeline(
            [
                ("HSET", keys.SOURCES_ADDED.name, source.name, documents.source_json(source)),
                ("ZADD", keys.SOURCES_DUE.name, "XX", "LT", 0, source.name),
                ("INCR", keys.SOURCES_VERSION.name),
            ]
        )

    async def remove(self, name: str) -> bool:
        """Watch a source that was added no longer; False if there is none of that name."""
        removed, *_ = await self._database.pipeline(
            [
                ("HDEL", keys.SOURCES_ADDED.name, name),
                ("SREM", keys.SOURCES_PAUSED.name, name),
                ("INCR", keys.SOURCES_VERSION.name),
            ]
        )
        return bool(removed)

    async def rest(self, name: str) -> None:
        """Ask a source no longer, and keep what is known of it."""
        await self._database.pipeline([("SADD", keys.SOURCES_PAUSED.name, name), ("INCR", keys.SOURCES_VERSION.name)])

    async def wake(self, name: str) -> None:
        """Ask a source again that was rested."""
        await self._database.pipeline([("SREM", keys.SOURCES_PAUSED.name, name), ("INCR", keys.SOURCES_VERSION.name)])

    async def paused(self) -> frozenset[str]:
        """The names of the sources that are not asked."""
        return frozenset(await self._database.call("SMEMBERS", keys.SOURCES_PAUSED.name))


def _host(url: str) -> str:
    """The host that an address leads to, as two addresses of it are compared; empty where there is none."""
    return host_of(url).rstrip(".")
