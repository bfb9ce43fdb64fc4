"""Servers that mean harm by what they send: each answer ends soon, in a sentence, and in little memory."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import brotli
import pytest

from bot.ingest.web import MOST_BYTES, HttpWeb
from bot.news.errors import FetchFailed
from bot.ports import Clock

try:
    from compression import zstd
except ImportError:
    from backports import zstd

ZEROS = bytes(100_000_000)
TOO_LARGE = f"The page is larger than {MOST_BYTES // 1_000_000} MB."
PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda body: gzip.compress(body, 6),
    "deflate": zlib.compress,
    "br": lambda body: brotli.compress(body, quality=3),
    "zstd": zstd.compress,
}
ASKED_FOR = ("deflate", "gzip")


@asynccontextmanager
async def answering(head: str, *pieces: bytes, forever: bytes = b"") -> AsyncIterator[str]:
    """A server that sends this, and then `forever` as long as anybody listens; gives its address."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
            while forever and not writer.is_closing():
                writer.write(forever)
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    finally:
        server.close()


@pytest.fixture
async def http(clock: Clock) -> AsyncIterator[HttpWeb]:
    async with HttpWeb(lambda host, port: host == "127.0.0.1", clock=clock) as opened:
        yield opened


async def page_or_sentence(http: HttpWeb, url: str) -> bytes:
    """The body of a page; nothing where there is a sentence instead."""
    try:
        return (await http.get(url)).body
    except FetchFailed as reason:
        return b"" if str(reason).endswith(".") else str(reason).encode()


async def refused(http: HttpWeb, url: str) -> str:
    with pytest.raises(FetchFailed) as told:
        await http.get(url)
    sentence = str(told.value)
    assert sentence.endswith(".")
    assert "Error" not in sentence
    return sentence


@pytest.mark.parametrize("coding", ASKED_FOR)
async def test_what_unpacks_to_more_than_a_page_is_refused_while_it_unpacks(http: HttpWeb, coding: str) -> None:
    bomb = PACK[coding](ZEROS)
    assert len(bomb) < 200_000
    async with answering(f"HTTP/1.1 200 OK\nContent-Encoding: {coding}\nContent-Length: {len(bomb)}", bomb) as at:
        assert await refused(http, at) == TOO_LARGE


@pytest.mark.parametrize("coding", sorted(PACK.keys() - ASKED_FOR))
async def test_packing_that_nobody_asked_for_is_not_even_begun(http: HttpWeb, coding: str) -> None:
    bomb = PACK[coding](ZEROS)
    async with answering(f"HTTP/1.1 200 OK\nContent-Encoding: {coding}\nContent-Length: {len(bomb)}", bomb) as at:
        assert "did not ask for" in await refused(http, at)


@pytest.mark.parametrize("coding", ASKED_FOR)
async def test_honest_packing_is_unpacked(http: HttpWeb, coding: str) -> None:
    packed = PACK[coding](b"<rss/>" * 100)
    head = f"HTTP/1.1 200 OK\nConnection: close\nContent-Encoding: {coding}\nContent-Length: {len(packed)}"
    async with answering(head, packed) as at:
        assert (await http.get(at)).body == b"<rss/>" * 100


async def test_many_small_archives_in_one_answer_are_bounded_together(http: HttpWeb) -> None:
    member = gzip.compress(ZEROS[:1_000_000])
    async with answering("HTTP/1.1 200 OK\nContent-Encoding: gzip", *[member] * 100) as at:
        assert len(await page_or_sentence(http, at)) <= MOST_BYTES  # the first archive alone is enough, too


async def test_an_archive_within_an_archive_stays_small(http: HttpWeb) -> None:
    twice = gzip.compress(gzip.compress(ZEROS))
    head = f"HTTP/1.1 200 OK\nConnection: close\nContent-Encoding: gzip, gzip\nContent-Length: {len(twice)}"
    async with answering(head, twice) as at:
        assert len(await page_or_sentence(http, at)) <= MOST_BYTES


@pytest.mark.parametrize("coding", PACK)
@pytest.mark.parametrize("broken", [b"", b"\0", b"not packed at all", bytes(range(256)) * 20])
async def test_what_is_called_packed_and_is_not_ends_in_a_sentence(http: HttpWeb, coding: str, broken: bytes) -> None:
    head = f"HTTP/1.1 200 OK\nConnection: close\nContent-Encoding: {coding}\nContent-Length: {len(broken)}"
    async with answering(head, broken) as at:
        assert await page_or_sentence(http, at) == b""


@pytest.mark.parametrize("head", ["HTTP/1.1 200 OK", "HTTP/1.1 200 OK\nContent-Length: 99999999999"])
async def test_a_body_that_never_ends_is_read_as_far_as_a_page_may_go(http: HttpWeb, head: str) -> None:
    async with answering(head, forever=b"x" * 65_536) as at:
        assert await refused(http, at) == TOO_LARGE


async def test_chunks_that_never_end_are_read_as_far_as_a_page_may_go(http: HttpWeb) -> None:
    async with answering(
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked", forever=b"ffff\r\n" + b"x" * 65_535 + b"\r\n"
    ) as at:
        assert await refused(http, at) == TOO_LARGE


@pytest.mark.parametrize(
    "head",
    [
        "HTTP/1.1 200 OK\n" + "\n".join(f"X-{n}: {n}" for n in range(50_000)),
        "HTTP/1.1 200 OK\nX: " + "y" * 1_000_000,
        "HTTP/1.1 200 " + "OK" * 500_000,
        "HTTP/1.1 200 OK\n" + "\n".join(f"Set-Cookie: c{n}={'v' * 4000}" for n in range(500)),
        "HTTP/1.1 302 Found\nLocation: /" + "x" * 1_000_000,
        "HTTP/1.1 200 OK\nContent-Length: 5\nContent-Length: 6",
        "HTTP/1.1 200 OK\nContent-Length: -5",
        "HTTP/1.1 200 OK\nContent-Length: five",
        "HTTP/1.1 200 OK\nContent-Length: 5\nTransfer-Encoding: chunked",
        "HTTP/1.1 200 OK\nTransfer-Encoding: nonsense",
        "HTTP/1.1 999 Odd",
        "HTTP/9.9 200 OK",
        "HTTP/1.1 -1 OK",
        "HTTP/1.1 200 OK\n folded: x",
        "HTTP/1.1 200 OK\nX\0Y: z",
        "HTTP/1.1 200 OK\nbad header",
        "ICY 200 OK",
        "\x16\x03\x01\x02",
    ],
    ids=lambda head: repr(head[:40]),
)
async def test_heads_that_lie_or_flood_give_a_page_or_a_sentence(http: HttpWeb, head: str) -> None:
    async with answering(head, b"hello") as at:
        assert len(await page_or_sentence(http, at)) <= 5


async def test_a_body_of_zeros_and_one_of_nothing_are_pages_like_others(http: HttpWeb) -> None:
    async with answering("HTTP/1.1 200 OK\nConnection: close", bytes(1000)) as at:
        assert (await http.get(at)).body == bytes(1000)
    async with answering("HTTP/1.1 200 OK\nConnection: close") as at:
        assert (await http.get(at)).body == b""
