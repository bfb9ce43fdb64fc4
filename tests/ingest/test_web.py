"""The web client against real servers on the loopback, each with a fault of its own."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from itertools import pairwise

import pytest
from aiohttp import web

import bot.ingest.web as web_module
from bot.ingest.web import HttpWeb
from bot.news.errors import FetchFailed
from bot.ports import Clock, Tags

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(*handlers: Handler) -> AsyncIterator[str]:
    """A server that answers /<name of handler>; gives its address."""
    site = web.Application()
    for handler in handlers:
        site.router.add_get(f"/{handler.__name__}", handler)
    runner = web.AppRunner(site, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def answering(raw: bytes, *, hang: bool = False) -> AsyncIterator[str]:
    """A server that sends these bytes whatever it is asked, then closes or hangs; gives its address."""
    done = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(raw)
        await writer.drain()
        if hang:
            await done.wait()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        done.set()
        server.close()
        await server.wait_closed()


@pytest.fixture
async def http(clock: Clock) -> AsyncIterator[HttpWeb]:
    async with HttpWeb(lambda host, port: host == "127.0.0.1", clock=clock) as opened:
        yield opened


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bounds, reached within the patience of a test."""
    monkeypatch.setattr(web_module, "SECONDS_IN_ALL", 0.5)
    monkeypatch.setattr(web_module, "PATIENCE_SECONDS", 0.1)


async def said(http: HttpWeb, url: str, tags: Tags = Tags()) -> FetchFailed:  # noqa: B008 - a value
    with pytest.raises(FetchFailed) as failed:
        await http.get(url, tags)
    assert str(failed.value).endswith(".")
    return failed.value


async def page(request: web.Request) -> web.Response:
    return web.Response(body=b"<rss/>", headers={"Content-Type": "Text/XML; charset=ISO-8859-1", "ETag": '"v1"'})


async def test_a_page_comes_with_what_the_server_says_about_it(http: HttpWeb) -> None:
    async with serving(page) as at:
        got = await http.get(f"{at}/page")
    assert (got.body, got.content_type, got.charset) == (b"<rss/>", "text/xml", "ISO-8859-1")
    assert (got.url, got.tags, got.moved_to, got.max_age) == (f"{at}/page", Tags('"v1"'), "", None)


async def test_servers_are_told_who_asks(http: HttpWeb) -> None:
    async def who(request: web.Request) -> web.Response:
        return web.Response(text=request.headers["User-Agent"])

    async with serving(who) as at:
        assert b"headline-bot/" in (await http.get(f"{at}/who")).body


async def test_a_page_that_has_not_changed_is_not_sent_again(http: HttpWeb) -> None:
    async def feed(request: web.Request) -> web.Response:
        asked = (request.headers.get("If-None-Match"), request.headers.get("If-Modified-Since"))
        if asked == ('"v1"', "Mon, 23 Nov 2026 11:00:00 GMT"):
            return web.Response(
                status=304, headers={"ETag": '"v1"', "Cache-Control": "public, max-age=600", "Age": "60"}
            )
        return web.Response(text="all of it")

    async with serving(feed) as at:
        again = await http.get(f"{at}/feed", Tags('"v1"', "Mon, 23 Nov 2026 11:00:00 GMT"))
        fresh = await http.get(f"{at}/feed")
    assert (again.unchanged, again.body, again.max_age) == (True, b"", timedelta(minutes=9))
    assert (fresh.unchanged, fresh.body) == (False, b"all of it")


async def test_redirects_are_followed_and_a_permanent_move_is_told(http: HttpWeb) -> None:
    async def moved(request: web.Request) -> web.Response:
        raise web.HTTPMovedPermanently("/page")

    async def twice(request: web.Request) -> web.Response:
        raise web.HTTPPermanentRedirect("/moved")

    async def detour(request: web.Request) -> web.Response:
        raise web.HTTPFound("moved")

    async with serving(page, moved, twice, detour) as at:
        assert (await http.get(f"{at}/moved")).moved_to == f"{at}/page"
        assert (await http.get(f"{at}/twice")).moved_to == f"{at}/page"
        detoured = await http.get(f"{at}/detour")
    assert (detoured.url, detoured.moved_to) == (f"{at}/page", "")


async def test_a_redirect_loop_ends(http: HttpWeb) -> None:
    async def loop(request: web.Request) -> web.Response:
        raise web.HTTPFound("/loop")

    async with serving(loop) as at:
        assert "more than 5 times" in str(await said(http, f"{at}/loop"))


@pytest.mark.parametrize(
    "place",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "//10.0.0.1/",
        "http://user:secret@127.0.0.1/",
        "http://[x",
    ],
)
async def test_a_redirect_is_checked_like_any_address(http: HttpWeb, place: str) -> None:
    async def away(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": place})

    async with serving(away) as at:
        assert "secret" not in str(await said(http, f"{at}/away"))


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, None),
        ({"Retry-After": "120"}, timedelta(minutes=2)),
        ({"Retry-After": "Mon, 23 Nov 2026 12:30:00 GMT"}, timedelta(minutes=30)),
        ({"Retry-After": "Mon, 23 Nov 2025 12:30:00 GMT"}, timedelta(0)),
        ({"Retry-After": "99999999999999"}, timedelta(days=1)),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-5"}, None),
    ],
)
async def test_a_server_may_ask_for_time(http: HttpWeb, headers: dict[str, str], wait: timedelta | None) -> None:
    async def busy(request: web.Request) -> web.Response:
        return web.Response(status=503, headers=headers)

    async with serving(busy) as at:
        failed = await said(http, f"{at}/busy")
    assert str(failed) == "The server answered 503 (Service Unavailable)."
    assert (failed.retry_after, failed.gone) == (wait, False)


