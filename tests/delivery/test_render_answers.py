"""Answers fit one message of Telegram, whatever stands in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.forms import keyboard
from bot.delivery.render import house, lists, sources, wishes
from bot.delivery.render.html import MOST_ENTITIES, MOST_UNITS, plain, units
from bot.delivery.render.pressing import leading, pressing
from bot.news.answers import Preview, Rows, SourceReport, Subscribed, Unread
from bot.news.errors import BadTopic
from bot.news.message import Message
from bot.news.model import Headline, Source, Subscription
from bot.news.said import ENGLISH, said
from bot.news.sourcestate import SourceState

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LONG = {"words": "Ministers & <others> meet again " * 30, "emoji": "🙂" * 400, "marks": "x" + "\u0301" * 400}


def headline(title: str, number: int = 1, age: timedelta = timedelta()) -> Headline:
    return Headline(f"id-{number:037d}", title, "https://x.example/" + "y" * 900, "source" * 9, NOW - age, NOW)


def entities(message: Message) -> int:
    return sum(message.html.count(f"<{tag}") for tag in ("a ", "b>", "i>", "code>", "pre>", "tg-time", "blockquote"))


def fits(message: Message) -> bool:
    buttons = [button for row in message.buttons for button in row]
    assert all(button.label and (button.url or button.action) for button in buttons)
    return 0 < units(message.html) <= MOST_UNITS and entities(message) <= MOST_ENTITIES and len(buttons) <= 100


@pytest.mark.parametrize("title", LONG.values(), ids=LONG)
def test_thirty_rows_fit_one_message(title):
    rows = tuple(headline(title, number, timedelta(days=2)) for number in range(30))
    ids = tuple(row.id for row in rows)
    assert fits(
        lists.listing(
            ENGLISH, Rows(rows, ids, NOW, 30, 270, "🙂" * 100, older=True), said("I show {n} rows at most.", n=30)
        )
    )


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_page_of_the_longest_topics_fits_one_message(text):
    followed = [Subscription(1, f"topic-{number:04}", text, NOW) for number in range(100)]
    assert fits(wishes.topics(ENGLISH, followed))
    assert fits(wishes.topics(ENGLISH, followed, 10_000, followed[0]))


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_sources_in_trouble_fit_one_message(text):
    state = SourceState(due=NOW, last_ok=NOW, failures=3, error=text, title=text)
    reports = [SourceReport(Source(f"name-{number:034}", "https://x.example/", text), state) for number in range(100)]
    assert fits(sources.sources(ENGLISH, reports))
    assert fits(sources.sources(ENGLISH, reports, 10_000))


def test_a_source_tells_how_it_fares_in_words():
    source = Source("small", "https://x.example/", "Small News")
    well = SourceState(due=NOW, last_ok=NOW, found=7)
    ill = SourceState(due=NOW, last_ok=NOW, failures=2, error="The server answers 503.")

    def told(state: SourceState | None) -> str:
        return plain(sources.sources(ENGLISH, [SourceReport(source, state)]).html)

    assert "not asked yet" in told(None)
    assert "7 headlines at 12:00, asked again at 12:00" in plain(
        sources.sources(ENGLISH, [SourceReport(source, well)]).html
    )
    assert "The server answers 503; last heard 23.11. 12:00" in plain(
        sources.sources(ENGLISH, [SourceReport(source, ill)]).html
    )
    assert "No source is watched yet" in sources.sources(ENGLISH, []).html


def test_a_row_of_another_day_wears_its_date():
    today, before = headline("Today", 1), headline("Before", 2, timedelta(days=2))
    text = plain(lists.listing(ENGLISH, Rows((today, before), (today.id, before.id), NOW, 10)).html)

    assert "1. 12:00 Today" in text
    assert "2. 21.11. 12:00 Before" in text


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_what_was_subscribed_and_what_cannot_be_read_fit_one_message(text):
    wish, preview = Subscription(1, "topic", "🙂" * 100, NOW), Preview(3, 9, timedelta(days=7), headline(text))
    assert fits(wishes.subscribed(ENGLISH, Subscribed(wish, said("{text}", text=text), False, preview)))
    assert fits(wishes.unsubscribed(ENGLISH, wish))
    assert fits(house.unread(ENGLISH, Unread(headline(text), text)))


def test_a_wrong_topic_shows_the_place_under_the_text():
    text = plain(wishes.misunderstood(ENGLISH, BadTopic("Close it.", 4, "oil (gas")).html)

    assert "oil (gas\n    ^" in text


def test_a_button_that_telegram_would_refuse_is_left_out():
    assert keyboard((pressing("Follow", "follow", "é" * 40),)) == {}
    assert keyboard((pressing("Follow", "follow", "é" * 20),))
    assert leading("Original", "https://x.example/story")
    for url in ("http://newsroom/story", "javascript:alert(1)", "https://[oops", "https://x.example/" + "y" * 3000):
        assert leading("Original", url) == ()
