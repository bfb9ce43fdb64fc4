"""The only way to the net for pages and feeds: HTTP within bounds, and never into our own network.

Here: asking politely and conditionally, following redirects hop by hop, bounding size and time, and a
sentence for people whatever goes wrong.
Not here: names resolved and connections kept (connections), which addresses are public (news/addresses), whose turn
it is (turns), what may be asked of a site (robots), what a page says (listing, articles).
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from yarl import URL

from bot import __version__
from bot.ingest import answers
from bot.ingest.bodies import is_listing
from bot.ingest.connection import Answer, Bounds
from bot.ingest.connections import Connections, Origin
from bot.ingest.turns import Turns
from bot.ingest.unpacking import UNDERSTOOD
from bot.news.addresses import Allowed, checked, closed, tidy_host
from bot.news.errors import FetchFailed
from bot.news.said import Said, said
from bot.ports import NO_TAGS, Clock, Page, Tags

# Decoded; the largest real page seen has two million. Of a feed that is larger the beginning is read, where the newest
# rows stand; half a page could be anything.
MOST_BYTES = 5_000_000
_BEGINNING = 4096
MOST_REDIRECTS = 5
SECONDS_IN_ALL = 20.0
# Whoever drips holds a place for as long as we listen; after some seconds we stop.
SLOWEST_BYTES_A_SECOND = 500
PATIENCE_SECONDS = 5.0
SPACING = timedelta(seconds=1)

USER_AGENT = f"headline-bot/{__version__} (news alerts; asks conditionally; respects Retry-After)"
_HEAD = (
    f"User-Agent: {USER_AGENT}\r\n"
    "Accept: application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9,"
    " text/html;q=0.9, */*;q=0.5\r\n"
    f"Accept-Encoding: {UNDERSTOOD}\r\n"
)
_PERMANENT = {301, 308}
# As many addresses are kept in their parts: those that are polled; one takes a kilobyte.
_MOST_KNOWN = 16_384
_REDIRECTS = _PERMANENT | {302, 303, 307}


@dataclass(frozen=True, slots=True)
class _Hop:
    """One answer: a page, or where it sent us (`location`), and whether for good."""

    page: Page | None = None
    location: str = ""
    permanent: bool = False


@dataclass(frozen=True, slots=True)
class _Target:
    """An address taken apart.

    `why_closed`: why only the operator may have it asked. `head`: what a request has behind its method, every part
    of it percent-encoded.
    """

    url: str
    host: str
    origin: Origin
    why_closed: Said | None
    head: str


class _Watch:
    """The time that all hops have together; waiting for a turn does not count."""

    def __init__(self, seconds: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._began = 0.0
        self.left = seconds

    def __enter__(self) -> None:
        self._began = self._loop.time()

    def __exit__(self, *_: object) -> None:
        self.left -= self._loop.time() - self._began


class HttpWeb:
    """ports.Web over connections of our own.

    `named` are the hosts and ports that the operator named, the only ones that may be private: a set, or a
    question that is asked each time. `spacing` parts two requests to one host, which then also come one at a
    time; an instance with none serves people who wait. `tls`: what certificates are checked with.
    """

    def __init__(
        self,
        named: Allowed | frozenset[tuple[str, int]],
        *,
        clock: Clock,
        spacing: timedelta = SPACING,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._allowed: Allowed = (lambda host, port: (host, port) in named) if isinstance(named, frozenset) else named
        self._clock = clock
        self._turns = Turns(spacing, clock)
        self._connections = Connections(self._allowed, tls)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection; closing twice is allowed."""
        await self._connections.close()

    async def get(self, url: str, tags: Tags = NO_TAGS) -> Page:
        """Fetch conditionally, within bounds of size and time. Raises FetchFailed and nothing else."""
        target, permanent, headers = self._checked(url), True, answers.asking(tags)
        watch = _Watch(SECONDS_IN_ALL)
        for hop in range(MOST_REDIRECTS + 1):
            found = self._understood(await self._ask(target, "GET", headers, watch), target.url, tags)
            if found.page is not None:
                return replace(found.page, moved_to=found.page.url) if hop and permanent else found.page
            permanent = permanent and found.permanent
            target = self._checked(_joined(target.url, found.location))
        raise FetchFailed(said("The server sent us on more than {n} times.", n=MOST_REDIRECTS))

    async def post(self, url: str, form: dict[str, str]) -> None:
        """Send a form to an address, and follow nothing. Raises FetchFailed unless the answer is 2xx."""
        body = urlencode(form)
        headers = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        answer = await self._ask(self._checked(url), "POST", headers, _Watch(SECONDS_IN_ALL), body)
        if not 200 <= answer.status < 300:
            raise self._refused(answer)

    def _checked(self, url: str) -> _Target:
        """The address, if it is one that we ask. Raises FetchFailed."""
        target = _target(url)
        if target.why_closed and not self._allowed(target.host, target.origin.port):
            raise FetchFailed(target.why_closed)
        return target

    async def _ask(self, target: _Target, method: str, headers: str, watch: _Watch, body: str = "") -> Answer:
        """One request when it is the host's turn, within the time that is left. Raises FetchFailed."""
        request = f"{method} {target.head}{headers}\r\n{body}".encode()
        bounds = Bounds(MOST_BYTES, PATIENCE_SECONDS, SLOWEST_BYTES_A_SECOND)
        async with self._turns.turn(target.host):
            try:
                with watch:
                    async with asyncio.timeout(watch.left):
                        return await self._connections.ask(target.origin, request, bounds)
            except TimeoutError:
                raise FetchFailed(said("{host} took too long to answer.", host=target.host)) from None

    def _understood(self, answer: Answer, url: str, tags: Tags) -> _Hop:
        """What an answer says. Raises FetchFailed for a refusal."""
        headers, status = answer.headers, answer.status
        if status in _REDIRECTS and "location" in headers:
            return _Hop(location=headers["location"], permanent=status in _PERMANENT)
        if not 200 <= status < 300 and (status != 304 or tags == NO_TAGS):
            raise self._refused(answer)
        kind, charset = answers.content_type(headers)
        if answer.is_cut and not ("json" in kind or is_listing(answer.body[:_BEGINNING].decode("utf-8", "replace"))):
            raise FetchFailed(said("The page is larger than {n} MB.", n=MOST_BYTES // 1_000_000))
        return _Hop(
            Page(
                url,
                answer.body,
                kind,
                charset,
                answers.tags(headers),
                unchanged=status == 304,
                max_age=answers.max_age(headers, self._clock.now()),
                hub=answers.linked(headers, "hub"),
                topic=answers.linked(headers, "self"),
            )
        )

    def _refused(self, answer: Answer) -> FetchFailed:
        wait = answers.retry_after(answer.headers, self._clock.now())
        return FetchFailed(answers.refusal(answer.status), wait, gone=answer.status == 410, status=answer.status)


@lru_cache(maxsize=_MOST_KNOWN)
def _target(url: str) -> _Target:
    """The address in its parts. Raises FetchFailed where it is none that anybody may ask."""
    found = checked(url, lambda host, port: True)
    host, port = tidy_host(found.raw_host or ""), found.port or 0
    head = f"{found.raw_path_qs} HTTP/1.1\r\nHost: {found.host_port_subcomponent}\r\n{_HEAD}"
    return _Target(
        str(found), host, Origin(found.scheme == "https", found.raw_host or "", port), closed(host, port), head
    )


def _joined(base: str, location: str) -> str:
    try:
        return str(URL(base).join(URL(location)))
    except ValueError:
        raise FetchFailed(said("The server sent us on to something that is no address.")) from None
