"""What a source is called in topics (source:name) when nobody has said it.

Here: a short name of its own, made of a title or a host.
Not here: which names an operator may choose (options).
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.news.hosts import host_of
from bot.news.text import fold

LONGEST_NAME = 40
# A title that is longer than this is a slogan; the host is the better name then.
_LONGEST_FROM_TITLE = 24
_SEPARATORS = re.compile(r"\s+[-–—|·•»:/]+\s+|[|·•»:]")
_BEFORE_THE_NAME = {"www", "feeds", "feed", "rss", "m", "amp"}


def free_name(title: str, url: str, taken: Collection[str]) -> str:
    """A short name for a source that nobody has yet: `name`, or with the first number that makes it one of its own."""
    name = _name_for(title, url)
    tries = (f"{name[: LONGEST_NAME - 4]}-{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(free for free in tries if free not in taken)


def _name_for(title: str, url: str) -> str:
    """The first part of the title or, where that says little, the host."""
    first = _slug(_SEPARATORS.split(title)[0])
    if first and len(first) <= _LONGEST_FROM_TITLE and not first.isdigit():
        return first
    host = host_of(url)
    parts = [part for part in host.split(".") if part not in _BEFORE_THE_NAME]
    first = _slug(parts[0] if parts else "")
    return (_slug(host) if first.isdigit() else first) or "source"  # 127 says less than 127-0-0-1


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:LONGEST_NAME].strip("-")
