"""When a feed asks to be left alone, and who tells of its news. Owns ttl, the syndication module, skipped hours.

Here: what stands in a feed's head -> a Rhythm, a WebSub hub and the address that it knows the feed by.
Not here: what is made of it (news/cadence), what servers say in headers (web).
"""

from __future__ import annotations

from datetime import timedelta

from bot.ingest.feedfields import Fields, first_text
from bot.ingest.xmltree import text_of
from bot.news.model import Rhythm

_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
# WordPress writes "hourly, once" into every feed, however often its site publishes.
_NOBODYS_CHOICE = (60, 1)
_LONGEST = 525_600  # minutes: a year
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def rhythm_of(head: Fields) -> Rhythm:
    """What a feed's head says of its rhythm: ttl in minutes, else sy:updatePeriod shared by sy:updateFrequency."""
    minutes = _number(first_text(head, "ttl")) or _period(head)
    hours = (_number(said) for said in _listed(head, "skiphours"))
    days = (said.lower() for said in _listed(head, "skipdays"))
    return Rhythm(
        ttl=timedelta(minutes=min(minutes, _LONGEST)) if minutes else None,
        skip_hours=frozenset(hour % 24 for hour in hours if hour is not None and hour <= 24),
        skip_days=frozenset(_DAYS.index(day) for day in days if day in _DAYS),
    )


def _period(head: Fields) -> int | None:
    period = _PERIODS.get(first_text(head, "sy:updateperiod").lower())
    often = _number(first_text(head, "sy:updatefrequency")) or 1
    return max(1, period // often) if period and (period, often) != _NOBODYS_CHOICE else None


def _listed(head: Fields, name: str) -> list[str]:
    """What the elements below the first of this name say."""
    return [text_of(said) for listed in head.get(name, ())[:1] for said in listed]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
