"""Pages of an article: every word in order, no page too long, nothing cut that belongs together."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.delivery.render.article import pages
from bot.delivery.render.html import MOST_BYTES, MOST_ENTITIES, MOST_UNITS, plain, units
from bot.delivery.render.reading import shown
from bot.devchat.markup import parse_html
from bot.news.answers import Reading
from bot.news.article import Article, Block, BlockKind
from bot.news.message import Message, Style
from bot.news.model import Headline
from bot.news.said import ENGLISH
from bot.news.text import clean

# The kinds that are text; pictures and videos are no part of a classic page.
TEXTS = tuple(kind for kind in BlockKind if kind not in {BlockKind.PICTURE, BlockKind.VIDEO})

NOON = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
URL = "https://news.example/story"
HEADLINE = Headline("id-1", "The headline", URL, "small", NOON, NOON)
SENTENCE = "The talks went on until late in the evening, and both sides said that they would meet again soon."


def article(*blocks: str | Block, title: str = "The title", **fields: str) -> Article:
    whole = (block if isinstance(block, Block) else Block(BlockKind.PARAGRAPH, block) for block in blocks)
    return Article(URL, title, tuple(whole), **fields)


def page(told: Article, headline: Headline, number: int) -> Message:
    return shown(ENGLISH, Reading(headline, told), Style.PAGES, number)


def heading(text: str) -> Block:
    return Block(BlockKind.HEADING, text)


def item(text: str) -> Block:
    return Block(BlockKind.ITEM, text)


class Balance(HTMLParser):
    """Counts tags, and fails where one ends that was not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)
        self.seen += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def is_sound(html: str) -> bool:
    balance = Balance()
    balance.feed(html)
    balance.close()
    parse_html(html)
    fits = 0 < units(html) <= MOST_UNITS and balance.seen <= MOST_ENTITIES and len(html.encode()) <= MOST_BYTES
    return fits and not balance.open


def bodies(told: Article) -> list[str]:
    """The plain text of each page without head and foot."""
    texts = [plain(text) for text in pages(ENGLISH, told, HEADLINE)]
    texts[0] = "\n".join(texts[0].split("\n")[2:])
    texts[-1] = texts[-1].rpartition("\n\n")[0] if "\n\n" in texts[-1] else ""
    return texts


def test_a_short_article_is_one_page_with_head_and_foot():
    told = article("First.", heading("Why"), "Second.", byline="Ann Author", site="News Example")
    only = page(told, HEADLINE, 1)

    assert only.html == (
        '<b>The title</b>\n<i>Ann Author · News Example · <tg-time unix="1795436100" format="dt">23.11. 12:15</tg-time>'
        "</i>\n\nFirst.\n\n<b>Why</b>\n\nSecond.\n\n"
        f'<a href="{URL}">News Example</a>'
    )
    assert [[(button.label, button.url) for button in row] for row in only.buttons[:1]] == [
        [("Plain text", ""), ("Original ↗", URL)]
    ]


def test_quotes_headings_and_lists_are_seen_as_such():
    told = article(heading("Why"), Block(BlockKind.QUOTE, "We will."), item("one"), item("two"), "End.")
    html = pages(ENGLISH, told, HEADLINE)[0]

    assert "<b>Why</b>\n\n<blockquote>We will.</blockquote>\n\n• one\n• two\n\nEnd." in html


def test_a_long_article_is_turned_page_by_page():
    told = article(*[f"{number}. {SENTENCE * 4}" for number in range(30)])
    count = len(pages(ENGLISH, told, HEADLINE))
    middle = page(told, HEADLINE, 2)

    assert count >= 4
    assert [(button.label, button.action) for button in middle.buttons[0]] == [
        (f"‹ Page 1 of {count}", "page:id-1:1"),
        (f"Page 3 of {count} ›", "page:id-1:3"),
    ]
    assert [button.action for button in page(told, HEADLINE, 1).buttons[0]] == ["page:id-1:2"]
    assert [button.action for button in page(told, HEADLINE, count).buttons[0]] == [f"page:id-1:{count - 1}"]


