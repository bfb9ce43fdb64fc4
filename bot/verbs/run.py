"""Start the bot and keep it running until Ctrl-C or SIGTERM.

Without a token it opens a chat page on this machine; the ready line tells where. Several processes may share
the work over one Redis, each in its roles.

Here: the roles, the log, and what is said when everything runs.
Not here: what runs (running).
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping

from bot import running
from bot.app import App
from bot.ops import log
from bot.settings import load
from bot.verbs.screen import say


def roles(text: str) -> frozenset[str]:
    """Roles parted by commas; for argparse."""
    named = frozenset(part.strip() for part in text.split(",") if part.strip())
    unknown = sorted(named - running.ROLES)
    if unknown or not named:
        raise ArgumentTypeError(f"roles are {', '.join(sorted(running.ROLES))}; {text!r} is none of them")
    return named


def declare(parser: ArgumentParser) -> None:
    """Say which arguments there are."""
    parser.epilog = "examples:\n  headline-bot run\n  headline-bot run --role poll,alert"
    parser.add_argument(
        "--role",
        type=roles,
        default=running.ROLES,
        metavar="ROLE[,ROLE…]",
        help="poll sources, alert (find who is owed what), send, chat (answer people); default: all",
    )


async def act(args: Namespace, environ: Mapping[str, str]) -> int:
    """Run until told to stop."""
    settings = load(environ)
    options = settings.options.log
    log.configure(sys.stderr, style=options.format, level=options.level, secrets=settings.secrets)

    def ready(app: App, status: str) -> None:
        say("headline-bot is ready.")
        if not settings.token:
            say(f"Chat page: {app.settings.api_url}")
        say(f"Status: {status}/")

    await running.run(settings, args.role, ready)
    return 0
