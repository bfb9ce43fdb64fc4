"""Reading pages apart from the bot: in processes of their own, within bounds of time and memory.

Here: the few reading processes, who is idle, and what becomes of one that hangs, grows or dies.
Not here: how an article is read (articles), a listing (listing), or what a page says of its feeds (discovery).

Strangers' markup goes through C code here; a page that makes it hang or eat memory may cost one page, never the
bot. A thread cannot be stopped, and a concurrent.futures pool cannot lose one worker without breaking for all, so
each worker is a process and a pipe. None outlives the bot: its pipe ends when the bot does, and in the middle of a
page an alarm that the kernel keeps ends it.
"""

from __future__ import annotations

import asyncio
import contextlib
import resource
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection

from bot.ingest.articles import extract as extract_article
from bot.ingest.discovery import Lead, leads_in
from bot.ingest.listing import read_listing
from bot.news.article import Article
from bot.news.errors import NotParseable, NotReadable
from bot.news.model import Listing, Source
from bot.news.said import Said, said
from bot.ports import Page

Extract = Callable[[bytes, str, str], Article]
Work = Callable[[], object]

_LIMIT = timedelta(seconds=5)
_STARTING = 60.0  # seconds in which a worker loads trafilatura even on a machine that is busy with other things
# bytes that a worker may ask for, its libraries and what it never touches included: 400 real pages together needed
# 0.6 of them, and a process at this limit holds less than that many bytes of memory.
_MEMORY = 300 << 20
_WORKERS = 2
# bytes of a listing that is read within the bot: the worst that we know (a tag of nothing but attributes, which lxml
# goes through again for each of them) takes half a second at this size, and every listing that is usual some ms.
_SMALL = 150_000
_GRACE = 1.0  # seconds after the limit at which a worker ends itself, should nobody be left to do it
_TOO_SLOW = said("This page took too long to read.")
_TOO_LARGE = said("This page is too large or too tangled to be read.")
_FIRST_PAGE = b"<html><body><article><p>" + b"A page to load by. " * 30 + b"</p></article></body></html>"


class Reader:
    """Reads pages, a few at a time; one that cannot be read in time harms no other."""

    def __init__(self, *, extract: Extract = extract_article, limit: timedelta = _LIMIT, memory: int = _MEMORY) -> None:
        self._extract = extract
        self._new = partial(_Worker, limit.total_seconds(), memory)
        self._free = asyncio.Semaphore(_WORKERS)
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._closing = False

    async def warm(self) -> None:
        """Have a worker ready, so that the first page need not wait for one."""
        async with self._free:
            worker = self._take()
            try:
                await asyncio.to_thread(worker.load)
            finally:
                self._put_back(worker)

    async def read(self, page: Page) -> Article:
        """The article of `page`. Raises NotReadable with the reason, and nothing else."""
        answer = await self._answer(partial(self._extract, page.body, page.url, page.charset))
        if isinstance(answer, Article):
            return answer
        raise NotReadable(_reason(answer), page.url)

    async def listing(self, page: Page, source: Source, now: datetime) -> Listing:
        """The listing of a page of `source`, fetched `now`. Raises NotParseable with the reason."""
        work = partial(
            read_listing,
            page.body,
            page.url,
            content_type=page.content_type,
            charset=page.charset,
            source=source,
            fetched_at=now,
        )
        if len(page.body) <= _SMALL:
            return await asyncio.to_thread(work)
        answer = await self._answer(work)
        if isinstance(answer, Listing):
            return answer
        raise NotParseable(_reason(answer))

    async def leads(self, page: Page) -> tuple[Lead, ...]:
        """The feeds that a page names; none where it takes too long to find them."""
        work = partial(leads_in, page.body, page.url, page.charset)
        if len(page.body) <= _SMALL:
            return await asyncio.to_thread(work)
        answer = await self._answer(work)
        return answer if isinstance(answer, tuple) else ()

    async def _answer(self, work: Work) -> object:
        """What the work gives, done by a worker; the reason where it gives nothing."""
        async with self._free:
            worker = self._take()
            try:
                return await asyncio.to_thread(worker.do, work)
            finally:
                self._put_back(worker)

    async def close(self) -> None:
        """End every worker; pages that are just being read are given up."""
        self._closing = True
        for worker in self._busy:
            worker.kill()
        for _ in range(_WORKERS):
            await self._free.acquire()
        while self._idle:
            self._idle.pop().end()
        for _ in range(_WORKERS):
            self._free.release()

    def _take(self) -> _Worker:
        worker = self._idle.pop() if self._idle else self._new()
        self._busy.add(worker)
        return worker

    def _put_back(self, worker: _Worker) -> None:
        self._busy.discard(worker)
        if worker.sound:
            self._idle.append(worker)
            return
        worker.kill()  # its thread, if we were cancelled, sees the pipe end and cleans up
        if not self._closing:
            self._idle.append(self._new())  # loads while nobody waits


