"""`headline-bot`: which verb was typed, and how everything that goes wrong is told.

Here: the table of verbs, the exit codes (0 done, 1 failed, 2 wrong use or configuration), and one sentence an error.
Not here: what a verb does (verbs/<name>.py, imported only when it is typed, so that help comes at once).
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from bot import __version__
from bot.news.errors import BadTopic, ConfigError, HouseError
from bot.verbs import INTERRUPTED, Verb, WrongUse

DONE, FAILED, MISUSED = 0, 1, 2

VERBS = {
    "run": "start the bot; without a token, with a chat page on this machine",
    "probe": "what would be watched at an address or in a file",
    "read": "the article at an address or in a file",
    "publish": "put headlines into the stream",
    "latest": "the newest headlines",
    "match": "what a topic means, and which headlines it catches",
    "sources": "what is watched and how it fares; add and remove",
    "backup": "everything that cannot be fetched again, into a file",
    "restore": "what a backup holds, back into Redis",
    "config": "what is set, and where each of it comes from",
    "doctor": "try every door: configuration, Redis, Telegram, each source",
}
EXAMPLES = """\
examples:
  headline-bot run
  headline-bot probe https://example.org/
  headline-bot sources add https://example.org/feed.xml
  headline-bot latest -n 5 --topic 'morocco -football'
  headline-bot publish --title 'Rain at last' --url https://example.org/rain

`headline-bot VERB --help` tells more; docs/operating.md tells the rest.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter must not stop us
    typed = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _obey(typed)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read us has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except (HouseError, OSError) as error:
        return _told(error)
    except BaseExceptionGroup as group:
        known, rest = group.split((HouseError, OSError))
        if rest or not known:
            raise
        return max(_told(error) for error in _each(known))
    return code


def _obey(typed: list[str]) -> int:
    name = typed[0] if typed and typed[0] in VERBS else ""
    verb: Verb | None = importlib.import_module(f"bot.verbs.{name}") if name else None
    parser = _parser(name, verb)
    args = parser.parse_args(typed)
    if verb is None:
        parser.print_help(sys.stderr)
        return MISUSED
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(verb.act(args, os.environ))


class _Parser(argparse.ArgumentParser):
    """The library's, which points to what is usually meant where what was typed makes no sense."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and leave with 2."""
        if self.prog.endswith(" match"):
            message += "; a topic that begins with - goes behind --, as in: headline-bot match -- -football"
        super().error(message)


def _parser(name: str, verb: Verb | None) -> argparse.ArgumentParser:
    """The whole command line; only the verb that was typed is spelled out."""
    parser = _Parser(
        "headline-bot",
        description="A headline alert bot: watches latest-news boxes and feeds, and tells chats what they asked for.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"headline-bot {__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", dest="verb")
    for each, summary in VERBS.items():
        described = (verb.__doc__ or "").partition("\n\n")[0] if verb and each == name else summary
        spelled = verbs.add_parser(
            each, help=summary, description=described, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if verb and each == name:
            verb.declare(spelled)
    return parser


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def _told(error: Exception) -> int:
    """Tell one error in its own words; gives its exit code."""
    match error:
        case BadTopic(expression=expression) if expression:
            from bot.news.topics import caret

            sys.stderr.write(f"{error}\n{caret(expression, error)}\n")
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            sys.stderr.write(f"{where}{error.strerror or error}.\n")
        case _:
            sys.stderr.write(f"{error}\n")
    return MISUSED if isinstance(error, ConfigError | WrongUse | BadTopic) else FAILED


def _each(group: BaseExceptionGroup[Exception]) -> list[Exception]:
    """The errors of a group and of the groups in it."""
    found: list[Exception] = []
    for error in group.exceptions:
        found += _each(error) if isinstance(error, BaseExceptionGroup) else [error]
    return found
