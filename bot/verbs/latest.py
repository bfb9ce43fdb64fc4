"""List the newest headlines, or the newest that a topic catches.

Here: the arguments, and how headlines are listed.
Not here: which they are (store/headlines), what a topic catches (desk/recent).
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping
from contextlib import closing

from bot.app import SystemClock
from bot.desk.recent import matching, recent, understood
from bot.meaning.meanings import Meanings
from bot.news.model import Headline
from bot.verbs.house import settled, stores
from bot.verbs.screen import clock_time, iso, remark, say_json, say_table, takes_json

MOST = 1000


def count(text: str) -> int:
    """How many headlines; for argparse."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST):
        raise ArgumentTypeError(f"{text!r} is no number from 1 to {MOST}")
    return int(text)


def declare(parser: ArgumentParser) -> None:
    """Say which arguments there are."""
    parser.epilog = "example:\n  headline-bot latest -n 5 --topic 'morocco -football'"
    parser.add_argument("-n", type=count, default=10, metavar="N", dest="count", help="how many (default: 10)")
    parser.add_argument("--topic", metavar="EXPR", help="only those that this topic catches, of the last week")
    takes_json(parser)


async def act(args: Namespace, environ: Mapping[str, str]) -> int:
    """List them."""
    topic = understood(args.topic) if args.topic is not None else None
    settings = settled(environ)
    async with stores(settings) as opened:
        if topic is None:
            found = await opened.headlines.newest(args.count)
        else:
            with closing(Meanings(settings.options.meaning.level)) as meanings:
                found = (await matching(topic, await recent(opened.headlines, SystemClock()), meanings))[: args.count]
    if args.json:
        say_json({"headlines": [headline_values(headline) for headline in found]})
        return 0
    rows = [(clock_time(one.published_at), one.source, one.title, one.url) for one in found]
    if rows:
        say_table(("published", "source", "title", "address"), rows, fixed=2)
    else:
        remark("No headline of the last week is about that." if topic else "No headline has come in yet.")
    return 0


def headline_values(headline: Headline) -> dict[str, object]:
    """A headline for programs."""
    names = ("id", "title", "url", "source", "summary", "lang")
    instants = {"published_at": iso(headline.published_at), "seen_at": iso(headline.seen_at)}
    return instants | {name: getattr(headline, name) for name in names}
