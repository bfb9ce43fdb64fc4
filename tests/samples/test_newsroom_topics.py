"""The sample newspaper and the ready topics: whoever taps one on the first page hears of it in seconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.render.welcome import TOPICS_A_PAGE
from bot.news.identity import canonical_url
from bot.news.matcher import matches
from bot.news.model import Headline
from bot.news.topics import parse
from bot.samples import schedule
from bot.samples.pages import address
from bot.samples.stories import Writers
from tests.news.real_headlines import matcher_of, ready_topics

OPENED = datetime(2026, 11, 23, 12, 17, 31, tzinfo=UTC)
READY = ready_topics()
# What the newspaper writes about: the first page of ready topics, which a newcomer sees, and some of the others.
WRITTEN_ABOUT = (*list(READY)[:TOPICS_A_PAGE], "africa", "europe", "energy", "travel", "film")


def headlines() -> list[Headline]:
    """Every headline of the first minutes, as the box shows it: a title, and nothing else to go by."""
    writers = Writers()
    stories = [
        writers.story(at)
        for at in reversed(schedule.standing(OPENED, OPENED + timedelta(seconds=330), 1_000))
        if at > OPENED and not schedule.is_foreign(at)
    ]
    return [
        Headline(
            address(story), story.title, address(story), "courier", story.published_at, story.published_at, lang="en"
        )
        for story in stories
    ]


@pytest.fixture(scope="module")
def caught() -> list[set[str]]:
    """For each headline the ready topics that catch it."""
    matcher = matcher_of({key: READY[key].topic for key in WRITTEN_ABOUT})
    return [matcher.match(headline) for headline in headlines()]


@pytest.mark.parametrize("key", WRITTEN_ABOUT)
def test_any_three_headlines_in_a_row_hold_one_for_every_ready_topic_of_the_first_page(
    key: str, caught: list[set[str]]
) -> None:
    matched = [key in topics for topics in caught]
    assert len(matched) > 60
    assert all(any(matched[place : place + 3]) for place in range(len(matched) - 2))


def test_of_any_two_headlines_in_a_row_one_names_morocco() -> None:
    matched = [matches(parse("morocco"), headline) for headline in headlines()]
    assert all(any(matched[place : place + 2]) for place in range(len(matched) - 1))


def test_an_address_is_one_headlines_identity() -> None:
    urls = [canonical_url(f"http://127.0.0.1:8082{headline.url}") for headline in headlines()]
    assert len(set(urls)) == len(urls)
