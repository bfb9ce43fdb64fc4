"""What the poller makes of what it remembers of a source."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

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
