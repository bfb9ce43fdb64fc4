"""No address from outside makes us ask our own network: not in a disguise, by a redirect, or by a name that lies.

The interpreter itself tells what was connected to; the servers are real ones on the loopback.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from benchmarks._forbidden import PORTS, addresses, listed
from benchmarks._watching import Watch
from bot.ingest.articles import extract
from bot.ingest.connections import Connections, Origin
from bot.ingest.web import HttpWeb
from bot.news.addresses import checked, is_outside, may_connect, outside
from bot.news.errors import FetchFailed
from bot.ports import Clock

STORY = (
    "<html><head><meta property='og:image' content='{}'></head><body><article><h1>Head</h1><p>" + "Words of it. " * 30
)


class Names:
    """A small name service in place of the system's: gives what it was told, one answer after the other."""

    def __init__(self, real: Callable[..., object]) -> None:
        self.asked: list[str] = []
        self.told: dict[str, list[list[str]]] = {}
        self._real = real

    def __call__(self, host: str, port: int, *args: object, **how: object) -> object:
        name = host.decode() if isinstance(host, bytes) else host
        if (name[:1].isdigit() and not name.endswith("nip.io")) or ":" in name:
            return self._real(host, port, *args, **how)
        self.asked.append(name)
        answers = self.told.get(name) or [["10.0.0.1"]]
        now = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in now]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    service = Names(socket.getaddrinfo)
    monkeypatch.setattr(socket, "getaddrinfo", service)
    return service


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch()


