"""Say what would be watched at an address or in a file: its kind, and the headlines that it shows now.

Here: the arguments, and how a listing is shown; for a box also why it was taken for one, what else may be one, and the
lines of sources.toml that keep it.
Not here: reading a listing (ingest/listing), finding a site's other listings.
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from zoneinfo import ZoneInfo, available_timezones

from bot.app import SystemClock
from bot.ingest.boxes import candidates, own_address
from bot.ingest.boxverdicts import Verdict, chosen
from bot.ingest.listing import read_listing
from bot.ingest.xmltree import xml_text
from bot.news.model import Found, Listing, Source
from bot.news.naming import free_name
from bot.news.text import clean
from bot.ports import Page
from bot.verbs.pasting import source_lines
from bot.verbs.reach import is_address, page_at
from bot.verbs.screen import clock_time, headlines, iso, say, say_json, say_table, takes_json

# So many of a page's other lists are named.
MOST_OTHERS = 5
NO_ADDRESS = "\nThis file does not say whose page it is; probe the address for the lines that keep it in sources.toml."
# No page's rows have the same instants in UTC and there, unless the page itself says whose clock they show.
ELSEWHERE = "Asia/Tokyo"
READ_AS_UTC = "Its clock was read as UTC; if the page shows another, name it with --zone, as in --zone Europe/Paris."


def zone(name: str) -> str:
    """A time zone that there is; for argparse."""
    if name not in available_timezones():
        raise ArgumentTypeError(f"there is no time zone {name!r}; they look like Africa/Casablanca")
    return name


def declare(parser: ArgumentParser) -> None:
    """Say which arguments there are."""
    parser.epilog = "example:\n  headline-bot probe https://example.org/ --zone Africa/Casablanca"
    parser.add_argument("place", metavar="URL|FILE", help="a feed, a news sitemap, or a page with a latest-news box")
    parser.add_argument("--zone", type=zone, help="whose clock a box shows (default: UTC)")
    takes_json(parser)


async def act(args: Namespace, environ: Mapping[str, str]) -> int:
    """Show the listing."""
    page = await page_at(args.place)
    source = Source("probed", page.url, zone=args.zone or "UTC")
    listing = listing_of(page, source)
    others = _others(page, source) if listing.found else []
    kept = _kept(page, source, listing)
    if args.json:
        say_json(_values(listing, others, kept))
        return 0
    say(" · ".join(part for part in (listing.kind, clean(listing.title), headlines(len(listing.rows))) if part))
    rows = [(clock_time(row.published_at), clean(row.title), clean(row.url, 2000)) for row in listing.rows]
    say_table(("published", "title", "address"), rows, fixed=1)
    if listing.found:
        _say_found(listing.found, others)
        if args.zone is None and listing_of(page, replace(source, zone=ELSEWHERE)).rows != listing.rows:
            say(READ_AS_UTC)
        say(f"\nTo keep it, put into sources.toml:\n\n{kept}" if kept else NO_ADDRESS)
    return 0


def listing_of(page: Page, source: Source) -> Listing:
    """The listing that a page holds, as of now. Raises NotParseable."""
    now = SystemClock().now()
    return read_listing(
        page.body, page.url, content_type=page.content_type, charset=page.charset, source=source, fetched_at=now
    )


def _others(page: Page, source: Source) -> list[Verdict]:
    """The lists of the page that may be boxes, too, and were not read."""
    today = SystemClock().now().astimezone(ZoneInfo(source.zone)).date()
    judged = candidates(xml_text(page.body, page.charset), today)
    read = chosen(judged)
    return [verdict for verdict in judged if verdict not in read][:MOST_OTHERS]


def _kept(page: Page, source: Source, listing: Listing) -> str:
    """The lines of sources.toml that keep what was found; empty for a file that does not say whose page it is."""
    url = page.url if is_address(page.url) else own_address(xml_text(page.body, page.charset))
    if listing.found is None or not url:
        return ""
    kept = replace(source, name=free_name("", url, ()), url=url, kind=listing.kind, lang=listing.lang)
    return source_lines(replace(kept, selectors=listing.found.selectors))


def _say_found(found: Found, others: Sequence[Verdict]) -> None:
    say(f"\n{found.confidence:.0%} sure that this is a latest-news box:")
    for reason in found.why:
        say(f"  {clean(reason)}")
    if others:
        say("Other lists on the page:")
    for other in others:
        rows = other.group.rows
        say(f"  {other.confidence:.0%} sure: {len(rows)} rows, the first: {clean(rows[0].title)} ({other.why[-1]})")


def _values(listing: Listing, others: Sequence[Verdict], kept: str) -> dict[str, object]:
    rows = [{"published_at": iso(row.published_at), "title": clean(row.title), "url": row.url} for row in listing.rows]
    values: dict[str, object] = {"kind": listing.kind, "title": clean(listing.title), "headlines": rows}
    found = listing.found
    if found is None:
        return values
    return values | {
        "confidence": found.confidence,
        "why": list(found.why),
        "selectors": asdict(found.selectors) if found.selectors else None,
        "others": [
            {
                "confidence": other.confidence,
                "why": list(other.why),
                "headlines": [clean(row.title) for row in other.group.rows],
            }
            for other in others
        ],
        "sources_toml": kept,
    }
