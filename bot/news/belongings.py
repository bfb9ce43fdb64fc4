"""What is stored of a chat, as a value.

Here: one thing that is stored.
Not here: finding all of them (store/belongings), what is said about each (delivery/render/privacy).
"""

from __future__ import annotations

from dataclasses import dataclass

Stored = str | list[str] | dict[str, str]


@dataclass(frozen=True, slots=True)
class Belonging:
    """Something stored: the pattern of its key (docs/redis.md), and what stands there: a text, a list, or by names."""

    pattern: str
    stored: Stored
