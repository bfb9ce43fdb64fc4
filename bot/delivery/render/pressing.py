"""Buttons and their labels.

Here: what a button carries, labels that fit it, the pages of a list, and the next steps that most answers offer.
Not here: what a press does (handlers/buttons), where an action is kept that is too long for a button (delivery/wire).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery.render.html import LONGEST_ADDRESS, is_web
from bot.news.hosts import host_of
from bot.news.message import Button
from bot.news.said import Tongue
from bot.news.text import clean

# A longer label is cut by the app on a telephone.
LABEL = 28


def pressing(label: str, verb: str, *parts: object) -> tuple[Button, ...]:
    """The button, alone in a row."""
    return (Button(label, ":".join([verb, *(str(part) for part in parts)])),)


def saying(label: str, typed: str) -> tuple[Button, ...]:
    """The button, alone in a row, that does what typing this would do."""
    return pressing(label, "say", typed)


def steps(say: Tongue) -> tuple[Button, ...]:
    """What can be done next after nearly everything."""
    return (Button(say("Latest headlines"), "find:"), Button(say("My topics"), "topics"))


def way_out(say: Tongue) -> tuple[tuple[Button, ...], ...]:
    """The same, for whoever does not know what can be done."""
    return (steps(say), (*saying(say("Topics to tap"), "/subscribe"), *saying(say("Help"), "/help")))


def leading(label: str, url: str) -> tuple[Button, ...]:
    """The button that opens a page, alone in a row; nothing where Telegram would refuse the message for its sake.

    It wants http or https and a host with a dot in it, and the longest address that it takes is not documented.
    """
    host = host_of(url)
    fits = is_web(url) and len(url) <= LONGEST_ADDRESS and ("." in host or ":" in host)
    return (Button(label, url=url),) if fits else ()


def short(text: str) -> str:
    """As much of `text` as a button's label shows."""
    return clean(text, LABEL)


def rows_of(buttons: Sequence[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    """The buttons in rows of `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def page_at(skip: int, size: int, count: int) -> int:
    """How many of `count` things stand before the page of `size` that holds number `skip`, which may be any."""
    return min(max(skip, 0), max(count - 1, 0) // size * size)


def turning(say: Tongue, verb: str, skip: int, size: int, count: int, *parts: object) -> tuple[Button, ...]:
    """The buttons to the page before and the one behind, where there are such: `<verb>:<skip>`, and the parts."""
    earlier = pressing(say("‹ Back"), verb, skip - size, *parts) if skip else ()
    later = pressing(say("More ›"), verb, skip + size, *parts) if skip + size < count else ()
    return (*earlier, *later)


def laid_out(*rows: tuple[Button, ...]) -> tuple[tuple[Button, ...], ...]:
    """The rows that hold a button."""
    return tuple(row for row in rows if row)
