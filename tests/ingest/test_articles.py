"""Pages to articles: the story and nothing else, whatever the page looks like."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.ingest.articles import extract
from bot.news.article import BlockKind
from bot.news.errors import NotReadable

URL = "https://www.gazette.test/2026/11/23/story"
PARAGRAPHS = [
    "The council of the small town decided on Monday evening to mend the old bridge before the winter comes.",
    "Eleven of thirteen members voted for the plan, which will cost less than a new bus and to last thirty years.",
    "The mayor thanked the carpenters, who had offered their advice free of charge, and asked for patience.",
]


def page(*between: str, head: str = "", lang: str = "en", paragraphs: list[str] = PARAGRAPHS) -> bytes:
    """A page whose article has `between` after its second paragraph."""
    first, second, *rest = (f"<p>{text}</p>" for text in paragraphs)
    return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Bridge | Gazette</title>
    {head}</head>
    <body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
    <article><h1>Old bridge to be mended before the winter</h1>
    {first}{second}{"".join(between)}{"".join(rest)}</article>
    <footer><p>Gazette, Market Square 1</p></footer></body></html>""".encode()


def lines(body: bytes) -> list[str]:
    return [block.text for block in extract(body, URL).blocks]


def test_a_plain_page_gives_its_paragraphs_in_order_and_its_title_once() -> None:
    article = extract(page(), URL)
    assert article.title == "Old bridge to be mended before the winter"
    assert [block.text for block in article.blocks] == PARAGRAPHS
    assert {block.kind for block in article.blocks} == {BlockKind.PARAGRAPH}


@pytest.mark.parametrize(
    "lead",
    [
        *("Lire aussi", "À lire également", "Read also", "Read more", "READ MORE", "• See also", "Leia também"),
        *("Lea también", "Lesen Sie auch", "Leggi anche", "Les også", "اقرأ أيضا", "اقرأ أيضًا", "Читайте также"),
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        '<p>{lead}: <a href="/other">Another story of another day</a></p>',
        '<p><strong>{lead}</strong></p><p><a href="/other">Another story of another day</a></p>',
        '<p>{lead} <a href="/other">Another story of another day</a></p>',
        '<h3>{lead}</h3><ul><li><a href="/other">Another story of another day</a></li></ul>',
        "<p>{lead}</p>",
    ],
)
def test_a_line_that_leads_elsewhere_is_no_part_of_the_story(lead: str, form: str) -> None:
    assert lines(page(form.format(lead=lead))) == PARAGRAPHS


@pytest.mark.parametrize(
    "clutter",
    [
        "<p>Subscribe to our newsletter</p>",
        "<p>Sign up for the evening edition and get it right in your inbox.</p>",
        "<p>Inscrivez-vous à notre newsletter</p>",
        "<p>Share on Facebook · Tweet · WhatsApp</p>",
        "<p>Photo: Somebody / Agency</p>",
        "<p>Crédit photo : Quelqu'un</p>",
        "<p>© 2026 Gazette</p>",
        "<p>Advertisement</p>",
        "<p>Tags: bridge, town, winter</p>",
        "<p>Leave a comment</p>",
        "<p>Follow us on Telegram</p>",
        "<h2>Latest News</h2><ul><li>12:15 <a href='/a'>Morning mail comes at noon</a></li>"
        "<li>11:45 <a href='/b'>Noon mail comes in the morning</a></li></ul>",
        "<ul><li><a href='/a'>Morning mail comes at noon today</a></li>"
        "<li><a href='/b'>Noon mail comes in the morning</a></li></ul>",
    ],
)
def test_what_belongs_to_the_site_stays_out_of_the_story(clutter: str) -> None:
    assert lines(page(clutter)) == PARAGRAPHS


@pytest.mark.parametrize(
    "text",
    [
        "Read more than you write, the teacher used to say, and the class wrote it down without reading it.",
        "Related questions were put off until the next meeting, because the caretaker wanted to go home.",
        "At 12:15 the bell rang. At 12:30 it rang again, and this time everybody went out into the yard.",
        "Photographs were not allowed in the hall, and so the reporter drew the speakers with a soft pencil.",
        "The newsletter of the carpenters has told the story of the bridge in nine parts since the spring came.",
        "Comments were made by three of the members, and none of them took longer than a cup of tea needs to cool.",
        "Share prices of the saw mill rose slightly when the news of the vote came over the radio at noon.",
    ],
)
def test_a_sentence_that_only_begins_like_clutter_is_kept(text: str) -> None:
    assert text in lines(page(f"<p>{text}</p>"))


def test_headings_quotes_and_items_are_told_apart() -> None:
    more = (
        "<h2>What it will cost</h2><blockquote><p>It is only a bridge, but it is ours.</p></blockquote>"
        "<ul><li>Oak for the rails</li><li>Stone for the piers</li></ul>"
    )
    kinds = {block.text: block.kind for block in extract(page(more), URL).blocks}
    assert kinds["What it will cost"] is BlockKind.HEADING
    assert kinds["It is only a bridge, but it is ours."] is BlockKind.QUOTE
    assert kinds["Oak for the rails"] is BlockKind.ITEM


