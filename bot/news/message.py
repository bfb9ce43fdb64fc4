"""What we write into a chat, before Telegram's library knows of it.

Here: a message's HTML, classic and rich, its buttons, where it goes, and the styles of articles, as values.
Not here: how they are worded (delivery/render) or sent (delivery/send).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.news.sharing import Shared


class Style(StrEnum):
    """How an article is written into a chat: as a rich message, in classic pages, or as plain text for ears."""

    RICH = "rich"
    PAGES = "pages"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a chat a message goes, and how: into a forum's thread (None: none), and without a sound."""

    thread: int | None = None
    silent: bool = False


ANYWHERE = Place()


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: exactly one of `action` (callback data, at most 64 bytes), `url` and `shared`.

    `shared` is what the button hands on into another chat.
    """

    label: str
    action: str = ""
    url: str = ""
    shared: Shared | None = None


@dataclass(frozen=True, slots=True)
class Rich:
    """A rich message: its HTML in the forms in which it may be sent, the best first, each with fewer pictures."""

    forms: tuple[str, ...]
    is_rtl: bool = False
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One Telegram message: HTML of at most 4096 UTF-16 units after entities, and rows of buttons.

    `preview` is the link that Telegram may show a preview of; empty: none. `rich` says the same, more or better, where
    Telegram knows rich messages; its buttons are its own.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    preview: str = ""
    rich: Rich | None = None
