"""Telegram's HTML, made safely: whatever comes from a person or a page is escaped here.

Here: the few pieces that messages are made of, and how long they count.
Not here: any message (the other files of this folder).
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta
from html import escape as _escape
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

# Telegram's limits for one message, counted after entities are parsed.
MOST_UNITS = 4096
MOST_ENTITIES = 100
# A message as it is sent, markup and all, may have 32 KiB; longer addresses were made up to try us.
MOST_BYTES = 30_000
LONGEST_ADDRESS = 2_000
# What is older wears its day: a time alone would be taken for today's.
TODAY = timedelta(hours=20)
# Of what is seen as one character, at most so many parts are kept together.
_MOST_JOINED = 40
_JOINERS = ("\u200d", "\ufe0e", "\ufe0f")
_FLAGS = range(0x1F1E6, 0x1F200)
_SKINS = range(0x1F3FB, 0x1F400)


def escape(text: str) -> str:
    """Text that stands in a message as it is."""
    return _escape(text, quote=False)


def link(text: str, url: str) -> str:
    """Text that leads to `url`; only text where the address is not one of the web, or no address has that length."""
    leads = is_web(url) and len(url) <= LONGEST_ADDRESS
    return f'<a href="{_escape(url)}">{escape(text)}</a>' if leads else escape(text)


def is_web(url: str) -> bool:
    """Whether the address is one that Telegram takes for a link: http or https, with a host, and nothing unseen in it.

    A NUL ends the markup for Telegram's parser, and half a character cannot be sent at all.
    """
    if not url.isprintable() or " " in url:
        return False
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


def isolated(text: str) -> str:
    """Text amid a line of ours that keeps its own direction: Arabic or Hebrew must not turn what stands around it."""
    turns = any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)
    return f"\u2068{text}\u2069" if turns else text


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


def cut(text: str, room: int) -> str:
    """As much of a plain text as `room` units hold."""
    return text[: reach(text, room)]


def reach(text: str, room: int) -> int:
    """How many characters of a plain text `room` units hold, without parting what is seen as one character."""
    end = min(len(text), room)
    while (over := width(text[:end]) - room) > 0:
        end -= (over + 1) // 2
    if end == len(text):
        return end
    for place in range(end, max(end - _MOST_JOINED, 0), -1):
        if not _joined(text[place - 1], text[place]):
            return place
    return end


def _joined(left: str, right: str) -> bool:
    """Whether two neighbours are seen as one character: marks, joined emoji, skin colours, flags."""
    return (
        "\u200d" in {left, right}
        or right in _JOINERS
        or unicodedata.category(right)[0] == "M"
        or ord(right) in _SKINS
        or (ord(left) in _FLAGS and ord(right) in _FLAGS)
    )


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
