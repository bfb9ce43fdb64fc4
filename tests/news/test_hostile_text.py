"""Text that hides something, or reaches beyond itself, is shown without the trick."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.news.text import clean

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
HIDDEN = (
    "\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\u034f\u115f\u1160\u3164\uffa0\u180e"
    "\U0001d173\U0001bca0\ufff9\U000e0001"
)


@given(some.text(alphabet=some.characters(exclude_categories=[]) | some.sampled_from(BIDI + HIDDEN), max_size=80))
def test_nothing_reaches_beyond_a_headline_or_hides_in_it(text: str) -> None:
    shown = clean(text)
    assert not set(shown) & set(BIDI + HIDDEN)
    assert not any(0xFE00 <= ord(each) <= 0xFE0D for each in shown)
    assert clean(shown) == shown
    assert shown.encode().decode() == shown


@pytest.mark.parametrize("trick", [*BIDI, *HIDDEN, "\ufe00", "\U000e0041", "\U000e0100", "\0", "\x1b", "\x7f", "\x85"])
def test_a_trick_in_a_word_leaves_the_word(trick: str) -> None:
    assert clean(f"ev{trick}il").replace(" ", "") == "evil"


@pytest.mark.parametrize(
    "text",
    ["می‌خواهم", "क्‍ष", "👨‍👩‍👧", "❤️‍🔥", "1️⃣ reason",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f wins", "👍🏽", "🇫🇷",
     "ශ්‍රී ලංකා", "☀️", "©️"],
)  # fmt: skip
def test_what_scripts_and_emoji_need_is_kept(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Ка\u200dзань", "Казань"), ("东\u200d京", "东京"), ("a\ufe0fb", "ab"), ("pass\u200cword", "password"),
    ("x\U000e0067\U000e007f", "x"), ("ש\u200dלום", "שלום")],
)  # fmt: skip
def test_joiners_and_selectors_go_where_they_do_nothing(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_ten_thousand_marks_on_a_letter_become_a_few() -> None:
    shown = clean("Z" + "\u0301\u0323\u0489" * 3_333 + "algo", 100_000)
    assert sum(unicodedata.category(each)[0] == "M" for each in shown) <= 6
    assert shown.endswith("algo")
