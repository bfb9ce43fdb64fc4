"""What we write into a chat, before Telegram's library knows of it.

Here: a message's HTML and its buttons, as values.
Not here: how they are worded (delivery/render) or sent (delivery/send).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: exactly one of `action` (callback data, at most 64 bytes) and `url`."""

    label: str
    action: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One Telegram message: HTML of at most 4096 UTF-16 units after entities, and rows of buttons.

    `preview` is the link that Telegram may show a preview of; empty: none.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    preview: str = ""
