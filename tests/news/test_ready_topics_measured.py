"""The ready topics on real headlines from whose half no word was chosen: most of what they catch belongs to them.

A headline's section is where its paper put it, and most would fit another as well: a topic is measured against one.
Thresholds are what holds with some room; docs/ready-topics.md says what was measured.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot.news.matcher import Matcher
from tests.news.real_headlines import (
    Printed,
    matcher_of,
    of_a_french_day,
    of_africa_and_the_world,
    of_agencies,
    of_many_sites,
    ready_topics,
    says,
    unseen,
)

BBC = partial(of_africa_and_the_world, lang="en")
BBC_AFRIQUE = partial(of_africa_and_the_world, lang="fr")
# No topic but "everything" is to catch more than one in so many headlines of a mixed pool.
ONE_IN = 6


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return matcher_of({key: ready.topic for key, ready in ready_topics().items() if key != "everything"})


@pytest.mark.parametrize(
    ("printed", "key", "section", "precision", "recall"),
    [
        (BBC, "sport", "sports", 0.85, 0.5),
        (BBC, "health", "health", 0.7, 0.7),
        (BBC, "technology", "technology", 0.7, 0.35),
        (BBC, "politics", "politics", 0.6, 0.3),
        (BBC, "culture", "entertainment", 0.6, 0.3),
        (BBC, "economy", "business", 0.6, 0.2),
        (BBC_AFRIQUE, "sport", "sports", 0.7, 0.7),
        (BBC_AFRIQUE, "football", "sports", 0.9, 0.5),
        (BBC_AFRIQUE, "health", "health", 0.8, 0.7),
        (of_agencies, "sport", "sports", 0.8, 0.22),
        (of_agencies, "world", "world", 0.75, 0.3),
        (of_agencies, "technology", "technology", 0.75, 0.4),
        (of_agencies, "economy", "business", 0.7, 0.25),
        (of_agencies, "markets", "business", 0.75, 0.12),
        (of_many_sites, "culture", "entertainment", 0.85, 0.45),
        (of_many_sites, "music", "entertainment", 0.9, 0.17),
        (of_many_sites, "film", "entertainment", 0.8, 0.28),
        (of_many_sites, "economy", "business", 0.8, 0.33),
        (of_many_sites, "technology", "technology", 0.65, 0.38),
    ],
)
def test_a_ready_topic_finds_its_section_of_the_paper(
    shared_data: Path,
    matcher: Matcher,
    printed: Callable[[Path], list[Printed]],
    key: str,
    section: str,
    precision: float,
    recall: float,
) -> None:
    headlines = [(each.section == section, each) for each in unseen(printed(shared_data))]
    caught = [belongs for belongs, each in headlines if key in matcher.match(says(each.title, each.lang))]
    assert sum(caught) >= precision * len(caught)
    assert sum(caught) >= recall * sum(belongs for belongs, _ in headlines)


def test_no_ready_topic_floods_whoever_follows_it(shared_data: Path, matcher: Matcher) -> None:
    pools = (of_a_french_day, of_agencies, of_many_sites, BBC, BBC_AFRIQUE)
    found = [matcher.match(says(each.title, each.lang)) for pool in pools for each in unseen(pool(shared_data))]
    often = {key: sum(key in topics for topics in found) for key in ready_topics()}
    assert len(found) > 5000
    assert [key for key, times in often.items() if times * ONE_IN > len(found)] == []
