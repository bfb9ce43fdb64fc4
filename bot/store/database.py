"""The one way to Redis. Owns how scripts are sent, and what an error of Redis becomes.

Here: `run`, `run_each`, `call` and `pipeline`. Each exchange with the server is one call of `trip`: whoever
wants to cut the power before or after every exchange overrides `trip` and nothing else.
Not here: the connections (server, cluster), the names of keys (keys), what a script promises (lua/*.lua), what it
is for (its caller).

A command whose answer was lost is sent again. That is harmless because every script and every command that
we send may be repeated; keep it so.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from hashlib import sha1
from time import perf_counter
from typing import Any, Self, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

from redis.asyncio import SSLConnection
from redis.exceptions import NoScriptError, RedisClusterException, RedisError

from bot.news.errors import ConfigError, StoreError
from bot.store.cluster import Cluster
from bot.store.keys import SCHEMA
from bot.store.replicas import NONE, Replicas
from bot.store.server import PATIENCE, Server
from bot.store.slots import Command, Value

__all__ = ["Database", "Value", "lua"]

# Everything that the library raises of itself; the exceptions of its cluster are no RedisError.
FAILURES = (RedisError, RedisClusterException, OSError)
Answer = TypeVar("Answer")
Run = tuple[Sequence[str], Sequence[Value]]
# Told of every exchange: how many seconds it took, and whether it came to nothing.
Watch = Callable[[float, bool], None]
CLUSTER, CLUSTER_BY_TLS = "redis+cluster", "rediss+cluster"
# How a script's first line names the one whose functions it uses.
WITH = "-- With: "


class Database:
    """Redis, Valkey or a Redis Cluster; connects at the first exchange, and again whenever it must."""

    def __init__(self, server: Server | Cluster, secrets: Sequence[str] = (), replicas: Replicas = NONE) -> None:
        self._server = server
        self._secrets = tuple(secret for secret in secrets if secret)
        self._replicas = replicas
        self._scripts: dict[str, tuple[str, str]] = {}
        self._watch: Watch = _unwatched

    @classmethod
    def connect(cls, url: str, replicas: Replicas = NONE) -> Self:
        """The database at an address of one of the schemes that settings know; nothing is opened yet."""
        try:
            parts = urlsplit(url)
            password = parts.password or ""
            server = _cluster(url) if parts.scheme in {CLUSTER, CLUSTER_BY_TLS} else Server(url)
        except (ValueError, TypeError, *FAILURES):
            # The library's own sentence quotes the address, and the password with it.
            raise ConfigError(
                ["REDIS_URL is no address of a Redis; a / or @ in its password is written %2F or %40."]
            ) from None
        return cls(server, (password, unquote(password)), replicas)

    def watch(self, watch: Watch) -> None:
        """Tell `watch` of every exchange from now on, but of none that only waits for something to happen."""
        self._watch = watch

    async def ping(self) -> None:
        """Return if the server answers; StoreError if not."""
        await self.call("PING")

    async def takes_writes(self) -> None:
        """The same if it takes something in as well: it is not full, no replica, and can write to its disk."""
        await self.call("SETRANGE", SCHEMA.name, 0, "")  # which changes nothing

    async def call(self, *command: Value) -> Any:  # noqa: ANN401 - every command has its own shape
        """One command, one answer."""
        return await self._timed(lambda: self._server.call(command))

    async def listen(self, *command: Value) -> Any:  # noqa: ANN401 - same
        """The same for a command that waits for something to happen."""
        return await self.trip(lambda: self._server.call(command))

    async def pipeline(self, commands: Sequence[Command]) -> list[Any]:
        """Several commands and their answers in one exchange; not atomic: a crash may leave the last ones undone."""
        return self._all(await self._send(commands))

    async def run(self, script: str, keys: Sequence[str], args: Sequence[Value] = ()) -> Any:  # noqa: ANN401 - same
        """Run lua/<script>.lua: one atomic step on the slot of `keys`."""
        return (await self.run_each(script, [(keys, args)]))[0]

    async def run_each(self, script: str, runs: Sequence[Run]) -> list[Any]:
        """Run one script several times, each run atomic by itself, all in one exchange where they are known."""
        return self._all(await self._run(script, runs))

    async def run_in_turn(self, steps: Sequence[tuple[str, Run]]) -> list[Any]:
        """Run several scripts one after the other on one slot, each atomic by itself, in one exchange.

        Their text goes along: a server that did not know the first one would run the second before it.
        """
        runs = [(self._script(script)[0], *run) for script, run in steps]
        return self._all(await self._send([("EVAL", source, len(keys), *keys, *args) for source, keys, args in runs]))

    async def run_reachable(self, script: str, runs: Sequence[Run]) -> list[Any]:
        """The same where some are better than none: None, and no waiting, for what a cluster cannot do just now."""
        return self._some(await self._run(script, runs, patience=0))

    async def pipeline_reachable(self, commands: Sequence[Command]) -> list[Any]:
        """The same for commands."""
        return self._some(await self._send(commands, patience=0))

    async def keys(self, glob: str) -> AsyncIterator[list[str]]:
        """Every key that fits a glob, some at a time, one perhaps twice. StoreError where some may be missing."""
        pages = self._server.scan(glob)
        while (page := await self.trip(lambda: anext(pages, None))) is not None:
            yield page

    async def trip(self, exchange: Callable[[], Awaitable[Answer]]) -> Answer:
        """One exchange with the server; whatever goes wrong leaves as StoreError, without a password in it."""
        try:
            return await exchange()
        except FAILURES as error:
            raise self._named(error) from None

    async def close(self) -> None:
        """Close every connection; closing twice is allowed."""
        await self._server.close()

    async def _run(self, script: str, runs: Sequence[Run], patience: float = PATIENCE) -> list[Any]:
        source, digest = self._script(script)
        replicas = self._replicas.of(script)
        known = [("EVALSHA", digest, len(keys), *keys, *args) for keys, args in runs]
        answers = await self._send(known, replicas, patience)
        unknown = [place for place, answer in enumerate(answers) if isinstance(answer, NoScriptError)]
        if unknown:
            told = [("EVAL", source, len(runs[place][0]), *runs[place][0], *runs[place][1]) for place in unknown]
            for place, answer in zip(unknown, await self._send(told, replicas, patience), strict=True):
                answers[place] = answer
        return answers

    async def _send(
        self, commands: Sequence[Command], replicas: Replicas = NONE, patience: float = PATIENCE
    ) -> list[Any]:
        if not commands:
            return []
        return await self._timed(lambda: self._server.send(commands, replicas, patience))

    async def _timed(self, exchange: Callable[[], Awaitable[Answer]]) -> Answer:
        began, failed = perf_counter(), True
        try:
            answer = await self.trip(exchange)
            failed = isinstance(answer, list) and any(map(_is_refusal, answer))
            return answer
        finally:
            self._watch(perf_counter() - began, failed)

    def _all(self, answers: list[Any]) -> list[Any]:
        """The answers; StoreError if one of them is a failure."""
        for answer in answers:
            if isinstance(answer, FAILURES):
                raise self._named(answer)
        return answers

    def _some(self, answers: list[Any]) -> list[Any]:
        """The answers, None for failures; StoreError if there is nothing else."""
        failures = [answer for answer in answers if isinstance(answer, FAILURES)]
        if failures and len(failures) == len(answers):
            raise self._named(failures[0])
        return [None if isinstance(answer, FAILURES) else answer for answer in answers]

    def _script(self, name: str) -> tuple[str, str]:
        """The script's text, with the one that it says it is used with before it, and the digest of both."""
        if name not in self._scripts:
            source = lua(f"{name}.lua")
            first, _, _ = source.partition("\n")
            if first.startswith(WITH):
                source = lua(first.removeprefix(WITH)) + source
            self._scripts[name] = source, sha1(source.encode(), usedforsecurity=False).hexdigest()
        return self._scripts[name]

    def _named(self, error: Exception) -> StoreError:
        sentence = " ".join(str(error).split()) or type(error).__name__
        for secret in self._secrets:
            sentence = sentence.replace(secret, "***")
        return StoreError(f"Redis: {sentence[:300]}")


