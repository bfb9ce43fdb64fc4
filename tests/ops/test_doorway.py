"""Whoever knocks at the operator's server: too many, too slow, or with what is no HTTP."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from bot.local import beside
from bot.ops import doorway, http
from bot.ops.http import serving
from bot.settings import load
from tests.ops.conftest import NOON

BRINGS = (
    b"POST /headlines HTTP/1.1\r\nHost: bot\r\nAuthorization: Bearer pass-word\r\n"
    b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n"
)

ASKS = b"GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n"
LEAVES = b"GET /healthz HTTP/1.1\r\nHost: bot\r\nConnection: close\r\n\r\n"


@asynccontextmanager
async def knocking(url: str, says: bytes = b"") -> AsyncIterator[asyncio.StreamReader]:
    """A connection that says this much and then nothing."""
    host, port = url.removeprefix("http://").rsplit(":", 1)
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(says)
    try:
        yield reader
    finally:
        writer.close()


async def answer(url: str, says: bytes) -> bytes:
    """All that is said back until the server has had enough."""
    async with asyncio.timeout(10), knocking(url, says) as reader:
        return await reader.read()


@pytest.mark.parametrize("says", [b"", b"GET / HTTP/1.1\r\nHost: bot\r\n", ASKS + b"GET"])
async def test_who_says_nothing_more_is_not_waited_for_for_ever(house, monkeypatch, says):
    monkeypatch.setattr(doorway, "PATIENCE", 0.05)
    async with serving("127.0.0.1", 0, house.doors()) as url:
        heard = await answer(url, says)
    assert heard.startswith(b"HTTP/1.1 200 OK") == says.endswith(b"GET")


async def test_who_brings_something_too_slowly_is_told(house, monkeypatch):
    monkeypatch.setattr(http, "BROUGHT_WITHIN", 0.05)
    async with serving("127.0.0.1", 0, house.doors()) as url, knocking(url, BRINGS + b"{") as reader:
        async with asyncio.timeout(10):
            told = await reader.readuntil(b"}")
    assert told.startswith(b"HTTP/1.1 408")
    assert json.loads(told.partition(b"\r\n\r\n")[2]) == {"error": "Send it within 0.05 seconds."}
    assert house.published == []


async def test_one_visitor_too_many_is_told_to_come_back(house, monkeypatch):
    monkeypatch.setattr(doorway, "MOST_AT_ONCE", 2)
    async with serving("127.0.0.1", 0, house.doors()) as url:
        async with knocking(url, ASKS) as first, knocking(url, ASKS) as second:
            assert (await first.readline(), await second.readline()) == (b"HTTP/1.1 200 OK\r\n",) * 2
            told = await answer(url, ASKS)
            assert told.startswith(b"HTTP/1.1 503")
            assert b"Retry-After: 5" in told
        async with asyncio.timeout(10):
            while not (await answer(url, LEAVES)).startswith(b"HTTP/1.1 200"):
                pass  # until the server has noticed that the two have left


@pytest.mark.parametrize(
    "says",
    [
        b"GET /healthz HTTP/1.1\r\nHost: bot\r\nA: " + b"x" * 9000 + b"\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: bot\r\n" + b"".join(b"A%d: x\r\n" % n for n in range(1000)) + b"\r\n",
        b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: bot\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
        b"EHLO example.org\r\n\r\n",
    ],
    ids=["a long header", "many headers", "a long path", "TLS", "no HTTP"],
)
async def test_what_is_no_decent_request_is_refused_and_not_worth_a_line(house, says):
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    try:
        async with serving("127.0.0.1", 0, house.doors()) as url:
            assert (await answer(url, says)).startswith((b"HTTP/1.1 400", b"HTTP/1.0 400"))
    finally:
        logging.getLogger().removeHandler(handler)
    assert written.getvalue() == ""


@pytest.mark.parametrize(
    ("host", "warned"), [("127.0.0.1", False), ("localhost", False), ("::1", False), ("0.0.0.0", True), ("::", True)]
)
async def test_who_opens_the_pages_to_other_machines_is_warned(house, host, warned):
    with capture_logs() as logs:
        async with serving(host, 0, house.doors()):
            pass
    assert [line["host"] for line in logs if "other machines" in line["event"]] == [host] * warned


@pytest.mark.parametrize(("host", "warned"), [("127.0.0.1", False), ("0.0.0.0", True)])
async def test_who_opens_the_chat_page_to_other_machines_is_warned(tmp_path, host, warned):
    named = {
        "HEADLINE_BOT_DEVCHAT": f"{host}:0",
        "HEADLINE_BOT_DATA": str(tmp_path),
        "HEADLINE_BOT_CONFIG": str(tmp_path),
    }
    with capture_logs() as logs:
        async with beside(load(named), lambda: NOON):
            pass
    assert [line["host"] for line in logs if "runs this bot" in line["event"]] == [host] * warned
