"""One trace from source to chat, as a collector that speaks OTLP receives it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from bot.doors import doors_of
from bot.news.identity import headline_id
from bot.ops.http import serving
from bot.ops.traces import numbers_of, traces_to
from bot.options import TracingOptions
from bot.workers.hands import Hands
from tests.ops.conftest import NOON
from tests.world import World, world_on

READER, OTHER = 7, 8


@dataclass
class Collector:
    """A small OpenTelemetry collector on the loopback."""

    spans: list[Span] = field(default_factory=list)
    from_whom: set[str] = field(default_factory=set)
    url: str = ""

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        house = web.Application()
        house.router.add_post("/v1/traces", self._take)
        runner = web.AppRunner(house)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield
        await runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        brought = ExportTraceServiceRequest.FromString(await request.read())
        for resource in brought.resource_spans:
            self.from_whom |= {each.value.string_value for each in resource.resource.attributes}
            self.spans += [span for scope in resource.scope_spans for span in scope.spans]
        return web.Response(content_type="application/x-protobuf")

    def trace(self, headline: str) -> dict[str, list[Span]]:
        """The spans of a headline's trace, by their names."""
        found: dict[str, list[Span]] = {}
        for span in self.spans:
            if int.from_bytes(span.trace_id) == numbers_of(headline)[0]:
                found.setdefault(span.name, []).append(span)
        return found


@pytest.fixture
async def collector() -> AsyncIterator[Collector]:
    collector = Collector()
    async with collector.open():
        yield collector


@pytest.fixture
async def world(redis_url: str, tmp_path: Path, collector: Collector) -> AsyncIterator[World]:
    async with world_on(redis_url, tmp_path) as world:
        tracing = TracingOptions(collector=f"{collector.url}/")
        options = world.settings.options.model_copy(update={"tracing": tracing})
        world.settings = replace(world.settings, publish_token="pass-word", options=options)
        yield world


def facts(span: Span) -> dict[str, str | int]:
    return {each.key: each.value.string_value or each.value.int_value for each in span.attributes}


async def test_a_headline_has_one_trace_from_its_source_to_every_chat_over_all_processes(world, collector):
    async with world.app() as polls, world.app() as alerts, world.app() as sends:
        for chat in (READER, OTHER):
            await world.joins(polls, chat)
            await world.follows(polls, chat, "rain")
        await polls.workers.round()
        world.clock.tick(minutes=5)
        url = world.site.says("Rain at last")
        await walk(polls, alerts, sends)
    trace = collector.trace(headline_id(url))
    assert {name: len(spans) for name, spans in trace.items()} == {
        "headline": 1,
        "poll": 1,
        "understand": 1,
        "owe": 1,
        "send": 2,
    }
    (first,) = trace["headline"]
    assert not first.parent_span_id
    assert {span.parent_span_id for name in ("poll", "understand", "owe", "send") for span in trace[name]} == {
        first.span_id
    }
    assert {facts(span)["chat"] for span in trace["send"]} == {READER, OTHER}
    assert {facts(span)["verdict"] for span in trace["send"]} == {"Delivered"}
    assert facts(trace["owe"][0])["chats"] == 2
    assert facts(trace["poll"][0])["source"] == "small"
    assert facts(first)["title"] == "Rain at last"
    assert all(span.start_time_unix_nano <= span.end_time_unix_nano for span in collector.spans)
    assert "headline-bot" in collector.from_whom


async def walk(polls, alerts, sends) -> None:
    """A headline goes its way through three processes, each with one role."""
    async with asyncio.TaskGroup() as group:
        await polls.workers.poller.step(Hands(group))
    await alerts.workers.alerter.step()
    async with asyncio.TaskGroup() as group:
        while await sends.workers.sender.step(Hands(group)):
            pass


async def test_a_published_headline_has_a_trace_as_well(world, collector):
    async with world.app() as app, serving("127.0.0.1", 0, doors_of(app, answers=False)) as url:
        brought = {"title": "Rain", "url": "https://example.org/rain"}
        bearer = {"Authorization": "Bearer pass-word"}
        async with (
            aiohttp.ClientSession(url) as visitor,
            visitor.post("/headlines", json=brought, headers=bearer) as told,
        ):
            (ident,) = (await told.json())["ids"]
        await app.workers.round()
    assert collector.trace(ident).keys() == {"publish", "headline", "understand", "owe"}


async def test_of_all_headlines_the_same_share_is_traced_everywhere(collector):
    for process in ("one", "other"):
        traces = traces_to(collector.url, 25, process)
        for number in range(400):
            traces.step("send", f"headline-{number}", NOON, NOON + timedelta(seconds=1))
        await asyncio.to_thread(traces.close)
    traced = [facts(span)["headline"] for span in collector.spans]
    assert 60 <= len(set(traced)) <= 140
    assert all(traced.count(headline) == 2 for headline in traced)


async def test_a_collector_that_is_away_holds_up_nothing(tmp_path, redis_url):
    async with world_on(redis_url, tmp_path) as world:
        options = world.settings.options.model_copy(update={"tracing": TracingOptions(collector="http://127.0.0.1:9")})
        world.settings = replace(world.settings, options=options)
        async with world.app() as app:
            await world.waits_for(app, READER, "rain")
            world.site.says("Rain at last")
            await app.workers.round()
            assert world.told(READER, "Rain at last") == 1


def test_nothing_of_it_is_loaded_where_nobody_asks_for_traces():
    code = "import sys, bot.app; from bot.ops.traces import traces_to; traces_to('', 100, 'a'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "bot.ops.traces" in loaded
    assert not [name for name in loaded if name.startswith(("opentelemetry.sdk.trace", "opentelemetry.exporter"))]


def test_whoever_asks_for_traces_without_the_extra_is_told_what_to_install():
    code = (
        "import sys; sys.modules['opentelemetry.exporter.otlp.proto.http.trace_exporter'] = None\n"
        "from bot.ops.traces import traces_to\n"
        "from bot.news.errors import ConfigError\n"
        "try: traces_to('http://127.0.0.1:4318', 100, 'a')\n"
        "except ConfigError as error: print(error)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "pip install 'headline-bot[tracing]'" in told
