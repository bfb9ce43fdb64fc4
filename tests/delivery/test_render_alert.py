"""How an alert looks, and that it always fits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.render.alert import alert
from bot.delivery.render.direction import RIGHT
from bot.delivery.render.html import plain
from bot.devchat.writing import content
from bot.news.alerts import Alert
from bot.news.message import Message
from bot.news.model import Headline
from bot.news.said import ENGLISH
from bot.tongues import spoken

NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)


def told(
    title: str = "Morocco hailed as partner",
    number: int = 1,
    *,
    topic: str = "morocco",
    age: timedelta = timedelta(minutes=15),
    source: str = "Morning Post",
    url: str = "https://news.example/story",
) -> Alert:
    headline = Headline(f"id-{number}", title, url, source, NOW - age, NOW)
    return Alert(headline, topic, f"t-{topic}"[:40])


def labels(message: Message) -> list[list[str]]:
    return [[button.label for button in row] for row in message.buttons]


def accepted(message: Message) -> dict:
    """What Telegram makes of the message; raises what Telegram complains of."""
    keyboard = [[{"text": b.label, "callback_data": b.action} for b in row] for row in message.buttons]
    call = {"text": message.html, "parse_mode": "HTML", "reply_markup": {"inline_keyboard": keyboard}}
    assert len(message.html.encode()) < 1 << 15
    written = content(call)
    assert len(written.get("entities", [])) <= 100
    return written


def test_one_headline_shows_its_title_time_source_and_why_it_came():
    message, fitted = alert(ENGLISH, [told()], NOW)

    assert plain(message.html) == "Morocco hailed as partner\n12:15 · Morning Post · because you follow “morocco”"
    assert labels(message) == [["📖 Read", "Share", "⋯ More"]]
    assert message.preview == "https://news.example/story"
    assert fitted == 1
    assert [entity["type"] for entity in accepted(message)["entities"]] == ["text_link", "bold", "date_time", "italic"]


def test_a_line_of_arabic_words_begins_at_the_right_though_a_latin_name_comes_first():
    arabic = spoken().of("ar")
    for alerts in ([told()], [told(), told("Second", 2)]):
        message, _ = alert(arabic, alerts, NOW)
        about = [line for line in plain(message.html).split("\n") if "Morning Post" in line]
        assert len(about) == len(alerts)
        assert all(line.startswith(RIGHT) for line in about)
    assert RIGHT not in alert(ENGLISH, [told()], NOW)[0].html
    assert RIGHT not in alert(arabic, [told(topic="", source=""), told(topic="", source="")], NOW)[0].html


def test_several_headlines_come_as_one_numbered_list():
    message, fitted = alert(ENGLISH, [told("First", 1), told("Second", 2), told("Third", 3, source="")], NOW)

    assert plain(message.html) == (
        "3 new headlines\n\n"
        "1. 12:15 First\nMorning Post · for “morocco”\n\n"
        "2. 12:15 Second\nMorning Post · for “morocco”\n\n"
        "3. 12:15 Third\nfor “morocco”"
    )
    assert labels(message) == [["1", "2", "3"], ["⋯ More"]]
    assert message.buttons[0][2].action == "read:id-3"
    assert message.preview == ""
    assert fitted == 3


def test_headlines_of_several_topics_have_one_button_for_all_that_can_be_done():
    message, _ = alert(ENGLISH, [told(topic="oil"), told(number=2, topic="gold")], NOW)

    assert labels(message)[-1] == ["⋯ More"]


def test_a_headline_of_another_day_wears_its_date():
    message, _ = alert(ENGLISH, [told(age=timedelta(days=2)), told(number=2)], NOW)

    assert "1. 21.11. 12:30 Morocco" in plain(message.html)
    assert "2. 12:15 Morocco" in plain(message.html)


def test_a_topic_that_was_ended_meanwhile_is_not_named():
    message, _ = alert(ENGLISH, [told(topic="")], NOW)

    assert plain(message.html) == "Morocco hailed as partner\n12:15 · Morning Post"
    assert labels(message) == [["📖 Read", "Share"]]


def test_an_arabic_title_does_not_turn_the_line_that_tells_about_it():
    message, _ = alert(ENGLISH, [told("المغرب شريك مهم", topic="المغرب", source="هسبريس")], NOW)
    title, facts = plain(message.html).split("\n")

    assert title == "المغرب شريك مهم"
    assert facts == "12:15 · \u2068هسبريس\u2069 · because you follow “\u2068المغرب\u2069”"


@pytest.mark.parametrize("title", ["</b><script>", "a & b < c", "&amp; <a href='x'>", "\u202egnihtyna\x00"])
def test_no_title_breaks_the_markup(title):
    written = accepted(alert(ENGLISH, [told(title, source=title, topic=title)], NOW)[0])

    assert {entity["type"] for entity in written["entities"]} == {"bold", "text_link", "date_time", "italic"}


def test_a_burst_is_told_in_as_few_messages_as_hold_it():
    owed = [told(f"Story {number}", number) for number in range(50)]
    told_in = []
    while owed:
        _, fitted = alert(ENGLISH, owed, NOW)
        told_in.append(fitted)
        owed = owed[fitted:]

    assert told_in == [20, 20, 10]


def test_a_headline_with_an_endless_address_is_told_without_it():
    written = accepted(alert(ENGLISH, [told(url="https://x.example/" + "y" * 9000)], NOW)[0])

    assert "text_link" not in {entity["type"] for entity in written["entities"]}


anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
addresses = st.integers(0, 2500).map(lambda length: "https://x.example/" + "&" * length)


@settings(max_examples=60)
@given(
    st.lists(
        st.builds(told, anything | st.just("🙂" * 400), topic=anything, source=anything, url=addresses), min_size=1
    )
)
def test_whatever_is_owed_fits_a_message_that_telegram_accepts(alerts):
    message, fitted = alert(ENGLISH, alerts, NOW)

    assert 1 <= fitted <= len(alerts)
    accepted(message)
