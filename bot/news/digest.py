"""In what order a digest is told. Owns how much a story counts there.

Here: what waits -> sections by topic, the stories of each ranked.
Not here: what waits (holding), how many rows a section shows and how (delivery/render/digest).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import log2

from bot.news.alerts import Alert
from bot.news.growth import independent
from bot.news.holding import Waiting

# After so long a story counts half: what is new in the evening goes before what was new in the morning.
HALF_LIFE = timedelta(hours=12)
# What a further topic of the chat adds that the story satisfies as well.
ALSO = 0.25


def in_sections(waiting: Iterable[Waiting], now: datetime) -> tuple[Alert, ...]:
    """What is told, section after section, each topic one: first the topic of the story that counts most."""
    ranked = sorted(waiting, key=lambda each: _counts(each, now), reverse=True)
    sections: dict[str, list[Alert]] = {}
    for each in ranked:
        sections.setdefault(each.owed.topic, []).append(each.alert)
    return tuple(alert for section in sections.values() for alert in section)


def _counts(waiting: Waiting, now: datetime) -> float:
    """More for each source of its own that tells the story (the second says more than the tenth), less with age.

    A topic that brings little needs no weight of its own: every topic has a section, and so many rows.
    """
    alert = waiting.alert
    sources = max(len(independent(alert.tellings)), 1)
    age = max(now - alert.headline.published_at, timedelta())
    return log2(1 + sources) * (1 + ALSO * len(waiting.owed.also)) / 2 ** (age / HALF_LIFE)
