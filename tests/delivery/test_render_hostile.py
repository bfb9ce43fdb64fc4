"""Whatever stands in headlines and articles, Telegram takes the message, and readers get every word.

The judge is the small Telegram, whose parser agrees with Telegram's own on every case of its library.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as some

from bot.delivery.forms import content
from bot.delivery.render.alert import alert
from bot.delivery.render.article import pages
from bot.delivery.render.html import MOST_ENTITIES, plain
from bot.delivery.render.reading import shown
from bot.devchat import writing
from bot.devchat.markup import parse_html
from bot.news.alerts import Alert
from bot.news.answers import Reading
from bot.news.article import Article, Block, BlockKind
from bot.news.message import Message, Style
from bot.news.model import Headline
from bot.news.text import clean

# The kinds that are text; pictures and videos are no part of a classic page.
KINDS = tuple(kind for kind in BlockKind if kind not in {BlockKind.PICTURE, BlockKind.VIDEO})

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NASTY = some.text(max_size=300) | some.text("<>&\"'/ ab\u05d0\u0627😀\u0301\0\n.", max_size=500)
ADDRESSES = some.sampled_from(["https://x.example/a?b=c&d=\"'<>", "http://localhost/", "tg://user?id=1", ""]) | (
    some.tuples(some.sampled_from(["https://x.example/", "https://", ""]), NASTY).map("".join)
)
HEADLINES = some.builds(
    lambda number, title, url, source: Headline(f"id-{number}", title, url, source, NOW, NOW),
    some.integers(0, 999),
    NASTY,
    ADDRESSES,
    NASTY,
)
ALERTS = some.lists(some.builds(Alert, HEADLINES, NASTY, some.sampled_from(["t1", "t2"])), min_size=1, max_size=30)
TEXTS = NASTY | some.sampled_from(["word " * 1500, "One. Two? " * 400, "字" * 5000, "x" * 9000, "a", "👨‍👩‍👧" * 900])
BLOCKS = some.lists(some.builds(Block, some.sampled_from(KINDS), TEXTS), max_size=40)


def taken(message: Message) -> str:
    """The plain text as it is taken by Telegram; fails where it is refused or half of its markup is lost."""
    written = content(message)
    writing.content({**written, "reply_markup": written.get("reply_markup")})
    text, entities = parse_html(message.html)
    assert text == plain(message.html)
    assert len(entities) <= MOST_ENTITIES
    return text


@examples(max_examples=100)
@given(ALERTS)
def test_any_alert_is_taken_and_tells_one_headline_at_least(alerts) -> None:
    message, told = alert(alerts, NOW)
    text = taken(message)
    assert 1 <= told <= len(alerts)
    assert all(clean(each.headline.title, 20).rstrip("…") in text for each in alerts[:told])


@examples(max_examples=60)
@given(BLOCKS, NASTY, ADDRESSES, NASTY, HEADLINES)
def test_every_page_of_any_article_is_taken(blocks, title, url, byline, headline) -> None:
    article = Article(url, title, tuple(blocks), byline, None, "en", byline)
    for number in range(1, len(pages(article, headline)) + 1):
        taken(shown(Reading(headline, article), Style.PAGES, number))


@examples(max_examples=60)
@given(BLOCKS, HEADLINES)
def test_no_word_of_an_article_is_cut_or_lost(blocks, headline) -> None:
    article = Article("https://x.example/", "Title", tuple(blocks))
    told = words(" ".join(map(plain, pages(article, headline))))
    assert not words(" ".join(clean(block.text, len(block.text) * 3 + 1) for block in blocks)) - told


def words(text: str) -> Counter[str]:
    """The words that fit a page; a script without spaces, or a joke, has none."""
    return Counter(
        word
        for word in text.replace("•", " ").translate(dict.fromkeys(map(ord, "\u200e\u200f"))).split()
        if len(word) < 600 and "字" not in word
    )


@pytest.mark.parametrize("title", ["الحكومة توافق على الميزانية", "הממשלה אישרה את התקציב"])
def test_a_line_that_runs_from_the_right_does_not_turn_what_stands_beside_it(title) -> None:
    headline = Headline("id-1", title, "https://x.example/", "الجزيرة", NOW, NOW)
    text = taken(alert([Alert(headline, "ميزانية", "t1")], NOW)[0])
    assert text.splitlines() == [title, "12:00 · \u2068الجزيرة\u2069 · because you follow “\u2068ميزانية\u2069”"]


@pytest.mark.parametrize(
    "url", ["https://x.example/\0", "https://x.example/\ud800", "https://x.example/a b", "javascript:1"]
)
def test_an_address_that_cannot_be_one_leads_nowhere_and_breaks_nothing(url) -> None:
    headline = Headline("id-1", "Fed holds", url, "small", NOW, NOW)
    message, _ = alert([Alert(headline, "fed", "t1")], NOW)
    assert taken(message).startswith("Fed holds\n")
    assert (url in message.html, message.preview) == (False, "")
