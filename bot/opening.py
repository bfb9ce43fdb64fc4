"""Redis, opened: the operator's server or the embedded one.

Here: which server, how it is reached, and closing it again.
Not here: what is kept there (store), who uses it (app).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.news.errors import StoreError
from bot.options import DeliveryOptions
from bot.settings import Settings
from bot.store.database import Database
from bot.store.embedded import Embedded
from bot.store.headlines import Keep
from bot.store.permits import Counting, Limits
from bot.store.replicas import Replicas
from bot.store.schema import Schema
from bot.store.stores import Stores


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
        await Schema(database).settle()
        stream = settings.options.stream
        keep = Keep(stream.days, stream.length, stream.known_days)
        yield Stores.on(database, keep, _limits(settings.options.delivery))


def _limits(delivery: DeliveryOptions) -> Limits:
    return Limits(
        delivery.per_second,
        per_group_minute=delivery.per_group_minute,
        counting=Counting(delivery.counting),
        paid_per_second=delivery.paid_per_second,
        stars_per_day=delivery.stars_per_day,
    )
