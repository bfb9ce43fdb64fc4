"""Which slot of a cluster a command goes to. Owns the reading of CLUSTER SLOTS, and the guard of scripts.

Here: pure functions over commands and answers.
Not here: who asks whom (cluster), which keys we have (keys).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from redis.crc import key_slot

SCRIPTS = frozenset({"EVAL", "EVALSHA"})
# What we send that has no key; it goes to every master.
KEYLESS = frozenset({"PING", "INFO", "SCRIPT"})

Address = tuple[str, int]
Value = str | bytes | int | float
Command = Sequence[Value]


def key_of(command: Command) -> str | None:
    """The first key of a command of ours; None if it has none."""
    name = command[0]
    if name in KEYLESS:
        return None
    if name == "XREAD":  # its options come first
        return str(command[command.index("STREAMS") + 1])
    return str(command[3 if name in SCRIPTS else 1])


def slot_of(key: str) -> int:
    """The slot that a key lies in."""
    return key_slot(key.encode())


def guarded(command: Command) -> Command:
    """A script with one more key in the same slot, which never exists; any other command as it is.

    While a slot moves key by key, a server lets a script begin if it has all keys that are named, and breaks it off
    in the middle at the first key that went before or never was: half a step would be done. With a key that does not
    exist no script begins before the slot has arrived (TRYAGAIN).
    """
    if command[0] not in SCRIPTS:
        return command
    name, source, count, *rest = command
    keys = int(count)
    return [name, source, keys + 1, *rest[:keys], guard_of(str(rest[0])), *rest[keys:]]


def guard_of(key: str) -> str:
    """A key in the slot of another, which nobody ever writes."""
    return f"{{{tag_of(key)}}}:guard"


def tag_of(key: str) -> str:
    """The part of a key that decides its slot."""
    _, brace, rest = key.partition("{")
    tag, closing, _ = rest.partition("}")
    return tag if brace and closing and tag else key


def owners_of(answer: Sequence[Any], told_by: str) -> tuple[dict[int, Address], set[Address]]:
    """From CLUSTER SLOTS: the master of each slot, and all nodes; one without a host is where it was asked."""
    owners: dict[int, Address] = {}
    nodes: set[Address] = set()
    for first, last, *places in answer:
        there = [(str(place[0] or told_by), int(place[1])) for place in places]
        owners.update(dict.fromkeys(range(first, last + 1), there[0]))
        nodes.update(there)
    return owners, nodes
