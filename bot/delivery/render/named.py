"""Names that could deceive, shown as what they are: hosts of sources, and titles that lead elsewhere than they say.

Here: the sign of warning, and the room that it takes.
Not here: which letters of a host are trusted (news/hosts), links within articles (honest).
"""

from __future__ import annotations

import re

from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import escape, link
from bot.news.hosts import host_of, is_deceptive, is_one_house, shown_host

WARNING = "⚠️"
LONGEST_HOST = 40
_HOST = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}\.?")
# An address in words; a bare name is none, since companies are called so ("Booking.com").
_ADDRESS = re.compile(r"(?:https?://|\bwww\.)((?:[\w-]+\.)+[\w-]{2,})", re.IGNORECASE)


def named(name: str, longest: int) -> str:
    """A source's or site's name in one safe line; where it is a host, in letters that can be trusted."""
    if (name.isascii() and "xn--" not in name) or not _HOST.fullmatch(name):
        return fitted(name, longest)
    return fitted(f"{WARNING} {shown_host(name)}" if is_deceptive(name) else shown_host(name), longest)


def titled(title: str, url: str, longest: int) -> str:
    """The title as a link to `url`, in at most `longest` units; with the host where that is not what it seems."""
    if not (host := _unlike(title, url)):
        return link(fitted(title, longest), url)
    told = f" {WARNING} {fitted(host, LONGEST_HOST)}"
    return link(fitted(title, longest - len(told)), url) + escape(told)


def _unlike(title: str, url: str) -> str:
    """The host to be told beside a title: one that could pass for another, or not the one that the title says."""
    if "xn--" not in url and url.isascii() and "://" not in title and "www." not in title.lower():
        return ""
    host = host_of(url)
    said = _ADDRESS.search(title)
    if is_deceptive(host) or (said and not is_one_house(said[1], host)):
        return shown_host(host)
    return ""
