"""Articles on several addresses: fetched one after the other, joined without repeats, honest about what is missing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.desk.wholes import whole_article
from bot.news.article import Article, Block, BlockKind
from bot.news.errors import FetchFailed, NotReadable
from bot.news.said import Said
from bot.ports import NO_TAGS, Page, Tags

FIRST = "https://gazette.test/bridge"


@dataclass
class Shelf:
    """A web and a reader of articles that stand ready; an address that is not on it cannot be had, or hangs."""

    articles: dict[str, Article] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    hangs: str = ""

    def put(self, url: str, *texts: str, **more: object) -> None:
        blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)
        self.articles[url] = Article(url, "The bridge", blocks, **more)  # type: ignore[arg-type]

    async def get(self, url: str, tags: Tags = NO_TAGS) -> Page:
        self.asked.append(url)
        if url == self.hangs:
            await asyncio.Event().wait()
        if url not in self.articles:
            raise FetchFailed("The server answered 404 (Not Found).")
        return Page(url, b"")

    async def read(self, page: Page) -> Article:
        article = self.articles[page.url]
        if not article.blocks and not article.instead:
            raise NotReadable("I found no article text on this page.", page.url)
        return article


async def whole(shelf: Shelf, within: float = 5) -> Article:
    return await whole_article(FIRST, shelf, shelf, timedelta(seconds=within))


def numbered(count: int) -> tuple[str, ...]:
    return tuple(f"{FIRST}?page={number}" for number in range(2, count + 1))


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf()
    shelf.put(FIRST, "The summary.", "One.", further=numbered(3))
    shelf.put(f"{FIRST}?page=2", "The summary.", "Two.", further=numbered(3)[1:])
    shelf.put(f"{FIRST}?page=3", "The summary.", "Three.")
    return shelf


async def test_the_pages_are_joined_in_order_and_what_each_repeats_stands_once(shelf: Shelf) -> None:
    article = await whole(shelf)
    assert article.text.split("\n\n") == ["The summary.", "One.", "Two.", "Three."]
    assert (article.notice, article.further) == (None, ())
    assert shelf.asked == [FIRST, *numbered(3)]


async def test_a_page_that_cannot_be_had_is_said(shelf: Shelf) -> None:
    del shelf.articles[f"{FIRST}?page=3"]
    article = await whole(shelf)
    assert article.text.endswith("Two.")
    assert str(article.notice) == "Page 3 and what follows it could not be fetched."


async def test_a_paywall_on_a_further_page_is_said_of_the_whole(shelf: Shelf) -> None:
    shelf.put(f"{FIRST}?page=3", "Three", notice=Said("Only the beginning can be read without paying."))
    assert str((await whole(shelf)).notice) == "Only the beginning can be read without paying."


async def test_what_came_in_time_is_shown_where_a_page_hangs(shelf: Shelf) -> None:
    shelf.hangs = f"{FIRST}?page=3"
    article = await whole(shelf, within=0.1)
    assert article.text.endswith("Two.")
    assert "Page 3" in str(article.notice)


async def test_a_page_that_names_only_the_next_one_is_followed_to_the_end(shelf: Shelf) -> None:
    shelf.put(FIRST, "One.", further=numbered(2))
    assert (await whole(shelf)).text.endswith("Three.")


async def test_pages_that_only_repeat_the_first_one_are_comments_and_end_it_without_a_word(shelf: Shelf) -> None:
    shelf.put(f"{FIRST}?page=2", "The summary.", "One.", further=numbered(3)[1:])
    article = await whole(shelf)
    assert (article.text.split("\n\n")[-1], article.notice) == ("One.", None)
    assert len(shelf.asked) == 2


async def test_a_book_ends_after_ten_further_pages_and_says_so() -> None:
    shelf = Shelf()
    shelf.put(FIRST, "Part 1.", further=numbered(2))
    for number in range(2, 30):
        shelf.put(f"{FIRST}?page={number}", f"Part {number}.", further=(f"{FIRST}?page={number + 1}",))
    article = await whole(shelf)
    assert len(shelf.asked) == 11
    assert str(article.notice) == "Page 12 and what follows it could not be fetched."


async def test_one_single_page_is_taken_instead_of_many(shelf: Shelf) -> None:
    shelf.put(FIRST, "One.", further=numbered(3), instead=(f"{FIRST}/print",))
    shelf.put(f"{FIRST}/print", "One.", "Two.", "Three.")
    article = await whole(shelf)
    assert (article.url, len(article.blocks), article.further) == (FIRST, 3, ())
    assert shelf.asked == [FIRST, f"{FIRST}/print"]


async def test_a_print_version_that_has_no_more_than_the_first_page_is_left_aside(shelf: Shelf) -> None:
    shelf.put(FIRST, "One.", further=numbered(3), instead=(f"{FIRST}/print",))
    shelf.put(f"{FIRST}/print", "One")
    assert (await whole(shelf)).text.endswith("Three.")


async def test_a_page_without_text_is_read_by_its_amp_version(shelf: Shelf) -> None:
    shelf.put(FIRST, instead=("https://gazette.test/amp/bridge",), byline="Ada Fern")
    shelf.put("https://gazette.test/amp/bridge", "All of it.")
    article = await whole(shelf)
    assert (article.text, article.byline, article.instead) == ("All of it.", "Ada Fern", ())


async def test_where_no_version_has_a_text_that_is_said(shelf: Shelf) -> None:
    shelf.put(FIRST, instead=("https://gazette.test/amp/bridge",))
    with pytest.raises(NotReadable, match="no article text"):
        await whole(shelf)


async def test_an_article_on_one_page_is_asked_for_once(shelf: Shelf) -> None:
    shelf.put(FIRST, "One.")
    await whole(shelf)
    assert shelf.asked == [FIRST]


async def test_a_first_page_that_cannot_be_had_is_told_as_ever() -> None:
    with pytest.raises(FetchFailed):
        await whole(Shelf())