def test_the_head_of_a_page_tells_who_when_where_and_in_what_language() -> None:
    head = (
        '<meta property="og:site_name" content="The Gazette"><meta property="og:image" content="/pictures/bridge.jpg">'
        '<meta property="article:published_time" content="2026-11-23T12:15:00+01:00">'
        '<meta name="author" content="By Ada Fern">'
    )
    article = extract(page(head=head, lang="en-GB"), URL)
    assert article.byline == "Ada Fern"
    assert article.published_at == datetime(2026, 11, 23, 11, 15, tzinfo=UTC)
    assert (article.language, article.site) == ("en", "The Gazette")
    assert article.image == "https://www.gazette.test/pictures/bridge.jpg"


@pytest.mark.parametrize(
    ("head", "instant"),
    [
        ('<meta name="date" content="2026-11-23">'
         '<meta property="article:published_time" content="2026-11-23 09:30 CET">', "08:30"),
        ('<meta itemprop="datePublished" content="Mon, 23 Nov 2026 10:00:00 GMT">', "10:00"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "Organization"}, {"@type": ["NewsArticle"],'
         '"headline": "x", "datePublished": "2026-11-23T09:44:00Z"}]}</script>', "09:44"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", broken</script>'
         '<meta property="article:published_time" content="2026-11-23T07:00:00-05:00">', "12:00"),
    ],
)  # fmt: skip
def test_the_time_of_day_is_read_wherever_a_page_tells_it(head: str, instant: str) -> None:
    published = extract(page(head=head), URL).published_at
    assert published is not None
    assert f"{published:%Y-%m-%d %H:%M}" == f"2026-11-23 {instant}"


def test_a_page_that_tells_no_time_has_none() -> None:
    assert extract(page(), URL).published_at is None


@pytest.mark.parametrize("image", ["javascript:alert(1)", "data:image/png;base64,AAAA", "http://[broken"])
def test_a_picture_that_is_no_web_address_is_none(image: str) -> None:
    assert extract(page(head=f'<meta property="og:image" content="{image}">'), URL).image == ""


@pytest.mark.parametrize("hostile", ["\x00", "\u202e", "\u200b"])
def test_characters_that_nobody_should_see_do_not_come_through(hostile: str) -> None:
    paragraphs = [f"{hostile}{text[:20]}{hostile}{text[20:]}" for text in PARAGRAPHS]
    assert lines(page(paragraphs=paragraphs)) == PARAGRAPHS


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF file is broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture"),
        (b"\0\0\0\x18ftypmp42" + bytes(50), "a video"),
        (b"\x01\x02\0\x03" * 30, "a binary file"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "a feed"),
        (b"<html><body><p>Hi.</p></body></html>", "no article text"),
        (b"", "no article text"),
        (b"<html></html>", "no article text"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason_and_the_link(body: bytes, what: str) -> None:
    with pytest.raises(NotReadable, match=what) as told:
        extract(body, URL)
    assert told.value.url == URL


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 50_000 + b"deep" * 30,
        b"<html><body>" + b"<p><a href=/x>link</a>" * 20_000,
        b"<html><script type='application/ld+json'>" + b"[" * 100_000 + b"</script><body><p>" + b"Words of it. " * 20,
        b"<html><body><p>" + "e\u0301\u0301\u0301".encode() * 5_000,
        b"<html><body><table>" + b"<tr><td>a cell" * 5_000,
    ],
    ids=["deep", "links", "json", "marks", "cells"],
)
def test_a_hostile_page_gives_an_article_or_a_reason_and_nothing_else(body: bytes) -> None:
    try:
        article = extract(body, URL)
    except NotReadable:
        return
    assert article.text


def test_plain_text_gives_its_first_line_as_title_and_every_other_as_a_paragraph() -> None:
    body = "\n".join(
        ["The bridge", *PARAGRAPHS, "Lire aussi", "Latest News", "- 12:15 Mail comes", "- 11:45 Mail goes"]
    ).encode()
    article = extract(body, "file:///bridge.txt")
    assert article.title == "The bridge"
    assert [block.text for block in article.blocks] == PARAGRAPHS


def test_the_seeds_article_comes_without_its_latest_news_box(shared_data: Path) -> None:
    seed = shared_data.parent / "seed" / "article-with-latest-news-box.txt"
    article = extract(seed.read_bytes(), "https://seed.test/")
    assert article.title == "Strengthening ties: Russia and Iran’s evolving strategic partnership"
    assert len(article.blocks) == 6
    assert article.text.endswith("despite their growing cooperation in recent years.")


def test_real_pages_of_readers_never_raise_anything_unexpected(shared_data: Path) -> None:
    read = 0
    for source in sorted(shared_data.glob("articles/readability/*/source.html.gz"))[::6]:
        try:
            read += bool(extract(gzip.decompress(source.read_bytes()), URL).blocks)
        except NotReadable:
            continue
    assert read > 10


def test_linked_data_of_any_shape_is_survived() -> None:
    for thing in (
        [],
        None,
        7,
        "x",
        {"@type": 3},
        {"@type": "NewsArticle", "headline": ["a"], "author": [[{"name": 1}]], "image": [[]]},
    ):
        head = f'<script type="application/ld+json">{json.dumps(thing)}</script>'
        assert lines(page(head=head)) == PARAGRAPHS
