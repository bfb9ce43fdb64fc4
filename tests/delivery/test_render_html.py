"""The pieces that every message is made of: safe, and counted as Telegram counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.render.html import cut, escape, is_web, isolated, link, plain, reach, tg_time, units, width
from bot.devchat.markup import parse_html

NOON = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
FAMILY = "👩‍👩‍👧‍👦"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_somebody_writes_stands_in_a_message_as_it_is(text):
    shown, entities = parse_html(escape(text))
    assert (shown, entities) == (text, [])
    assert plain(escape(text)) == text
    assert units(escape(text)) == width(text)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/a?b=1&c=2",
        "http://127.0.0.1:8082/story",
        'https://x.example/"><b>',
        "https://user@x.example/",
    ],
)
def test_a_link_leads_where_it_should(url):
    shown, entities = parse_html(link("Tom & Jerry <3", url))
    assert shown == "Tom & Jerry <3"
    assert [(entity["type"], entity["url"]) for entity in entities] == [("text_link", url)]


NO_ADDRESSES = [
    "",
    "javascript:alert(1)",
    "data:text/html,x",
    "tg://resolve?domain=x",
    "ftp://x.example/",
    "file:///etc/passwd",
    "//x.example",
    "x.example",
    "https://",
    "http://[oops",
    "https://x.example/" + "y" * 3000,
]


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_what_is_no_address_of_the_web_is_only_text(url):
    assert link("Title", url) == "Title"


def test_the_readers_own_app_shows_the_time():
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5)))
    assert tg_time(elsewhere) == '<tg-time unix="1795436100" format="t">12:15</tg-time>'
    assert tg_time(NOON, date=True) == '<tg-time unix="1795436100" format="dt">23.11. 12:15</tg-time>'
    assert [entity["type"] for entity in parse_html(tg_time(NOON))[1]] == ["date_time"]


@pytest.mark.parametrize(
    ("html", "count"),
    [("abc", 3), ("🙂", 2), ("&lt;3 &amp; &#x1F642;", 7), ('<a href="https://x.example/">né</a>', 2), ("", 0)],
)
def test_a_message_is_as_long_as_telegram_counts_it(html, count):
    assert units(html) == count


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("headline", 4, "head"),
        ("headline", 8, "headline"),
        ("headline", 80, "headline"),
        ("🙂🙂🙂", 3, "🙂"),
        ("🙂🙂🙂", 4, "🙂🙂"),
        ("cafe\u0301s", 4, "caf"),
        (f"ab{FAMILY}", 6, "ab"),
        ("ab👍🏽", 4, "ab"),
        ("ab🇲🇦", 4, "ab"),
        ("ab❤️", 3, "ab"),
        ("", 5, ""),
    ],
)
def test_nothing_that_is_seen_as_one_character_is_parted(text, room, shown):
    assert cut(text, room) == shown


@given(st.text(alphabet="ab 🙂\u0301\u200d👩🏽🇲é"), st.integers(2, 60))
def test_a_cut_text_is_the_beginning_of_it_and_fits(text, room):
    shown = cut(text, room)
    assert text.startswith(shown)
    assert width(shown) <= room
    assert shown or not text


def test_a_heap_of_marks_is_cut_hard_and_quickly():
    assert reach("x" + "\u0301" * 50_000, 4096) == 4096


def test_a_foreign_direction_stays_within_its_own_piece():
    assert isolated("morocco") == "morocco"
    assert isolated("المغرب") == "\u2068المغرب\u2069"
    assert isolated("חדשות OR news") == "\u2068חדשות OR news\u2069"


def test_an_address_needs_a_host():
    assert is_web("https://x.example")
    assert not is_web("https:///path")
