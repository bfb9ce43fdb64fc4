"""The blocks of an article as a chat shows them: headings, quotes, lists, tables, pictures, videos, marks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from bot.ingest.articles import extract
from bot.ingest.pieces import pieces
from bot.news.article import Article, Block, BlockKind, Mark, MarkKind

URL = "https://www.gazette.test/2026/11/23/story"
PARAGRAPHS = [
    "The council of the small town decided on Monday evening to mend the old bridge before the winter comes.",
    "Eleven of thirteen members voted for the plan, which will cost less than a new bus and last thirty years.",
    "The mayor thanked the carpenters, who had offered their advice free of charge, and asked for patience.",
    "Work begins on the first of March, when the river is low and the swallows have not yet come back to it.",
]


def read(between: str, *, above: str = "", head: str = "") -> Article:
    """The article of a page with `between` after its second paragraph, and `above` under its title."""
    first, second, *rest = (f"<p>{text}</p>" for text in PARAGRAPHS)
    body = f"<h1>Old bridge to be mended</h1>{above}{first}{second}{between}{''.join(rest)}"
    return extract(
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>Bridge</title>{head}</head>"
        f"<body><article>{body}</article></body></html>".encode(),
        URL,
    )


def between(markup: str) -> list[Block]:
    """The blocks that `markup` becomes in the midst of an article."""
    blocks = list(read(markup).blocks)
    assert [block.text for block in blocks if block.text in PARAGRAPHS] == PARAGRAPHS
    return blocks[2:-2]


def marked(block: Block) -> list[tuple[str, str, str]]:
    """The marks of a block: kind, the words that are marked, address."""
    return [(mark.kind.value, block.text[mark.start : mark.end], mark.url) for mark in block.marks]


def test_a_subheading_stands_where_it_stood() -> None:
    assert between("<h2>What it will <b>cost</b></h2>")[0].kind is BlockKind.HEADING


def test_a_quotation_is_told_from_the_text_around_it() -> None:
    quoted = "It is only a bridge, said the mayor, but it is ours, and it was here before us."
    assert between(f"<blockquote><p>{quoted}</p></blockquote>") == [Block(BlockKind.QUOTE, quoted)]


def test_a_list_keeps_its_items_and_a_numbered_one_their_numbers() -> None:
    items = ["Oak for the rails of the bridge", "Stone for the piers of the bridge", "Lime for what is between them"]
    markup = "".join(f"<li>{item}</li>" for item in items)
    assert between(f"<ul>{markup}</ul>") == [Block(BlockKind.ITEM, item) for item in items]
    assert between(f"<ol start=4>{markup}</ol>") == [
        Block(BlockKind.ITEM, item, number=number) for number, item in enumerate(items, 4)
    ]


def test_the_second_paragraph_of_an_item_is_no_item_of_its_own() -> None:
    page = html.fromstring("<body><ol><li><p>Oak for the rails.</p><p>It comes from the forest.</p></li></ol></body>")
    assert [piece.block for piece in pieces(page, URL)] == [
        Block(BlockKind.ITEM, "Oak for the rails.", number=1),
        Block(BlockKind.PARAGRAPH, "It comes from the forest."),
    ]


def test_a_table_keeps_its_cells_and_knows_its_head() -> None:
    rows = (
        "<tr><th>Part</th><th>Price</th></tr>"
        "<tr><td>The rails</td><td>900</td></tr><tr><td>The piers</td><td>4,200</td></tr>"
    )
    (table,) = between(f"<table>{rows}</table>")
    assert table.cells == (("Part", "Price"), ("The rails", "900"), ("The piers", "4,200"))
    assert (table.kind, table.headed) == (BlockKind.TABLE, True)
    assert table.text == "Part | Price\nThe rails | 900\nThe piers | 4,200"


def test_a_cell_that_spreads_leaves_the_others_in_their_columns() -> None:
    rows = (
        "<tr><td rowspan=2>Wood</td><td>The rails</td><td>900</td></tr><tr><td>The deck</td><td>2,000</td></tr>"
        "<tr><td colspan=2>Together in thalers</td><td>2,900</td></tr>"
    )
    (table,) = between(f"<table>{rows}</table>")
    assert table.cells == (
        ("Wood", "The rails", "900"),
        ("", "The deck", "2,000"),
        ("Together in thalers", "", "2,900"),
    )


def test_a_table_that_only_lays_out_the_page_is_read_as_text() -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    body = f"<html><body><table><tr><td><a href=/>Home</a></td><td><h1>Old bridge</h1>{paragraphs}</td></tr></table>"
    blocks = extract(body.encode(), URL).blocks
    assert [block.text for block in blocks] == PARAGRAPHS
    assert {block.kind for block in blocks} == {BlockKind.PARAGRAPH}


def test_words_are_marked_where_they_stand_in_the_cleaned_text() -> None:
    (block,) = between(
        "<p>The\n  <b>old   bridge</b> was built by <a href='/people/fern#top'>Ada <em>Fern</em></a>, "
        "who <strong>never</strong>\u00ad saw it finished in her life.</p>"
    )
    assert block.text == "The old bridge was built by Ada Fern, who never saw it finished in her life."
    assert marked(block) == [
        ("b", "old bridge", ""),
        ("a", "Ada Fern", "https://www.gazette.test/people/fern#top"),
        ("i", "Fern", ""),
        ("b", "never", ""),
    ]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "mailto:a@b.test", "#note", "http://[broken", "tg://resolve"])
def test_a_link_that_leads_to_no_page_marks_nothing(href: str) -> None:
    (block,) = between(f"<p>The carpenters have told all of this <a href='{href}'>before</a>, and nobody listened.</p>")
    assert block.marks == ()


def test_marks_of_one_kind_never_overlap_and_others_nest() -> None:
    (block,) = between(
        "<p><b>One <i>two</b> three</i> four <b>five</b><b>six</b> and so on until the whole of the line is full.</p>"
    )
    for one in block.marks:
        for other in block.marks:
            apart = one.end <= other.start or other.end <= one.start
            nested = (one.start <= other.start and other.end <= one.end) or (
                other.start <= one.start and one.end <= other.end
            )
            assert apart or nested
            assert one == other or one.kind is not other.kind or apart
    assert Mark(MarkKind.BOLD, block.text.index("five"), block.text.index("fivesix") + 7) in block.marks


FIGURE = (
    "<figure><img src='{src}'><figcaption>The bridge in the spring flood. <span class=credit>Photo: Ada Fern</span>"
    "</figcaption></figure>"
)


def test_a_picture_stands_at_its_place_with_caption_and_credit_and_is_no_text() -> None:
    article = read(FIGURE.format(src="/flood.jpg"))
    assert article.blocks[2] == Block(
        BlockKind.PICTURE,
        "The bridge in the spring flood.",
        url="https://www.gazette.test/flood.jpg",
        credit="Ada Fern",
    )
    assert "spring flood" not in article.text


@pytest.mark.parametrize(
    ("markup", "file"),
    [
        ("<img src='data:image/gif;base64,R0' data-src='/a.jpg'>", "a.jpg"),
        ("<img src='/placeholder.png' data-original='/a.jpg'>", "a.jpg"),
        ("<img srcset='/s.jpg 320w, /l.jpg 1280w, /m.jpg 640w'>", "l.jpg"),
        ("<picture><source srcset='/a.webp 2x'><img src='data:image/gif;base64,R0'></picture>", "a.webp"),
        ("<p><img src='/a.jpg'></p>", "a.jpg"),
        ("<a href='/a-large.jpg'><img src='/a.jpg'></a>", "a.jpg"),
        ("<amp-img src='/a.jpg' width=600 height=400></amp-img>", "a.jpg"),
    ],
)
def test_a_picture_is_found_wherever_a_page_keeps_its_address(markup: str, file: str) -> None:
    assert between(markup) == [Block(BlockKind.PICTURE, "", url=f"https://www.gazette.test/{file}")]


@pytest.mark.parametrize(
    "markup",
    [
        "<img src='/face.jpg' width=40 height=40>",
        "<img src='data:image/png;base64,AAAA'>",
        "<img src='/dot.gif' height=1>",
        "<a href='/another-story'><img src='/another.jpg'></a>",
        "<img>",
    ],
)
def test_an_icon_a_counter_and_the_picture_of_another_story_are_no_pictures(markup: str) -> None:
    assert between(markup) == []


def test_the_lead_picture_gives_its_caption_to_the_article_and_is_not_shown_twice() -> None:
    head = "<meta property='og:image' content='https://cdn.gazette.test/flood-1200x630.jpg'>"
    article = read("", above=FIGURE.format(src="/flood.jpg"), head=head)
    assert article.image == "https://cdn.gazette.test/flood-1200x630.jpg"
    assert (article.caption, article.credit) == ("The bridge in the spring flood.", "Ada Fern")
    assert [block.text for block in article.blocks] == PARAGRAPHS


def test_a_picture_above_the_text_is_the_lead_where_the_page_names_none() -> None:
    article = read("", above=FIGURE.format(src="/flood.jpg"))
    assert article.image == "https://www.gazette.test/flood.jpg"
    assert article.caption == "The bridge in the spring flood."


@pytest.mark.parametrize(
    ("caption", "text", "credit"),
    [
        ("The bridge. (Photo: Ada Fern)", "The bridge.", "Ada Fern"),
        ("The bridge. © Ada Fern", "The bridge.", "Ada Fern"),
        ("The bridge. Foto: Ada Fern/dpa", "The bridge.", "Ada Fern/dpa"),
        ("The bridge (Ada Fern/AFP)", "The bridge", "Ada Fern/AFP"),
        ("The bridge in spring.", "The bridge in spring.", ""),
    ],
)
def test_a_credit_is_parted_from_the_caption(caption: str, text: str, credit: str) -> None:
    (block,) = between(f"<figure><img src=/a.jpg><figcaption>{caption}</figcaption></figure>")
    assert (block.text, block.credit) == (text, credit)


@pytest.mark.parametrize(
    "markup",
    [
        "<video src='/flood.mp4'></video>",
        "<video><source src='/flood.mp4' type=video/mp4></video>",
        "<iframe src='https://video.test/embed/flood'></iframe>",
        "<figure><iframe src='https://video.test/embed/flood'></iframe></figure>",
    ],
)
def test_a_video_stands_at_its_place(markup: str) -> None:
    (block,) = between(markup)
    assert block.kind is BlockKind.VIDEO
    assert "flood" in block.url


def test_the_summary_below_the_title_opens_the_text() -> None:
    summary = "After years of waiting the town has the money, the oak and the will to mend what the flood has left."
    head = f"<meta name=description content='{summary}'>"
    article = read("", above=f"<p class=standfirst>{summary}</p>", head=head)
    assert article.blocks[0] == Block(BlockKind.PARAGRAPH, summary)


def test_relative_links_are_read_from_the_base_that_the_page_names() -> None:
    (block,) = [
        block
        for block in read(
            "<p>The carpenters have told all of this <a href=story>before</a>, and nobody listened to them.</p>",
            head="<base href='https://archive.gazette.test/old/'>",
        ).blocks
        if block.marks
    ]
    assert [mark.url for mark in block.marks] == ["https://archive.gazette.test/old/story"]


def test_a_block_of_two_lines_is_two_blocks() -> None:
    one, two = "The first verse of the song is about the river and its fish.", "The second one is about the bridge."
    assert [replace(block, marks=()) for block in between(f"<p>{one}<br>{two}</p>")] == [
        Block(BlockKind.PARAGRAPH, one),
        Block(BlockKind.PARAGRAPH, two),
    ]
