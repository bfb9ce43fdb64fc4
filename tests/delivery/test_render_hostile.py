"""Whatever stands in headlines and articles, Telegram takes the message, and readers get every word.

The judge is the small Telegram, whose parser agrees with Telegram's own on every case of its library.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as some

from benchmarks._corpus import naughty
from bot.delivery.forms import content
from bot.delivery.render.alert import alert
from bot.delivery.render.article import pages
from bot.delivery.render.finding import candidates, to_remove, unwatched, watched
from bot.delivery.render.html import MOST_ENTITIES, plain
from bot.delivery.render.lists import listing
from bot.delivery.render.reading import shown as read_as
from bot.devchat import writing
from bot.devchat.markup import parse_html
from bot.news.alerts import Alert
from bot.news.answers import Added, Reading, Rows
from bot.news.article import Article, Block, BlockKind
from bot.news.candidates import Findings, best_first, candidate_of
from bot.news.message import Message, Style
from bot.news.model import Fetched, Headline, Kind, Listing, Source
from bot.news.said import ENGLISH
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
    message, told = alert(ENGLISH, alerts, NOW)
    text = taken(message)
    assert 1 <= told <= len(alerts)
    assert all(clean(each.headline.title, 20).rstrip("…") in text for each in alerts[:told])


@examples(max_examples=60)
@given(BLOCKS, NASTY, ADDRESSES, NASTY, HEADLINES)
def test_every_page_of_any_article_is_taken(blocks, title, url, byline, headline) -> None:
    article = Article(url, title, tuple(blocks), byline, None, "en", byline)
    for number in range(1, len(pages(ENGLISH, article, headline)) + 1):
        taken(read_as(ENGLISH, Reading(headline, article), Style.PAGES, number))


@examples(max_examples=60)
@given(BLOCKS, HEADLINES)
def test_no_word_of_an_article_is_cut_or_lost(blocks, headline) -> None:
    article = Article("https://x.example/", "Title", tuple(blocks))
    told = words(" ".join(map(plain, pages(ENGLISH, article, headline))))
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
    text = taken(alert(ENGLISH, [Alert(headline, "ميزانية", "t1")], NOW)[0])
    assert text.splitlines() == [title, "12:00 · \u2068الجزيرة\u2069 · because you follow “\u2068ميزانية\u2069”"]


@pytest.mark.parametrize(
    "url", ["https://x.example/\0", "https://x.example/\ud800", "https://x.example/a b", "javascript:1"]
)
def test_an_address_that_cannot_be_one_leads_nowhere_and_breaks_nothing(url) -> None:
    headline = Headline("id-1", "Fed holds", url, "small", NOW, NOW)
    message, _ = alert(ENGLISH, [Alert(headline, "fed", "t1")], NOW)
    assert taken(message).startswith("Fed holds\n")
    assert (url in message.html, message.preview) == (False, "")


LONG_ADDRESSES = ADDRESSES | some.just("https://x.example/" + "&" * 1900)
LISTINGS = some.builds(
    Listing,
    some.sampled_from(Kind),
    some.lists(some.builds(Fetched, NASTY, LONG_ADDRESSES, some.sampled_from([NOW, None])), max_size=5).map(tuple),
    NASTY,
)
FOUND = some.lists(some.builds(candidate_of, LISTINGS, LONG_ADDRESSES, NASTY), max_size=6)


@examples(max_examples=100)
@given(FOUND, ADDRESSES)
def test_whatever_is_found_can_be_shown_and_picked(found, url) -> None:
    shown = candidates(ENGLISH, Findings(url, NOW, best_first(found, NOW)[:6]))
    text = taken(shown)
    assert all(len(button.action.encode()) <= 64 for row in shown.buttons for button in row)
    assert text.count("headline") >= len(shown.buttons)


@examples(max_examples=50)
@given(some.builds(Source, some.just("a" * 40), LONG_ADDRESSES, NASTY))
def test_whatever_is_watched_can_be_undone(source) -> None:
    messages = (
        watched(ENGLISH, Added(source, timedelta(minutes=5))),
        unwatched(ENGLISH, source),
        to_remove(ENGLISH, [source] * 30),
    )
    for message in messages:
        assert taken(message)
        assert message.buttons
        assert all(0 < len(button.action.encode()) <= 64 for row in message.buttons for button in row)


def shown(title: str, url: str, source: str = "") -> str:
    """The first two lines of an alert."""
    return taken(alert(ENGLISH, [Alert(Headline("id-1", title, url, source, NOW, NOW), "", "t1")], NOW)[0])


@pytest.mark.parametrize(
    ("title", "url", "warning"),
    [
        ("Apple unveils", "https://аpple.com/x", " ⚠️ xn--pple-43d.com"),
        ("Apple unveils", "https://xn--80ak6aa92e.com/x", " ⚠️ xn--80ak6aa92e.com"),
        ("https://bank.example/login", "https://evil.example/", " ⚠️ evil.example"),
        ("See www.bank.example now", "https://evil.example/", " ⚠️ evil.example"),
        ("https://bank.example.evil.example/", "https://evil.example/", ""),
        ("https://bank.example/login", "https://www.bank.example/login", ""),
        ("Booking.com shares rise", "https://paper.example/", ""),
        ("Neues aus München", "https://xn--mnchen-3ya.example/", ""),
    ],
)
def test_a_title_that_leads_elsewhere_than_it_seems_is_followed_by_the_host(title, url, warning) -> None:
    assert shown(title, url).splitlines()[0] == f"{title}{warning}"
    row = taken(listing(ENGLISH, Rows((Headline("id-1", title, url, "s", NOW, NOW),), (), NOW, 10)))
    assert f"{title}{warning} · s" in row


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("xn--pple-43d.com", "⚠️ xn--pple-43d.com"),
        ("xn--b1amnebsh.xn--p1ai", "новости.рф"),
        ("paper.example", "paper.example"),
    ],
)
def test_a_source_is_named_in_letters_that_can_be_trusted(source, told) -> None:
    assert shown("Title", "https://x.example/", source).splitlines()[1].endswith(f" · {told}")


@pytest.mark.parametrize("size", [1, 5, 30])
def test_a_list_of_nothing_but_warnings_fits_a_message(size) -> None:
    url = f"https://{'а' * 30}.{'b' * 60}.com/"
    rows = tuple(
        Headline(f"id-{n}", "Title and more words " * 20, url, "xn--pple-43d.com", NOW, NOW) for n in range(size)
    )
    taken(listing(ENGLISH, Rows(rows, (), NOW, size)))


def test_every_naughty_string_is_told_as_title_topic_source_and_article(shared_data) -> None:
    for text in naughty(shared_data):
        headline = Headline("id-1", clean(text) or "Title", "https://x.example/", text, NOW, NOW, summary=text)
        message, _ = alert(ENGLISH, [Alert(headline, text, "t1")], NOW)
        assert clean(text, 20).rstrip("…") in taken(message)
        taken(listing(ENGLISH, Rows((headline,), (), NOW, 10, 0, clean(text, 60), True)))
        article = Article("https://x.example/", text, (Block(BlockKind.PARAGRAPH, text),), text, None, "en", text)
        for number in range(1, len(pages(ENGLISH, article, headline)) + 1):
            taken(read_as(ENGLISH, Reading(headline, article), Style.PAGES, number))
