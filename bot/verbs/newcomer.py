"""A source that wants to be added: what stands at an address and around it, and which of it is picked.

Here: the arguments, the list to pick from, and what is watched from now on, in words.
Not here: finding (desk/finding), watching (desk/watching).
"""

from __future__ import annotations

import asyncio
import re
import socket
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from bot.app import SystemClock
from bot.desk.finding import Finding
from bot.desk.watching import Watching
from bot.entries import SourceEntry
from bot.ingest.discovery import Lead, leads_in
from bot.ingest.web import HttpWeb
from bot.news.addresses import Allowed, is_disguised, may_connect
from bot.news.candidates import Candidate, Findings
from bot.news.errors import UserError
from bot.news.identity import canonical_url
from bot.news.model import Kind, Listing, Source
from bot.news.naming import LONGEST_NAME
from bot.news.text import clean
from bot.ports import Page
from bot.verbs import WrongUse
from bot.verbs.probe import listing_of, zone
from bot.verbs.reach import is_address, origin
from bot.verbs.screen import busy, clock_time, headlines, iso, person_looks, remark, say, say_json, takes_json


def takes_picks(parser: ArgumentParser) -> None:
    """Say which arguments there are."""
    parser.epilog = (
        "examples:\n  headline-bot sources add https://example.org/\n"
        "  headline-bot sources add https://example.org/ --pick 2"
    )
    parser.add_argument("url", metavar="URL", help="a feed, a news sitemap, or any page of a site")
    parser.add_argument("--pick", type=int, metavar="N", help="which one, where several are found")
    parser.add_argument("--name", help="what topics call it (a-z, 0-9, -); default: from its title or host")
    parser.add_argument("--zone", type=zone, default="UTC", help="whose clock a box shows (default: UTC)")
    takes_json(parser, default=SUPPRESS)


class _Reading:
    """Reads pages here and now: nobody else waits."""

    async def listing(self, page: Page, source: Source, now: datetime) -> Listing:
        return listing_of(page, source)

    async def leads(self, page: Page) -> tuple[Lead, ...]:
        return leads_in(page.body, page.url, page.charset)


async def introduce(args: Namespace, watching: Watching, others: Sequence[Source], named: Allowed) -> None:
    """Find what the address leads to, and watch the one that is meant. Raises WrongUse, UserError or IngestError.

    `others` are watched already; only the origins that are `named` in the configuration may be private.
    """
    url = args.url.strip()
    if args.name is not None and not _is_name(args.name):
        raise WrongUse(f"{args.name!r} is no name; names are of a-z, 0-9 and -, at most {LONGEST_NAME} of them.")
    _refuse_known(url, args.name, others)
    await _refuse_private(url, named)
    async with HttpWeb(named, clock=SystemClock()) as web:
        with busy(f"Looking around at {origin(url)[0]} …"):
            findings = await Finding(web, _Reading(), SystemClock()).at(url, args.zone)
    findings = await watching.offer(findings)
    picked = await _picked(findings, args)
    if picked is None:
        return
    added = await watching.watch(picked.id, args.name or "")
    if args.json:
        say_json({"added": added.source.name, **_values(1, picked)})
    else:
        say(_words(added.source, picked))


async def _picked(findings: Findings, args: Namespace) -> Candidate | None:
    """The one that is meant; None where the list is all that is wanted. Raises WrongUse where nobody said which."""
    candidates = findings.candidates
    pick: int | None = args.pick
    if pick is None and args.json:
        say_json(
            {
                "candidates": [_values(number, one) for number, one in enumerate(candidates, 1)],
                "remarks": [str(remark) for remark in findings.remarks],
            }
        )
        return None
    if pick is None and len(candidates) == 1:
        return candidates[0]
    if pick is None:
        say("\n\n".join(_shown(number, one) for number, one in enumerate(candidates, 1)))
        for sentence in findings.remarks:
            remark(str(sentence))
        pick = await _asked(len(candidates))
    if pick is None:
        raise WrongUse("Nothing was added. Say which one with --pick N, or name its own address.")
    if not 1 <= pick <= len(candidates):
        raise WrongUse(f"There is no number {pick}; 1 to {len(candidates)} were found.")
    return candidates[pick - 1]


async def _asked(count: int) -> int | None:
    """Ask whoever sits at the terminal; None where nobody does, or they want none."""
    if not sys.stdin.isatty() or not person_looks():
        return None
    say()
    sys.stdout.write(f"Which one, 1 to {count}? ")
    sys.stdout.flush()
    typed = (await asyncio.to_thread(sys.stdin.readline)).strip()
    return int(typed) if typed.isdecimal() and len(typed) < 4 else None


def _is_name(name: str) -> bool:
    rule = SourceEntry.model_fields["name"].metadata
    return all(re.search(part.pattern, name) for part in rule if getattr(part, "pattern", None))


def _refuse_known(url: str, name: str | None, others: Sequence[Source]) -> None:
    same = next((source for source in others if canonical_url(source.url) == canonical_url(url)), None)
    if same:
        raise UserError(f"{url} is watched already, as {same.name}.")
    if name in {source.name for source in others}:
        raise UserError(f"There is a source called {name} already; choose another --name.")


async def _refuse_private(url: str, named: Allowed) -> None:
    """The running bot asks no private address but those that its configuration names."""
    host, port = origin(url)
    if not is_address(url) or not host:
        raise WrongUse(f"{url} is no web address; they begin with https:// or http://.")
    if named(host, port):
        return
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return  # the web's own sentence says why it cannot be asked
    if is_disguised(host) or not any(may_connect(str(place[0]), named=False) for *_, place in found):
        raise UserError(f"{host} is not on the public internet; a source of your own network goes into sources.toml.")


def _words(source: Source, picked: Candidate) -> str:
    newest = picked.last[0]
    said = [
        f"{source.name} is watched from now on: {picked.kind}, {headlines(picked.count)};"
        f" the newest, {clock_time(newest.published_at)}: {clean(newest.title)}"
    ]
    if picked.kind is Kind.BOX and source.zone == "UTC":
        said.append("Its clock was read as UTC; if it is another, remove it and add it with --zone.")
    return "\n".join(said)


def _shown(number: int, one: Candidate) -> str:
    """One candidate for people: what it is, where, and its last headlines."""
    facts = [one.kind, clean(one.source.title), headlines(one.count), f"the newest {clock_time(one.newest)}"]
    facts += ["readers' comments"] if one.comments else []
    facts += [f"watched already, as {one.known}"] if one.known else []
    rows = [f"     {clock_time(row.published_at)}  {clean(row.title, 100)}" for row in one.last]
    return "\n".join([f"{number:>3}  {' · '.join(filter(None, facts))}", f"     {one.source.url}", *rows])


def _values(number: int, one: Candidate) -> dict[str, object]:
    last = [{"published_at": iso(row.published_at), "title": clean(row.title), "url": row.url} for row in one.last]
    return {
        "pick": number,
        "kind": one.kind,
        "title": one.source.title,
        "url": one.source.url,
        "headlines": one.count,
        "newest": iso(one.newest),
        "last": last,
        "comments": one.comments,
        "watched_as": one.known or None,
        "box": asdict(one.box) if one.box else None,
    }
