"""Redis, opened: one object for each kind of thing that it keeps.

Here: the operator's server or the embedded one, and what reads and writes there.
Not here: how anything is kept (store), who uses it (app).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bot.news.errors import StoreError
from bot.options import DeliveryOptions
from bot.settings import Settings
from bot.store.announcements import Announcements
from bot.store.articles import Articles
from bot.store.asked import Asked
from bot.store.bells import Bells
from bot.store.belongings import Belongings
from bot.store.blocks import Blocks
from bot.store.chats import Chats
from bot.store.choices import Choices
from bot.store.database import Database
from bot.store.embedded import Embedded
from bot.store.headlines import Headlines, Keep
from bot.store.holds import Holds
from bot.store.hours import Hours
from bot.store.kept import Kept
from bot.store.links import Links
from bot.store.managed import Managed
from bot.store.offers import Offers
from bot.store.outbox import Outbox
from bot.store.permits import Counting, Limits, RedisPermits
from bot.store.pushes import PushLog
from bot.store.quotas import Quotas
from bot.store.readalong import ReadAlong
from bot.store.replicas import Replicas
from bot.store.sources import Sources
from bot.store.stories import StoryLog
from bot.store.topics import Topics
from bot.store.words import Words


@dataclass(frozen=True, slots=True)
class Stores:
    """Everything that Redis keeps."""

    database: Database
    headlines: Headlines
    stories: StoryLog
    sources: Sources
    offers: Offers
    kept: Kept
    asked: Asked
    belongings: Belongings
    links: Links
    along: ReadAlong
    pushes: PushLog
    topics: Topics
    chats: Chats
    choices: Choices
    managed: Managed
    outbox: Outbox
    holds: Holds
    bells: Bells
    articles: Articles
    permits: RedisPermits
    words: Words
    blocks: Blocks
    quotas: Quotas
    hours: Hours
    announcements: Announcements


@asynccontextmanager
async def opened_stores(settings: Settings) -> AsyncIterator[Stores]:
    """Redis, opened: the operator's where one is named, else the embedded server, started and stopped with us."""
    async with AsyncExitStack() as stack:
        url = settings.redis_url
        if not url:
            embedded = Embedded(settings.data_dir)
            stack.push_async_callback(embedded.stop)
            url = await embedded.start()
        redis = settings.options.redis
        database = Database.connect(url, Replicas(redis.wait_replicas, redis.wait_ms))
        stack.push_async_callback(database.close)
        try:
            await database.ping()
        except StoreError as error:
            raise StoreError(f"{str(error).rstrip('.')}. Is that server running, and REDIS_URL right?") from None
        stream = settings.options.stream
        delivery = settings.options.delivery
        yield Stores(
            database=database,
            headlines=Headlines(database, Keep(stream.days, stream.length, stream.known_days)),
            sources=Sources(database),
            offers=Offers(database),
            kept=Kept(database),
            asked=Asked(database),
            belongings=Belongings(database),
            links=Links(database),
            along=ReadAlong(database),
            pushes=PushLog(database),
            stories=StoryLog(database),
            topics=Topics(database),
            chats=Chats(database),
            choices=Choices(database),
            managed=Managed(database),
            outbox=Outbox(database),
            holds=Holds(database),
            bells=Bells(database),
            articles=Articles(database),
            permits=RedisPermits(database, _limits(delivery)),
            words=Words(database),
            blocks=Blocks(database),
            quotas=Quotas(database),
            hours=Hours(database),
            announcements=Announcements(database),
        )


def _limits(delivery: DeliveryOptions) -> Limits:
    return Limits(
        delivery.per_second,
        per_group_minute=delivery.per_group_minute,
        counting=Counting(delivery.counting),
        paid_per_second=delivery.paid_per_second,
        stars_per_day=delivery.stars_per_day,
    )