@asynccontextmanager
async def listening(answer: Callable[[bytes], bytes] = lambda path: b"secret", host: str = "127.0.0.1", port: int = 0):
    """A server that answers with these bytes; gives its port and the paths that it was asked."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1]
        asked.append(path)
        writer.write(answer(path))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, host, port)
    try:
        yield server.sockets[0].getsockname()[1], asked
    finally:
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def browsing(clock: Clock, *named: tuple[str, int]) -> AsyncIterator[HttpWeb]:
    async with HttpWeb(frozenset(named), clock=clock) as http:
        yield http


async def refused(http: HttpWeb, url: str) -> str:
    """The sentence with which an address is refused."""
    with pytest.raises(FetchFailed) as told:
        await http.get(url)
    sentence = str(told.value)
    assert sentence.endswith("."), url
    assert sentence[0].isupper() or sentence[0].isalnum(), url
    assert "Error" not in sentence, url
    return sentence


async def test_no_disguise_of_a_private_address_is_asked(clock: Clock, names: Names, watch: Watch) -> None:
    async with listening() as (port, asked), browsing(clock) as http:
        hostile = addresses(port)
        assert len(hostile) > 800
        with watch.on() as tried:
            for url in hostile:
                await refused(http, url)
        assert (asked, tried) == ([], [])


async def test_no_redirect_leads_to_a_private_address(clock: Clock, names: Names, watch: Watch) -> None:
    def sent_on(path: bytes) -> bytes:
        place = hostile[int(path[1:])] if path[1:].isdigit() else ""  # "http:x" is a path of the door itself
        return b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + place.encode() + b"\r\n\r\n"

    async with listening() as (port, asked), listening(sent_on) as (door, doors):
        hostile = [url for url in addresses(port) if not set(url) & set("\r\n")]
        async with browsing(clock, ("127.0.0.1", door)) as http:
            with watch.on() as tried:
                for number in range(len(hostile)):
                    await refused(http, f"http://127.0.0.1:{door}/{number}")
        assert asked == []
        assert len(doors) >= len(hostile) > 800
        assert {address[:2] for address in tried} == {("127.0.0.1", door)}


async def test_a_chain_of_redirects_is_checked_at_its_last_link(clock: Clock, names: Names) -> None:
    places = {b"/1": b"/2", b"/2": b"/3", b"/3": b"http://127.0.0.1:%d/"}

    def sent_on(path: bytes) -> bytes:
        place = places[path] % port if path == b"/3" else places[path]
        return b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: " + place + b"\r\n\r\n"

    async with (
        listening() as (port, asked),
        listening(sent_on) as (door, doors),
        browsing(clock, ("127.0.0.1", door)) as http,
    ):
        assert "not on the public internet" in await refused(http, f"http://127.0.0.1:{door}/1")
    assert (asked, doors) == ([], [b"/1", b"/2", b"/3"])


async def test_the_lists_that_others_keep_reach_nothing(
    clock: Clock, names: Names, watch: Watch, shared_data: Path
) -> None:
    hostile = listed(shared_data / "hostile" / "ssrf")
    assert len(hostile) > 200
    async with browsing(clock) as http:
        with watch.on() as tried:
            for url in hostile:  # every name leads into a private network here
                await refused(http, url)
    assert tried == []


async def test_a_name_that_changes_its_mind_is_connected_where_it_was_checked(clock: Clock, names: Names) -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\npage"
    async with (
        listening(lambda path: page) as (port, checked_one),
        listening(host="127.0.0.2", port=port) as (_, other),
    ):
        names.told["feeds.example"] = [["127.0.0.1"], ["127.0.0.2"]]
        async with browsing(clock, ("feeds.example", port)) as http:
            assert (await http.get(f"http://feeds.example:{port}/")).body == b"page"
    assert (names.asked, len(checked_one), other) == (["feeds.example"], 1, [])


async def test_a_public_name_that_turns_private_between_two_polls_is_refused(
    clock: Clock, names: Names, watch: Watch
) -> None:
    names.told["feeds.example"] = [["127.0.0.1"], ["169.254.169.254"], ["::1"], ["10.1.1.1", "192.168.0.1"]]
    async with browsing(clock) as http:
        with watch.on() as tried:
            for _ in range(4):
                assert await refused(http, "http://feeds.example/") == "feeds.example is not on the public internet."
    assert tried == []


async def test_of_several_addresses_of_a_name_only_the_public_ones_are_tried(names: Names) -> None:
    names.told["feeds.example"] = [["127.0.0.1", "93.184.216.34", "10.0.0.1", "169.254.169.254"]]
    found = await Connections(lambda host, port: False)._addresses(Origin(False, "feeds.example", 80))
    assert [str(info[4][0]) for info in found] == ["93.184.216.34"]


@pytest.mark.parametrize("address", ["10.0.0.1", "192.168.1.1", "127.0.0.1", "::1", "fd00::1", "93.184.216.34"])
def test_what_the_operator_named_may_be_private(address: str) -> None:
    assert may_connect(address, named=True)


@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "fe80::1", "fe80::1%eth0", "224.0.0.1",
     "0.0.0.0",     "::", "168.63.129.16", "192.0.0.192", "no address"],
)  # fmt: skip
def test_no_name_leads_to_a_machines_own_link_even_if_the_operator_named_it(address: str) -> None:
    assert not may_connect(address, named=True)


@pytest.mark.parametrize("port", PORTS)
def test_ports_of_other_services_are_not_talked_to(port: int) -> None:
    with pytest.raises(FetchFailed, match=f"Port {port} is not one where websites are"):
        checked(f"http://example.org:{port}/")
    assert checked(f"http://example.org:{port}/", lambda host, named: (host, named) == ("example.org", port))


@pytest.mark.parametrize(
    "url",
    ["http://example.org/", "https://example.org:8443/a?b#c", "http://example.org.:8080/", "http://bücher.example/", "http://1.1.1.1/",
     "http://[2606:2800:220:1::1]/", "http://24.hu/", "http://my_paper.example.org/", "HTTPS://EXAMPLE.ORG", "http://xn--bcher-kva.example/"],
)  # fmt: skip
def test_ordinary_addresses_pass(url: str) -> None:
    assert checked(url).host
    assert outside(url)


def test_pictures_and_hubs_pass_the_same_gate() -> None:
    assert outside(" https://img.example/a.jpg ") == "https://img.example/a.jpg"
    assert [outside(url) for url in addresses(8080) if outside(url) and "nip.io" not in url] == []


@pytest.mark.parametrize(
    "picture", ["http://127.0.0.1/a.png", "http://169.254.169.254/", "http://redis:6379/", "file:///etc/passwd"]
)
def test_an_articles_picture_is_none_of_ours(picture: str) -> None:
    assert extract(STORY.format(picture).encode(), "https://x.example/").image == ""


def test_an_articles_picture_may_lie_where_the_article_itself_was_read() -> None:
    own, other = "http://127.0.0.1:8082/a.png", "http://127.0.0.1:6379/a.png"
    assert extract(STORY.format(own).encode(), "http://127.0.0.1:8082/story").image == own
    assert extract(STORY.format(other).encode(), "http://127.0.0.1:8082/story").image == ""


def test_an_articles_picture_of_the_open_internet_is_kept() -> None:
    assert (
        extract(STORY.format("https://img.example/a.png").encode(), "https://x.example/").image
        == "https://img.example/a.png"
    )


@pytest.mark.parametrize(
    "host", ["localhost", "x.localhost", "printer.local", "metadata.google.internal", "redis", "a..b", "", "a b.c"]
)
def test_names_of_no_public_server_are_not_even_looked_up(host: str) -> None:
    assert not is_outside(host)
