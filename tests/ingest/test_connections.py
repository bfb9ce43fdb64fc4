"""Connections: kept where a host is asked often, and every answer bounded while it arrives."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.ingest import connections
from bot.ingest.connections import Connections
from bot.ingest.unpacking import Body
from bot.ingest.web import HttpWeb
from bot.news.errors import FetchFailed
from bot.news.sourcestate import SourceState
from bot.store.statecodec import state_json
from tests.conftest import FakeClock

OK = b"HTTP/1.1 200 OK\r\n"
HELLO = OK + b"Content-Length: 5\r\n\r\nhello"


class Wire:
    """A server that says what it is told to; `connections` it had, `requests` that it read."""

    def __init__(self) -> None:
        self.says: Callable[[int], bytes] = lambda _: HELLO
        self.hangs_up = False
        self.asked = asyncio.Event()
        self.connections = self.requests = 0
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                self.requests += 1
                self.asked.set()
                writer.write(self.says(self.requests))
                await writer.drain()
                if self.hangs_up:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    wire = Wire()
    server = await asyncio.start_server(wire.serve, "0.0.0.0", 0)
    wire.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    yield wire
    server.close()


@asynccontextmanager
async def opened(clock: FakeClock) -> AsyncIterator[HttpWeb]:
    async with HttpWeb(lambda host, port: True, clock=clock) as http:
        yield http


async def body(clock: FakeClock, wire: Wire, says: bytes, *, hangs_up: bool = False) -> bytes:
    wire.says, wire.hangs_up = (lambda _: says), hangs_up
    async with opened(clock) as http:
        return (await http.get(wire.url)).body


async def refusal(clock: FakeClock, wire: Wire, says: bytes, *, hangs_up: bool = False) -> str:
    with pytest.raises(FetchFailed) as failed:
        await body(clock, wire, says, hangs_up=hangs_up)
    return str(failed.value)


async def test_a_host_that_is_asked_again_is_asked_over_the_same_connection(clock: FakeClock, wire: Wire) -> None:
    async with opened(clock) as http:
        for _ in range(5):
            assert (await http.get(wire.url)).body == b"hello"
    assert (wire.connections, wire.requests) == (1, 5)


async def test_a_server_that_had_hung_up_is_asked_over_a_new_connection(clock: FakeClock, wire: Wire) -> None:
    wire.hangs_up = True
    async with opened(clock) as http:
        for _ in range(3):
            assert (await http.get(wire.url)).body == b"hello"
    assert (wire.connections, wire.requests) == (3, 3)


async def test_a_server_that_hangs_up_without_a_word_is_asked_twice_and_no_more(clock: FakeClock, wire: Wire) -> None:
    wire.says = lambda number: HELLO if number == 1 else b""
    async with opened(clock) as http:
        await http.get(wire.url)
        wire.hangs_up = True
        with pytest.raises(FetchFailed, match="broke off"):
            await http.get(wire.url)
    assert wire.requests == 3


@pytest.mark.parametrize(
    "says",
    [
        OK + b"Connection: close\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        OK + b"Keep-Alive: timeout=1\r\nContent-Length: 5\r\n\r\nhello",
        HELLO + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
    ],
    ids=["close", "http 1.0", "timeout", "speaks unasked"],
)
async def test_a_connection_that_is_not_to_be_kept_is_not(clock: FakeClock, wire: Wire, says: bytes) -> None:
    wire.says = lambda _: says
    async with opened(clock) as http:
        for _ in range(2):
            assert (await http.get(wire.url)).body == b"hello"
    assert wire.connections == 2


async def test_only_so_many_idle_connections_are_kept_and_those_needed_last_go_first(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch, wire: Wire
) -> None:
    monkeypatch.setattr(connections, "_MOST_IDLE", 10)
    port = wire.url.rpartition(":")[2]
    async with opened(clock) as http:
        for _ in range(3):
            await http.get(wire.url)
        for host in range(2, 40):
            await http.get(wire.url)
            await http.get(f"http://127.0.0.{host}:{port}")
    assert wire.connections == 39, "the host that is asked often lost its connection"


async def test_an_answer_may_come_after_some_that_say_go_on(clock: FakeClock, wire: Wire) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
    assert await body(clock, wire, b"HTTP/1.1 100 Continue\r\n\r\n" + early + HELLO) == b"hello"


async def test_a_server_that_only_says_go_on_is_left_at_once(clock: FakeClock, wire: Wire) -> None:
    assert "headers without end" in await refusal(clock, wire, b"HTTP/1.1 100 Continue\r\n\r\n" * 100_000)


@pytest.mark.parametrize(
    "flood",
    [
        b"".join(b"X-%d: y\r\n" % number for number in range(100_000)),
        b"X: " + b"y" * 300_000,
        b"Set-Cookie: " + b"a=b; " * 40_000 + b"\r\n",
    ],
)
async def test_headers_without_end_are_left_at_once(clock: FakeClock, wire: Wire, flood: bytes) -> None:
    assert "headers without end" in await refusal(clock, wire, OK + flood)


async def test_a_body_in_crumbs_is_left_at_once(clock: FakeClock, wire: Wire) -> None:
    crumbs = OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 100_000
    assert await refusal(clock, wire, crumbs) == "The server sends in crumbs."


async def test_a_body_in_some_small_chunks_is_read(clock: FakeClock, wire: Wire) -> None:
    chunks = b"".join(b"3\r\nabc\r\n" for _ in range(500)) + b"0\r\n\r\n"
    assert await body(clock, wire, OK + b"Transfer-Encoding: chunked\r\n\r\n" + chunks) == b"abc" * 500


def _packed(encoding: bytes, packed: bytes) -> bytes:
    return OK + b"Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s" % (encoding, len(packed), packed)


def _bare(plain: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(plain) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        (b"gzip", gzip.compress(b"hello " * 1000)),
        (b"x-gzip", gzip.compress(b"hello " * 500) + gzip.compress(b"hello " * 500)),
        (b"gzip", gzip.compress(b"hello " * 1000) + b"\0" * 40),
        (b"deflate", zlib.compress(b"hello " * 1000)),
        (b"deflate", _bare(b"hello " * 1000)),
        (b"identity", b"hello " * 1000),
    ],
    ids=["gzip", "two members", "padded", "zlib", "bare", "plain"],
)
async def test_packed_bodies_are_unpacked_as_servers_pack_them(
    clock: FakeClock, wire: Wire, encoding: bytes, packed: bytes
) -> None:
    assert await body(clock, wire, _packed(encoding, packed)) == b"hello " * 1000


@pytest.mark.parametrize(
    ("encoding", "packed", "says"),
    [
        (b"br", b"\x0b\x02\x80hello\x03", "did not ask for"),
        (b"gzip, gzip", gzip.compress(gzip.compress(b"hello")), "did not ask for"),
        (b"gzip", gzip.compress(b"hello " * 1000)[:-20], "breaks off"),
        (b"gzip", b"".join(gzip.compress(b"\0" * 400_000) for _ in range(15)), "larger than 5 MB"),
        (b"deflate", b"\xff" * 100, "cannot be unpacked"),
    ],
    ids=["brotli", "twice", "cut off", "bombs", "nonsense"],
)
async def test_bodies_that_cannot_be_unpacked_are_refused_in_a_sentence(
    clock: FakeClock, wire: Wire, encoding: bytes, packed: bytes, says: str
) -> None:
    assert says in await refusal(clock, wire, _packed(encoding, packed))


async def test_packing_that_breaks_off_with_the_connection_is_told_at_once(clock: FakeClock, wire: Wire) -> None:
    half = gzip.compress(b"hello " * 1000)[:-20]
    head = OK + b"Connection: close\r\nContent-Encoding: gzip\r\n\r\n"
    assert "breaks off" in await refusal(clock, wire, head + half, hangs_up=True)


def test_a_second_archive_may_begin_anywhere_in_a_piece() -> None:
    packed = gzip.compress(b"one") + gzip.compress(b"two")
    for cut in range(1, len(packed)):
        unpacked = Body("gzip", 100)
        unpacked.add(packed[:cut])
        unpacked.add(packed[cut:])
        assert unpacked.whole() == b"onetwo"


async def test_a_header_in_no_encoding_is_read_as_far_as_it_can_be(clock: FakeClock, wire: Wire) -> None:
    wire.says = lambda _: OK + b'ETag: "\xff\xfe"\r\nContent-Length: 5\r\n\r\nhello'
    async with opened(clock) as http:
        tags = (await http.get(wire.url)).tags
    assert state_json(SourceState(etag=tags.etag))


async def test_a_body_without_a_length_ends_with_the_connection(clock: FakeClock, wire: Wire) -> None:
    assert await body(clock, wire, OK + b"\r\nall of it", hangs_up=True) == b"all of it"


async def test_a_feed_without_end_is_cut_off_and_its_beginning_read(clock: FakeClock, wire: Wire) -> None:
    feed = b'<?xml version="1.0"?><rss><channel>' + b"<item><title>A row</title></item>" * 200_000
    whole = await body(clock, wire, OK + b"Content-Length: 99999999999\r\n\r\n" + feed)
    assert len(whole) == 5_000_000
    assert feed.startswith(whole)


async def test_a_page_without_end_is_refused(clock: FakeClock, wire: Wire) -> None:
    page = b"<html><body>" + b"<p>A line.</p>" * 500_000
    assert "larger than 5 MB" in await refusal(clock, wire, OK + b"Content-Length: 99999999999\r\n\r\n" + page)


async def test_what_a_refusal_says_is_not_waited_for(clock: FakeClock, wire: Wire) -> None:
    assert "404" in await refusal(clock, wire, b"HTTP/1.1 404 Not Found\r\nContent-Length: 1000000\r\n\r\nso")


async def test_expires_counts_where_cache_control_is_silent(clock: FakeClock, wire: Wire) -> None:
    dates = b"Date: Mon, 23 Nov 2026 09:00:00 GMT\r\nExpires: Mon, 23 Nov 2026 09:07:00 GMT\r\nContent-Length: 0\r\n"
    wire.says = lambda number: OK + (b"" if number == 1 else b"Cache-Control: no-cache\r\n") + dates + b"\r\n"
    async with opened(clock) as http:
        fresh, unsaid = (await http.get(wire.url)).max_age, (await http.get(wire.url)).max_age
    assert fresh is not None
    assert (fresh.total_seconds(), unsaid) == (420, None)


async def test_a_hub_in_the_headers_is_told(clock: FakeClock, wire: Wire) -> None:
    wire.says = lambda _: (
        OK + b'Link: <https://hub.example/>; rel="hub", </style>; rel=preload\r\n'
        b"Link: <https://news.example/feed>; rel=self\r\nContent-Length: 0\r\n\r\n"
    )
    async with opened(clock) as http:
        page = await http.get(wire.url)
    assert (page.hub, page.topic) == ("https://hub.example/", "https://news.example/feed")


async def test_closing_hangs_up_whoever_is_waiting(wire: Wire, clock: FakeClock) -> None:
    wire.says = lambda _: b""
    http = HttpWeb(lambda host, port: True, clock=clock)
    waiting = asyncio.create_task(http.get(wire.url))
    async with asyncio.timeout(5):
        await wire.asked.wait()
    await http.close()
    with pytest.raises(FetchFailed):
        await waiting


def test_a_process_with_few_files_keeps_fewer_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections.resource, "getrlimit", lambda _: (256, 1024))
    assert Connections(lambda host, port: True)._most_idle == 64
