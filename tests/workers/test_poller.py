"""What the poller makes of what it remembers of a source."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from aiohttp import web

from bot.news.model import Kind
from bot.verbs.sources import in_words
from tests.world import World, world_on


async def looked(world: World) -> None:
    """A process that asks the sources that are due, and tells what is news."""
    async with world.app() as app:
        await app.workers.round()


async def test_an_address_that_the_operator_changed_is_looked_at_for_the_first_time(
    redis_url: str, tmp_path: Path
) -> None:
    async with world_on(redis_url, tmp_path) as world:
        async with world.app() as app:
            await world.joins(app, 101)
            await world.follows(app, 101, "fed")
        await looked(world)
        world.site.says("Fed holds its rate")
        world.clock.tick(minutes=10)
        source = world.settings.sources[0]
        world.settings = replace(world.settings, sources=(replace(source, url=f"{source.url}?elsewhere"),))
        await looked(world)
        assert world.told(101, "Fed holds its rate") == 0, "what stood there before is told as news"

        world.clock.tick(minutes=10)
        world.site.says("Fed chair speaks")
        await looked(world)
        assert world.told(101, "Fed chair speaks") == 1


async def test_a_bot_that_is_started_again_asks_at_once_what_was_in_trouble(redis_url: str, tmp_path: Path) -> None:
    async with world_on(redis_url, tmp_path) as world:
        url, source = world.site.url, world.settings.sources[0]
        world.settings = replace(world.settings, sources=(replace(source, url=f"{url}/nothing-here"),))
        for _ in range(8):
            await looked(world)
            world.clock.tick(minutes=2)
        async with world.app() as app:
            assert (await app.stores.sources.state("small")).failures == 8


class Odd:
    """A site of one page, a box whose robots.txt is `rules`; `gone`: it says 410 to everything."""

    def __init__(self) -> None:
        self.rules, self.gone, self.asked, self.url = "", False, list[str](), ""

    async def __aenter__(self) -> Odd:
        site = web.Application()
        site.router.add_get("/{path}", self._answer)
        self._runner = web.AppRunner(site)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        self.asked.append(path)
        if self.gone:
            raise web.HTTPGone
        if path == "robots.txt":
            return web.Response(text=self.rules)
        rows = "".join(
            f'<li><time>12:{minute:02}</time> <a href="/story-{minute}">The council speaks of matter {minute}</a></li>'
            for minute in range(10, 20)
        )
        return web.Response(text=f"<html><body><h2>Latest</h2><ul>{rows}</ul></body></html>", content_type="text/html")


async def test_a_page_that_robots_may_not_ask_for_is_not_asked_and_nothing_of_it_is_told(
    redis_url: str, tmp_path: Path
) -> None:
    async with world_on(redis_url, tmp_path) as world, Odd() as site:
        site.rules = "User-agent: *\nDisallow: /latest"
        source = replace(world.settings.sources[0], url=f"{site.url}/latest", kind=Kind.BOX)
        unknown = replace(source, name="unknown", url=f"{site.url}/latest?", kind=None)
        world.settings = replace(world.settings, sources=(source, unknown))
        async with world.app() as app:
            for _ in range(4):
                await app.workers.round()
                world.clock.tick(seconds=2)
            states = await app.stores.sources.states()
            assert await app.stores.headlines.newest(5) == []
        assert all("does not let robots" in str(state.error) for state in states.values())
        assert site.asked.count("robots.txt") == 1
        assert site.asked.count("latest") == 1, "only the look that shows what it is"


async def test_a_source_that_is_gone_ends_and_the_admins_hear_it_once(redis_url: str, tmp_path: Path) -> None:
    async with world_on(redis_url, tmp_path) as world, Odd() as site:
        site.gone = True
        source = replace(world.settings.sources[0], url=f"{site.url}/feed", every=timedelta(minutes=1))
        world.settings = replace(world.settings, sources=(source,), admins=frozenset({101}))
        async with world.app() as app:
            await world.joins(app, 101)
            for _ in range(200):
                await app.workers.round()
                world.clock.tick(minutes=2)
            state = await app.stores.sources.state("small")
        assert site.asked.count("feed") == 2
        assert state.has_ended
        assert in_words(state).startswith("ended: The server answered 410 (Gone)")
        assert world.told(101, "small") == 1
