"""Buttons that carry a topic, and labels that fit them.

Here: callback data of at most 64 bytes, and what to do where a topic is longer.
Not here: what a press does (handlers/buttons).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.message import Button
from bot.news.text import clean

# Telegram's limit for callback data, in bytes.
MOST_BYTES = 64
# A longer label is cut by the app on a telephone.
LABEL = 28


def pressing(label: str, verb: str, *parts: object) -> tuple[Button, ...]:
    """The button, alone in a row; nothing where its data would be too long: the command can still be typed."""
    action = ":".join([verb, *(str(part) for part in parts)])
    return (Button(label, action),) if len(action.encode()) <= MOST_BYTES else ()


def short(text: str) -> str:
    """As much of `text` as a button's label shows."""
    return clean(text, LABEL)


def rows_of(buttons: Sequence[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    """The buttons in rows of `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def laid_out(*rows: tuple[Button, ...]) -> tuple[tuple[Button, ...], ...]:
    """The rows that hold a button."""
    return tuple(row for row in rows if row)
