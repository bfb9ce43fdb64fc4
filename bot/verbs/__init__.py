"""What an operator may type after `headline-bot`: one small file per verb.

Each verb's module declares its arguments and acts on them; its docstring's first part is its help.

Here: what a verb is.
Not here: choosing one, and how errors are told (cli).
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from typing import Protocol

from bot.news.errors import HouseError

# The exit code of what Ctrl-C ended, as shells have it: 128 and the signal's number.
INTERRUPTED = 130


class WrongUse(HouseError):
    """What was typed makes no sense; the text says what would."""


class Verb(Protocol):
    """A verb's module."""

    __doc__: str | None

    def declare(self, parser: ArgumentParser) -> None:
        """Say which arguments there are."""

    async def act(self, args: Namespace, environ: Mapping[str, str]) -> int:
        """Do it; gives the exit code. Raises HouseError or OSError where it cannot be done."""
