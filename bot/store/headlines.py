"""The latest-news stream and the headlines that we know. Owns news:* and {news:latest}:*.

Here: what is news, a correction or known already; claiming entries, and ticking them off; the bounds of all this.
Not here: how an entry is read (codec), who is alerted (workers/alerter), what a source showed (news/sighting).

Other programs write to the stream as they like. Their entries become headlines when they are claimed; what is
malformed is set aside in news:rejected first, and acknowledged then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from bot.news.identity import canonical_url, headline_id, short_id
from bot.news.model import Headline
from bot.store import codec, keys
from bot.store.codec import Malformed
from bot.store.database import Database, Value

GROUP = "alerter"
# A consumer that has not finished an entry by then is taken for dead: a batch takes a second or two. A process's first
# one may take longer (topics, stories, dictionaries, the model are read for it), and others may claim its entries
# meanwhile, which is harmless: an entry that is owed twice is owed once.
ABANDONED = timedelta(seconds=10)
FORGOTTEN_CONSUMER = timedelta(days=1)
REJECTED_KEPT = 1000
# Of what nobody has read so many are counted where the server does not count them itself.
COUNTED = 100_001
# Corrections come within hours, and a story that nobody tells for two days is over.
BROUGHT_KEPT = timedelta(days=2)
# So many headlines of one listing are brought in one exchange: some ten milliseconds of the server's time.
ADDED_AT_ONCE = 200
NOTHING: Mapping[str, Iterable[str]] = MappingProxyType({})


class Added(StrEnum):
    """What became of a headline that was brought."""

    NEW = "new"
    CORRECTED = "corrected"
    KNOWN = "known"
    STALE = "stale"

    @property
    def is_news(self) -> bool:
        """Whether it went into the stream."""
        return self in {Added.NEW, Added.CORRECTED}


@dataclass(frozen=True, slots=True)
class Keep:
    """How long headlines are listed, in days and number, and how long they are known so as not to be told twice."""

    days: int = 7
    length: int = 100_000
    known_days: int = 30


@dataclass(frozen=True, slots=True)
class Claimed:
    """One entry of the stream in our hands; `corrected`: the headline was told before, with another title."""

    entry: str
    headline: Headline
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class StreamStats:
    """How long the stream is, how many entries nobody has finished with, and how many were set aside."""

    length: int
    pending: int
    rejected: int


class Headlines:
    """Every headline of the last days, and the stream that tells of them."""

    def __init__(self, database: Database, keep: Keep = Keep()) -> None:
        self._database = database
        self._keep = keep
        self._days = timedelta(days=keep.days)

    @property
    def keep(self) -> Keep:
        """How long they are kept."""
        return self._keep

    async def add(self, headline: Headline, now: datetime) -> Added:
        """Bring one headline; into the stream goes what is news. Bringing it again is harmless."""
        return (await self.add_all([headline], now))[0]

    async def add_all(self, headlines: Sequence[Headline], now: datetime) -> list[Added]:
        """The same for several, in their order, many in one exchange."""
        stale = [self.is_stale(headline, now) for headline in headlines]
        fresh = [self._adding("", headline) for headline, old in zip(headlines, stale, strict=True) if not old]
        answers: list[Any] = []
        for start in range(0, len(fresh), ADDED_AT_ONCE):
            answers += await self._database.run_each("add", fresh[start : start + ADDED_AT_ONCE])
        outcomes = iter(Added(what) for what, _ in answers)
        return [Added.STALE if old else next(outcomes) for old in stale]

    def is_stale(self, headline: Headline, now: datetime) -> bool:
        """Whether it is older than headlines are kept."""
        return headline.published_at < now - self._days

    async def claim(self, consumer: str, count: int, now: datetime) -> list[Claimed]:
        """The next entries that tell news; the same ones again until they are done.

        Those that tell nothing, and those that were malformed (set aside with the reason), are ticked off here.
        """
        while True:
            found = await self._database.run(
                "claim", [keys.STREAM.name], [GROUP, consumer, count, codec.span_ms(ABANDONED)]
            )
            claimed = await self._news_of(found, now)
            if claimed or not found:
                return claimed

    async def done(self, entries: Sequence[str], brought: Mapping[str, Iterable[str]] = NOTHING) -> None:
        """Tick off entries for good, and remember for two days which topics brought stories."""
        noted: list[tuple[Value, ...]] = []
        for story, topics in brought.items():
            noted += [("SADD", keys.BROUGHT.at(story), *topics)]
            noted += [("EXPIRE", keys.BROUGHT.at(story), codec.seconds(BROUGHT_KEPT))]
        if entries:
            await self._database.pipeline([*noted, ("XACK", keys.STREAM.name, GROUP, *entries)])

    async def set_aside(self, claimed: Sequence[Claimed], reason: str) -> None:
        """Put headlines that we cannot work with into news:rejected, and tick them off."""
        for news in claimed:
            fields = codec.fields_of([str(part) for part in codec.headline_fields(news.headline)])
            await self._set_aside(news.entry, fields, reason)
        await self.done([news.entry for news in claimed])

    async def brought(self, story: str) -> frozenset[str]:
        """The topics that brought a story within the last two days."""
        return frozenset(await self._database.call("SMEMBERS", keys.BROUGHT.at(story)))

    async def newest(self, count: int) -> list[Headline]:
        """The newest headlines by their own time, newest first."""
        if count <= 0:
            return []
        ids = await self._database.call("ZREVRANGE", keys.BY_TIME.name, 0, count - 1)
        return list((await self.get(ids)).values())

    async def rows(self, count: int) -> tuple[str, ...]:
        """The newest stories, each by the id of the headline that began it, newest first."""
        return tuple(await self._database.call("ZREVRANGE", keys.ROWS.name, 0, count - 1))

    async def recent(self, since: datetime, limit: int) -> list[Headline]:
        """The headlines since an instant, newest first, `limit` at the most."""
        ids = await self._database.call(
            "ZREVRANGEBYSCORE", keys.BY_TIME.name, "+inf", codec.ms(since), "LIMIT", 0, limit
        )
        return list((await self.get(ids)).values())

    async def get(self, ids: Sequence[str]) -> dict[str, Headline]:
        """The headlines with these ids, in this order, without those that nobody knows."""
        records = await self._database.pipeline([("HGETALL", keys.headline(headline)) for headline in ids])
        return {headline: codec.headline_of(record) for headline, record in zip(ids, records, strict=True) if record}

    async def for_alerts(self, ids: Sequence[str]) -> dict[str, Headline]:
        """The same as an alert tells them: without what may be long."""
        found = await self._database.pipeline([("HMGET", keys.headline(each), *codec.IN_ALERTS) for each in ids])
        known = (codec.in_alert(values) for values in found)
        return {headline.id: headline for headline in known if headline}

    async def by_url(self, url: str) -> Headline | None:
        """The headline behind a link, whatever form the link has."""
        return await self.by_link(headline_id(url))

    async def by_link(self, ident: str) -> Headline | None:
        """The same, by the id that the link would give."""
        ident = await self._database.call("GET", keys.BY_URL.at(ident)) or ident
        return (await self.get([ident])).get(ident)

    async def trim(self, now: datetime) -> None:
        """Forget what is too old or too much; never what waits for the alerter (up to four times the length)."""
        await self._database.run(
            "trim",
            [keys.STREAM.name, keys.BY_TIME.name, keys.ROWS.name],
            [GROUP, codec.ms(now - self._days), self._keep.length, codec.span_ms(FORGOTTEN_CONSUMER)],
        )

    async def stats(self) -> StreamStats:
        """How the stream stands."""
        length, pending = await self._database.run("stream_stats", [keys.STREAM.name], [GROUP, COUNTED])
        return StreamStats(length, pending, await self._database.call("XLEN", keys.REJECTED.name))

    async def _news_of(self, found: Sequence[Sequence[Any]], now: datetime) -> list[Claimed]:
        """What the entries tell that is news; the others are ticked off."""
        read: dict[str, Headline] = {}
        for entry, flat in found:
            fields = codec.fields_of(flat)
            try:
                read[entry] = self._read(entry, fields, now)
            except Malformed as error:
                await self._set_aside(entry, fields, str(error))
        answers = await self._database.run_each("add", [self._adding(entry, news) for entry, news in read.items()])
        claimed = [
            Claimed(entry, codec.headline_of(codec.fields_of(record)), corrected=what == Added.CORRECTED)
            for entry, (what, record) in zip(read, answers, strict=True)
            if Added(what).is_news
        ]
        ours = {news.entry for news in claimed}
        await self.done([entry for entry, _ in found if entry not in ours])
        return claimed

    def _read(self, entry: str, fields: Mapping[str, str], now: datetime) -> Headline:
        """The headline that an entry tells. Raises Malformed with the reason."""
        headline = codec.read_entry(entry, fields, now)
        if headline.published_at < headline.seen_at - self._days:
            raise Malformed(f"published_at is more than {self._keep.days} days back.")
        return headline

    def _adding(self, entry: str, headline: Headline) -> tuple[list[str], list[Value]]:
        """Keys and arguments of lua/add.lua."""
        by_link = short_id(canonical_url(headline.url))
        life = max(self._keep.known_days, self._keep.days) * 86400
        chosen = "1" if headline.id != by_link else ""
        return (
            [
                keys.STREAM.name,
                keys.headline(headline.id),
                keys.BY_TIME.name,
                keys.ROWS.name,
                keys.BY_URL.at(by_link),
            ],
            [entry, life, chosen, *codec.headline_fields(headline)],
        )

    async def _set_aside(self, entry: str, fields: Mapping[str, str], reason: str) -> None:
        if fields:  # one without any was deleted from the stream while it waited
            await self._database.run(
                "reject", [keys.REJECTED.name], [entry, reason, REJECTED_KEPT, *codec.excerpt(fields)]
            )
