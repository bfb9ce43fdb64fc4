"""A key read whole, whatever its type.

Here: the command for each type but streams, and its answer in one shape.
Not here: which key is read (belongings, backup).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.news.belongings import Stored
from bot.store.slots import Command

_READ: Mapping[str, Sequence[str]] = MappingProxyType(
    {"string": ("GET",), "hash": ("HGETALL",), "set": ("SMEMBERS",), "zset": ("ZRANGE",)}
)


def reading(kind: str, key: str) -> Command:
    """The command that reads a key of a type."""
    return (*_READ[kind], key, *((0, -1, "WITHSCORES") if kind == "zset" else ()))


def whole(kind: str, answer: Any) -> Stored:  # noqa: ANN401 - as Redis answers to each type
    """What the command of a type answered."""
    match kind:
        case "string":
            return str(answer)
        case "zset":
            return pairs(answer)
        case "hash":
            return {str(name): str(text) for name, text in answer.items()}
    return sorted(map(str, answer))


def pairs(flat: Sequence[Any]) -> dict[str, str]:
    """Members and scores, or fields and values, that come in turn."""
    return dict(zip(map(str, flat[::2]), map(str, flat[1::2]), strict=True))


def in_turn(fields: Mapping[str, str]) -> list[str]:
    """The other way round, as scripts take them."""
    return [part for pair in fields.items() for part in pair]
