"""A backup as a file: JSON lines, gzipped where the name ends in .gz. Owns its first and its last line.

The first says what the file is, its format, the version of the data, when it was made, and about how much it holds;
the last, how many lines stand between and the BLAKE2b of everything before it: half a file is never taken for a whole.

Here: writing one so that a file of that name is either the old one or the new one, whole; checking one, and reading it.
Not here: what the lines between say (backup, restore).
"""

from __future__ import annotations

import gzip
import os
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import IO, Self, cast

import orjson

from bot.news.errors import UserError
from bot.store import codec
from bot.store.backup import Counts, Line
from bot.store.schema import CURRENT

FORMAT = 1
KIND = "headline-bot backup"
GZIP = b"\x1f\x8b"
# Half of what gzip would find beyond that costs twice the time.
LEVEL = 4
STANDARD = "-"
# More than a first line has; some other file may have no lines at all.
LONGEST_FIRST = 10_000
_BROKEN = (EOFError, gzip.BadGzipFile, zlib.error, orjson.JSONDecodeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says: when it was made, by which version of the bot, in which version of the data."""

    made: datetime
    bot: str
    counts: Counts
    schema: int = CURRENT


class Writer:
    """Lines into a file that is being made."""

    def __init__(self, file: IO[bytes], header: Header) -> None:
        self._file = file
        self._digest = blake2b(digest_size=32)
        self.lines = 0
        first = {"kind": KIND, "format": FORMAT, "schema": header.schema, "bot": header.bot}
        self._put({**first, "made": codec.ms(header.made), **asdict(header.counts)})

    def write(self, lines: Iterable[Line]) -> None:
        """Some more lines."""
        for line in lines:
            self.lines += 1
            self._put(line)

    def finish(self) -> None:
        """Write the last line."""
        self._put({"lines": self.lines, "blake2b": self._digest.hexdigest()})

    def _put(self, line: Line) -> None:
        text = orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
        self._digest.update(text)
        self._file.write(text)


@contextmanager
def written(name: str, header: Header) -> Iterator[Writer]:
    """A file to be written; it has its name, and is on the disk, when the block has ended well. Raises OSError."""
    if name == STANDARD:
        writer = Writer(sys.stdout.buffer, header)
        yield writer
        writer.finish()
        return
    path = Path(name)
    number, part = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(number, "wb") as file:
            with _packed(file) if path.suffix == ".gz" else nullcontext(file) as inner:
                writer = Writer(inner, header)
                yield writer
                writer.finish()
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
        _keep_name(path.parent)
    finally:
        Path(part).unlink(missing_ok=True)  # it is there only if something went wrong


def _packed(file: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=file, mtime=0))


def _keep_name(folder: Path) -> None:
    """A name is on the disk when its folder is."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


class Reader:
    """A backup that was checked: nothing in it is missing or other than it was written."""

    def __init__(self, file: IO[bytes], header: Header, lines: int, ident: str) -> None:
        self._file = file
        self.header = header
        self.lines = lines
        self.ident = ident

    @classmethod
    def checked(cls, file: IO[bytes], name: str) -> Self:
        """Read it from beginning to end. Raises UserError where it is no backup, a newer one, or damaged."""
        digest, count, before = blake2b(digest_size=32), -1, b""
        try:
            with _unpacked(file) as lines:
                header = _header(lines.readline(LONGEST_FIRST), name, digest)
                for line in lines:
                    digest.update(before)
                    before, count = line, count + 1
            last = orjson.loads(before)
            whole = (last["lines"], last["blake2b"]) == (count, digest.hexdigest())
        except _BROKEN:
            whole = False
        if not whole:
            raise UserError(f"{name} is damaged, or breaks off; nothing was changed.")
        return cls(file, header, count, digest.hexdigest())

    def __iter__(self) -> Iterator[Line]:
        """The lines between the first and the last."""
        with _unpacked(self._file) as lines:
            lines.readline()
            for _, line in zip(range(self.lines), lines, strict=False):
                yield orjson.loads(line)


@contextmanager
def opened(name: str) -> Iterator[Reader]:
    """A backup to be read; from standard input it goes to a file without a name first, as it is read twice."""
    with ExitStack() as stack:
        if name == STANDARD:
            file: IO[bytes] = stack.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(sys.stdin.buffer, file)
        else:
            file = stack.enter_context(Path(name).open("rb"))
        yield Reader.checked(file, "What came" if name == STANDARD else name)


@contextmanager
def _unpacked(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """A file, which may be gzipped, from its beginning."""
    file.seek(0)
    packed = file.read(2) == GZIP
    file.seek(0)
    yield cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if packed else file


def _header(line: bytes, name: str, digest: blake2b) -> Header:
    digest.update(line)
    try:
        first = orjson.loads(line)
        is_ours = first["kind"] == KIND
    except (orjson.JSONDecodeError, LookupError, TypeError):
        is_ours = False
    if not is_ours:
        raise UserError(f"{name} is no backup of headline-bot.")
    if first["format"] > FORMAT or first["schema"] > CURRENT:
        raise UserError(f"{name} was made by a newer headline-bot ({first['bot']}); upgrade this one first.")
    counts = Counts(first["chats"], first["headlines"])
    return Header(codec.instant(first["made"]), first["bot"], counts, first["schema"])
