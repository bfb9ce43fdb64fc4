"""Telegram's HTML, made safely: whatever comes from a person or a page is escaped here.

Here: the few pieces that messages are made of, and how long they count.
Not here: any message (the other files of this folder).
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape as _escape
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

# Telegram's limits for one message, counted after entities are parsed.
MOST_UNITS = 4096
MOST_ENTITIES = 100


def escape(text: str) -> str:
    """Text that stands in a message as it is."""
    return _escape(text, quote=False)


def link(text: str, url: str) -> str:
    """Text that leads to `url`; only text where the address is not one of the web."""
    return f'<a href="{_escape(url)}">{escape(text)}</a>' if is_web(url) else escape(text)


def is_web(url: str) -> bool:
    """Whether the address is one that Telegram takes for a link: http or https, with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def tg_time(instant: datetime, *, date: bool = False) -> str:
    """The instant in the reader's own clock and language; old apps show the UTC time inside.

    With `date` the day stands before the time. See https://core.telegram.org/bots/api#html-style
    """
    at = instant.astimezone(UTC)
    form, fallback = ("dt", f"{at:%d.%m. %H:%M}") if date else ("t", f"{at:%H:%M}")
    return f'<tg-time unix="{int(at.timestamp())}" format="{form}">{fallback}</tg-time>'


def plain(html: str) -> str:
    """What a message says without its markup."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.text)


def units(html: str) -> int:
    """How long Telegram counts a message: UTF-16 units of its plain text."""
    return width(plain(html))


def width(text: str) -> int:
    """How long Telegram counts a plain text: characters beyond the basic plane count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.text: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_entityref(self, name: str) -> None:
        self.text.append(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.text.append(unescape(f"&#{name};"))
