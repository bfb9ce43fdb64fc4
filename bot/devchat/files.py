"""Files that people and the bot send. Owns what is in them, under their file_id.

Here: keeping them, in memory and beside the kept chats, the newest a hundred megabytes of them.
Not here: messages that show them (media, sharing), where they are fetched (server, pageroutes).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from bot.devchat.refusals import bad

MOST_BYTES = 100_000_000
# A bot sends so much at most, and downloads so much at most; a picture has so much at most.
MOST_SENT, MOST_FETCHED, MOST_PICTURE = 50_000_000, 20_000_000, 10_000_000


@dataclass(frozen=True, slots=True)
class File:
    """A file, or the address (`url`) of one that is on the web and was not fetched."""

    id: str
    name: str
    mime: str
    data: bytes = b""
    url: str = ""

    @property
    def path(self) -> str:
        """The file_path of the Bot API."""
        kind = "photos" if self.mime.startswith("image/") else "documents"
        return f"{kind}/{self.id}{PurePosixPath(self.name).suffix[:10]}"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes in a call."""

    name: str
    mime: str
    data: bytes


class Files:
    """Every file; kept in `folder`, if there is one, so that a restart finds them."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._files: dict[str, File] = {}

    def read(self) -> None:
        """Have what an earlier run had."""
        if self._folder is None or not self._folder.is_dir():
            return
        for path in sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime):
            ident, mime, name = (unquote(part) for part in path.name.split("~", 2))
            self._files[ident] = File(ident, name, mime, path.read_bytes())

    def add(self, upload: Upload) -> File:
        """Keep a file."""
        name = PurePosixPath(upload.name.replace("\\", "/")).name[-60:] or "file"
        ident = blake2b(f"{name}\0{upload.mime}\0".encode() + upload.data, digest_size=16).hexdigest()
        file = self._files[ident] = File(ident, name, upload.mime, upload.data)
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            _place(self._folder, file).write_bytes(file.data)
        while sum(len(each.data) for each in self._files.values()) > MOST_BYTES:
            self._forget(next(iter(self._files)))
        return file

    def link(self, url: str, mime: str) -> File:
        """Know a file on the web; the page fetches it."""
        ident = blake2b(url.encode(), digest_size=16).hexdigest()
        file = self._files[ident] = File(ident, PurePosixPath(url).name, mime, url=url)
        return file

    def get(self, ident: str) -> File:
        """A file. Raises Telegram's refusal."""
        if ident not in self._files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        return self._files[ident]

    def at(self, path: str) -> File | None:
        """The file with this file_path, if it was ever given."""
        file = self._files.get(PurePosixPath(path).stem)
        return file if file and file.path == path else None

    def _forget(self, ident: str) -> None:
        file = self._files.pop(ident)
        if self._folder:
            _place(self._folder, file).unlink(missing_ok=True)


def _place(folder: Path, file: File) -> Path:
    return folder / "~".join(quote(part, safe="") for part in (file.id, file.mime, file.name))
