"""What verbs write: tables and progress where a person looks, plain lines and JSON where a program does.

Here: the only way to standard output; no escape code ever goes into a pipe.
Not here: what is written (each verb), errors (cli).
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

READABLE = 88  # characters a line


def takes_json(parser: ArgumentParser, default: object = False) -> None:
    """Declare --json; a wish behind a verb that has it already takes its default from there (argparse.SUPPRESS)."""
    parser.add_argument("--json", action="store_true", default=default, help="print JSON for programs")


def person_looks() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def say(line: str = "") -> None:
    """One line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def remark(line: str) -> None:
    """One line beside the output: what a person should know and a program would stumble over."""
    sys.stderr.write(f"{line}\n")


def say_text(text: str) -> None:
    """A long text: in lines that are pleasant to read where a person looks, else as it is."""
    if not person_looks():
        say(text)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console()
    console.print(Text(text), width=min(console.width, READABLE))


def say_json(value: object, *, indent: int | None = 2) -> None:
    """A value as JSON."""
    say(json.dumps(value, ensure_ascii=False, indent=indent))


def say_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, fixed: int = 0) -> None:
    """Rows as a table whose first `fixed` columns are never broken; in a pipe, rows parted by tabs, no heading."""
    if not person_looks():
        for row in rows:
            say("\t".join(row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, no_wrap=number < fixed, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))  # not as markup: headlines have brackets
    Console().print(table)


@contextmanager
def busy(sentence: str) -> Iterator[None]:
    """Show a person that something is going on."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(sentence):
        yield


@contextmanager
def counting(sentence: str, total: int) -> Iterator[Callable[..., None]]:
    """Show a person how many of `total` are done; what it gives is called as each is, or with how many more are."""
    if not sys.stderr.isatty():
        yield lambda more=1: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(sentence, total=total)
        yield lambda more=1: progress.advance(task, more)


def iso(instant: datetime | None) -> str | None:
    """An instant for programs: ISO 8601, UTC, to the second."""
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if instant else None


def clock_time(instant: datetime | None) -> str:
    """An instant for people: day and time on the clock of this terminal; for a pipe as programs like it."""
    if instant is None:
        return "-"
    if not person_looks():
        return iso(instant) or "-"
    return instant.astimezone().strftime("%a %d %b %H:%M")


def headlines(number: int) -> str:
    """How many headlines, in words."""
    return "one headline" if number == 1 else f"{number} headlines"
