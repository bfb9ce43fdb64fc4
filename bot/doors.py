"""What is behind the operator's HTTP server: the built house, as its routes see it.

Here: each door of ops/http, opened with the App.
Not here: the routes (ops/http), what the doors lead to (desk, store, handlers).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from datetime import datetime
from functools import partial

from bot import __version__
from bot.app import App
from bot.news.errors import Behind, StoreError
from bot.ops.callers import Callers
from bot.ops.http import Doors
from bot.ops.status import Status

# Redis and Telegram each have so many seconds to answer; probes of container platforms wait little longer.
PATIENCE = 3
SHOWN = 15
LEAVING = "This process was told to stop."


def doors_of(app: App, *, answers: bool) -> Doors:
    """The doors of a house that was just built: it runs from now on. Only one that `answers` takes in updates."""
    settings, http = app.settings, app.settings.options.http
    return Doors(
        ready=partial(_problems, app),
        metrics=app.workers.metrics.exposition,
        status=partial(_status, app, app.clock.now()),
        publish=partial(_publish, app),
        publish_token=settings.publish_token,
        webhook=app.intake.receive if answers and settings.webhook_url else None,
        webhook_secret=settings.webhook_secret,
        callers=Callers(http.webhook_from, http.proxies),
        challenged=app.workers.pushes.challenged if settings.options.polling.callback_url else None,
        brought=app.workers.pushes.brought if settings.options.polling.callback_url else None,
    )


async def _problems(app: App) -> list[str]:
    """Why nothing should be sent here: we are leaving, or Redis or Telegram, asked at once, does not answer."""
    if app.leaving.is_set():
        return [LEAVING]
    answers = await asyncio.gather(
        _in_time("Redis", _redis(app)),
        _in_time("Telegram", app.intake.trouble()),
    )
    return [problem for problem in answers if problem]


async def _redis(app: App) -> str:
    try:
        await app.stores.database.ping()
    except StoreError as error:
        return str(error)
    return ""


async def _in_time(who: str, asked: Awaitable[str]) -> str:
    try:
        async with asyncio.timeout(PATIENCE):
            return await asked
    except TimeoutError:
        return f"{who} does not answer within {PATIENCE} seconds."


async def _status(app: App, started: datetime) -> Status:
    stream = await app.stores.headlines.stats()
    backlog = await app.stores.outbox.backlog()
    return Status(
        version=__version__,
        started=started,
        now=app.clock.now(),
        problems=tuple(await _problems(app)),
        stream=stream.length,
        pending=stream.pending,
        rejected=stream.rejected,
        chats=await app.stores.chats.count(),
        owed_chats=backlog.chats,
        oldest_due=backlog.oldest_due,
        headlines=tuple(await app.stores.headlines.newest(SHOWN)),
        sources=await app.desk.lists.sources(),
    )


async def _publish(app: App, entries: list[Mapping[str, object]]) -> list[str]:
    """Publish, and wake the alerter of this process. Raises BadHeadline, Behind, StoreError."""
    unread = (await app.stores.headlines.stats()).pending
    if unread > app.settings.options.http.most_unread:
        raise Behind(f"{unread} headlines are not read yet; bring these again when some of them are.")
    ids = await app.desk.publishing.publish(entries)
    app.workers.to_alert.set()
    return ids
