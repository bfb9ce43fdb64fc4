"""Topics with a forum thread of their own: each alert goes where it belongs, and none is lost with its thread."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app import App
from bot.devchat.server import said_in
from bot.news.answers import Caller
from bot.news.identity import topic_id
from bot.news.model import ChatKind
from bot.news.threads import placed
from bot.news.topics import canonical, parse
from tests.workers.walks import ADMIN, listen, walk
from tests.world import World, world_on

FED, OIL, GOLD, NEXT = "Fed holds its rate", "Oil falls again", "Gold shines", "A tanker full of oil sinks"


@dataclass
class Forum:
    """A forum that follows three topics, two of which have threads."""

    world: World
    chat: int
    fed: int
    oil: int

    def told(self, thread: int | None) -> list[str]:
        """Which titles stand in a thread, by message."""
        messages = self.world.devchat.chats.by_id[self.chat].messages.values()
        texts = [said_in(m) for m in messages if m.get("message_thread_id") == thread]
        return [title for text in texts for title in (FED, OIL, GOLD, NEXT) if title in text]


def ident(words: str) -> str:
    return topic_id(canonical(parse(words)))


async def prepared(world: World, app: App) -> Forum:
    """Somebody who started us owns a forum, in which two of three topics have a thread."""
    people = world.devchat.people
    chat = people.opens("supergroup", "Traders", is_forum=True).id
    forum = Forum(world, chat, people.creates_topic(chat, "The Fed"), people.creates_topic(chat, "Energy"))
    await world.joins(app, ADMIN)
    who = Caller(chat, ChatKind.SUPERGROUP, "Traders")
    for words in ("fed", "oil", "gold"):
        await app.desk.wishes.subscribe(who, words)
    followed = {ident(words) for words in ("fed", "oil", "gold")}
    for words, thread in (("fed", forum.fed), ("oil", forum.oil)):
        await app.desk.preferences.change(
            who,
            lambda now, w=words, t=thread: placed(now, ident(w), t, followed),  # type: ignore[misc]
        )
    await app.workers.round()
    world.clock.tick(minutes=10)
    return forum


@pytest.fixture
async def forum(redis_url: str, tmp_path: Path) -> AsyncIterator[Forum]:
    async with world_on(redis_url, tmp_path) as world:
        async with world.app() as app:
            forum = await prepared(world, app)
        await listen(world)
        for title in (FED, OIL, GOLD):
            world.site.says(title)
        yield forum


async def test_each_alert_goes_into_the_thread_of_its_topic_and_the_rest_to_general(forum):
    for _ in range(4):
        await walk(forum.world, seconds=5)

    assert (forum.told(forum.fed), forum.told(forum.oil), forum.told(None)) == ([FED], [OIL], [GOLD])


async def test_no_thread_is_written_to_before_the_group_may_be_written_to_again(forum):
    await walk(forum.world, seconds=1)
    await walk(forum.world, seconds=1)

    assert len(forum.told(forum.fed) + forum.told(forum.oil) + forum.told(None)) == 1


@pytest.mark.parametrize("how", ["deleted", "closed"])
async def test_what_belongs_into_a_thread_that_is_gone_or_closed_goes_to_general_and_an_admin_hears_once(forum, how):
    people = forum.world.devchat.people
    if how == "deleted":
        people.deletes_topic(forum.chat, forum.oil)
    else:
        people.closes_topic(forum.chat, forum.oil, closed=True)
    for _ in range(6):
        await walk(forum.world, seconds=5)
    forum.world.site.says(NEXT)
    for _ in range(6):
        await walk(forum.world, seconds=70)

    assert forum.told(forum.fed) == [FED]
    assert sorted(forum.told(None)) == sorted([OIL, NEXT, GOLD])
    words = [text for text in forum.world.devchat.texts(ADMIN) if "closed or gone" in text]
    assert len(words) == 1
    assert "In Traders the thread for “oil”" in words[0]


async def test_where_general_is_closed_threads_are_written_to_and_the_rest_comes_when_it_is_opened(forum):
    forum.world.devchat.people.closes_general(forum.chat, closed=True)
    for _ in range(8):
        await walk(forum.world, seconds=5)
    assert (forum.told(forum.fed), forum.told(forum.oil), forum.told(None)) == ([FED], [OIL], [])
    forum.world.site.says(NEXT)
    for _ in range(4):
        await walk(forum.world, seconds=70)
    assert NEXT in forum.told(forum.oil)
    assert sum("General topic is closed" in text for text in forum.world.devchat.texts(ADMIN)) == 1

    forum.world.devchat.people.closes_general(forum.chat, closed=False)
    for _ in range(2):
        await walk(forum.world, hours=25)
    assert forum.told(None) == [GOLD]


async def test_a_corrected_title_is_corrected_in_its_thread(forum):
    for _ in range(4):
        await walk(forum.world, seconds=5)
    forum.world.clock.tick(minutes=5)
    forum.world.site.corrects("story-2", "Oil rises after all")
    for _ in range(4):
        await walk(forum.world, seconds=70)

    texts = [
        said_in(m)
        for m in forum.world.devchat.chats.by_id[forum.chat].messages.values()
        if m.get("message_thread_id") == forum.oil and said_in(m)
    ]
    assert ["Oil rises after all" in text for text in texts] == [True]
