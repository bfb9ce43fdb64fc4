"""Headlines as strangers may write them: whatever is in one, it is matched and told, and nothing stops."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from bot.news.errors import BadTopic
from bot.news.evidence import matches, why
from bot.news.matcher import Matcher
from bot.news.model import Headline
from bot.news.stories import Stories
from bot.news.story_words import story_words
from bot.news.topics import Topic, canonical, parse

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
# Pieces of which words are made, and what is no word alone: tatweel, marks, joiners, halves of characters.
ODD = st.sampled_from(
    ["ـ", "ـً", "\u0951", "l'", "'", "'s", "’", "\u0301", "\u200d", "\ud800", "ه", "ال", "لل", "زلزال", "cat", "climat",
     "و", "-", "*", "=", " ", " ", ".", "7", "G-", "فوتبال", "中", "ﷺ", "Ankara'nın", "Ж", "ß", "İ", "ॐ", "हिन्दी"]
)  # fmt: skip
TEXTS = st.text(st.characters(codec=None, exclude_categories=()), max_size=60) | st.lists(ODD, max_size=12).map("".join)
LANGS = st.sampled_from(["", "ar", "fa", "he", "de", "fr", "hi", "ko", "zh", "en-US", "x_", "\ud800"])
TOPICS = ("climat", "زلزال", "climat* -cat", '"l\'été ال"', "near cat", "中", "title:cat", "*")


def says(title: str, summary: str = "", lang: str = "") -> Headline:
    return Headline("h", title, "https://example.org/a-b-c/x.html", "gazette", NOON, NOON, summary=summary, lang=lang)


def indexed(topics: dict[str, Topic]) -> Matcher:
    matcher = Matcher()
    for name, topic in topics.items():
        matcher.add(name, topic)
    return matcher


KNOWN = {text: parse(text) for text in TOPICS}


def is_read_alike(headline: Headline) -> bool:
    """True where the index and the plain truth agree, and the headline begins a story that it then tells again."""
    caught = {name for name, topic in KNOWN.items() if matches(topic, headline)}
    assert all(why(topic, headline) for topic in KNOWN.values())
    stories = Stories()
    assert stories.find(headline) is None
    stories.add(headline, "s")
    assert all(story_words(headline))
    return indexed(KNOWN).match(headline) == caught and stories.find(headline) == "s"


@given(TEXTS, TEXTS, LANGS)
@example("عاجل ـ زلزال", "", "ar")
@example("l'ـ ـ.ـ", "ـً", "fr")
def test_any_headline_is_matched_and_told(title: str, summary: str, lang: str) -> None:
    assert is_read_alike(says(title, summary, lang))


def test_so_is_the_big_list_of_naughty_strings(shared_data: Path) -> None:
    for text in json.loads((shared_data / "hostile" / "blns" / "blns.json").read_text(encoding="utf-8")):
        assert is_read_alike(says(text, text))
        assert is_read_alike(says(text, text, "ar"))


@given(TEXTS)
@example("ـ-cat*")
@example('"ـ" -ـ')
def test_any_topic_can_be_followed_and_given_up(text: str) -> None:
    try:
        topic = parse(text)
    except BadTopic:
        return
    assert parse(canonical(topic)) == topic
    matcher = indexed(KNOWN | {"odd": topic})
    headline = says(text, text)
    assert ("odd" in matcher.match(headline)) == matches(topic, headline)
    matcher.remove("odd")
    assert "odd" not in matcher.match(headline)
