"""Where things stand in a TOML file, which Python's own reader does not tell.

A statement of TOML (a key with its value, or a table's head) is a document by itself, and ends with a line. So lines
are taken together until Python's reader understands them: what it says is one statement, and begins in the first of
them. No second grammar is written down here that might see a file otherwise than the reader does.

Here: the line of every table and key, and every statement that is none, or that Python has no room for.
Not here: what a value means (tomlfiles).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
# What Python's reader raises. What is no TOML is a ValueError; so is a number of more digits than Python reads (4,300:
# sys.set_int_max_str_digits), and brackets may stand within one another as deep as calls may.
UNREADABLE = (ValueError, RecursionError)
# A value over more lines is taken for one that somebody forgot to end; the longest topic shipped has some dozens.
MOST_LINES = 400
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What cannot be read: in which line, counted from 1, and why, as a sentence without its end."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class _Statement:
    """What stands from a line on; where it is none, why not."""

    line: int
    says: Mapping[str, Any]
    is_head: bool = False
    mistake: Mistake | None = None


def mistakes(text: str) -> list[Mistake]:
    """Every statement that cannot be read. What follows one is passed over until something can be read again."""
    found = [each.mistake for each in _statements(text) if each.mistake]
    return found or _as_a_whole(text)


def lines(text: str) -> dict[Path, int]:
    """The line of each table, key and part of a value of a good file, by its path: ("source", 0, "url")."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for statement in _statements(text):
        if statement.is_head:
            table = _opened(statement.says, counts)
            _note(found, table, statement.line)
        else:
            _note_all(found, table, statement)
    return found


def line_of(found: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it that is written down; 0 where nothing is."""
    return next((found[path[:end]] for end in range(len(path), 0, -1) if path[:end] in found), 0)


def _statements(text: str) -> Iterator[_Statement]:
    rows, start, lost = text.replace("\r\n", "\n").split("\n"), 0, False
    while start < len(rows):
        statement, taken = _statement(rows, start)
        if not statement.mistake or not lost:
            yield statement
        lost, start = bool(statement.mistake), start + taken


def _statement(rows: list[str], start: int) -> tuple[_Statement, int]:
    """The statement that begins in a row, and of how many rows it is."""
    mistake: Mistake | None = None
    for end in range(start + 1, min(start + MOST_LINES, len(rows)) + 1):
        try:
            says = tomllib.loads("\n".join(rows[start:end]) + "\n")
        except UNREADABLE as error:
            mistake = _mistake(error, start)
        else:
            return _Statement(start + 1, says, rows[start].lstrip().startswith("[")), end - start
    return _Statement(start + 1, {}, mistake=mistake), 1


def _mistake(error: ValueError | RecursionError, before: int) -> Mistake:
    if isinstance(error, RecursionError):
        return Mistake(before + 1, "too many brackets stand within one another here")
    if not isinstance(error, tomllib.TOMLDecodeError):
        return Mistake(before + 1, "a number here has too many digits")
    found = _AT.search(str(error))
    why, line = _AT.sub("", str(error)), int(found[1] or 1) if found else 1
    where = f" (column {found[2]})" if found and found[2] else " before the file ends"
    return Mistake(before + line, f"this is not TOML: {why[:1].lower()}{why[1:]}{where}")


def _as_a_whole(text: str) -> list[Mistake]:
    """What is wrong though every statement is right: something that is said twice."""
    try:
        tomllib.loads(text)
    except UNREADABLE as error:
        return [_mistake(error, 0)]
    return []


def _opened(head: Mapping[str, Any], counts: dict[Path, int]) -> Path:
    """The path of the table that a head opens; `counts` says how many of each list of tables there are."""
    path: Path = ()
    here: Any = head
    while here:
        (name,) = here
        path, here = (*path, name), here[name]
        if isinstance(here, list):
            counts[path] = counts.get(path, 0) + 1
            here = here[0]
        if path in counts:
            path = (*path, counts[path] - 1)
    return path


def _note(found: dict[Path, int], path: Path, line: int) -> None:
    """Write down a path, and what it lies in, where they are named first."""
    for end in range(1, len(path) + 1):
        found.setdefault(path[:end], line)


def _note_all(found: dict[Path, int], table: Path, statement: _Statement) -> None:
    """Write down all that a statement says in a table. No call in a call: a dotted key may be of thousands of names."""
    _note(found, table, statement.line)
    left: list[tuple[Path, Any]] = [(table, statement.says)]
    while left:
        path, value = left.pop()
        inner = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
        for name, each in inner:
            found.setdefault((*path, name), statement.line)
            left.append(((*path, name), each))
