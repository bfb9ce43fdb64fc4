"""A rich message holds the whole article, in order, and Telegram takes it.

The judge is the small Telegram, which refuses what Telegram was seen to refuse.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.delivery.render.article import pages
from bot.delivery.render.html import plain
from bot.delivery.render.reading import shown
from bot.delivery.render.rich import leaves
from bot.devchat.rich import plain_text, rich_message
from bot.news.answers import Reading
from bot.news.article import Article, Block, BlockKind, Mark, MarkKind
from bot.news.message import Style
from bot.news.model import Headline
from bot.news.said import ENGLISH
from bot.news.text import clean
from tests.articles_told import AT, from_the_left, from_the_right, headline, table

URL = "https://news.example/story"
PICTURE = "https://news.example/lead.jpg"
HEADLINE = Headline("id-1", "The headline", URL, "small", AT, AT)
SENTENCE = "The talks went on until late in the evening, and both sides said that they would meet again soon. "


def article(*blocks: Block, **fields: str) -> Article:
    return Article(URL, "The title", blocks, **fields)


def paragraph(text: str, *marks: Mark) -> Block:
    return Block(BlockKind.PARAGRAPH, text, marks)


def picture(number: int, caption: str = "") -> Block:
    return Block(BlockKind.PICTURE, caption, url=f"https://news.example/{number}.jpg")


def first(told: Article) -> str:
    return leaves(ENGLISH, told, HEADLINE)[0].forms[0]


def taken(told: Article) -> list[list[dict]]:
    """The blocks of each message, as Telegram takes them, in every form."""
    found = leaves(ENGLISH, told, HEADLINE)
    for leaf in found:
        for form in leaf.forms:
            rich_message({"html": form})
    return [rich_message({"html": leaf.forms[0]})["blocks"] for leaf in found]


def kinds(blocks: list[dict]) -> list[str]:
    return [block["type"] for block in blocks]


def test_everything_of_an_article_stands_where_it_belongs():
    told = from_the_left("https://courier.example/harbour.png")
    [blocks] = taken(told)

    assert kinds(blocks) == [
        *("heading", "photo", "paragraph", "blockquote", "paragraph", "heading", "paragraph", "blockquote", "heading"),
        *("list", "table", "heading", "list", "paragraph", "divider", "footer"),
    ]
    lead, facts = blocks[1], blocks[2]
    assert lead["photo_url"] == told.image
    assert lead["caption"] == {"text": told.caption, "credit": told.credit}
    assert next(part for part in facts["text"]["text"] if isinstance(part, dict))["unix_time"] == AT.timestamp()
    assert [item["label"] for item in blocks[9]["items"]] == ["•", "•"]
    assert [item["value"] for item in blocks[12]["items"]] == [1, 2]
    assert [cell["text"] for cell in blocks[10]["cells"][0]] == ["Crossing", "Leaves", "Arrives"]
    assert all(cell["is_header"] for cell in blocks[10]["cells"][0])


def test_what_is_marked_in_the_text_stays_marked():
    text = "Read the report now."
    marks = (Mark(MarkKind.LINK, 5, 15, "https://port.example/?a=1&b=2"), Mark(MarkKind.BOLD, 9, 15))

    html = first(article(paragraph(text, *marks)))

    assert '<p>Read <a href="https://port.example/?a=1&amp;b=2">the <b>report</b></a> now.</p>' in html


def test_an_arabic_article_is_shown_from_right_to_left():
    told = from_the_right("https://courier.example/harbour.png")

    assert all(leaf.is_rtl for leaf in leaves(ENGLISH, told, headline(told)))
    assert all(leaf.is_rtl for leaf in leaves(ENGLISH, replace(told, language=""), headline(told)))
    english = from_the_left("https://courier.example/harbour.png")
    assert not any(leaf.is_rtl for leaf in leaves(ENGLISH, replace(english, language=""), headline(english)))


def test_a_line_that_begins_in_the_other_direction_keeps_its_order():
    arabic = from_the_right("https://courier.example/harbour.png")
    english = article(paragraph("خبر is the word for news."), paragraph("خبر فقط"), language="en")

    assert "<p>\u200fFerry Line 7" in leaves(ENGLISH, arabic, headline(arabic))[0].forms[0]
    assert "<p>\u200eخبر is" in first(english)
    assert "<p>خبر فقط" in first(english)


def test_pictures_are_left_out_step_by_step():
    told = article(paragraph("One."), picture(1, "In the text"), image=PICTURE)
    forms = leaves(ENGLISH, told, HEADLINE)[0].forms

    assert [form.count("<img") for form in forms] == [2, 1, 0]
    assert PICTURE in forms[1]
    assert "In the text" not in forms[2]
    assert len(leaves(ENGLISH, article(paragraph("One.")), HEADLINE)[0].forms) == 1


def test_the_lead_picture_is_not_shown_twice_and_keeps_its_caption():
    again = Block(BlockKind.PICTURE, "At dusk", url=PICTURE, credit="AFP")
    html = first(article(paragraph("One."), again, image=PICTURE))

    assert html.count("<img") == 1
    assert "<figcaption>At dusk<cite>AFP</cite></figcaption>" in html


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/a.jpg", "http://localhost/a.jpg", "http://169.254.169.254/latest", "http://[::1]/a.jpg"),
        *("http://10.0.0.8:9000/a.jpg", "http://printer.local/a.jpg", "http://0x7f.1/a.jpg", "http://2130706433/a.jpg"),
        *("data:image/png;base64,AAAA", "javascript:alert(1)", "file:///etc/passwd", "tg://photo?id=1", "/a.jpg", ""),
        *("https://news.example/logo.svg", "https://news.example/live.m3u8", "https://news.example/\u202egpj.exe"),
    ],
)
def test_a_picture_that_telegram_must_not_fetch_is_left_out(url):
    told = article(paragraph("One."), Block(BlockKind.PICTURE, "Caption", url=url), image=url)

    assert "<img" not in first(told)
    assert "One." in first(told)


def test_a_picture_may_come_from_where_its_article_was_read():
    told = Article("http://127.0.0.1:8082/story", "Title", (paragraph("One."),), image="http://127.0.0.1:8082/a.png")

    assert "<img" in leaves(ENGLISH, told, HEADLINE)[0].forms[0]
    assert "<img" not in leaves(ENGLISH, replace(told, image="http://127.0.0.1:6379/a.png"), HEADLINE)[0].forms[0]


def test_a_table_too_broad_for_telegram_is_told_in_words():
    broad = tuple(f"cell{number}" for number in range(21))
    [blocks] = taken(article(table(broad, broad)))

    assert "table" not in kinds(blocks)
    assert "cell0 | cell1" in plain_text({"blocks": blocks})


def test_a_long_article_goes_on_in_a_second_message():
    told = article(*[paragraph(f"Paragraph {number}. {SENTENCE * 5}") for number in range(120)])
    found = taken(told)

    assert len(found) > 1
    assert all(blocks[0]["type"] == "heading" for blocks in found)
    assert kinds(found[1])[-2:] == ["divider", "footer"]
    buttons = [shown(ENGLISH, Reading(HEADLINE, told), Style.RICH, n).rich.buttons[0] for n in (1, 2)]
    assert buttons[0][0].action == "leaf:id-1:2"
    assert buttons[1][0].action == "leaf:id-1:1"


def test_many_small_blocks_are_parted_before_telegrams_limit():
    items = [Block(BlockKind.ITEM, f"item{number}") for number in range(700)]
    rows = table(("A", "B"), *[(f"row{number}", "x") for number in range(600)])
    found = taken(article(*items, rows))

    said = " ".join(plain_text({"blocks": blocks}) for blocks in found)
    assert [word for word in said.split() if word.startswith("item")] == [f"item{number}" for number in range(700)]
    assert [word for word in said.split() if word.startswith("row")] == [f"row{number}" for number in range(600)]


def test_more_pictures_than_a_message_may_hold_go_on_in_the_next():
    told = article(paragraph("One."), *[picture(number) for number in range(120)], image=PICTURE)
    found = taken(told)

    assert sum(kind == "photo" for blocks in found for kind in kinds(blocks)) == 121


def test_in_place_of_a_rich_message_the_classic_page_of_the_same_part_is_sent():
    told = article(*[paragraph(f"Paragraph {number}. {SENTENCE * 5}") for number in range(120)])
    classic = pages(ENGLISH, told, HEADLINE)
    message = shown(ENGLISH, Reading(HEADLINE, told), Style.RICH, 2)

    assert shown(ENGLISH, Reading(HEADLINE, told), Style.RICH, 1).html == classic[0]
    assert message.html in classic[len(classic) // 3 :]


# ---- whatever stands in an article

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.text(
    "<>&\"'/ ab\u05d0😀\u0301\0\n.", max_size=300
)
long_texts = st.builds(lambda text, times: f"{text} " * times, texts, st.integers(1, 60))
addresses = st.sampled_from(
    [
        *("https://x.example/a?b=c&d=\"'<>", "http://localhost/", "tg://user?id=1", "", "https://x.example/é"),
        *(
            "https://[::1",
            "https://x.example:99999/",
            "https://münchen.example/ä",
            "https://x..example/",
            "http://x.example:0/",
        ),
    ]
) | st.builds("https://{}/".format, texts)
marks = st.lists(
    st.builds(Mark, st.sampled_from(MarkKind), st.integers(-5, 250), st.integers(-5, 250), addresses), max_size=6
)
cells = st.lists(st.lists(texts, max_size=23).map(tuple), max_size=8).map(tuple)
blocks = st.builds(
    Block,
    st.sampled_from(BlockKind),
    texts | long_texts,
    marks.map(tuple),
    st.integers(0, 99),
    cells,
    st.booleans(),
    addresses,
    texts,
)
articles = st.builds(
    Article,
    st.just(URL) | addresses,
    texts,
    st.lists(blocks, max_size=40).map(tuple),
    texts,
    st.none(),
    st.sampled_from(["", "en", "ar", "und", "fa-IR"]),
    texts,
    addresses,
    texts,
    texts,
    texts,
)


@settings(max_examples=150)
@given(articles)
def test_telegram_takes_every_message_of_any_article(told):
    assert taken(told)


plain_blocks = st.builds(
    Block, st.sampled_from([kind for kind in BlockKind if kind not in {"picture", "video"}]), texts | long_texts
)


@settings(max_examples=100)
@given(st.lists(plain_blocks, max_size=60))
@example([Block(BlockKind.QUOTE, "“<&>” " * 12_000), Block(BlockKind.ITEM, "\u0958" * 40_000)])
def test_all_of_the_text_stands_in_the_messages_in_its_order(told):
    found = taken(article(*told))
    written = " ".join(clean(block.text, len(block.text) * 3 + 1) for block in told)
    body = "".join(plain_text({"blocks": blocks[2 if number == 0 else 1 : -2]}) for number, blocks in enumerate(found))
    ours = re.compile("[\\s\u200e\u200f]")  # marks that keep a mixed line in its order are no text
    assert ours.sub("", body) == ours.sub("", written)


words = st.lists(st.text("abcdefg.!?é", min_size=1, max_size=12), min_size=1, max_size=9000).map(" ".join)


@settings(max_examples=15)
@given(
    st.lists(
        st.builds(Block, st.sampled_from([BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE]), words),
        min_size=1,
        max_size=4,
    )
)
def test_no_word_is_cut_in_two_between_messages(told):
    found = taken(article(*told))
    body = " ".join(plain_text({"blocks": blocks[2 if number == 0 else 1 : -2]}) for number, blocks in enumerate(found))

    assert body.split() == " ".join(block.text for block in told).split()


@settings(max_examples=60)
@given(articles)
def test_the_classic_form_of_any_article_is_taken_too(told):
    assert all(plain(html) for html in pages(ENGLISH, told, HEADLINE))
