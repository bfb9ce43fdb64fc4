"""Put one headline, or JSON lines from standard input, into the stream. Prints the headlines' ids.

A line is an object with title and url and, as you like, published_at (epoch milliseconds or ISO 8601), source,
summary, text, lang and id. A line that is wrong is told with its number, and the others go on.

Here: arguments and lines, and telling what became of each.
Not here: what makes a headline (desk/publishing), who hears of it (workers).
"""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping

import orjson

from bot.app import SystemClock
from bot.desk.publishing import Publishing
from bot.news.errors import BadHeadline
from bot.verbs import INTERRUPTED, WrongUse
from bot.verbs.house import settled, stores
from bot.verbs.screen import remark, say, say_json, takes_json

ONE = ("title", "url", "published_at", "summary", "text", "source", "lang")


def declare(parser: ArgumentParser) -> None:
    """Say which arguments there are."""
    parser.epilog = (
        "examples:\n  headline-bot publish --title 'Rain at last' --url https://example.org/rain\n"
        """  echo '{"title": "Rain at last", "url": "https://example.org/rain"}' | headline-bot publish"""
    )
    parser.add_argument("--title", metavar="T", help="one headline; without it, standard input is read")
    parser.add_argument("--url", metavar="U", help="where its article stands")
    parser.add_argument("--at", dest="published_at", metavar="ISO", help="when, as in 2026-11-23T12:15Z (default: now)")
    parser.add_argument("--summary", metavar="S", help="a sentence or two")
    parser.add_argument("--text", metavar="T", help="the whole article, paragraphs parted by blank lines")
    parser.add_argument("--source", metavar="NAME", help="what topics call its source (default: the host)")
    parser.add_argument("--lang", metavar="xx", help="its language, as in fr (default: found out)")
    takes_json(parser)


async def act(args: Namespace, environ: Mapping[str, str]) -> int:
    """Publish one, or every line."""
    given = {name: value for name in ONE if (value := getattr(args, name)) is not None}
    if given and not {"title", "url"} <= given.keys():
        raise WrongUse("A headline needs --title and --url; without both, JSON lines are read from standard input.")
    async with stores(settled(environ), may_begin=True) as opened:
        publishing = Publishing(opened.headlines, SystemClock())
        if not given:
            return await _publish_lines(publishing, as_json=args.json)
        try:
            _tell(await publishing.publish([given]), as_json=args.json)
        except BadHeadline as error:
            raise WrongUse(f"Not published: {error}") from None
    return 0


async def _publish_lines(publishing: Publishing, *, as_json: bool) -> int:
    if sys.stdin.isatty():
        remark("One JSON object a line, please; Ctrl-D ends.")
    bad = 0
    try:
        for number, line in _lines():
            try:
                _tell(await publishing.publish([_values(line)]), as_json=as_json)
            except BadHeadline as error:
                bad += 1
                remark(f"Line {number}: {error}")
                if as_json:
                    say_json({"line": number, "error": str(error)}, indent=None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # one that came with the last line is heard here, and none later
    except KeyboardInterrupt:  # here, so that Redis is left in good order
        return INTERRUPTED
    return 1 if bad else 0


def _lines() -> Iterator[tuple[int, bytes]]:
    """Standard input, line by line as it comes; blank lines count and are passed over."""
    # Nothing else goes on while we wait for a line, so that Ctrl-C must end the waiting and not a task.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            yield number, line


def _values(line: bytes) -> Mapping[str, object]:
    """The object that a line holds. Raises BadHeadline."""
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BadHeadline(f"that is no JSON ({str(error).partition(':')[0]}).") from None
    if not isinstance(found, dict):
        raise BadHeadline("a headline is a JSON object with title and url.")
    return found


def _tell(ids: list[str], *, as_json: bool) -> None:
    for ident in ids:
        if as_json:
            say_json({"id": ident}, indent=None)
        else:
            say(ident)
