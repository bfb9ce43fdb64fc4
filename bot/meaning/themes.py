"""How sure is it that a headline is about a topic? What news is about from day to day, to compare with.

How near a headline is to a topic says little by itself: short headlines are near to everything. So the topic
stands against everyday themes, and its share among them is how sure we are: of the headlines that real topics catch
at 60 to 70 per cent, about 60 to 70 in a hundred are about them (docs/meaning.md has the figures).

Here: the themes, and the per cent.
Not here: where vectors come from (encoder).
"""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Matrix: TypeAlias = npt.NDArray[np.float32]

THEMES = (
    *("politics", "diplomacy", "the European Union", "the United Nations", "town councils", "human rights"),
    *("economy", "business", "the stock exchange", "banks", "taxes", "pensions", "unemployment", "jobs"),
    *("company results", "mergers and takeovers", "insurance", "advertising", "shopping", "lottery"),
    *("sport", "motor racing", "cycling", "basketball", "rugby", "boxing", "swimming", "golf", "American football"),
    *("culture", "music", "books", "theatre", "art exhibitions", "museums", "history", "archaeology", "photography"),
    *("celebrities", "royal families", "fashion", "television", "video games", "parties and celebrations"),
    *("science", "dinosaurs", "technology", "the internet", "computers", "telephones"),
    *("health", "medicine", "cancer", "hospitals", "drugs", "obesity", "education", "religion"),
    *("crime", "courts and trials", "murders", "kidnappings", "prisons", "police", "the army", "terrorism", "bombings"),
    *("weather", "storms", "floods", "snow and cold", "heat", "rivers and lakes", "forests", "animals", "birds"),
    *("agriculture", "fishing", "wine", "cooking", "restaurants", "travel", "transport", "trains", "cars"),
    *("traffic accidents", "children", "families", "old age", "weddings", "obituaries", "horoscope"),
    *("local news", "opinion", "Iraq", "Israel and the Palestinians", "Russia", "China", "India", "Africa"),
    *("France", "Germany", "the United States"),
)
# The two were fitted to the topics of tests/data/meaning on real headlines: how steeply nearness (a cosine) becomes
# sureness, and how much the themes weigh together. benchmarks/meaning.py measures what comes of it.
WIDTH = 0.065
WEIGHT = math.exp(-1.0)


def log_odds(of_topics: Matrix, of_themes: Matrix) -> Matrix:
    """How sure, as logarithms of odds: cosines of headlines (rows) with topics, and with themes."""
    others = np.log(WEIGHT * np.exp(of_themes / WIDTH).sum(axis=1, keepdims=True))
    sure: Matrix = of_topics / WIDTH - others
    return sure


def needed(level: int) -> float:
    """The log odds of `level` per cent, from 1 to 99."""
    return math.log(level / (100 - level))
