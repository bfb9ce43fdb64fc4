"""When a story is worth another word. Owns what is breaking, and at how many sources a sent alert is edited.

Here: both rules, and when two sources are independent.
Not here: which headlines tell a story (stories).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

# Two may copy each other or share an owner; that a third does within minutes is seldom chance.
BREAKING_SOURCES = 3
# Long enough for a box that is asked every few minutes; what takes longer is news, not breaking.
BREAKING_WITHIN = timedelta(minutes=15)
# Under a country's own ending stands another short one: co.uk, com.au, gov.br.
_SHORT = 3


def breaking(tellings: Sequence[tuple[str, str, datetime]]) -> bool:
    """True where enough independent sources told a story within minutes; `tellings` are source, host, instant.

    Independent are sources of different names on different sites (www.example.co.uk and m.example.co.uk are one).
    """
    told = sorted(tellings, key=lambda telling: telling[2])
    for place, (_, _, first) in enumerate(told):
        within = [telling for telling in told[place:] if telling[2] - first <= BREAKING_WITHIN]
        if _independent(within) >= BREAKING_SOURCES:
            return True
    return False


def is_milestone(sources: int) -> bool:
    """True for 3, 6, 12, 24 … sources: the sent alert then says so, and between them it is left alone."""
    steps, rest = divmod(sources, BREAKING_SOURCES)
    return not rest and steps > 0 and steps & (steps - 1) == 0


def _independent(tellings: Sequence[tuple[str, str, datetime]]) -> int:
    """How many of these are independent, each in its turn counted where neither its source nor its site was yet."""
    sources: set[str] = set()
    sites: set[str] = set()
    for source, host, _ in tellings:
        site = _site(host)
        if source not in sources and site not in sites:
            sources.add(source)
            sites.add(site)
    return len(sources)


def _site(host: str) -> str:
    """What its owner registered, as far as the name itself tells: example.co.uk of www.example.co.uk."""
    labels = host.lower().rstrip(".").split(".")
    under_country = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= _SHORT
    return ".".join(labels[-3:] if under_country else labels[-2:])
