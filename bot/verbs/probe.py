"""Say what would be watched at an address or in a file: its kind, and the headlines that it shows now.

Here: the arguments, and how a listing is shown.
Not here: reading a listing (ingest/listing).
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping
from zoneinfo import available_timezones

from bot.app import SystemClock
from bot.ingest.listing import read_listing
from bot.news.model import Listing, Source
from bot.news.text import clean
from bot.ports import Page
from bot.verbs.reach import page_at
from bot.verbs.screen import clock_time, headlines, iso, say, say_json, say_table, takes_json


def zone(name: str) -> str:
    """A time zone that there is; for argparse."""
    if name not in available_timezones():
        raise ArgumentTypeError(f"there is no time zone {name!r}; they look like Africa/Casablanca")
    return name


def declare(parser: ArgumentParser) -> None:
    """Say which arguments there are."""
    parser.epilog = "example:\n  headline-bot probe https://example.org/ --zone Africa/Casablanca"
    parser.add_argument("place", metavar="URL|FILE", help="a feed, a news sitemap, or a page with a latest-news box")
    parser.add_argument("--zone", type=zone, default="UTC", help="whose clock a box shows (default: UTC)")
    takes_json(parser)


async def act(args: Namespace, environ: Mapping[str, str]) -> int:
    """Show the listing."""
    page = await page_at(args.place)
    listing = listing_of(page, Source("probed", page.url, zone=args.zone))
    if args.json:
        say_json(_values(listing))
        return 0
    say(" · ".join(part for part in (listing.kind, clean(listing.title), headlines(len(listing.rows))) if part))
    rows = [(clock_time(row.published_at), clean(row.title), clean(row.url, 2000)) for row in listing.rows]
    say_table(("published", "title", "address"), rows, fixed=1)
    return 0


def listing_of(page: Page, source: Source) -> Listing:
    """The listing that a page holds, as of now. Raises NotParseable."""
    now = SystemClock().now()
    return read_listing(
        page.body, page.url, content_type=page.content_type, charset=page.charset, source=source, fetched_at=now
    )


def _values(listing: Listing) -> dict[str, object]:
    rows = [{"published_at": iso(row.published_at), "title": clean(row.title), "url": row.url} for row in listing.rows]
    return {"kind": listing.kind, "title": clean(listing.title), "headlines": rows}
