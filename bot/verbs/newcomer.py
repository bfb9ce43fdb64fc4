"""A source that wants to be added: looked at first, and given a name.

Here: what may be added by a command, the name, and what was found, in words.
Not here: keeping it (store/sources).
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Collection, Sequence

from bot.app import SystemClock
from bot.ingest.addresses import is_disguised, is_public, literal
from bot.ingest.web import HttpWeb
from bot.news.errors import UserError
from bot.news.identity import canonical_url
from bot.news.model import Kind, Listing, Source
from bot.news.text import clean, fold
from bot.options import SourceEntry
from bot.verbs import WrongUse
from bot.verbs.probe import listing_of
from bot.verbs.reach import is_address, origin
from bot.verbs.screen import busy, clock_time, headlines

# A title that is longer than this is a slogan; the host is the better name then.
LONGEST_FROM_TITLE = 24
LONGEST_NAME = 40
Origins = frozenset[tuple[str, int]]
_SEPARATORS = re.compile(r"\s+[-–—|·•»:/]+\s+|[|·•»:]")
_BEFORE_THE_NAME = {"www", "feeds", "feed", "rss", "m", "amp"}


async def introduced(
    url: str, name: str | None, zone: str, others: Sequence[Source], named: Origins
) -> tuple[Source, str]:
    """The source at an address, and what was found there, in words. Raises WrongUse, UserError or IngestError.

    `others` are watched already; only the origins that are `named` in the configuration may be private.
    """
    url = url.strip()
    if name is not None and not _is_name(name):
        raise WrongUse(f"{name!r} is no name; names are of a-z, 0-9 and -, at most {LONGEST_NAME} of them.")
    _refuse_known(url, name, others)
    await _refuse_private(url, named)
    async with HttpWeb(named, clock=SystemClock()) as web:
        with busy(f"Asking {origin(url)[0]} …"):
            page = await web.get(url)
    listing = listing_of(page, Source("newcomer", url, zone=zone))
    taken = {source.name for source in others}
    title = clean(listing.title, 100)
    source = Source(name or free_name(title, url, taken), url, title, zone=zone)
    return source, _words(source, listing)


def _is_name(name: str) -> bool:
    rule = SourceEntry.model_fields["name"].metadata
    return all(re.search(part.pattern, name) for part in rule if getattr(part, "pattern", None))


def _refuse_known(url: str, name: str | None, others: Sequence[Source]) -> None:
    same = next((source for source in others if canonical_url(source.url) == canonical_url(url)), None)
    if same:
        raise UserError(f"{url} is watched already, as {same.name}.")
    if name in {source.name for source in others}:
        raise UserError(f"There is a source called {name} already; choose another --name.")


async def _refuse_private(url: str, named: Origins) -> None:
    """The running bot asks no private address but those that its configuration names."""
    host, port = origin(url)
    if not is_address(url) or not host:
        raise WrongUse(f"{url} is no web address; they begin with https:// or http://.")
    if (host, port) in named:
        return
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return  # the web's own sentence says why it cannot be asked
    addresses = [literal(str(place[0])) for *_, place in found]
    if is_disguised(host) or not any(address and is_public(address) for address in addresses):
        raise UserError(f"{host} is not on the public internet; a source of your own network goes into sources.toml.")


def free_name(title: str, url: str, taken: Collection[str]) -> str:
    """A short name for a source that nobody has yet: `name`, or with the first number that makes it one of its own."""
    name = _name_for(title, url)
    tries = (f"{name[: LONGEST_NAME - 4]}-{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(free for free in tries if free not in taken)


def _name_for(title: str, url: str) -> str:
    """The first part of the title or, where that says little, the host."""
    first = _slug(_SEPARATORS.split(title)[0])
    if first and len(first) <= LONGEST_FROM_TITLE and not first.isdigit():
        return first
    parts = [part for part in origin(url)[0].split(".") if part not in _BEFORE_THE_NAME]
    return _slug(parts[0] if parts else "") or "source"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:LONGEST_NAME].strip("-")


def _words(source: Source, listing: Listing) -> str:
    newest = max(listing.rows, key=lambda row: row.published_at.timestamp() if row.published_at else 0)
    said = [
        f"{source.name} is watched from now on: {listing.kind}, {headlines(len(listing.rows))};"
        f" the newest, {clock_time(newest.published_at)}: {clean(newest.title)}"
    ]
    if listing.kind is Kind.BOX and source.zone == "UTC":
        said.append("Its clock was read as UTC; if it is another, remove it and add it with --zone.")
    return "\n".join(said)
