"""What happens in the house is counted where it happens."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.devchat.chats import YOU
from bot.devchat.faults import Cut, Fault
from bot.devchat.refusals import flood
from bot.news.errors import StoreError
from bot.news.identity import headline_id
from bot.ops.metrics import Metrics
from bot.store import keys
from bot.store.database import Database
from tests.ops.test_metrics import figures
from tests.world import World, world_on

READER = 7


@pytest.fixture
async def world(redis_url: str, tmp_path: Path):
    async with world_on(redis_url, tmp_path) as world:
        yield world


async def test_a_headlines_walk_is_counted_step_by_step(world: World):
    async with world.app() as app:
        await world.waits_for(app, READER, "rain")
        world.site.says("Rain at last")
        await app.workers.round()
        await app.workers.gardener.step()
        told = figures(app.workers.metrics)
    assert told["headline_bot_headlines_read_total"] == 1
    assert told["headline_bot_alerts_owed_total"] == told["headline_bot_alerts_delivered_total"] == 1
    assert told["headline_bot_alerts_late_total"] == 0
    assert told['headline_bot_budget_used_total{urgency="alert"}'] == 1
    assert told["headline_bot_budget_per_second"] == 30
    assert told["headline_bot_telegram_seconds_count"] == 1
    assert told['headline_bot_sources{state="well"}'] == 1
    assert told['headline_bot_source_failures{source="small"}'] == 0
    assert told["headline_bot_redis_seconds_count"] > 10
    assert told["headline_bot_redis_failures_total"] == 0


async def test_what_waited_for_telegram_is_late(world: World):
    async with world.app() as app:
        await world.waits_for(app, READER, "rain")
        world.site.says("Rain at last")
        world.devchat.breaks(Fault(flood(90)))
        await app.workers.round()
        world.clock.tick(seconds=91)
        await app.workers.round()
        assert world.told(READER, "Rain at last") == 1
        assert figures(app.workers.metrics)["headline_bot_alerts_late_total"] == 1


async def test_what_redis_forgot_before_its_turn_is_lost_and_told_so(world: World):
    async with world.app() as app:
        await world.waits_for(app, READER, "rain")
        url = world.site.says("Rain at last")
        world.devchat.breaks(Fault(flood(90)))
        await app.workers.round()
        await app.stores.database.call("DEL", keys.headline(headline_id(url)))
        world.clock.tick(seconds=91)
        await app.workers.round()
        told = figures(app.workers.metrics)
    assert told['headline_bot_alerts_lost_total{reason="forgotten"}'] == 1
    assert told["headline_bot_alerts_delivered_total"] == 0


async def test_an_answer_that_was_lost_twice_may_be_a_lost_alert(world: World):
    async with world.app() as app:
        await world.waits_for(app, READER, "rain")
        world.site.says("Rain at last")
        world.devchat.breaks(Fault(Cut.BEFORE), Fault(Cut.BEFORE))
        for _ in range(2):
            await app.workers.round()
            world.clock.tick(minutes=2)
        await app.workers.round()
        told = figures(app.workers.metrics)
    assert world.told(READER, "Rain at last") == 0
    assert told['headline_bot_alerts_lost_total{reason="doubtful"}'] == 1


async def test_an_answer_is_timed_by_what_a_person_did(world: World):
    async with world.app() as app:
        world.devchat.people.says(YOU["id"], "/about")
        await world.hears(app)
        told = figures(app.workers.metrics)
    assert told['headline_bot_reply_seconds_count{kind="message"}'] >= 1
    assert told['headline_bot_budget_used_total{urgency="reply"}'] >= 1


async def test_a_redis_that_is_away_is_counted(tmp_path: Path):
    nobody, metrics = Database.connect(f"unix://{tmp_path}/nobody.sock"), Metrics()
    nobody.watch(metrics.exchanged)
    with pytest.raises(StoreError):
        await nobody.ping()
    await nobody.close()
    told = figures(metrics)
    assert told["headline_bot_redis_failures_total"] == told["headline_bot_redis_seconds_count"] == 1


async def test_waiting_for_news_is_no_slow_redis(world: World):
    async with world.app() as app:
        before = figures(app.workers.metrics)["headline_bot_redis_seconds_count"]
        ringing = asyncio.create_task(app.stores.bells.owed())
        await app.stores.bells.ring()
        await ringing
        assert figures(app.workers.metrics)["headline_bot_redis_seconds_count"] == before + 1
