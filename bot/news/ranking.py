"""What a search shows first.

Here: how well a headline answers, from its words, its story and its age.
Not here: which headlines answer at all (shelf, matcher).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from math import log2

from bot.news.growth import independent
from bot.news.model import Headline
from bot.news.shelf import Hit
from bot.news.text import words

# A word in the title counts as much as this many days of age; so do the words one after the other, as they were typed,
# and twice as many sources.
TITLED, PHRASE, DOUBLED = 3.0, 3.0, 1.0
_DAY = timedelta(days=1)


class Order(StrEnum):
    """What comes first: what answers best, or what is newest."""

    BEST = "b"
    NEWEST = "n"


def by_words(hit: Hit, now: datetime) -> float:
    """How well a headline answers, as far as the index knows; the more, the better."""
    return TITLED * hit.titled - (now - hit.published_at) / _DAY


def ranked(
    headlines: Sequence[Headline], known: dict[str, Hit], typed: str, now: datetime, order: Order
) -> list[Headline]:
    """The headlines in their order. `known` tells what the index knew of them, `typed` what was looked for."""
    if order is Order.NEWEST:
        return sorted(headlines, key=lambda headline: headline.published_at, reverse=True)
    phrase = f" {' '.join(words(typed))} "

    def worth(headline: Headline) -> float:
        sources = max(len(independent(headline.tellings)), 1)
        title = f" {' '.join(words(headline.title))} "
        is_phrase = phrase.count(" ") > 2 and phrase in title
        return by_words(known[headline.id], now) + PHRASE * is_phrase + DOUBLED * log2(sources)

    return sorted(headlines, key=worth, reverse=True)
