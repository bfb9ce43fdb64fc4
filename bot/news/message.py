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
# Telegram's limit for what a button carries, in bytes.
MOST_CARRIED = 64


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: exactly one of `action` (callback data), `url` and `shared`.

    With a `start` it leads to /start with this payload in a private chat with us, and to its `url`, if it has one, only
    where Telegram has not told us our name. `shared` is what the button hands on into another chat. An action may be
    longer than a button carries: under an answer it is kept for the tap (delivery/wire).
    """

    label: str
    action: str = ""
    url: str = ""
    start: str = ""
    shared: Shared | None = None

    @property
    def is_too_long(self) -> bool:
        """Whether Telegram's button would not carry the action."""
        return len(self.action.encode("utf-8", "surrogatepass")) > MOST_CARRIED


@dataclass(frozen=True, slots=True)
class Rich:
    """A rich message: its HTML in the forms in which it may be sent, the best first, each with fewer pictures."""

    forms: tuple[str, ...]
    is_rtl: bool = False
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Keys:
    """What stands in the place of a person's keyboard until it is used: a key that sends where they are, by its label.

    Without a label their own keyboard comes back. Private chats only.
    """

    place: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One Telegram message: HTML of at most 4096 UTF-16 units after entities, and rows of buttons.

    `preview` is the link that Telegram may show a preview of; empty: none. `pictured`: large, and above the text.
    `rich` says the same, more or better, where Telegram knows rich messages; its buttons are its own.
    `keys`, where there are any, go before buttons: a message has only one of the two.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    preview: str = ""
    pictured: bool = False
    rich: Rich | None = None
    keys: Keys | None = None