class _Worker:
    """One reading process, seen from the bot. `sound` while nothing is owed over its pipe."""

    def __init__(self, limit: float, memory: int) -> None:
        self._limit = limit
        self._loaded = False
        self.sound = True
        spawn = get_context("spawn")  # a fork would copy the event loop, its sockets and its threads
        self._pipe, far_end = spawn.Pipe()
        self._process = spawn.Process(target=_work, args=(far_end, limit, memory), daemon=True)
        # Ctrl-C reaches every process of the terminal; the bot alone answers to it. The mask is inherited, and
        # starting the tracker, which multiprocessing else does under way, would clear it.
        resource_tracker.ensure_running()
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            far_end.close()

    def load(self) -> None:
        """Wait until the worker can read. Blocks."""
        if not self._loaded:
            self._answer(_STARTING)
            self._loaded = self.sound

    def do(self, work: Work) -> object:
        """Have something read; what it gives, or the reason why not. Blocks."""
        self.load()
        return self._answer(self._limit, work) if self._loaded else _TOO_SLOW

    def _answer(self, within: float, *works: Work) -> object:
        """Send what is to be done, and wait for one answer; after a worker's end, the reason."""
        self.sound = False
        reason = _TOO_SLOW
        try:
            for work in works:
                self._pipe.send(work)
            if self._pipe.poll(within):
                answer: object = self._pipe.recv()
                self.sound = True
                return answer
        except (EOFError, OSError):
            reason = _TOO_LARGE
        self.end()
        return reason

    def kill(self) -> None:
        """Stop the process at once; whoever waits for its answer sees the pipe end."""
        with contextlib.suppress(ValueError):  # it was ended already
            self._process.kill()

    def end(self) -> None:
        """Stop the process and let go of all that it held."""
        self.sound = False
        self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()


def _work(pipe: Connection, limit: float, memory: int) -> None:
    """A worker's life: load, then answer one page after the other until the bot's end of the pipe is gone."""
    _bound_memory(memory)
    extract_article(_FIRST_PAGE, "")
    with contextlib.suppress(EOFError, ConnectionError):
        pipe.send("loaded")
        while work := pipe.recv():
            signal.setitimer(signal.ITIMER_REAL, limit + _GRACE)  # its default action ends the process
            pipe.send(_done_or_reason(work))
            signal.setitimer(signal.ITIMER_REAL, 0)


def _done_or_reason(work: Work) -> object:
    try:
        return work()
    except (NotReadable, NotParseable) as reason:
        return reason.sentence
    except MemoryError:
        raise SystemExit(1) from None  # what is left of such a process is not worth keeping


def _reason(answer: object) -> Said | str:
    return answer if isinstance(answer, Said) else str(answer)


def _bound_memory(most: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    with contextlib.suppress(ValueError):  # macOS knows the limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
