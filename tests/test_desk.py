"""The desk's promises, on real Redis, without any Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.desk import Desk
from bot.desk.lists import MOST_ROWS
from bot.news.answers import Caller, Reading, Unread
from bot.news.article import Article, Block, BlockKind
from bot.news.cadence import Paces
from bot.news.errors import (
    BadTopic,
    FetchFailed,
    LongGone,
    NoSuchHeadline,
    NotReadable,
    TooManySubscriptions,
)
from bot.news.model import ChatKind, Headline, ReadyTopic, Source
from bot.news.page import Page, Tags
from bot.news.quotas import quotas
from bot.news.topics import parse
from bot.store.database import Database
from bot.store.headlines import Headlines
from bot.store.sources import Sources
from bot.store.stores import Stores

SPORT = ReadyTopic("sport", parse("football OR tennis"), {"en": "Sport", "fr": "Le sport"})
ME = Caller(7, ChatKind.PRIVATE)


@dataclass
class SmallWeb:
    """A web of a few pages; every other address is not found."""

    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def get(self, url: str, tags: Tags | None = None) -> Page:
        self.asked.append(url)
        if url not in self.pages:
            raise FetchFailed("The server says that there is no such page (404).")
        return Page(url, self.pages[url])


class PlainReader:
    """Reads pages that are plain text; an empty one is no article."""

    async def read(self, page: Page) -> Article:
        text = page.body.decode()
        if not text:
            raise NotReadable("There is no article on that page.", page.url)
        return Article(page.url, text.split("\n")[0], (Block(BlockKind.PARAGRAPH, text),))


@pytest.fixture
def web() -> SmallWeb:
    return SmallWeb()


@pytest.fixture
async def database(redis_url: str) -> AsyncIterator[Database]:
    database = Database.connect(redis_url)
    yield database
    await database.close()


@pytest.fixture
def headlines(database: Database) -> Headlines:
    return Headlines(database)


@pytest.fixture
def desk(database, headlines, web, meanings, clock) -> Desk:
    return Desk(
        Stores.on(database),
        web=web,
        reader=PlainReader(),
        meanings=meanings,
        ready=(SPORT,),
        configured=(Source("small", "https://small.example/feed", "Small News"),),
        paces=Paces(),
        quotas=quotas(answers_per_minute=40, articles_per_hour=60),
        clock=clock,
    )


@pytest.fixture
def publish(headlines, clock):
    """A headline comes in, a minute after the one before."""

    async def publish(title: str, **more: str) -> Headline:
        clock.tick(minutes=1)
        slug = "".join(letter for letter in title.lower() if letter.isalnum())
        headline = Headline(
            slug, title, f"https://small.example/{slug}", "small", clock.now(), clock.now(), lang="en", **more
        )
        await headlines.add(headline, clock.now())
        return headline

    return publish


async def test_latest_shows_the_newest_headline_first_and_says_whether_there_are_older_ones(desk, publish):
    for number in range(1, 5):
        await publish(f"Story {number}")

    rows = await desk.lists.latest(7, 3)

    assert [row.title for row in rows.headlines] == ["Story 4", "Story 3", "Story 2"]
    assert rows.older
    assert not (await desk.lists.latest(7, 3, skip=3)).older


async def test_latest_on_a_topic_shows_only_what_matches_it(desk, publish):
    await publish("Rabat hosts a summit")
    await publish("Oil falls")

    rows = await desk.lists.latest(7, 10, "summits")

    assert [row.title for row in rows.headlines] == ["Rabat hosts a summit"]


async def test_a_list_never_has_more_rows_than_fit_a_message(desk, publish):
    for number in range(MOST_ROWS + 5):
        await publish(f"Story {number}")

    assert len((await desk.lists.latest(7, 1000)).headlines) == MOST_ROWS


async def test_row_numbers_go_on_over_pages_and_read_counts_in_all_of_them(desk, publish, web):
    for number in range(1, 6):
        story = await publish(f"Story {number}")
        web.pages[story.url] = f"Story {number} in full".encode()
    await desk.lists.latest(7, 2)
    await desk.lists.latest(7, 2, skip=2)

    fourth, first = await desk.reading.row(7, 4), await desk.reading.row(7, 1)

    assert (fourth.headline.title, first.headline.title) == ("Story 2", "Story 5")


async def test_a_row_that_is_not_there_is_told_with_the_number_that_is(desk, publish):
    with pytest.raises(NoSuchHeadline, match="/latest first"):
        await desk.reading.row(7, 1)
    await publish("Only one")
    await desk.lists.latest(7)

    with pytest.raises(NoSuchHeadline, match="1 row"):
        await desk.reading.row(7, 2)


async def test_an_article_is_fetched_once_and_then_remembered(desk, publish, web):
    story = await publish("Rabat hosts a summit")
    web.pages[story.url] = b"Rabat hosts a summit\nThe talks went on."

    first, second = await desk.reading.headline(story.id), await desk.reading.newest()

    assert isinstance(first, Reading)
    assert first == second
    assert web.asked == [story.url]


async def test_the_text_that_a_publisher_sent_along_is_used_instead_of_the_web(desk, publish, web):
    story = await publish("Rabat hosts a summit", text="First paragraph.\n\nSecond paragraph.")

    found = await desk.reading.headline(story.id)

    assert isinstance(found, Reading)
    assert [block.text for block in found.article.blocks] == ["First paragraph.", "Second paragraph."]
    assert web.asked == []


async def test_a_page_that_cannot_be_fetched_or_read_gives_the_reason(desk, publish, web):
    gone, empty = await publish("Gone"), await publish("Empty")
    web.pages[empty.url] = b""

    missing, unreadable = await desk.reading.headline(gone.id), await desk.reading.headline(empty.id)

    assert isinstance(missing, Unread)
    assert "404" in missing.reason
    assert isinstance(unreadable, Unread)
    assert "no article" in unreadable.reason


async def test_an_article_whose_page_tells_no_language_is_told_by_its_words(desk, web):
    url = "https://small.example/pont"
    web.pages[url] = "Le vieux pont sera réparé avant l'hiver\nLe conseil de la petite ville l'a décidé lundi.".encode()
    assert (await desk.reading.link(url)).article.language == "fr"


async def test_a_link_is_read_and_its_pages_can_be_turned_without_asking_the_web_again(desk, web):
    url = "https://elsewhere.example/story"
    web.pages[url] = b"Elsewhere\nA story."

    found = await desk.reading.link(url)
    again = await desk.reading.headline(found.headline.id)

    assert isinstance(found, Reading)
    assert found.headline.title == "Elsewhere"
    assert again.article == found.article
    assert web.asked == [url]


async def test_a_link_that_we_know_as_a_headline_is_read_as_that_headline(desk, publish, web):
    story = await publish("Rabat hosts a summit")
    web.pages[story.url] = b"text"

    assert (await desk.reading.link(f"{story.url}?utm_source=chat")).headline == story


async def test_what_a_message_of_ours_showed_can_be_read_as_a_reply_to_it(desk, publish, web):
    old, new = await publish("Old story"), await publish("New story")
    await desk.lists.remember(7, 42, (new.id, old.id))

    assert (await desk.reading.told(7, 42)).headline == new
    assert (await desk.reading.told(7, 42, 2)).headline == old
    assert await desk.reading.told(7, 43) is None


async def test_subscribing_tells_what_the_topic_would_have_caught(desk, publish):
    await publish("Rabat hosts a summit")
    newest = await publish("Second summit in Rabat")
    await publish("Oil falls")

    done = await desk.wishes.subscribe(ME, "summit")

    assert not done.already
    assert (done.preview.caught, done.preview.looked_at, done.preview.newest) == (2, 3, newest)
    assert [wish.expression for wish in await desk.wishes.topics(7)] == ["summit"]


async def test_subscribing_to_the_same_in_other_words_is_kindly_known(desk):
    await desk.wishes.subscribe(ME, "Rabat summit")

    assert (await desk.wishes.subscribe(ME, "SUMMIT rabat")).already
    assert len(await desk.wishes.topics(7)) == 1


async def test_a_topic_that_cannot_be_understood_keeps_its_text_and_place(desk):
    with pytest.raises(BadTopic) as wrong:
        await desk.wishes.subscribe(ME, "rabat (summit")

    assert (wrong.value.expression, wrong.value.place) == ("rabat (summit", 6)


async def test_a_topic_that_is_too_long_is_told_with_its_length(desk):
    with pytest.raises(BadTopic, match="this one has 300"):
        await desk.wishes.subscribe(ME, "a" * 300)


async def test_a_chat_follows_a_hundred_topics_and_no_more(desk):
    for number in range(100):
        await desk.wishes.subscribe(ME, f"topic{number}")

    with pytest.raises(TooManySubscriptions):
        await desk.wishes.subscribe(ME, "one more")


async def test_topics_are_ended_by_number_or_by_their_text_in_any_order(desk, clock):
    for expression in ("oil", "rabat summit", "2026"):
        await desk.wishes.subscribe(ME, expression)
        clock.tick(seconds=1)

    for what, meant in (("1", "oil"), ("Summit Rabat", "rabat summit"), ("rabat", "rabat summit"), ("2026", "2026")):
        assert [wish.expression for wish in await desk.wishes.followed_as(7, what)] == [meant]


@pytest.mark.parametrize("what", ["oil", "1", "(((", "a" * 500])
async def test_what_is_not_followed_cannot_be_ended(desk, what):
    assert await desk.wishes.followed_as(7, what) == ()
    with pytest.raises(LongGone, match="/topics"):
        await desk.wishes.unfollow(7, what)


async def test_a_ready_topic_is_followed_with_one_tap_and_left_with_the_next(desk):
    await desk.wishes.choose(ME, "sport", "en", follow=True)
    await desk.wishes.choose(ME, "sport", "en", follow=True)
    assert [choice.followed for choice in (await desk.wishes.welcome(ME)).choices] == [True]
    await desk.wishes.choose(ME, "sport", "en", follow=False)
    await desk.wishes.choose(ME, "sport", "en", follow=False)
    assert await desk.wishes.topics(7) == ()


async def test_a_chat_that_had_gone_finds_its_topics_again(desk, clock):
    await desk.wishes.welcome(ME)
    await desk.wishes.subscribe(ME, "oil")
    await desk.door.leave(7, "blocked")
    clock.tick(days=3)

    assert (await desk.wishes.welcome(ME)).followed == 1


async def test_a_forgotten_chat_has_nothing_left(desk, publish):
    await publish("Oil falls")
    await desk.wishes.subscribe(ME, "oil")
    await desk.lists.latest(7)

    await desk.door.forget(7)

    assert await desk.wishes.topics(7) == ()
    with pytest.raises(NoSuchHeadline):
        await desk.reading.row(7, 1)


async def test_a_moved_group_keeps_what_it_follows(desk):
    await desk.wishes.subscribe(Caller(-5, ChatKind.GROUP, "Desk"), "oil")

    await desk.door.move(-5, -1005)
    await desk.door.move(-5, -1005)

    assert [wish.expression for wish in await desk.wishes.topics(-1005)] == ["oil"]
    assert await desk.wishes.topics(-5) == ()


async def test_sources_are_listed_with_their_state_and_those_added_while_running(desk, database, clock):
    await Sources(database).add(Source("added", "https://added.example/"))

    reports = await desk.lists.sources()

    assert [report.source.name for report in reports] == ["small", "added"]


async def test_a_search_looks_back_over_the_last_days_only(desk, publish, clock):
    await publish("Rabat hosts a summit")
    clock.tick(days=8)

    assert (await desk.lists.latest(7, 10, "rabat")).headlines == ()