def _is_refusal(answer: object) -> bool:
    """Whether a server did not do what was asked; that it does not know a script yet is nothing of that kind."""
    return isinstance(answer, FAILURES) and not isinstance(answer, NoScriptError)


def _unwatched(seconds: float, failed: bool) -> None:
    """Nobody wants to know."""


def lua(name: str) -> str:
    """The text of a file in lua/."""
    return importlib.resources.files("bot.store").joinpath(f"lua/{name}").read_text(encoding="utf-8")


def _cluster(url: str) -> Cluster:
    """redis+cluster://[user:password@]host:port[,host:port…]: any node that answers tells of the others.

    The same with rediss is spoken by TLS; ?ssl_ca_certs= names who is trusted, as redis-py has it for a single server.
    """
    parts = urlsplit(url)
    account, _, hosts = parts.netloc.rpartition("@")
    user, _, password = account.partition(":")
    nodes = [urlsplit(f"//{host}") for host in hosts.split(",") if host]
    seeds = [(node.hostname or "localhost", node.port or 6379) for node in nodes]
    tls: dict[str, Any] = {}
    if parts.scheme == CLUSTER_BY_TLS:
        (trusted,) = parse_qs(parts.query).get("ssl_ca_certs", [None])
        tls = {"connection_class": SSLConnection, "ssl_ca_certs": trusted}
    return Cluster(seeds, unquote(user) or None, unquote(password) or None, tls)
