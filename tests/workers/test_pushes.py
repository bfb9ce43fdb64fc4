"""A feed that names a hub: the hub tells us what is new, and asking is the net below."""

from __future__ import annotations

import asyncio
import hmac
import io
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import web

from bot.app import App
from bot.doors import doors_of
from bot.ops.http import serving
from tests.world import World, world_on

FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Hub News</title><id>urn:hub-news</id>
{entries}</feed>"""
ENTRY = """<entry><title>{title}</title><id>urn:{title}</id><link href="{topic}/{place}"/>
<updated>{at:%Y-%m-%dT%H:%M:%SZ}</updated></entry>"""


@dataclass
class Hub:
    """A feed and its hub on the loopback.

    `asked` are the forms that it was sent, `answers` what its questions were answered, `polls` how often it was read.
    """

    world: World
    lease: int = 864_000
    verifies: bool = True
    titles: list[str] = field(default_factory=lambda: ["Old news"])
    asked: list[dict[str, str]] = field(default_factory=list)
    answers: list[tuple[int, str]] = field(default_factory=list)
    polls: int = 0
    url: str = ""

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Hub]:
        site = web.Application()
        site.add_routes([web.get("/feed", self._feed), web.post("/hub", self._subscribe)])
        runner = web.AppRunner(site)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    def feed(self) -> bytes:
        at, topic = self.world.clock.now(), f"{self.url}/feed"
        rows = [ENTRY.format(title=title, topic=topic, place=place, at=at) for place, title in enumerate(self.titles)]
        return FEED.format(entries="".join(reversed(rows))).encode()

    async def _feed(self, request: web.Request) -> web.Response:
        self.polls += 1
        links = f'<{self.url}/hub>; rel="hub", <{self.url}/feed>; rel="self"'
        return web.Response(body=self.feed(), content_type="application/atom+xml", headers={"Link": links})

    async def _subscribe(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append(form)
        if self.verifies:
            self.answers.append(await self.challenges(form["hub.mode"], form["hub.topic"]))
        return web.Response(status=202)

    async def challenges(self, mode: str, topic: str) -> tuple[int, str]:
        """Ask back whether the subscriber meant it."""
        query = {"hub.mode": mode, "hub.topic": topic, "hub.challenge": "abc", "hub.lease_seconds": str(self.lease)}
        async with (
            aiohttp.ClientSession() as session,
            session.get(self.asked[-1]["hub.callback"], params=query) as answer,
        ):
            return answer.status, await answer.text()

    async def publishes(self, title: str, *, secret: str = "", method: str = "sha256") -> int:
        """Put a headline into the feed and bring the feed to the subscriber."""
        self.titles.append(title)
        body, key = self.feed(), (secret or self.asked[-1]["hub.secret"]).encode()
        signed = {"X-Hub-Signature": f"{method}={hmac.new(key, body, method).hexdigest()}"}
        return await self.brings(body, signed)

    async def brings(self, body: bytes, headers: dict[str, str]) -> int:
        headers = {"Content-Type": "application/atom+xml; charset=utf-8", **headers}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.asked[-1]["hub.callback"], data=io.BytesIO(body), headers=headers) as answer,
        ):
            return answer.status


@dataclass
class Stage:
    world: World
    hub: Hub
    app: App

    async def polls(self, **later: float) -> None:
        self.world.clock.tick(**later)
        await self.app.workers.round()

    async def titles(self) -> list[str]:
        return [headline.title for headline in await self.app.stores.headlines.newest(20)]


@asynccontextmanager
async def staged(redis_url: str, folder: Path, **hub: object) -> AsyncIterator[Stage]:
    """A world whose one source names a hub, with a bot that hubs can reach."""
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(world_on(redis_url, folder))
        at = await stack.enter_async_context(Hub(world, **hub).open())  # type: ignore[arg-type]
        port = free_port()
        polling = world.settings.options.polling.model_copy(update={"callback_url": f"http://127.0.0.1:{port}/"})
        options = world.settings.options.model_copy(update={"polling": polling})
        source = replace(world.settings.sources[0], url=f"{at.url}/feed", every=None)
        world.settings = replace(world.settings, sources=(source,), options=options)
        app = await stack.enter_async_context(world.app())
        await stack.enter_async_context(serving("127.0.0.1", port, doors_of(app, answers=False)))
        yield Stage(world, at, app)


def free_port() -> int:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def test_what_a_hub_brings_is_in_the_stream_within_a_second(redis_url: str, tmp_path: Path) -> None:
    async with staged(redis_url, tmp_path) as stage:
        await stage.polls()
        assert stage.hub.asked[0]["hub.mode"] == "subscribe"
        assert stage.hub.asked[0]["hub.topic"] == f"{stage.hub.url}/feed"
        assert stage.hub.answers == [(200, "abc")]
        async with asyncio.timeout(1):
            assert await stage.hub.publishes("Fed holds its rate") == 200
            assert "Fed holds its rate" in await stage.titles()
        assert stage.app.workers.to_alert.is_set()


@pytest.mark.parametrize("method", ["sha1", "sha384", "sha512"])
async def test_every_signature_of_the_standard_is_known(redis_url: str, tmp_path: Path, method: str) -> None:
    async with staged(redis_url, tmp_path) as stage:
        await stage.polls()
        assert await stage.hub.publishes("Fed holds", method=method) == 200


async def test_what_no_hub_of_ours_signed_is_refused(redis_url: str, tmp_path: Path) -> None:
    async with staged(redis_url, tmp_path) as stage:
        await stage.polls()
        before = await stage.titles()
        assert await stage.hub.publishes("Forged", secret="guessed") == 403
        assert await stage.hub.publishes("Forged", method="md5") == 403
        assert await stage.hub.brings(stage.hub.feed(), {}) == 403
        callback = stage.hub.asked[-1]["hub.callback"]
        stage.hub.asked[-1]["hub.callback"] = f"{callback}x"
        assert await stage.hub.publishes("Forged") == 403
        assert await stage.titles() == before


async def test_a_challenge_that_we_did_not_ask_for_is_refused(redis_url: str, tmp_path: Path) -> None:
    async with staged(redis_url, tmp_path, verifies=False) as stage:
        await stage.polls()
        topic = f"{stage.hub.url}/feed"
        assert (await stage.hub.challenges("subscribe", f"{topic}/other"))[0] == 404
        assert (await stage.hub.challenges("unsubscribe", topic))[0] == 404
        assert (await stage.hub.challenges("subscribe", topic)) == (200, "abc")
        assert (await stage.hub.challenges("subscribe", topic))[0] == 404, "it is answered once"


async def test_a_body_that_is_too_large_is_refused(redis_url: str, tmp_path: Path) -> None:
    async with staged(redis_url, tmp_path) as stage:
        await stage.polls()
        assert await stage.hub.brings(b"x" * 1_100_000, {}) == 413


async def test_polling_goes_on_rarely_while_a_hub_works(redis_url: str, tmp_path: Path) -> None:
    async with staged(redis_url, tmp_path) as stage:
        await stage.polls()
        for _ in range(60):
            await stage.polls(minutes=1)
        assert stage.hub.polls <= 4


async def test_a_hub_that_missed_something_is_not_relied_on(redis_url: str, tmp_path: Path) -> None:
    async with staged(redis_url, tmp_path) as stage:
        await stage.polls()
        stage.hub.titles.append("The hub was silent about this")
        await stage.polls(minutes=34)
        before = stage.hub.polls
        for _ in range(60):
            await stage.polls(minutes=1)
        assert stage.hub.polls - before >= 6


async def test_a_lease_is_renewed_before_it_ends_under_the_same_address(redis_url: str, tmp_path: Path) -> None:
    async with staged(redis_url, tmp_path, lease=7200) as stage:
        await stage.polls()
        for _ in range(12):
            await stage.polls(minutes=10)
            assert await stage.hub.publishes(f"Told at {stage.world.clock.now():%H:%M}") == 200
        assert len(stage.hub.asked) == 2
        assert stage.hub.asked[0] == stage.hub.asked[1]
        assert stage.hub.answers == [(200, "abc")] * 2


async def test_a_source_that_goes_leaves_its_hub(redis_url: str, tmp_path: Path) -> None:
    async with staged(redis_url, tmp_path) as stage:
        await stage.polls()
        other = replace(stage.world.settings.sources[0], name="other", url=f"{stage.hub.url}/nothing-here")
        stage.world.settings = replace(stage.world.settings, sources=(other,))
        async with stage.world.app() as app:
            stage.world.clock.tick(minutes=1)
            await app.workers.round()
        assert stage.hub.asked[-1]["hub.mode"] == "unsubscribe"
        assert stage.hub.answers[-1] == (200, "abc")
        assert (await stage.app.stores.pushes.all())["small"].until is None


async def test_without_an_address_of_our_own_no_hub_is_asked(redis_url: str, tmp_path: Path) -> None:
    async with world_on(redis_url, tmp_path) as world, Hub(world).open() as hub:
        world.settings = replace(
            world.settings, sources=(replace(world.settings.sources[0], url=f"{hub.url}/feed", every=None),)
        )
        async with world.app() as app:
            await app.workers.round()
        assert (hub.polls, hub.asked) == (1, [])


async def test_a_hub_in_our_own_network_is_not_asked(redis_url: str, tmp_path: Path) -> None:
    async with staged(redis_url, tmp_path) as stage:
        other = Hub(stage.world)
        async with other.open():
            assert urlsplit(other.url).port != urlsplit(stage.hub.url).port
            now = stage.world.clock.now()
            await stage.app.workers.pushes.follow("small", f"{other.url}/hub", "https://t.example/", now, missed=False)
        assert other.asked == []
        assert (await stage.app.stores.pushes.get("small")).until is None  # type: ignore[union-attr]


async def test_a_hub_that_is_away_is_asked_again_later(redis_url: str, tmp_path: Path) -> None:
    async with staged(redis_url, tmp_path, verifies=False) as stage:
        await stage.polls()
        assert len(stage.hub.asked) == 1
        for _ in range(7):
            await stage.polls(minutes=10)
        assert len(stage.hub.asked) == 2
        assert timedelta(0) < stage.world.clock.now() - (await stage.app.stores.pushes.all())["small"].asked
