"""What is behind the operator's HTTP server: the built house, as its routes see it.

Here: each door of ops/http, opened with the App.
Not here: the routes (ops/http), what the doors lead to (desk, store, handlers).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.app import App
from bot.news.errors import Behind, StoreError
from bot.ops.callers import Callers
from bot.ops.http import Doors
from bot.ops.status import Status

# Redis and Telegram each have so many seconds to answer; probes of container platforms wait little longer.
PATIENCE = 3
SILENT = f"{{}} does not answer within {PATIENCE} seconds."
# What the status page shows of headlines, and of hours.
SHOWN = 15
DAY = 24
# A status page that is open asks Telegram no more often than this whether it answers.
TELEGRAM_ASKED_EVERY = timedelta(seconds=15)
LEAVING = "This process was told to stop."
SHUT = "Updates are not taken in yet: Telegram has not been told of the webhook."


def doors_of(app: App, *, answers: bool) -> Doors:
    """The doors of a house that was just built: it runs from now on. Only one that `answers` takes in updates."""
    settings, http = app.settings, app.settings.options.http
    called = answers and bool(settings.webhook_url)
    return Doors(
        ready=partial(_problems, app, called),
        metrics=app.workers.metrics.exposition,
        status=_Look(app).status,
        publish=partial(_publish, app),
        publish_token=settings.publish_token,
        webhook=app.intake.receive if called else None,
        webhook_secret=settings.webhook_secret,
        callers=Callers(http.webhook_from, http.proxies),
        challenged=app.workers.pushes.challenged if settings.options.polling.callback_url else None,
        brought=app.workers.pushes.brought if settings.options.polling.callback_url else None,
    )


async def _problems(app: App, called: bool) -> list[str]:
    """Why nothing should be sent here: we are leaving, or Redis or Telegram, asked at once, does not answer.

    Who is `called` with updates has to have told Telegram of it, too.
    """
    if app.leaving.is_set():
        return [LEAVING]
    found = await asyncio.gather(
        _in_time("Redis", _redis(app)),
        _in_time("Telegram", app.intake.trouble()),
    )
    closed = SHUT if called and not app.intake.is_open else ""
    return [problem for problem in (*found, closed) if problem]


async def _redis(app: App) -> str:
    try:
        await app.stores.database.takes_writes()
    except StoreError as error:
        return str(error)
    return ""


async def _in_time(who: str, asked: Awaitable[str]) -> str:
    try:
        async with asyncio.timeout(PATIENCE):
            return await asked
    except TimeoutError:
        return SILENT.format(who)


class _Look:
    """What the status page tells; Telegram is asked now and then, so that a page that is open is no burden to it."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._started = app.clock.now()
        self._asked: datetime | None = None
        self._trouble = ""

    async def status(self) -> Status:
        """How the bot stands. Raises StoreError."""
        now = self._app.clock.now()
        try:
            async with asyncio.timeout(PATIENCE):
                status = await self._facts(now)
        except TimeoutError:
            raise StoreError(SILENT.format("Redis")) from None
        return replace(status, problems=await self._problems(now))

    async def _facts(self, now: datetime) -> Status:
        """What Redis, where it takes writes, and this process know."""
        stores = self._app.stores
        await stores.database.takes_writes()
        stream, backlog = await stores.headlines.stats(), await stores.outbox.backlog()
        budget = await stores.permits.budget(now)
        return Status(
            started=self._started,
            now=now,
            stream=stream.length,
            pending=stream.pending,
            rejected=stream.rejected,
            chats=await stores.chats.count(),
            owed_chats=backlog.chats,
            oldest_due=backlog.oldest_due,
            taken=budget.taken,
            per_second=budget.per_second,
            held_until=budget.held_until,
            came=await stores.hours.headlines(DAY, now),
            told=await stores.hours.told(DAY, now),
            headlines=tuple(await stores.headlines.newest(SHOWN)),
            sources=await self._app.desk.lists.sources(),
            steps=self._app.workers.metrics.steps(),
        )

    async def _problems(self, now: datetime) -> tuple[str, ...]:
        """Whether we are leaving, and what Telegram lacks; with Redis in trouble there is nothing to be told."""
        if self._app.leaving.is_set():
            return (LEAVING,)
        if self._asked is None or now - self._asked >= TELEGRAM_ASKED_EVERY:
            self._asked, self._trouble = now, await _in_time("Telegram", self._app.intake.trouble())
        return (self._trouble,) if self._trouble else ()


async def _publish(app: App, entries: list[Mapping[str, object]]) -> list[str]:
    """Publish, and wake the alerter of this process. Raises BadHeadline, Behind, StoreError."""
    began = app.clock.now()
    unread = (await app.stores.headlines.stats()).pending
    if unread > app.settings.options.http.most_unread:
        raise Behind(f"{unread} headlines are not read yet; bring these again when some of them are.")
    ids = await app.desk.publishing.publish(entries)
    app.workers.to_alert.set()
    for ident in ids:
        app.workers.traces.step("publish", ident, began, app.clock.now())
    return ids
