"""Sources: who is due, who has taken it, and what is known of it; and articles that were read."""

from __future__ import annotations

from datetime import timedelta

from bot.news.article import Article, Block, BlockKind, Mark, MarkKind
from bot.news.cadence import SourceState
from bot.news.model import Kind, Selectors, Source
from bot.store.articles import Articles
from bot.store.offers import Offers
from bot.store.sources import Sources

LEASE = timedelta(seconds=90)
ONE, TWO = Source("one", "https://one.example/"), Source("two", "https://two.example/")


async def test_a_source_is_due_at_once_and_then_when_its_state_says(database, clock):
    sources = Sources(database)
    await sources.enlist([ONE], clock.now())
    assert await sources.take_due(clock.now(), 10, LEASE) == ["one"]
    await sources.note("one", SourceState(due=clock.now() + timedelta(minutes=5)))
    await sources.enlist([ONE], clock.now())
    clock.tick(minutes=4)
    assert await sources.take_due(clock.now(), 10, LEASE) == []
    clock.tick(minutes=1)
    assert await sources.take_due(clock.now(), 10, LEASE) == ["one"]


async def test_a_source_whose_poller_died_is_due_when_the_lease_has_run_out(database, clock):
    sources = Sources(database)
    await sources.enlist([ONE, TWO], clock.now())
    assert len(await sources.take_due(clock.now(), 1, LEASE)) == 1
    assert len(await sources.take_due(clock.now(), 10, LEASE)) == 1
    assert await sources.take_due(clock.now(), 10, LEASE) == []
    clock.tick(seconds=90)
    assert len(await sources.take_due(clock.now(), 10, LEASE)) == 2


async def test_a_source_that_is_watched_no_longer_is_not_asked(database, clock):
    sources = Sources(database)
    await sources.enlist([ONE, TWO], clock.now())
    await sources.enlist([TWO], clock.now())
    assert await sources.take_due(clock.now(), 10, LEASE) == ["two"]
    await sources.note("one", SourceState(due=clock.now()))
    assert await sources.take_due(clock.now(), 10, LEASE) == []
    assert set(await sources.states()) == {"two"}


async def test_a_source_that_comes_back_is_no_stranger(database, clock):
    sources = Sources(database)
    await sources.enlist([ONE], clock.now())
    known = SourceState(due=clock.now(), last_ok=clock.now())
    await sources.note("one", known)
    await sources.enlist([], clock.now())
    await sources.enlist([ONE], clock.now())
    assert await sources.state("one") == known
    assert await database.call("TTL", "{sources}:state:one") == -1


async def test_a_state_comes_back_as_it_was_noted(database, clock):
    sources = Sources(database)
    await sources.enlist([ONE], clock.now())
    assert await sources.states() == {"one": SourceState()}
    whole = SourceState(
        due=clock.now() + timedelta(minutes=2),
        last_ok=clock.now(),
        last_new=clock.now() - timedelta(hours=1),
        failures=2,
        error="It answered 503.",
        found=7,
        etag='"abc"',
        modified="Mon, 23 Nov 2026 12:00:00 GMT",
        url="https://moved.example/",
        kind=Kind.BOX,
        title="Latest",
        configured="https://one.example/",
    )
    await sources.note("one", whole)
    assert await sources.state("one") == whole
    blank = SourceState(due=clock.now())
    await sources.note("one", blank)
    assert await sources.state("one") == blank


async def test_a_source_added_while_running_comes_back_as_it_was(database):
    sources = Sources(database)
    whole = Source(
        "box",
        "https://x.example/",
        "X",
        Kind.BOX,
        "fr",
        "Africa/Casablanca",
        Selectors("li", "b"),
        timedelta(minutes=1),
        "World/Africa",
    )
    await sources.add(whole)
    await sources.add(ONE)
    assert await sources.added() == [whole, ONE]
    assert await sources.remove("box") is True
    assert await sources.remove("box") is False
    assert await sources.added() == [ONE]


async def test_a_source_that_was_added_before_there_were_folders_is_in_none(database):
    kept = b'{"name":"old","url":"https://x.example/","title":"","kind":null,"lang":null,"zone":"UTC",'
    await database.call("HSET", "{sources}:added", "old", kept + b'"every":null,"selectors":null}')
    assert await Sources(database).added() == [Source("old", "https://x.example/")]


async def test_what_was_offered_can_be_picked_for_a_day(database):
    offers = Offers(database)
    await offers.put({"abcdefghijk": ONE, "bbcdefghijk": TWO})
    assert await offers.get("abcdefghijk") == ONE
    assert await offers.get("bbcdefghijk") == TWO
    assert await offers.get("cbcdefghijk") is None
    assert 0 < await database.call("TTL", "{sources}:offered:abcdefghijk") <= 86400


async def test_an_article_comes_back_as_it_was_read(database, clock):
    articles = Articles(database)
    whole = Article(
        "https://x.example/a",
        "Title",
        (
            Block(BlockKind.HEADING, "Head"),
            Block(BlockKind.QUOTE, "“Quote”", (Mark(MarkKind.LINK, 1, 6, "https://x.example/q"),)),
            Block(BlockKind.ITEM, "Third", number=3),
            Block(BlockKind.TABLE, "a | b", cells=(("a", "b"),), headed=True),
            Block(BlockKind.PICTURE, "", url="https://x.example/p.jpg", credit="Ada"),
        ),
        byline="Ada",
        published_at=clock.now(),
        language="en",
        site="X",
        image="https://x.example/i.jpg",
        caption="A lake",
        credit="Bo",
        notice="Only the beginning can be read without paying.",
        further=("https://x.example/a?page=2",),
    )
    assert await articles.get("h1") is None
    await articles.put("h1", whole, timedelta(hours=1))
    assert await articles.get("h1") == whole
    bare = Article("https://x.example/b", "", ())
    await articles.put("h1", bare, timedelta(hours=1))
    assert await articles.get("h1") == bare
    assert 0 < await database.call("TTL", "article:h1") <= 3600
