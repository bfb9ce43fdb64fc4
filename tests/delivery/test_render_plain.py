"""An article for ears: what a voice should say, and nothing else."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.render.html import MOST_UNITS, plain, units
from bot.delivery.render.plain import plain_pages
from bot.delivery.render.reading import shown
from bot.news.answers import Reading
from bot.news.article import Article, Block, BlockKind, Mark, MarkKind
from bot.news.message import Style
from bot.news.model import Headline
from bot.news.said import ENGLISH
from tests.articles_told import AT, from_the_left, from_the_right, headline, table

HEADLINE = Headline("id-1", "The headline", "https://news.example/story", "small", AT, AT)


def said(*blocks: Block) -> str:
    """What is said of these blocks."""
    return plain(plain_pages(ENGLISH, Article(HEADLINE.url, "Title", blocks), HEADLINE)[0]).partition("\n\n")[2]


def test_the_whole_article_is_text_and_every_line_ends_with_a_stop():
    told = from_the_left("https://courier.example/harbour.png")
    [html] = plain_pages(ENGLISH, told, headline(told))

    assert plain(html).split("\n\n")[0].split("\n") == [
        "Night ferry returns to the old harbour after eleven years.",
        "Amina Idrissi.",
        "The Corniche Courier.",
        "26.11. 09:30",
        "Only the beginning: the rest stands behind the paper's paywall.",
    ]
    body = plain(html).partition("\n\n")[2]
    assert all(line.endswith((".", "”")) for line in body.splitlines() if line)
    assert not any(sign in body for sign in ("|", "•", "http", "accounts.example", "harbour at dusk", "Drawing"))


def test_a_row_of_a_table_names_its_columns():
    assert said(table(("Crossing", "Leaves"), ("North", "22:00"), ("South", ""))) == (
        "Crossing: North, Leaves: 22:00.\nCrossing: South."
    )


def test_a_table_without_a_head_is_a_list_of_its_cells():
    assert said(Block(BlockKind.TABLE, "a | b", cells=(("a", "b"), ("c", "d")))) == "a, b.\nc, d."


def test_lists_are_sentences():
    items = (Block(BlockKind.ITEM, "Bring water"), Block(BlockKind.ITEM, "Come early!"))
    numbered = (Block(BlockKind.ITEM, "First this", number=1), Block(BlockKind.ITEM, "Then that.", number=2))

    assert said(*items) == "Bring water.\nCome early!"
    assert said(*numbered) == "1. First this.\n2. Then that."


def test_of_an_address_the_host_is_said():
    text = "More at https://www.news.example/a/b?c=d#e, or www.other.example/x."
    link = Block(BlockKind.PARAGRAPH, text, (Mark(MarkKind.LINK, 0, 4, "https://x.example/"),))

    assert said(link) == "More at news.example, or other.example."


def test_pictures_and_videos_are_not_said():
    assert (
        said(Block(BlockKind.PICTURE, "A caption"), Block(BlockKind.VIDEO, "A film"), Block(BlockKind.QUOTE, "Yes"))
        == "Yes."
    )


def test_an_arabic_line_that_begins_with_latin_words_keeps_its_order():
    told = from_the_right("")
    line = next(line for line in plain_pages(ENGLISH, told, headline(told))[0].splitlines() if "Ferry Line" in line)

    assert line.startswith("\u200f")


def test_plain_text_has_no_plain_text_button():
    message = shown(ENGLISH, Reading(HEADLINE, Article(HEADLINE.url, "Title", ())), Style.TEXT)

    assert [[button.label for button in row] for row in message.buttons] == [["Original ↗"], ["Share"]]
    assert message.rich is None


words = st.lists(st.text("abcdefg!?é", min_size=1, max_size=12), min_size=1, max_size=900).map(" ".join)
blocks = st.builds(
    Block, st.sampled_from([BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.QUOTE, BlockKind.ITEM]), words
)


@settings(max_examples=40)
@given(st.lists(blocks, min_size=1, max_size=12))
def test_every_word_is_said_in_its_order(told):
    pages = plain_pages(ENGLISH, Article(HEADLINE.url, "Title", tuple(told)), HEADLINE)

    assert all(units(html) <= MOST_UNITS for html in pages)
    body = " ".join([plain(pages[0]).partition("\n\n")[2], *map(plain, pages[1:])]).replace(".", " ").replace("•", " ")
    assert body.split() == " ".join(block.text for block in told).split()
