"""The index of topics follows what chats want, in their own words or by a tap."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.news.errors import BadTopic
from bot.news.identity import topic_id
from bot.news.model import ReadyTopic
from bot.news.topics import parse
from bot.store.database import Database
from bot.store.topics import Topics
from bot.workers.index import TopicIndex
from tests.news.real_headlines import says

SPORT = ReadyTopic("sport", parse("football OR tennis"), {"en": "Sport"})
GONE = ReadyTopic("gone", parse("chess"), {"en": "Chess"})


@pytest.fixture
async def topics(redis_url: str):
    database = Database.connect(redis_url)
    yield Topics(database)
    await database.close()


async def test_a_topic_that_was_tapped_catches_what_it_says_today(topics, clock):
    await topics.register(topic_id(SPORT.wish), SPORT.wish, clock.now())
    index = TopicIndex(topics, [SPORT])
    await index.follow()
    assert index.match(says("Tennis final today", "en")) == {topic_id(SPORT.wish)}

    reworded = TopicIndex(topics, [ReadyTopic("sport", parse("rowing"), {"en": "Sport"})])
    await reworded.follow()
    assert reworded.match(says("Rowing final today", "en")) == {topic_id(SPORT.wish)}
    assert reworded.match(says("Tennis final today", "en")) == set()


async def test_a_tapped_topic_that_is_offered_no_longer_rests_and_holds_nothing_up(topics, clock):
    index = TopicIndex(topics, [SPORT])
    await index.follow()
    await topics.register(topic_id(GONE.wish), GONE.wish, clock.now())
    await topics.register("typed", "chess", clock.now())
    with capture_logs() as log:
        await index.follow()
    assert index.match(says("Chess in the park", "en")) == {"typed"}
    assert [line["event"] for line in log if line["log_level"] == "warning"] == ["topic not understood"]


def test_nobody_can_type_what_a_tap_stands_for():
    with pytest.raises(BadTopic):
        parse(SPORT.wish)