@pytest.mark.parametrize(("status", "gone"), [(404, False), (410, True), (401, False), (304, False), (599, False)])
async def test_a_refusal_is_a_sentence(http: HttpWeb, status: int, gone: bool) -> None:
    async def refuse(request: web.Request) -> web.Response:
        return web.Response(status=status)

    async with serving(refuse) as at:
        failed = await said(http, f"{at}/refuse?token=secret")
    assert str(failed).startswith(f"The server answered {status}")
    assert failed.gone is gone
    assert "secret" not in str(failed)


async def test_a_server_that_hangs_is_left(http: HttpWeb, hasty: None) -> None:
    async with answering(b"", hang=True) as at:
        assert str(await said(http, at)) == "127.0.0.1 took too long to answer."


async def test_a_body_that_never_ends_is_left(http: HttpWeb, hasty: None) -> None:
    async with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", hang=True) as at:
        assert "too long" in str(await said(http, at))


async def test_a_body_that_drips_is_left(http: HttpWeb, hasty: None) -> None:
    left = asyncio.Event()

    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while not left.is_set():
            await response.write(b".")
            with suppress(TimeoutError):
                await asyncio.wait_for(left.wait(), 0.02)
        return response

    async with serving(drip) as at:
        assert str(await said(http, f"{at}/drip")) == "The server sends too slowly."
        left.set()


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_bomb_stays_small(http: HttpWeb, encoding: str) -> None:
    zeros = b"\0" * 100_000_000
    packed = gzip.compress(zeros) if encoding == "gzip" else zlib.compress(zeros)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    async with answering(head + packed) as at:
        assert str(await said(http, at)) == "The page is larger than 5 MB."


async def test_a_page_that_is_too_large_is_refused(http: HttpWeb) -> None:
    async with answering(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5_000_001) as at:
        assert str(await said(http, at)) == "The page is larger than 5 MB."


@pytest.mark.parametrize(
    "broken",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip",
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 100_000 + b"\r\n\r\n",
    ],
)
async def test_a_broken_answer_is_a_sentence(http: HttpWeb, broken: bytes) -> None:
    async with answering(broken) as at:
        await said(http, at)


async def test_nobody_listens(http: HttpWeb) -> None:
    async with answering(b"") as at:
        pass
    assert str(await said(http, at)).startswith("127.0.0.1 could not be reached")


async def test_a_name_that_nobody_has(http: HttpWeb) -> None:
    assert str(await said(http, "http://no-such-name.invalid/")) == "The name no-such-name.invalid could not be found."


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/page",
        "http://localhost:{port}/page",
        "http://LOCALHOST.:{port}/page",
        "http://127.1:{port}/page",
        "http://2130706433:{port}/page",
        "http://0x7f000001:{port}/page",
        "http://0177.0.0.1:{port}/page",
        "http://0:{port}/page",
        "http://0.0.0.0:{port}/page",
        "http://[::1]:{port}/page",
        "http://[::ffff:127.0.0.1]:{port}/page",
        "http://[64:ff9b::7f00:1]:{port}/page",
        "http://[2002:7f00:1::]:{port}/page",
        "http://127.0.0.1.:{port}/page",
        "http://①②⑦.⓪.⓪.①:{port}/page",
        "http://example.org@127.0.0.1:{port}/page",
        "http://example.org:80\\@127.0.0.1:{port}/page",
    ],
)
async def test_our_own_network_is_closed_however_it_is_spelled(clock: Clock, url: str) -> None:
    async with serving(page) as at, HttpWeb(frozenset(), clock=clock) as http:
        await said(http, url.format(port=at.rpartition(":")[2]))


async def test_only_the_very_host_and_port_that_the_operator_named_may_be_private(clock: Clock) -> None:
    async with serving(page) as at, serving(page) as other:
        named = frozenset({("127.0.0.1", int(at.rpartition(":")[2]))})
        async with HttpWeb(named, clock=clock) as http:
            assert (await http.get(f"{at}/page")).body == b"<rss/>"
            assert "not on the public internet" in str(await said(http, f"{other}/page"))


async def test_a_host_is_asked_one_thing_at_a_time_with_a_pause_between(clock: Clock) -> None:
    at_once = most = 0
    asked = []

    async def slow(request: web.Request) -> web.Response:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        asked.append(clock.now())
        for _ in range(20):
            await asyncio.sleep(0)  # the others have every chance to come in between
        at_once -= 1
        return web.Response(text="x")

    async with serving(slow) as at, HttpWeb(lambda host, port: True, clock=clock) as http:
        await asyncio.gather(*(http.get(f"{at}/slow") for _ in range(3)))
    assert most == 1
    assert [second - first for first, second in pairwise(asked)] == [timedelta(seconds=1)] * 2


async def test_people_do_not_wait_for_polls(clock: Clock) -> None:
    start = clock.now()
    async with serving(page) as at, HttpWeb(lambda host, port: True, clock=clock, spacing=timedelta(0)) as http:
        await asyncio.gather(*(http.get(f"{at}/page") for _ in range(3)))
    assert clock.now() == start


async def test_closing_twice_is_allowed(clock: Clock) -> None:
    http = HttpWeb(frozenset(), clock=clock)
    await http.close()
    await http.close()
