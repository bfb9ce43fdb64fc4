"""The sections that a headline stands in, as its source files it: sport, middle east.

Here: a section's one name, and the sections that an address tells of.
Not here: what a topic does with them (evidence).
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from bot.news.model import Headline
from bot.news.text import fold

# Longer parts of an address are titles, not sections.
_LONGEST = 40
_READ = 500
_PATH = re.compile(r"[a-z]+://[^/?#]*/([^?#]*)/", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s_+.,:-]+")


def section_name(text: str) -> str:
    """The one name of a section, however it is written: "Middle-East" is middle east. Empty where there is none."""
    return _BETWEEN.sub(" ", fold(text)).strip()


def sections(headline: Headline) -> frozenset[str]:
    """The names of the headline's sections: the folders of its address, in which years and months are none."""
    found = _PATH.match(headline.url[:_READ])
    return _folders(found[1]) if found else frozenset()


@lru_cache(1 << 12)  # a site has few, and every headline asks
def _folders(path: str) -> frozenset[str]:
    names = (section_name(unquote(part)) for part in path.split("/"))
    return frozenset(name for name in names if name and len(name) <= _LONGEST and not name.isdecimal())