@pytest.mark.parametrize("number", [-5, 0, 99])
def test_a_page_beyond_the_ends_is_the_nearest(number):
    told = article(*[SENTENCE * 8 for _ in range(12)])
    nearest = 1 if number < 1 else len(pages(ENGLISH, told, HEADLINE))

    assert page(told, HEADLINE, number) == page(told, HEADLINE, nearest)


def test_a_long_paragraph_is_parted_after_a_sentence():
    told = article(" ".join(f"Number {number} of many. {SENTENCE}" for number in range(80)))

    assert all(body.endswith(("soon.", "many.")) for body in bodies(told))


def test_pages_are_well_filled():
    told = article(*[SENTENCE * 3 for _ in range(60)])

    assert all(units(text) > 2500 for text in pages(ENGLISH, told, HEADLINE)[:-1])


def test_a_heading_never_stands_alone_at_the_end_of_a_page():
    for length in range(20, 40):
        told = article(*[SENTENCE] * length, heading("What comes next"), *[SENTENCE] * 40)
        assert not any(body.rstrip().endswith("What comes next") for body in bodies(told)[:-1])


@pytest.mark.parametrize("word", ["x" * 50_000, "🙂" * 25_000, "👩‍👩‍👧‍👦" * 3_000, "&" * 50_000])
def test_a_word_longer_than_a_page_is_cut_between_characters(word):
    told = article(f"Before {word} after.")

    assert all(is_sound(text) for text in pages(ENGLISH, told, HEADLINE))
    assert "".join("".join(bodies(told)).split()) == f"Before{word}after."
    assert not any(body.lstrip().startswith("\u200d") or body.rstrip().endswith("\u200d") for body in bodies(told))


def test_the_rest_of_a_list_item_has_no_second_bullet():
    told = article(item(SENTENCE * 100))

    assert "".join(bodies(told)).count("•") == 1


def test_so_many_headings_that_one_message_may_not_hold_them_are_parted():
    told = article(*[heading(str(number)) for number in range(300)])

    assert all(is_sound(text) for text in pages(ENGLISH, told, HEADLINE))
    assert " ".join(bodies(told)).split() == [str(number) for number in range(300)]


def test_an_article_without_text_still_tells_what_it_is_and_where():
    only = pages(ENGLISH, article(title=""), HEADLINE)[0]

    assert plain(only) == "The headline\nsmall · 23.11. 12:15\n\nOriginal"


def test_whatever_a_page_says_of_itself_fits():
    told = article(SENTENCE * 100, title="🙂" * 999, byline="<b>" * 999, site="&" * 9999)

    assert all(is_sound(text) for text in pages(ENGLISH, told, HEADLINE))


def test_an_original_that_telegram_would_not_link_gets_no_button():
    told = Article("http://newsroom/story", "Title", (Block(BlockKind.PARAGRAPH, "Text."),))

    assert [[button.label for button in row] for row in page(told, HEADLINE, 1).buttons] == [["Plain text"]]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
long_texts = st.builds(lambda text, times: f"{text} " * times, texts, st.integers(1, 40))
blocks = st.builds(Block, st.sampled_from(TEXTS), texts | long_texts)


@settings(max_examples=100)
@given(st.lists(blocks, max_size=60))
@example([Block(BlockKind.QUOTE, "“<&>” " * 3000), Block(BlockKind.ITEM, "\u0958" * 3000)])
def test_pages_hold_every_word_in_order_and_each_is_sound(blocks):
    told = article(*blocks)
    html = pages(ENGLISH, told, HEADLINE)

    assert all(is_sound(text) for text in html)
    written = " ".join(clean(block.text, len(block.text) * 3) for block in blocks)
    # Bullets are ours; a word that no page can hold is cut, so it is the characters that are compared.
    # So are the marks that keep a mixed line in its order.
    ours = re.compile("[\\s•\u200e\u200f]")
    assert ours.sub("", "".join(bodies(told))) == ours.sub("", written)


words = st.lists(st.text("abcdefg.!?é", min_size=1, max_size=12), min_size=1, max_size=900).map(" ".join)


@settings(max_examples=40)
@given(st.lists(st.builds(Block, st.sampled_from(TEXTS), words), min_size=1, max_size=12))
def test_no_word_is_ever_cut_in_two(blocks):
    written = " ".join(block.text for block in blocks).split()

    assert [word for word in " ".join(bodies(article(*blocks))).split() if word != "•"] == written
