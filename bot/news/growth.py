"""How a story grows. Owns who counts as a source of its own, when a growth is worth an edit, and what is breaking.

Here: tellings -> numbers and yes or no.
Not here: which headlines tell one story (stories), how it is shown (delivery/render).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.news.model import Telling

# Two may be an agency's line and one who copied it. From the third on, each doubling is news again.
FIRST_GROWTH = 3
BREAKING_SOURCES = 3
# An agency's line is copied within the hour; sites that report by themselves within so short a time do it for a reason.
BREAKING_WITHIN = timedelta(minutes=15)
# Whoever is told later is told news, but nothing that breaks.
BREAKING_FOR = timedelta(hours=1)
# Second-level names under which countries give names away: bbc.co.uk and theguardian.co.uk are two sites.
_SHARED = frozenset({"ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "net", "or", "org", "press"})


def independent(tellings: Sequence[Telling]) -> tuple[Telling, ...]:
    """The first telling of each site: two feeds of one site are one source."""
    first: dict[str, Telling] = {}
    for telling in tellings:
        first.setdefault(_site(telling), telling)
    return tuple(first.values())


def grew(tellings: Sequence[Telling], headline: str) -> bool:
    """Whether this headline made the number of sources reach three, six, twelve, and so on, or the story break."""
    counted = independent(tellings)
    place = next((place for place, telling in enumerate(counted) if telling.headline == headline), None)
    if place is None:
        return False
    return _is_milestone(place + 1) or (_bursts(counted[: place + 1]) != _bursts(counted[:place]) == [])


def breaking(tellings: Sequence[Telling], now: datetime) -> bool:
    """Whether several sources of their own told the story within minutes, and lately."""
    if len(tellings) < BREAKING_SOURCES:  # nearly always, and every alert to every chat asks
        return False
    return any(now - last <= BREAKING_FOR for last in _bursts(independent(tellings)))


def _bursts(tellings: Sequence[Telling]) -> list[datetime]:
    """When enough sources had told the story within minutes, each time that they had."""
    instants = sorted(telling.at for telling in tellings)
    starts = zip(instants, instants[BREAKING_SOURCES - 1 :], strict=False)
    return [last for first, last in starts if last - first <= BREAKING_WITHIN]


def _is_milestone(sources: int) -> bool:
    while sources > FIRST_GROWTH and sources % 2 == 0:
        sources //= 2
    return sources == FIRST_GROWTH


def _site(telling: Telling) -> str:
    """The name that somebody registered, as far as a host tells without the public suffix list."""
    labels = telling.host.split(".")
    if len(labels) < 2 or labels[-1].isdecimal():
        return telling.host or telling.source
    size = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED else 2
    return ".".join(labels[-size:])
