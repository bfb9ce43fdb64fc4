"""What a search shows first.

Here: how well a headline answers, from its words, its story and its age.
Not here: which headlines answer at all (shelf, matcher).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import log2

from bot.news.growth import independent
from bot.news.model import Headline
from bot.news.shelf import Hit
from bot.news.text import words

# Seconds of age that make up for it: all words in the title, one after the other as they were typed, twice the sources.
TITLED, PHRASE, DOUBLED = 3 * 86_400.0, 3 * 86_400.0, 86_400.0


class Order(StrEnum):
    """What comes first: what answers best, or what is newest."""

    BEST = "b"
    NEWEST = "n"


def worth_of_title(order: Order) -> float:
    """How many seconds of age the words in the title make up for."""
    return TITLED if order is Order.BEST else 0.0


def worth(hit: Hit, order: Order) -> float:
    """How well a headline answers, as far as the index knows; the more, the better."""
    return hit.published + worth_of_title(order) * hit.titled


def ranked(headlines: Sequence[Headline], known: Mapping[str, Hit], typed: str, order: Order) -> list[Headline]:
    """The headlines in their order. `known` tells what the index knew of them, `typed` what was looked for."""
    if order is Order.NEWEST:
        return sorted(headlines, key=lambda headline: headline.published_at, reverse=True)
    phrase = f" {' '.join(words(typed))} "

    def whole_worth(headline: Headline) -> float:
        sources = max(len(independent(headline.tellings)), 1)
        is_phrase = phrase.count(" ") > 2 and phrase in f" {' '.join(words(headline.title))} "
        return worth(known[headline.id], order) + PHRASE * is_phrase + DOUBLED * log2(sources)

    return sorted(headlines, key=whole_worth, reverse=True)
