"""The running bot: loops, signals, Telegram's updates and the operator's HTTP server, from ready to stopped.

Here: what is started in which order, and that everything ends when one thing ends.
Not here: what is built (app), what a loop does (workers), what stands beside (local).
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import structlog

from bot.app import App, SystemClock, opened
from bot.doors import doors_of
from bot.local import beside
from bot.news import languages
from bot.news.errors import ConfigError, StoreError
from bot.opening import opened_stores
from bot.ops.http import serving
from bot.reloading import Reloading
from bot.settings import Settings
from bot.workers.hands import Hands
from bot.workers.loop import Mend, Step, forever, listen

ROLES = frozenset({"poll", "alert", "send", "chat"})
# How long a loop rests when it found nothing and no bell rang (store/bells).
IDLE = timedelta(milliseconds=500)
GARDEN = timedelta(minutes=1)
# A word to those who run the bot may wait so long.
WORDS = timedelta(seconds=5)
# How often the files of sources and topics are looked at; one that has changed is read at the second look.
LOOKED = timedelta(seconds=2)
# And an announcement until it begins.
ANNOUNCED = timedelta(seconds=2)
# How long what is in hand may take when we stop; after that it is left to its lease. With the last words to Redis and
# the last answers of the HTTP server (ops/http) that is ten seconds.
GRACE = timedelta(seconds=7)
LAST = timedelta(seconds=1)
# Alerts would go to a page on which nobody has subscribed.
APART = "Roles apart need a TELEGRAM_BOT_TOKEN: without one each process has a chat page of its own."

log = structlog.get_logger()


async def run(settings: Settings, roles: frozenset[str], ready: Callable[[App, str], None]) -> None:
    """Run until SIGTERM or SIGINT; `ready` is called once everything runs, with the operator's address.

    After SIGTERM we are not ready any more, and go on for as long as the operator wishes before we stop.
    Raises ConfigError for what the operator has to mend first.
    """
    if not settings.token and roles != ROLES:
        raise ConfigError([APART])
    stop, leave, reread = asyncio.Event(), asyncio.Event(), asyncio.Event()
    _heed_signals(stop, leave, reread)
    clock = SystemClock()
    async with (
        opened_stores(settings) as stores,  # first: whoever starts a second bot on one folder is to hear that
        beside(settings, clock.now) as local,
        opened(local, stores, clock) as app,
        serving(settings.http.host, settings.http.port, doors_of(app, answers="chat" in roles)) as status,
        asyncio.TaskGroup() as group,
    ):
        hands = Hands(group)
        beside_files = tuple(source for source in local.sources if source not in settings.sources)
        reloading = Reloading(settings.config_dir, app.sources, app.ready, reread, beside_files)
        hands.create_task(forever(reloading.step, idle=LOOKED, name="reloading", stop=stop, wake=asyncio.Event()))
        for job in _jobs(app, roles, hands, stop):
            hands.create_task(job)
        if roles & {"poll", "alert", "chat"}:
            await asyncio.to_thread(languages.warm)  # half a second that the first headline would have to wait
        ready(app, status)
        hands.create_task(_warmed(app, roles))
        await leave.wait()
        app.leaving.set()
        log.info("stopping", in_seconds=settings.options.http.drain.total_seconds())
        await _within(settings.options.http.drain, stop.wait())
        stop.set()
        await hands.finish(within=GRACE)
        await _within(LAST, _last_words(app))
    log.info("stopped")


def _heed_signals(stop: asyncio.Event, leave: asyncio.Event, reread: asyncio.Event) -> None:
    """SIGTERM asks us to leave. Who presses Ctrl-C, closes the terminal or asks twice, does not wait for others."""

    def end() -> None:
        leave.set()
        stop.set()

    def take_leave() -> None:
        end() if leave.is_set() else leave.set()

    # Where there is no terminal that could be closed, somebody asks for the files to be read again.
    hung_up = end if sys.stdin and sys.stdin.isatty() else reread.set
    for number, heed in ((signal.SIGTERM, take_leave), (signal.SIGINT, end), (signal.SIGHUP, hung_up)):
        asyncio.get_running_loop().add_signal_handler(number, heed)


async def _last_words(app: App) -> None:
    """Tell Redis what it would else learn when our leases run out; one part of a cluster may hear it, and one not."""

    async def tell(words: Callable[[], Coroutine[Any, Any, None]]) -> None:
        with suppress(StoreError):
            await words()

    await asyncio.gather(tell(app.workers.sender.put_back), tell(app.workers.poller.note))


async def _within(span: timedelta, waiting: Coroutine[Any, Any, object]) -> None:
    """Wait for something, but no longer than that."""
    with suppress(TimeoutError):
        async with asyncio.timeout(span.total_seconds()):
            await waiting


def _jobs(app: App, roles: frozenset[str], hands: Hands, stop: asyncio.Event) -> Iterator[Coroutine[Any, Any, None]]:
    """What runs in the roles of this process."""
    never = asyncio.Event()

    def loop(
        step: Step, name: str, wake: asyncio.Event = never, idle: timedelta = IDLE, mend: Mend | None = None
    ) -> Coroutine[Any, Any, None]:
        return forever(step, idle=idle, name=name, stop=stop, wake=wake, mend=mend)

    if "poll" in roles:
        yield loop(partial(app.workers.poller.step, hands), "poller", app.workers.poller.to_note)
        yield loop(app.workers.gardener.step, "gardener", idle=GARDEN)
        yield loop(app.workers.operators.step, "operators", idle=WORDS)
    workers, bells = app.workers, app.stores.bells
    if "alert" in roles:
        yield listen(bells.news, workers.to_alert, name="ear for news", stop=stop)
        yield loop(workers.alerter.step, "alerter", workers.to_alert, mend=workers.alerter.mend)
    if "send" in roles:
        if "alert" not in roles:  # within one process the alerter wakes the sender itself
            yield listen(bells.owed, workers.to_send, name="ear for mail", stop=stop)
        yield loop(partial(workers.sender.step, hands), "sender", workers.to_send)
        yield loop(workers.herald.step, "herald", idle=ANNOUNCED)
    if "chat" in roles:
        yield loop(app.desk.library.step, "librarian")
        options = app.settings
        yield app.intake.answer(stop, webhook=options.webhook_url, secret=options.webhook_secret)


async def _warmed(app: App, roles: frozenset[str]) -> None:
    """Load what takes seconds, beside the loops and one after the other: what a person would wait for comes first."""
    if "chat" in roles:
        await app.reader.warm()
    if roles & {"alert", "chat"}:
        await app.meanings.dictionaries.know({source.lang for source in app.settings.sources if source.lang})
        await app.meanings.warm()
