"""How an address or a secret of the environment is written. Owns what an operator is told of one that is not.

A sentence goes on after the variable's name, and shows nothing of the value: an address may hold a password.

Here: what can be told without asking anybody.
Not here: which variable is which (settings), whether anybody is at home there (verbs/doctor).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import SplitResult, parse_qs, urlsplit

WEB = frozenset({"http", "https"})
CLUSTERS = frozenset({"redis+cluster", "rediss+cluster"})
REDIS = frozenset({"redis", "rediss", "unix"}) | CLUSTERS
# What setWebhook takes: https://core.telegram.org/bots/api#setwebhook
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PORTS = "has a port that is none: a port is a number from 1 to 65535"


def wrong_in_web(url: str) -> str:
    """What is wrong with an address of the web; empty: nothing."""
    parts = _parts(url)
    if not parts or parts.scheme not in WEB or not parts.hostname:
        return _begins(WEB)
    return "" if _has_port(parts.netloc) else f"{_PORTS}."


def wrong_in_redis(url: str) -> str:
    """What is wrong with the address of a Redis or of some nodes of a cluster; empty: nothing."""
    parts = _parts(url)
    if not parts or parts.scheme not in REDIS or not (parts.netloc or parts.path.strip("/")):
        return _begins(REDIS)
    hosts = parts.netloc.rpartition("@")[2]
    nodes = [node for node in hosts.split(",") if node] if parts.scheme in CLUSTERS else [hosts]
    if not nodes:
        return "names no node of the cluster."
    if not all(map(_has_port, nodes)):
        return f"{_PORTS}; a / or @ in a password is written %2F or %40."
    # redis-py takes what is no number for 0, and we would write into a database that is somebody else's.
    if not all(number.isascii() and number.isdigit() for number in _databases(parts)):
        return "must end with the number of a database, as in redis://localhost:6379/0, or with none."
    if parts.scheme in CLUSTERS and any(number.strip("0") for number in _databases(parts)):
        return "names a database beside 0, and a cluster has no other."
    return ""


def wrong_in_webhook_secret(secret: str) -> str:
    """What is wrong with the webhook's secret; empty: nothing."""
    return "" if _WEBHOOK_SECRET.fullmatch(secret) else "must be 1 to 256 of A-Z, a-z, 0-9, _ and -."


def host_and_port(text: str) -> tuple[str, int] | None:
    """Where a server shall listen, as host:port says; None where it does not."""
    host, _, port = text.rpartition(":")
    is_port = port.isascii() and port.isdigit() and len(port) <= 5 and int(port) < 65536
    return (host.strip("[]"), int(port)) if host and not set(host) & set("/@ ") and is_port else None


def _databases(parts: SplitResult) -> Iterator[str]:
    """Every number of a database that an address names."""
    if parts.scheme != "unix" and parts.path.strip("/"):
        yield parts.path.strip("/")
    yield from parse_qs(parts.query).get("db", [])


def _begins(schemes: Iterable[str]) -> str:
    return f"must be an address that begins with {' or '.join(f'{scheme}://' for scheme in sorted(schemes))}."


def _parts(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _has_port(netloc: str) -> bool:
    """Whether a host has a port that there may be, or none."""
    try:
        return urlsplit(f"//{netloc}").port != 0
    except ValueError:
        return False
