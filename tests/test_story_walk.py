"""A story is told once: what several sources say of one event comes as one alert, which grows.

Everything is real but the time: the app, Redis, and Telegram (devchat) over HTTP.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app import App
from bot.delivery.render.previews import would_have
from bot.meaning.dictionaries import Dictionaries
from bot.news.answers import Caller
from bot.news.model import ChatKind
from bot.news.said import ENGLISH
from bot.workers.teller import Teller
from tests.world import World, world_on

READER, OTHER = 101, 102
QUAKE = "Strong earthquake shakes Agadir on the coast of Morocco"
AGAIN = "Strong earthquake shakes Agadir in Morocco"
MORE = "Strong earthquake in Agadir, Morocco: hundreds homeless, rescue teams arrive"
LATER = "After the strong earthquake in Agadir, Morocco, king visits survivors in tents"


@dataclass
class Newsrooms:
    """Newsrooms that publish, and two people who read."""

    world: World
    app: App

    async def say(self, *sources: str, title: str = QUAKE, number: int = 1) -> None:
        """Each of the sources tells it, a minute after the one before; alerts go out in between."""
        for source in sources:
            entry = {"title": title, "url": f"https://{source}.example/{number}", "source": source, "lang": "en"}
            await self.app.desk.publishing.publish([entry])
            await self.settle(minutes=1)

    async def settle(self, **span: float) -> None:
        """Let the workers work off everything."""
        self.world.clock.tick(**span)
        await self.app.workers.round()

    def told(self, chat: int = READER) -> list[str]:
        """What stands in the chat."""
        return self.world.devchat.texts(chat)

    def button(self, label: str, chat: int = READER) -> str:
        """The data of the newest button with this label."""
        newest = list(self.world.devchat.chats.by_id[chat].messages.values())[-1]
        rows = newest["reply_markup"]["inline_keyboard"]
        return next(button["callback_data"] for row in rows for button in row if button["text"] == label)


@pytest.fixture
async def rooms(redis_url: str, tmp_path: Path) -> AsyncIterator[Newsrooms]:
    """One who follows earthquakes, and one who follows Agadir."""
    async with world_on(redis_url, tmp_path) as world, world.app() as app:
        for chat, topic in ((READER, "earthquake"), (OTHER, "agadir -coast")):
            await world.joins(app, chat)
            await world.follows(app, chat, topic)
        await app.workers.round()
        yield Newsrooms(world, app)


async def test_what_a_second_source_tells_of_the_same_event_is_not_alerted_again(rooms: Newsrooms) -> None:
    await rooms.say("first", "second")
    assert len(rooms.told()) == 1


async def test_the_alert_grows_with_the_third_source_and_says_that_it_is_breaking(rooms: Newsrooms) -> None:
    await rooms.say("first", "second")
    assert rooms.told() == [f"{QUAKE}\n12:00 · first · because you follow “earthquake”"]
    await rooms.say("third")
    [alert] = rooms.told()
    assert alert == f"⚡ Breaking: {QUAKE}\n12:00 · 3 sources: first, second, third · because you follow “earthquake”"


async def test_two_feeds_of_one_site_are_one_source(rooms: Newsrooms) -> None:
    for host, source in (("world.first.example", "world"), ("www.first.example", "home"), ("second.example", "second")):
        entry = {"title": QUAKE, "url": f"https://{host}/1", "source": source, "lang": "en"}
        await rooms.app.desk.publishing.publish([entry])
        await rooms.settle(minutes=1)
    assert "sources" not in rooms.told()[0]


async def test_a_slow_story_grows_without_being_called_breaking(rooms: Newsrooms) -> None:
    for source in ("first", "second", "third"):
        await rooms.say(source)
        await rooms.settle(hours=2)
    [alert] = rooms.told()
    assert alert.startswith(f"{QUAKE}\n12:00 · 3 sources: first, second, third")


async def test_whoever_hears_of_it_by_a_later_headline_is_told_that_one_and_only_once(rooms: Newsrooms) -> None:
    await rooms.say("first")
    await rooms.say("second", "third", title=AGAIN)
    assert [text.splitlines()[0] for text in rooms.told(OTHER)] == [f"⚡ Breaking: {AGAIN}"]
    assert len(rooms.told(READER)) == 1


async def test_a_list_shows_a_story_in_one_row_with_those_who_tell_it(rooms: Newsrooms) -> None:
    await rooms.say("first", "second")
    await rooms.say("first", title="Rain at last in the south", number=2)
    for expression in ("", "earthquake OR rain"):
        rows = await rooms.app.desk.lists.latest(READER, 10, expression)
        assert [(row.title, len(row.tellings)) for row in rows.headlines] == [
            ("Rain at last in the south", 1),
            (QUAKE, 2),
        ]


async def test_whoever_follows_a_story_is_told_how_it_goes_on(rooms: Newsrooms) -> None:
    await rooms.say("first")
    story = rooms.button("+ Follow this story").partition(":")[2]
    caller = Caller(READER, ChatKind.PRIVATE)
    await rooms.app.desk.wishes.follow_story(caller, story, follow=True)
    await rooms.say("second", title=AGAIN)  # says nothing new
    assert len(rooms.told()) == 1
    await rooms.say("third", title=MORE)
    assert rooms.told()[1].startswith(f"⚡ Breaking: {MORE}\n12:02 · 3 sources: first, second, third · because you")
    assert rooms.button("✅ You follow this story") == f"story:{story}"
    await rooms.app.desk.wishes.follow_story(caller, story, follow=False)
    await rooms.say("fourth", title=LATER)
    assert len(rooms.told()) == 2


async def test_a_topic_may_ask_for_the_number_of_sources(rooms: Newsrooms) -> None:
    await rooms.world.joins(rooms.app, 103)
    await rooms.world.follows(rooms.app, 103, "agadir sources>=3")
    await rooms.say("first", "second")
    assert rooms.told(103) == []
    await rooms.say("third")
    assert len(rooms.told(103)) == 1


async def test_a_topic_that_asks_for_sources_is_told_the_headline_that_has_its_words(rooms: Newsrooms) -> None:
    await rooms.world.joins(rooms.app, 103)
    await rooms.world.follows(rooms.app, 103, "coast sources>=3")
    await rooms.say("first")
    await rooms.say("second", "third", title=AGAIN)
    assert [text.splitlines()[0] for text in rooms.told(103)] == [f"⚡ Breaking: {QUAKE}"]
    assert "told you 1 story" in await preview_of(rooms, "coast sources>=3")


async def preview_of(rooms: Newsrooms, expression: str) -> str:
    """What /subscribe would say that a topic would have told."""
    done = await rooms.app.desk.wishes.subscribe(Caller(104, ChatKind.PRIVATE), expression)
    return would_have(ENGLISH, done.preview)


async def test_a_headline_that_was_told_is_no_development_when_its_title_is_corrected(rooms: Newsrooms) -> None:
    await rooms.say("first")
    await rooms.say("second", title=AGAIN)
    assert len(rooms.told(OTHER)) == 1
    story = rooms.button("+ Follow this story", OTHER).partition(":")[2]
    await rooms.app.desk.wishes.follow_story(Caller(OTHER, ChatKind.PRIVATE), story, follow=True)
    await rooms.say("second", title=MORE)
    assert [text.splitlines()[0] for text in rooms.told(OTHER)] == [MORE]


async def test_two_processes_tell_one_story(rooms: Newsrooms) -> None:
    """The other process has its own memory; what it did not claim it learns from the log."""
    stores, clock = rooms.app.stores, rooms.world.clock
    mine, other = (Teller(stores.stories, Dictionaries(), None, clock) for _ in range(2))
    for source in ("first", "second", "third", "fourth"):
        entry = {"title": QUAKE, "url": f"https://{source}.example/1", "source": source, "lang": "en"}
        await rooms.app.desk.publishing.publish([entry])
    headlines = [news.headline for news in await stores.headlines.claim("somebody", 10, clock.now())]
    told = [
        await teller.tell([headline]) for teller, headline in zip((mine, other, mine, other), headlines, strict=True)
    ]
    assert {each.told.story for [each] in told} == {headlines[0].id}
    assert [len(each.told.tellings) for [each] in told] == [1, 2, 3, 4]


async def test_a_restarted_process_knows_the_stories_of_before(rooms: Newsrooms) -> None:
    await rooms.say("first")
    async with rooms.world.app() as again:
        restarted = Newsrooms(rooms.world, again)
        await restarted.say("second")
    assert len(rooms.told()) == 1
