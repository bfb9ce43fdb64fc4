"""Bring back what a backup holds, into an empty Redis, or with --merge into one that is in use.

The bot may run meanwhile, and need not. What was killed in the middle is simply begun again.

Here: the file, and how far it is.
Not here: reading it (store/backupfile), what is written (store/restore).
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from itertools import islice

from bot.app import SystemClock
from bot.store.backupfile import Reader, opened
from bot.store.restore import Restore
from bot.verbs.house import settled, stores
from bot.verbs.screen import busy, counting, iso, say, say_json, takes_json

# Some milliseconds of a server's time; the longest line has some hundred kilobytes.
AT_ONCE = 200


def declare(parser: ArgumentParser) -> None:
    """Say which arguments there are."""
    parser.epilog = "examples:\n  headline-bot restore /backups/monday.jsonl.gz"
    parser.add_argument("file", metavar="FILE", help="what `headline-bot backup` wrote; -: standard input")
    parser.add_argument(
        "--merge",
        action="store_true",
        help="although Redis is not empty: what is there stays, what is missing is added, given up since or not",
    )
    takes_json(parser)


async def act(args: Namespace, environ: Mapping[str, str]) -> int:
    """Check the file, and bring it back; tell how much it was."""
    settings = settled(environ)
    with ExitStack() as stack:
        with busy("Checking …"):
            reader = stack.enter_context(opened(args.file))
        async with stores(settings, may_begin=True) as house:
            restore = Restore(house.database, house.headlines.keep, reader.header.schema)
            await restore.begin(reader.ident, merge=args.merge)
            brought = await _bring(restore, reader)
            await restore.end()
    made, chats, headlines = iso(reader.header.made), brought["chat"], brought["headline"] + brought["entry"]
    if args.json:
        say_json({"made": made, "chats": chats, "headlines": headlines})
    else:
        say(f"Brought back {chats:,} chats and {headlines:,} headlines as of {made}.")
    return 0


async def _bring(restore: Restore, reader: Reader) -> Counter[str]:
    """Everything, some lines at a time; how many of each kind."""
    brought, clock = Counter[str](), SystemClock()
    with counting("Bringing back …", reader.lines) as more:
        lines = iter(reader)
        while some := list(islice(lines, AT_ONCE)):
            await restore.bring(some, clock.now())
            brought.update(next(iter(line)) for line in some)
            more(len(some))
    return brought
