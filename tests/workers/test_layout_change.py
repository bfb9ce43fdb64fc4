"""A site that changes its layout between two polls: nobody is flooded, the admins hear of it, and news goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.news.model import Kind, Selectors
from tests.world import World, world_on

READER, ADMIN = 101, 900
OLD_ROW = "<li class='row'><time>{clock}</time> <a href='/2026/11/{slug}'>{title}</a></li>"
NEW_ROW = "<div class='item'><a href='/news/{number}'><h4>{title}</h4></a><span class='hour'>{clock}</span></div>"


class FrontPage:
    """A front page with a box of the harbour's news; its rows are known by their numbers, the newest first."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.layout = OLD_ROW
        self.headlines = [
            (number, world.clock.now() - timedelta(minutes=20 * (9 - number))) for number in range(8, 0, -1)
        ]

    def says(self, number: int) -> str:
        """Put a headline on top; its title."""
        self.headlines.insert(0, (number, self._world.clock.now()))
        return self.title(number)

    @staticmethod
    def title(number: int) -> str:
        return f"The harbour and its storms, part {number} of many"

    def shown(self, most: int = 20) -> None:
        """Have the site show its page as it is now."""
        rows = "".join(
            self.layout.format(clock=f"{at:%H:%M}", slug=f"part-{n}-of-it", number=7000 + n, title=self.title(n))
            for n, at in self.headlines[:most]
        )
        self._world.site.pages["front"] = f"<html><body><h2>Latest news</h2><ul>{rows}</ul></body></html>"


@pytest.fixture
async def world(redis_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A reader who follows the harbour, an admin, and a box that has been looked at once."""
    async with world_on(redis_url, tmp_path) as world:
        source = replace(
            world.settings.sources[0],
            url=f"{world.site.url}/front",
            kind=Kind.BOX,
            selectors=Selectors("li.row", "time", "a"),
        )
        world.settings = replace(world.settings, sources=(source,), admins=frozenset({ADMIN}))
        async with world.app() as app:
            for chat in (READER, ADMIN):
                await world.joins(app, chat)
            await world.follows(app, READER, "harbour")
        yield world


async def looked(world: World, page: FrontPage, most: int = 20) -> None:
    """The page as it is now is polled, and what is news is told."""
    page.shown(most)
    world.clock.tick(minutes=3)
    async with world.app() as app:
        await app.workers.round()


async def test_a_new_layout_floods_nobody_is_told_to_the_admins_once_and_news_goes_on(world: World) -> None:
    page = FrontPage(world)
    await looked(world, page, most=5)
    first = page.says(9)
    await looked(world, page, most=5)
    assert (world.told(READER, first), len(world.devchat.texts(READER))) == (1, 1)

    page.layout = NEW_ROW  # other elements, other links, and more rows than before
    await looked(world, page)
    assert len(world.devchat.texts(READER)) == 1, "old headlines under new links are told as news"
    words = world.devchat.texts(ADMIN)
    assert len(words) == 1
    assert "selectors of small find nothing any more" in words[0]

    second = page.says(10)
    await looked(world, page)
    assert world.told(READER, second) == 1
    assert len(world.devchat.texts(READER)) == 2
    assert len(world.devchat.texts(ADMIN)) == 1


async def test_a_box_that_vanishes_is_looked_for_again_and_told_to_the_admins_once(world: World) -> None:
    page = FrontPage(world)
    await looked(world, page)
    front = world.site.pages
    for _ in range(6):
        front["front"] = "<html><body><h1>We are moving house</h1><p>Back soon.</p></body></html>"
        world.clock.tick(hours=7)
        async with world.app() as app:
            await app.workers.round()
    assert world.told(ADMIN, "I can no longer read small") == 1

    back = page.says(11)
    page.shown()
    world.clock.tick(hours=7)
    async with world.app() as app:
        await app.workers.round()
    assert world.told(READER, back) == 1
    assert len(world.devchat.texts(READER)) == 1


async def test_rows_that_turn_to_nonsense_are_not_told_and_the_source_says_why(world: World) -> None:
    page = FrontPage(world)
    await looked(world, page)
    page.layout = "<li class='row'><time>10:00</time> <a href='/section-{number}'>Harbour</a></li>"
    await looked(world, page)
    async with world.app() as app:
        state = await app.stores.sources.state("small")
    assert (state.failures, str(state.error)) == (1, "The rows of its box are no headlines any more.")
    assert world.devchat.texts(READER) == []
