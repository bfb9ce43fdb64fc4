"""Sources: who is due, who has taken it, and what is known of it; and articles that were read."""

from __future__ import annotations

from datetime import timedelta

from bot.news.article import Article, Block, BlockKind, Mark, MarkKind
from bot.news.habits import Habit
from bot.news.layout import Box
from bot.news.model import Kind, Rhythm, Selectors, Source
from bot.news.said import Said
from bot.news.sourcestate import NEVER, SourceState
from bot.store.articles import Articles
from bot.store.offers import Offers
from bot.store.sources import Noted, Sources

LEASE = timedelta(seconds=90)
ONE, TWO = Source("one", "https://one.example/"), Source("two", "https://two.example/")


async def due(sources, clock, count):
    """The names of the sources that are given to whoever asks now."""
    return list((await sources.take_due(clock.now(), count, LEASE)).states)


async def test_a_source_is_due_at_once_and_then_when_its_state_says(database, clock):
    sources = Sources(database)
    await sources.enlist([ONE], clock.now())
    assert await due(sources, clock, 10) == ["one"]
    await sources.note([Noted(ONE, SourceState(due=clock.now() + timedelta(minutes=5)), clock.now())])
    await sources.enlist([ONE], clock.now())
    clock.tick(minutes=4)
    assert await due(sources, clock, 10) == []
    clock.tick(minutes=1)
    assert await due(sources, clock, 10) == ["one"]


async def test_a_source_whose_poller_died_is_due_when_the_lease_has_run_out(database, clock):
    sources = Sources(database)
    await sources.enlist([ONE, TWO], clock.now())
    assert len(await due(sources, clock, 1)) == 1
    assert len(await due(sources, clock, 10)) == 1
    assert await due(sources, clock, 10) == []
    clock.tick(seconds=90)
    assert len(await due(sources, clock, 10)) == 2


async def test_a_source_that_is_watched_no_longer_is_not_asked(database, clock):
    sources = Sources(database)
    await sources.enlist([ONE, TWO], clock.now())
    await sources.enlist([TWO], clock.now())
    assert await due(sources, clock, 10) == ["two"]
    await sources.note([Noted(ONE, SourceState(due=clock.now()), clock.now())])
    assert await due(sources, clock, 10) == []
    assert set(await sources.states()) == {"two"}


async def test_a_source_that_comes_back_is_no_stranger(database, clock):
    sources = Sources(database)
    await sources.enlist([ONE], clock.now())
    known = SourceState(due=clock.now(), last_ok=clock.now())
    await sources.note([Noted(ONE, known, clock.now())])
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
        box=Box(("a1", "b:2"), ("one.example/news/2",), 52, "ul.latest > li", clock.now()),
        read=clock.now() - timedelta(hours=2),
        gone=clock.now() - timedelta(minutes=2),
        digest="0123456789abcdef",
        hub="https://hub.example/",
        topic="https://one.example/feed",
        rhythm=Rhythm(timedelta(minutes=20), frozenset({0, 5}), frozenset({6})),
        habit=Habit(clock.now() - timedelta(days=3), clock.now(), (0.5, 12.0, *[0.0] * 22)),
    )
    await sources.note([Noted(ONE, whole, clock.now())])
    assert await sources.state("one") == whole
    blank = SourceState(due=clock.now())
    await sources.note([Noted(ONE, blank, clock.now())])
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
        notice=Said("Only the beginning can be read without paying."),
        further=("https://x.example/a?page=2",),
    )
    assert await articles.get("h1") is None
    await articles.put("h1", whole, timedelta(hours=1))
    assert await articles.get("h1") == whole
    bare = Article("https://x.example/b", "", ())
    await articles.put("h1", bare, timedelta(hours=1))
    assert await articles.get("h1") == bare
    assert 0 < await database.call("TTL", "article:h1") <= 3600


async def test_one_host_is_asked_one_thing_at_a_time_by_all_pollers_together(database, clock):
    mine, theirs = Sources(database), Sources(database)
    same = [Source(f"section-{number}", f"https://News.example/{number}") for number in range(3)]
    await mine.enlist([*same, ONE], clock.now())
    taken = await due(mine, clock, 10)
    assert len(taken) == 2
    assert await due(theirs, clock, 10) == [], "another process asks a host that is being asked"
    first = next(source for source in same if source.name in taken)
    clock.tick(seconds=1)
    await mine.note([Noted(first, SourceState(due=clock.now() + LEASE), clock.now() + timedelta(seconds=1))])
    assert await due(theirs, clock, 10) == [], "the host has no pause between two"
    clock.tick(seconds=1)
    assert len(await due(theirs, clock, 10)) == 1


async def test_a_host_that_asks_for_time_gets_it_from_all_its_sources(database, clock):
    sources = Sources(database)
    await sources.enlist([ONE, Source("more", "https://one.example/more")], clock.now())
    [name] = await due(sources, clock, 10)
    busy = Source(name, "https://one.example/")
    hour = timedelta(hours=1)
    await sources.note([Noted(busy, SourceState(due=clock.now() + hour), clock.now() + hour)])
    for _ in range(59):
        clock.tick(minutes=1)
        assert await due(sources, clock, 10) == []
    clock.tick(minutes=2)
    assert len(await due(sources, clock, 10)) == 1


async def test_a_list_of_sources_has_another_version_when_one_comes_or_goes(database, clock):
    sources = Sources(database)
    before = await sources.version()
    await sources.add(TWO)
    added = await sources.version()
    await sources.remove("two")
    assert before != added != await sources.version()
    assert (await sources.take_due(clock.now(), 1, LEASE)).version == await sources.version()


async def test_a_source_that_had_ended_is_asked_when_it_is_added_again(database, clock):
    sources = Sources(database)
    await sources.enlist([ONE], clock.now())
    await due(sources, clock, 1)
    await sources.note([Noted(ONE, SourceState(due=NEVER), clock.now())])
    clock.tick(days=400)
    assert await due(sources, clock, 1) == []
    await sources.add(ONE)
    assert await due(sources, clock, 1) == ["one"]
