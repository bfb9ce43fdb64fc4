"""Reading in processes of their own: what hangs, grows or dies costs one page and nothing else."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import select
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.ingest import articles
from bot.ingest.reader import Reader
from bot.news.article import Article
from bot.news.errors import NotParseable, NotReadable
from bot.news.model import Source
from bot.ports import Page

URL = "https://news.test/story"
STORY = f"<html lang=en><body><h1>The story of the day</h1><p>{'Words of it. ' * 30}</p>"


def troubled(body: bytes, url: str, charset: str) -> Article:
    """An extract that does what its page says."""
    match body:
        case b"hang":
            time.sleep(1000)
        case b"spin":
            while True:
                pass
        case b"die":
            os._exit(3)
        case b"grow":
            held = bytearray(1 << 40)
            raise AssertionError(len(held))
    return articles.extract(body, url, charset)


@asynccontextmanager
async def reading(**how: object) -> AsyncIterator[Reader]:
    reader = Reader(**how)  # type: ignore[arg-type]
    try:
        yield reader
    finally:
        await reader.close()


def page(body: str) -> Page:
    return Page(URL, body.encode())


def children() -> set[int | None]:
    """The reading processes that live now."""
    return {process.pid for process in multiprocessing.active_children()}


async def test_an_article_is_read_in_another_process() -> None:
    async with reading() as reader:
        article = await reader.read(page(STORY))
    assert article.title == "The story of the day"
    assert article.text.startswith("Words of it.")
    assert children() == set()


async def test_a_warm_reader_answers_well_within_a_second() -> None:
    async with reading() as reader:
        await reader.warm()
        began = time.monotonic()
        await reader.read(page(STORY))
        assert time.monotonic() - began < 0.5


@pytest.mark.parametrize("trouble", ["hang", "spin"])
async def test_a_page_that_hangs_is_given_up_and_the_next_one_is_read(trouble: str) -> None:
    async with reading(extract=troubled, limit=timedelta(seconds=1)) as reader:
        await reader.warm()
        with pytest.raises(NotReadable, match="too long") as told:
            await reader.read(page(trouble))
        assert told.value.url == URL
        assert (await reader.read(page(STORY))).title == "The story of the day"


@pytest.mark.parametrize("trouble", ["die", "grow"])
async def test_a_page_that_takes_its_reader_down_harms_no_other_page(trouble: str) -> None:
    async with reading(extract=troubled) as reader:
        bad, good = await asyncio.gather(reader.read(page(trouble)), reader.read(page(STORY)), return_exceptions=True)
        assert isinstance(bad, NotReadable)
        assert "too large or too tangled" in str(bad)
        assert isinstance(good, Article)
        assert (await reader.read(page(STORY))).title == "The story of the day"


async def test_the_reason_of_an_unreadable_page_crosses_over() -> None:
    async with reading() as reader:
        with pytest.raises(NotReadable, match="PDF") as told:
            await reader.read(page("%PDF-1.7 ..."))
    assert told.value.url == URL


async def test_more_pages_than_readers_wait_their_turn() -> None:
    async with reading() as reader:
        read = await asyncio.gather(*(reader.read(page(STORY)) for _ in range(6)))
        assert len(read) == 6
        assert len(children()) <= 2


async def test_a_person_who_gives_up_leaves_a_sound_reader_behind() -> None:
    async with reading(extract=troubled) as reader:
        await reader.warm()
        waiting = asyncio.create_task(reader.read(page("hang")))
        await asyncio.wait({waiting}, timeout=0.2)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert (await reader.read(page(STORY))).title == "The story of the day"


async def test_closing_gives_up_what_is_being_read_and_may_be_done_twice() -> None:
    reader = Reader(extract=troubled)
    await reader.warm()
    waiting = asyncio.create_task(reader.read(page("hang")))
    await asyncio.wait({waiting}, timeout=0.2)
    await reader.close()
    await reader.close()
    with pytest.raises(NotReadable):
        await waiting
    assert children() == set()


BOT = """
    import asyncio, sys
    sys.path[:0] = [{root!r}, {here!r}]
    from test_reader import troubled, page, children
    from bot.ingest.reader import Reader

    async def main():
        reader = Reader(extract=troubled)
        await reader.warm()
        waiting = asyncio.create_task(reader.read(page({body!r})))
        await asyncio.wait({{waiting}}, timeout=0.2)
        print(*children(), flush=True)
        await asyncio.wait({{waiting}}, timeout=60)

    if __name__ == "__main__":
        asyncio.run(main())
"""


def bot(tmp_path: Path, body: str) -> tuple[subprocess.Popen[str], int]:
    """A small program with a reader, in a process group of its own, and the id of its reading process."""
    here = Path(__file__).parent
    program = tmp_path / "small_bot.py"
    program.write_text(textwrap.dedent(BOT).format(root=str(here.parent.parent), here=str(here), body=body))
    process = subprocess.Popen(
        [sys.executable, str(program)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    told = process.stdout.readline()
    if not told.strip():
        pytest.fail(process.communicate()[1])
    return process, int(told)


def gone(pid: int, within: float) -> bool:
    try:
        watch = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watch], [], [], within)[0])
    finally:
        os.close(watch)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="this system cannot watch a process that is not its child")
@pytest.mark.parametrize("body", [STORY, "spin"])
def test_a_killed_bot_leaves_no_reader_behind(tmp_path: Path, body: str) -> None:
    process, reader = bot(tmp_path, body)
    process.kill()
    process.communicate()
    assert gone(reader, within=10)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_stopping_the_terminals_programs_shows_no_word_of_the_readers(tmp_path: Path, stop: signal.Signals) -> None:
    process, _ = bot(tmp_path, "hang")
    os.killpg(process.pid, stop)
    _, errors = process.communicate(timeout=20)
    assert "spawn_main" not in errors
    assert "_work" not in errors


async def test_a_large_listing_is_read_apart_and_within_its_time() -> None:
    rows = "".join(
        f"<li>12:{n % 60:02} <a href='/{n}'>Headline number {n} of a long day</a></li>" for n in range(30, 0, -1)
    )
    source, now = Source("one", URL), datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    async with reading(limit=timedelta(seconds=2)) as reader:
        listing = await reader.listing(page(f"<html><body><ul>{rows}</ul>{'<p>Text.</p>' * 20_000}"), source, now)
        assert len(listing.rows) == 30
        tangled = f"<html><body><p {' '.join(f'a{n}=1' for n in range(100_000))}>"
        with pytest.raises(NotParseable, match="too long to read"):
            await reader.listing(page(tangled), source, now)
        with pytest.raises(NotParseable, match="neither a feed nor"):
            await reader.listing(page("<html><body>" + "<p>Text.</p>" * 20_000), source, now)


@pytest.mark.parametrize("more", [0, 200_000], ids=["small", "large"])
async def test_the_feeds_of_a_page_are_found_however_large_it_is(more: int) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    async with reading() as reader:
        found = await reader.leads(page(f"<html><head>{link}</head><body>{'<p>x</p>' * (more // 8)}</body></html>"))
    assert [lead.url for lead in found] == ["https://news.test/feed"]
