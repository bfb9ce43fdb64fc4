"""The only way to the net for pages and feeds: HTTP within bounds, and never into our own network.

Here: asking politely and conditionally, following redirects hop by hop, bounding size and time, and a
sentence for people whatever goes wrong. Every address is checked after its name is resolved, and exactly
the checked addresses are connected to, so that a name cannot change its mind in between.
Not here: which addresses are public (addresses), whose turn it is (turns), what a page says (listing, articles).
"""

from __future__ import annotations

import asyncio
import os
import socket
from dataclasses import dataclass, replace
from datetime import timedelta
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot import __version__
from bot.ingest import answers
from bot.ingest.addresses import Allowed, checked, may_connect, tidy_host
from bot.ingest.turns import Turns
from bot.news.errors import FetchFailed
from bot.ports import NO_TAGS, Clock, Page, Tags

MOST_BYTES = 5_000_000  # decoded; the largest real page seen has two million
MOST_REDIRECTS = 5
SECONDS_IN_ALL = 20.0
SECONDS_TO_CONNECT = 10.0
# Whoever drips costs a core for as long as we listen (FACTS: one-byte chunks); after some seconds we stop.
SLOWEST_BYTES_A_SECOND = 500
PATIENCE_SECONDS = 5.0
SPACING = timedelta(seconds=1)

USER_AGENT = f"headline-bot/{__version__} (news alerts; asks conditionally; respects Retry-After)"
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9,"
    " text/html;q=0.9, */*;q=0.5",
}
_PERMANENT = {301, 308}
_REDIRECTS = _PERMANENT | {302, 303, 307}


class _PrivateAddressError(OSError):
    """A name that leads into a private network."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """One hop: a page, or where it sent us (`location`), and whether for good."""

    page: Page | None = None
    location: str = ""
    permanent: bool = False


class _CheckedResolver(AbstractResolver):
    """Resolves names, and gives only addresses that may be connected to."""

    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed
        self._system = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The public addresses of a name, and private ones where the operator named this host and port."""
        found = await self._system.resolve(host, port, family)
        named = self._allowed(tidy_host(host), port)
        fit = [one for one in found if may_connect(one["host"], named=named)]
        if not fit:
            raise _PrivateAddressError(f"{host} is private")
        return fit

    async def close(self) -> None:
        """Nothing is held."""


class HttpWeb:
    """ports.Web over aiohttp.

    `named` are the hosts and ports that the operator named, the only ones that may be private: a set, or a
    question that is asked each time. `spacing` parts two requests to one host, which then also come one at a
    time; an instance with none serves people who wait.
    """

    def __init__(
        self, named: Allowed | frozenset[tuple[str, int]], *, clock: Clock, spacing: timedelta = SPACING
    ) -> None:
        self._allowed: Allowed = (lambda host, port: (host, port) in named) if isinstance(named, frozenset) else named
        self._clock = clock
        self._turns = Turns(spacing, clock)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection; closing twice is allowed."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def get(self, url: str, tags: Tags = NO_TAGS) -> Page:
        """Fetch conditionally, within bounds of size and time. Raises FetchFailed and nothing else."""
        target = checked(url, self._allowed)
        try:
            async with self._turns.turn(tidy_host(target.host or "")), asyncio.timeout(SECONDS_IN_ALL):
                return await self._follow(target, tags)
        except TimeoutError:
            raise FetchFailed(f"{target.host} took too long to answer.") from None

    async def _follow(self, target: URL, tags: Tags) -> Page:
        permanent = True
        for hop in range(MOST_REDIRECTS + 1):
            answer = await self._ask(target, tags)
            if answer.page is not None:
                return replace(answer.page, moved_to=answer.page.url if hop and permanent else "")
            permanent = permanent and answer.permanent
            target = checked(_joined(target, answer.location), self._allowed)
        raise FetchFailed(f"The server sent us on more than {MOST_REDIRECTS} times.")

    async def _ask(self, target: URL, tags: Tags) -> _Answer:
        """One request. Raises FetchFailed, and TimeoutError where the time for all hops is over."""
        try:
            async with self._opened().get(target, headers=answers.asking(tags), allow_redirects=False) as response:
                return await self._answer(response, tags)
        except aiohttp.ClientError as error:
            raise FetchFailed(_sentence(error, target.host or "")) from None
        except TimeoutError:
            raise
        except (OSError, ValueError):
            raise FetchFailed(f"The connection to {target.host} failed.") from None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(resolver=_CheckedResolver(self._allowed), use_dns_cache=False),
                headers=_HEADERS,
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=SECONDS_IN_ALL, connect=SECONDS_TO_CONNECT),
                trust_env=False,
            )
        return self._session

    async def _answer(self, response: aiohttp.ClientResponse, tags: Tags) -> _Answer:
        headers, status, url = response.headers, response.status, str(response.url)
        if status in _REDIRECTS and "Location" in headers:
            return _Answer(location=headers["Location"], permanent=status in _PERMANENT)
        facts = Page(url, b"", tags=answers.tags(headers), max_age=answers.max_age(headers))
        if status == 304 and tags != NO_TAGS:
            return _Answer(replace(facts, unchanged=True))
        if not 200 <= status < 300:
            wait = answers.retry_after(headers, self._clock.now())
            raise FetchFailed(answers.refusal(status), wait, gone=status == 410)
        kind, charset = answers.content_type(headers)
        return _Answer(replace(facts, body=await _body(response), content_type=kind, charset=charset))


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """The decoded body; counted while it is decoded, so that a small bomb stays small."""
    body = bytearray()
    time = asyncio.get_running_loop().time
    start = time()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) > MOST_BYTES:
            raise FetchFailed(f"The page is larger than {MOST_BYTES // 1_000_000} MB.")
        spent = time() - start
        if spent > PATIENCE_SECONDS and len(body) < spent * SLOWEST_BYTES_A_SECOND:
            raise FetchFailed("The server sends too slowly.")
    return bytes(body)


def _joined(base: URL, location: str) -> str:
    try:
        return str(base.join(URL(location)))
    except ValueError:
        raise FetchFailed("The server sent us on to something that is no address.") from None


def _sentence(error: aiohttp.ClientError, host: str) -> str:
    """What went wrong, for people; the library's own texts quote whole addresses."""
    match error:
        case aiohttp.ClientConnectorDNSError(os_error=_PrivateAddressError()):
            return f"{host} is not on the public internet."
        case aiohttp.ClientConnectorDNSError():
            return f"The name {host} could not be found."
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError() | aiohttp.ClientSSLError():
            return f"No safe connection to {host} is possible: its certificate or encryption is not in order."
        case aiohttp.ClientConnectorError():
            return f"{host} could not be reached ({_reason(error.os_error)})."
        case aiohttp.ServerTimeoutError():
            return f"{host} took too long to answer."
        case aiohttp.ContentTypeError() | aiohttp.ClientResponseError():
            return f"{host} answered something that is not HTTP."
        case aiohttp.ClientPayloadError() | aiohttp.ServerDisconnectedError() | aiohttp.ClientOSError():
            return f"The answer of {host} broke off."
        case _:
            return f"The connection to {host} failed."


def _reason(error: OSError) -> str:
    """The system's own words; the library's quote addresses and Python."""
    return os.strerror(error.errno).lower() if error.errno and error.errno > 0 else "no connection"
