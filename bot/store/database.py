"""The one way to Redis. Owns the connection, how scripts are sent, and what an error of Redis becomes.

Here: `run`, `run_each`, `call` and `pipeline`. Each exchange with the server is one call of `trip`: whoever
wants to cut the power before or after every exchange overrides `trip` and nothing else.
Not here: the names of keys (keys), what a script promises (lua/*.lua), what it is for (its caller).

A command whose answer was lost is sent again. That is harmless because every script and every command that
we send may be repeated; keep it so.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha1
from typing import Any, Self, TypeVar
from urllib.parse import unquote, urlsplit

from redis.asyncio import BlockingConnectionPool, Redis, RedisCluster
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import NoScriptError, RedisClusterException, RedisError

from bot.news.errors import ConfigError, StoreError

# Everything that the library raises of itself; the exceptions of its cluster are no RedisError.
FAILURES = (RedisError, RedisClusterException, OSError)
Value = str | bytes | int | float
Answer = TypeVar("Answer")
CLUSTER = "redis+cluster"
# How a script's first line names the one whose functions it uses.
WITH = "-- With: "

# One process has some hundred exchanges under way at the most (senders, pollers, answers to people); the server
# works them off one by one anyway, so more connections would only wait there instead of here.
CONNECTIONS = 64
_COMMON: dict[str, Any] = {
    "protocol": 2,  # the same shapes of answers from every server that we support
    "decode_responses": True,
    "encoding_errors": "replace",  # other programs write to the stream; their bytes must not jam it
    "socket_timeout": 5,
    "socket_connect_timeout": 3,
    "health_check_interval": 30,
    "client_name": "headline-bot",
}


class Database:
    """Redis, Valkey or a Redis Cluster; connects at the first exchange, and again whenever it must."""

    def __init__(self, client: Redis | RedisCluster, secrets: Sequence[str] = ()) -> None:
        self._client: Any = client
        self._secrets = tuple(secret for secret in secrets if secret)
        self._scripts: dict[str, tuple[str, str]] = {}

    @classmethod
    def connect(cls, url: str) -> Self:
        """The database at redis://, rediss://, unix:// or redis+cluster://; nothing is opened yet."""
        try:
            parts = urlsplit(url)
            password = parts.password or ""
            client = _cluster(url) if parts.scheme == CLUSTER else _single(url)
        except (ValueError, *FAILURES):
            # The library's own sentence quotes the address, and the password with it.
            raise ConfigError(
                ["REDIS_URL is no address of a Redis; a / or @ in its password is written %2F or %40."]
            ) from None
        return cls(client, (password, unquote(password)))

    async def ping(self) -> None:
        """Return if the server answers; StoreError if not."""
        await self.call("PING")

    async def call(self, *command: Value) -> Any:  # noqa: ANN401 - every command has its own shape
        """One command, one answer."""
        return await self.trip(lambda: self._client.execute_command(*command))

    async def pipeline(self, commands: Sequence[Sequence[Value]]) -> list[Any]:
        """Several commands and their answers in one exchange; not atomic: a crash may leave the last ones undone."""
        answers = await self._send(commands)
        for answer in answers:
            if isinstance(answer, FAILURES):
                raise self._named(answer)
        return answers

    async def run(self, script: str, keys: Sequence[str], args: Sequence[Value] = ()) -> Any:  # noqa: ANN401 - same
        """Run lua/<script>.lua: one atomic step on the slot of `keys`."""
        return (await self.run_each(script, [(keys, args)]))[0]

    async def run_each(self, script: str, runs: Sequence[tuple[Sequence[str], Sequence[Value]]]) -> list[Any]:
        """Run one script several times, each run atomic by itself, all in one exchange where they are known."""
        source, digest = self._script(script)
        answers = await self._send([("EVALSHA", digest, len(keys), *keys, *args) for keys, args in runs])
        unknown = [place for place, answer in enumerate(answers) if isinstance(answer, NoScriptError)]
        if unknown:
            known = [("EVAL", source, len(runs[place][0]), *runs[place][0], *runs[place][1]) for place in unknown]
            for place, answer in zip(unknown, await self._send(known), strict=True):
                answers[place] = answer
        for answer in answers:
            if isinstance(answer, FAILURES):
                raise self._named(answer)
        return answers

    async def trip(self, exchange: Callable[[], Awaitable[Answer]]) -> Answer:
        """One exchange with the server; whatever goes wrong leaves as StoreError, without a password in it."""
        try:
            return await exchange()
        except FAILURES as error:
            raise self._named(error) from None

    async def close(self) -> None:
        """Close every connection; closing twice is allowed."""
        await self._client.aclose()

    async def _send(self, commands: Sequence[Sequence[Value]]) -> list[Any]:
        if not commands:
            return []
        pipeline = self._client.pipeline(transaction=False)
        for command in commands:
            pipeline.execute_command(*command)
        return await self.trip(lambda: pipeline.execute(raise_on_error=False))

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


def lua(name: str) -> str:
    """The text of a file in lua/."""
    return importlib.resources.files("bot.store").joinpath(f"lua/{name}").read_text(encoding="utf-8")


def _retry() -> Retry:
    return Retry(ExponentialBackoff(cap=0.5, base=0.05), retries=2)


def _single(url: str) -> Redis:
    pool = BlockingConnectionPool.from_url(url, max_connections=CONNECTIONS, timeout=10, retry=_retry(), **_COMMON)
    return Redis.from_pool(pool)


def _cluster(url: str) -> RedisCluster:
    """redis+cluster://[user:password@]host:port[,host:port…]: any node that answers tells of the others."""
    account, _, hosts = urlsplit(url).netloc.rpartition("@")
    user, _, password = account.partition(":")
    nodes = [urlsplit(f"//{host}") for host in hosts.split(",") if host]
    return RedisCluster(
        startup_nodes=[ClusterNode(node.hostname or "localhost", node.port or 6379) for node in nodes],
        username=unquote(user) or None,
        password=unquote(password) or None,
        retry=_retry(),
        max_connections=10 * CONNECTIONS,  # a cluster's pool raises where a single server's waits
        **_COMMON,
    )
