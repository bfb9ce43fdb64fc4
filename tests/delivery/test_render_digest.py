"""How a digest looks, that it always fits, and that nothing in it is out of reach."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.delivery.render.alert import alert
from bot.delivery.render.digest import ROWS_A_SECTION, Look, digest
from bot.delivery.render.html import plain
from bot.devchat.writing import content
from bot.news.alerts import Alert, Form
from bot.news.model import Headline
from bot.news.said import ENGLISH
from bot.tongues import spoken

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)


def told(number: int, topic: str = "fed", title: str = "Rates are held", url: str = "https://x.example/1") -> Alert:
    headline = Headline(f"h{number}", f"{title} {number}", url, "wire", NOW - timedelta(hours=1), NOW)
    return Alert(headline, topic, f"t-{topic}"[:20], f"h{number}", f"h{number}")


def in_sections(*sizes: int) -> list[Alert]:
    return [told(100 * topic + n, f"topic {topic}") for topic, size in enumerate(sizes) for n in range(size)]


def read_through(alerts: list[Alert]) -> list[str]:
    """The numbers of all rows, page after page, as a person taps through them."""
    seen, skip = [], 0
    while True:
        page = digest(ENGLISH, alerts, NOW, Look(), skip)
        seen += [button.label for row in page.buttons for button in row if button.action.startswith("read:")]
        later = [b for row in page.buttons for b in row if b.label.startswith("And ")]
        if not later:
            return seen
        skip = int(later[0].action.partition(":")[2])


def test_few_headlines_stand_in_their_sections_and_nothing_waits_for_a_tap():
    page = digest(ENGLISH, in_sections(2, 1), NOW, Look())
    assert plain(page.html) == (
        "Your digest: 3 headlines\n\n"
        "topic 0\n1. 17:00 Rates are held 0 · wire\n2. 17:00 Rates are held 1 · wire\n\n"
        "topic 1\n3. 17:00 Rates are held 100 · wire"
    )
    assert [[b.label for b in row] for row in page.buttons] == [["1", "2", "3"]]


def test_a_topic_that_brings_much_leaves_room_for_the_others():
    page = digest(ENGLISH, in_sections(40, 2), NOW, Look())
    assert plain(page.html).count("topic 0") == 1
    assert "41. 17:00" in plain(page.html)
    assert f"{ROWS_A_SECTION + 1}. 17:00" not in plain(page.html)
    assert page.buttons[-1][0].label == "And 35 more ›"


@pytest.mark.parametrize("sizes", [(1,), (21,), (40, 2), (3,) * 30, (200,), (1,) * 100])
def test_every_row_is_reached_once_by_tapping_on(sizes):
    alerts = in_sections(*sizes)
    assert sorted(map(int, read_through(alerts))) == list(range(1, len(alerts) + 1))


def test_the_first_story_is_shown_large_and_above_on_the_first_page_only():
    alerts = in_sections(40)
    first = digest(ENGLISH, alerts, NOW, Look(pictured=True))
    assert (first.preview, first.pictured) == ("https://x.example/1", True)
    assert digest(ENGLISH, alerts, NOW, Look(pictured=True), 5).preview == ""
    assert digest(ENGLISH, alerts, NOW, Look()).preview == ""


def test_what_waited_says_so_and_what_did_not_fit_is_admitted():
    assert plain(digest(ENGLISH, in_sections(2), NOW, Look(Form.HELD)).html).startswith("2 headlines waited for you")
    assert "/latest shows everything" in digest(ENGLISH, in_sections(2), NOW, Look(cut=True)).html


@settings(max_examples=40)
@given(
    some.lists(
        some.tuples(some.text(max_size=300), some.text(max_size=60), some.sampled_from(["x", "y" * 1900, "é" * 400])),
        min_size=1,
        max_size=60,
    ),
    some.sampled_from(["en", "ru", "ar", "hi", "zh"]),
)
def test_whatever_waited_every_page_is_one_that_telegram_accepts(rows, lang):
    alerts = [told(n, topic, title, f"https://x.example/{url}") for n, (title, topic, url) in enumerate(rows)]
    for skip in (0, 5, 30):
        page = digest(spoken().of(lang), alerts, NOW, Look(cut=True), skip)
        written = content({"text": page.html, "parse_mode": "HTML"})
        assert len(page.html.encode()) < 1 << 15
        assert len(written.get("entities", [])) <= 100


def test_many_chats_of_two_languages_share_two_wordings():
    tongues, alerts = spoken(), [told(1)]
    english = {id(alert(tongues.of("en"), alerts, NOW)[0]) for _ in range(20)}
    french = {id(alert(tongues.of("fr"), alerts, NOW)[0]) for _ in range(20)}
    assert (len(english), len(french), english & french) == (1, 1, set())
