"""The form of a key's name. Owns what may stand in each of its places.

Here: a pattern, its keys, and whether a key is one of them.
Not here: which patterns there are (keys).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

# What may stand in a place of a name.
_PLACES = {
    "sNN": r"s\d\d",
    "<chat>": r"-?\d+",
    "<person>": r"-?\d+",
    "<topic>": r"[^:]+",
    "<headline>": r"[A-Za-z0-9._:-]+",
    "<cast>": r"[A-Za-z0-9._:-]+(?:~[A-Za-z0-9._:-]+){0,2}!?",
    "<name>": r"\S+",
    "<offer>": r"[\w-]{11}",
    "<link>": r"[\w-]{11}",
    "<bucket>": r"\d{1,3}",
    "<day>": r"\d{4}-\d\d-\d\d",
    "<draft>": r"[\w-]{1,20}",
    "<cost>": r"[a-z]+",
    "<window>": r"\d+",
    "<tag>": r"[^{}]+",
}


@dataclass(frozen=True, slots=True)
class KeyPattern:
    """One kind of key: its name with places to fill, its Redis type, the module that owns it, how long it lives."""

    name: str
    type: str
    owner: str
    lifetime: str
    meaning: str

    def matches(self, key: str) -> bool:
        """Whether `key` is one of this kind."""
        return _expression(self.name).fullmatch(key) is not None

    @property
    def glob(self) -> str:
        """What fits every key of this kind, for SCAN; it may fit others, too."""
        return re.sub(r"<\w+>", "*", self.name.replace("sNN", "s[0-9][0-9]"))

    def at(self, *parts: object) -> str:
        """The key with its places filled, in order."""
        return _template(self.name) % parts


@cache
def _expression(name: str) -> re.Pattern[str]:
    """What fits a name with its places filled."""
    expression = re.escape(name)
    for place, form in _PLACES.items():
        expression = expression.replace(re.escape(place), form)
    return re.compile(expression)


@cache
def _template(name: str) -> str:
    """The name with its places as % wants them."""
    return re.sub(r"<\w+>", "%s", name.replace("sNN", "s%02d"))
