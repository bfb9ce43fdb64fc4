"""The title of an article, among the several that its page gives it. Owns the choice.

Here: JSON-LD, OpenGraph, headings and the window's title weighed against one another; the site's name cut off.
Not here: finding them on the page (pagefacts).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.news.text import fold

# What each is worth, tried on the pages of half of fundus' publishers and checked on the other half: the title for
# sharing is the one that an editor wrote; one that equals the window's was written for search engines.
_SHARED, _DATA, _HEADING, _WINDOW = 1.0, 1.25, 0.5, -0.8
_A_TITLE = 10  # characters; a shorter heading is rather the name of a section
_PARTED = re.compile(r"\s+(?:[|•·»:~]|-{1,2}|[–—])\s+|\s*[|｜]\s*")
_LEAST = 15  # characters before a stroke that can be a title by themselves


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles that a page gives: for sharing, in its data, in its headings of the first rank, in its window."""

    shared: str = ""
    data: str = ""
    headings: Sequence[str] = ()
    window: str = ""


def best_title(told: Titles, sites: Iterable[str]) -> str:
    """The editor's title, without the site's name; empty where the page has none. `sites` are the site's names."""
    names = {_plain(site) for site in sites if site}
    headings = _plausible(told.headings, told.window or told.shared or told.data)
    worth: dict[str, float] = {}
    shown: dict[str, str] = {}
    for title, weight in [
        (told.shared, _SHARED),
        (told.data, _DATA),
        *((heading, _HEADING) for heading in headings),
        (told.window, _WINDOW),
    ]:
        bare = without_site(title, names, headings)
        if plain := _plain(bare):
            shown.setdefault(plain, bare)
            worth[plain] = worth.get(plain, 0.0) + weight
    return shown[max(worth, key=worth.__getitem__)] if worth else "".join(told.headings[:1])


def without_site(title: str, names: set[str], headings: Sequence[str]) -> str:
    """`title` without what stands before or after a stroke and is the site's name, or is all that a heading lacks."""
    title = " ".join(title.split())
    for parted in _PARTED.finditer(title):
        before, after = title[: parted.start()], title[parted.end() :]
        if _plain(after) in names or (len(before) >= _LEAST and before in headings):
            return before
        if _plain(before) in names:
            return after
    return title


def _plausible(headings: Sequence[str], said: str) -> list[str]:
    """The headings that can be the article's: the only one, or those that the window's title holds as well."""
    whole = fold(said)
    long = [heading for heading in headings if len(heading) > _A_TITLE]
    return [heading for heading in long if fold(heading) in whole] or (long if len(headings) == 1 else [])


def _plain(text: str) -> str:
    return "".join(re.findall(r"\w+", fold(text)))
