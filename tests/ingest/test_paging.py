"""Articles on several pages: the further pages are listed, and no comment page and no next article among them."""

from __future__ import annotations

import pytest

from bot.ingest.articles import extract
from tests.ingest.storypages import URL, data, page, story


def further(links: str, url: str = URL) -> list[str]:
    return [address.removeprefix("https://www.gazette.test") for address in extract(page(links), url).further]


@pytest.mark.parametrize(
    ("links", "pages"),
    [
        ("<div><b>1</b> <a href='?page=2'>2</a> <a href='?page=3'>3</a> <a href='?page=2'>next</a></div>",
         ["/2026/11/23/old-bridge?page=2", "/2026/11/23/old-bridge?page=3"]),
        (f"<a href='{URL}/2'>2</a><a href='{URL}/3/'>3</a>",
         ["/2026/11/23/old-bridge/2", "/2026/11/23/old-bridge/3/"]),
        (f"<a href='{URL}/page/2'>Next page</a>", ["/2026/11/23/old-bridge/page/2"]),
        (f"<a href='{URL}-seite-2'>Seite 2</a>", ["/2026/11/23/old-bridge-seite-2"]),
        (f"<a href='{URL},2'>weiter</a>", ["/2026/11/23/old-bridge,2"]),
        (f"<link rel=next href='{URL}?p=2'>", ["/2026/11/23/old-bridge?p=2"]),
    ],
)  # fmt: skip
def test_further_pages_are_listed_in_order(links: str, pages: list[str]) -> None:
    assert further(links) == pages


def test_an_article_in_a_file_with_an_extension_has_its_pages_beside_it() -> None:
    links = "<a href='/a/bridge,2.html'>2</a><a href='/a/bridge,3.html'>3</a>"
    assert further(links, "https://www.gazette.test/a/bridge.html") == ["/a/bridge,2.html", "/a/bridge,3.html"]


def test_the_second_page_lists_only_those_after_it() -> None:
    links = "<a href='?page=1'>1</a><a href='?page=2'>2</a><a href='?page=3'>3</a>"
    assert further(links, f"{URL}?page=2") == ["/2026/11/23/old-bridge?page=3"]


@pytest.mark.parametrize(
    "links",
    [
        "<link rel=next href='/2026/11/24/the-next-article'>",
        "<a rel=next href='/2026/11/24/new-bridge-2'>Next</a>",
        "<a href='/2026/11/23/old-bridge-2'>2</a>",
        f"<a href='{URL}?page=2'>Twelve more stories about bridges</a>",
        "<div id='comments'><a href='?page=2'>2</a></div>",
        f"<a href='{URL}/comment-page-2'>2</a>",
        "<a href='?page=3'>3</a>",
        "<a href='https://elsewhere.test/2026/11/23/old-bridge?page=2'>2</a>",
        "<a href='/?page=2'>2</a>",
        "<a href='javascript:page(2)'>2</a>",
        "<a href='http://[broken?page=2'>2</a>",
        "<a href='#page=2'>2</a>",
    ],
)
def test_what_is_no_further_page_is_not_listed(links: str) -> None:
    assert further(links) == []


def test_a_thousand_pages_are_a_list_and_not_an_article() -> None:
    assert len(further("".join(f"<a href='?page={number}'>{number}</a>" for number in range(2, 1000)))) == 10


def test_one_single_page_is_named_where_the_article_has_several() -> None:
    links = f"<a href='?page=2'>2</a><a href='{URL}?view=all'>View as single page</a>"
    assert extract(page(links), URL).instead == (f"{URL}?view=all",)
    assert extract(page(f"<a href='{URL}?view=print'>Print</a>"), URL).instead == ()


SHELL = "Here the story is drawn by a script, and there is not much to read for the rest of us."


def test_where_a_page_has_too_little_text_its_amp_and_print_versions_are_named() -> None:
    head = "<link rel=amphtml href='/amp/2026/11/23/old-bridge'>"
    little = page(f"<a href='{URL}/print'>Print</a>", head=head, paragraphs=[SHELL])
    assert extract(little, URL).instead == ("https://www.gazette.test/amp/2026/11/23/old-bridge", f"{URL}/print")
    assert extract(page(head=head), URL).instead == ()


def test_a_page_that_is_only_a_script_is_still_read_by_its_amp_version() -> None:
    empty = b"<html><head><link rel=amphtml href='https://www.gazette.test/amp/x'></head><body><div id=app></div>"
    assert extract(empty, URL).instead == ("https://www.gazette.test/amp/x",)


def test_a_page_that_asks_for_scripts_is_read_by_its_amp_version_if_it_names_one() -> None:
    asks = page(
        head="<link rel=amphtml href='/amp/x'>", paragraphs=["Please enable JavaScript to read this page, please."]
    )
    article = extract(asks, URL)
    assert (article.text, article.instead) == ("", ("https://www.gazette.test/amp/x",))


def test_nobody_goes_around_a_wall_by_another_version() -> None:
    head = data(story(isAccessibleForFree=False)) + "<link rel=amphtml href='/amp/x'>"
    article = extract(page(f"<a href='{URL}?page=2'>2</a>", head=head, paragraphs=[SHELL]), URL)
    assert (article.instead, article.further) == ((), ())


def test_what_follows_the_address_for_counting_readers_hides_no_page() -> None:
    head = f"<link rel=canonical href='{URL}'>"
    assert extract(page("<a href='?page=2'>2</a>", head=head), f"{URL}?utm_source=feed").further == (f"{URL}?page=2",)


def test_the_page_of_another_article_is_not_followed_whatever_the_page_calls_itself() -> None:
    head = "<link rel=canonical href='https://elsewhere.test/story'>"
    assert extract(page("<a href='https://elsewhere.test/story?page=2'>2</a>", head=head), URL).further == ()
