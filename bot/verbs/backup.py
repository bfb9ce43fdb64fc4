"""Write everything that cannot be fetched again into a file, while the bot runs: chats, topics, choices, sources, news.

The file is for the same bot on whatever Redis: embedded, a server, a cluster. It holds no secrets, but personal data.

Here: the file, and how far it is.
Not here: what is read (store/backup), how a file is written (store/backupfile).
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Mapping

from bot import __version__
from bot.app import SystemClock
from bot.store.backup import Backup
from bot.store.backupfile import STANDARD, Header, written
from bot.verbs.house import settled, stores
from bot.verbs.screen import counting, remark, say, say_json, takes_json


def declare(parser: ArgumentParser) -> None:
    """Say which arguments there are."""
    parser.epilog = (
        "examples:\n  headline-bot backup /backups/monday.jsonl.gz\n  headline-bot backup - | gpg -e -r me > monday"
    )
    parser.add_argument(
        "file", metavar="FILE", help="where to; gzipped if it ends in .gz; -: standard output. An older one is replaced"
    )
    takes_json(parser)


async def act(args: Namespace, environ: Mapping[str, str]) -> int:
    """Write it; tell how much it was."""
    settings, now, wrote = settled(environ), SystemClock().now(), Counter[str]()
    async with stores(settings) as opened:
        backup = Backup(opened.database)
        counts = await backup.counts()
        with (
            written(args.file, Header(now, __version__, counts)) as file,
            counting("Writing …", counts.chats + counts.headlines) as more,
        ):
            async for lines in backup.lines(now):
                file.write(lines)
                kinds = Counter(next(iter(line)) for line in lines)
                wrote += kinds
                more(kinds["chat"] + kinds["headline"])
    told = {"file": args.file, "chats": wrote["chat"], "headlines": wrote["headline"] + wrote["entry"]}
    if args.file == STANDARD:
        remark(_sentence(told, "standard output"))
    elif args.json:
        say_json(told)
    else:
        say(_sentence(told, args.file))
    return 0


def _sentence(told: Mapping[str, object], where: str) -> str:
    return f"Wrote {told['chats']:,} chats and {told['headlines']:,} headlines to {where}."
