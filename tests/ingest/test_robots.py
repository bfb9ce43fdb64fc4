"""What sites let robots ask for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web

from bot.ingest.robots import Robots
from bot.ingest.web import HttpWeb
from bot.news.errors import FetchFailed
from tests.conftest import FakeClock

RULES = """User-agent: *
Disallow: /

User-agent: headline-bot
Crawl-delay: 7
Disallow: /private
Allow: /private/open$
Disallow: /*.pdf
"""


class Site:
    """A site whose robots.txt says `rules`, or answers `status`."""

    def __init__(self) -> None:
        self.rules, self.status, self.asked = RULES, 200, 0

    async def answer(self, request: web.Request) -> web.Response:
        self.asked += 1
        return web.Response(text=self.rules, status=self.status)


@pytest.fixture
async def http(clock: FakeClock) -> AsyncIterator[HttpWeb]:
    async with HttpWeb(lambda host, port: True, clock=clock) as opened:
        yield opened


async def robots_txt(request: web.Request) -> web.StreamResponse:
    return await request.app[SITE].answer(request)


SITE: web.AppKey[Site] = web.AppKey("site", Site)


@pytest.fixture
async def at(site: Site) -> AsyncIterator[str]:
    house = web.Application()
    house[SITE] = site
    house.router.add_get("/robots.txt", robots_txt)
    runner = web.AppRunner(house)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
def site() -> Site:
    return Site()


async def refusal(robots: Robots, url: str) -> str:
    with pytest.raises(FetchFailed) as failed:
        await robots.permit(url)
    return str(failed.value)


async def test_a_site_says_which_pages_robots_may_ask_for(http: HttpWeb, clock: FakeClock, at: str) -> None:
    robots = Robots(http.get, clock)
    assert await robots.permit(f"{at}/news") == timedelta(seconds=7)
    assert await robots.permit(f"{at}/private/open") == timedelta(seconds=7)
    for closed in ("/private", "/private/open/more", "/a/b.pdf"):
        assert await refusal(robots, at + closed) == (
            "127.0.0.1 does not let robots ask for this page (its robots.txt says so)."
        )


async def test_a_site_is_asked_once_a_day(http: HttpWeb, clock: FakeClock, at: str, site: Site) -> None:
    robots = Robots(http.get, clock)
    for _ in range(5):
        await robots.permit(f"{at}/news")
    assert site.asked == 1
    clock.tick(days=1)
    site.rules = "User-agent: *\nDisallow: /news"
    await refusal(robots, f"{at}/news")
    assert site.asked == 2


@pytest.mark.parametrize("status", [404, 410, 401, 403])
async def test_a_site_without_rules_lets_us_ask(
    http: HttpWeb, clock: FakeClock, at: str, site: Site, status: int
) -> None:
    site.status = status
    assert await Robots(http.get, clock).permit(f"{at}/news") == timedelta(0)


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_site_that_cannot_say_is_not_asked_until_it_can(
    http: HttpWeb, clock: FakeClock, at: str, site: Site, status: int
) -> None:
    site.status, robots = status, Robots(http.get, clock)
    reason = await refusal(robots, f"{at}/news")
    assert "its robots.txt cannot be read. The server answered " in reason
    assert str(status) in reason
    site.status = 200
    await refusal(robots, f"{at}/news")
    assert site.asked == 1
    clock.tick(minutes=10)
    await robots.permit(f"{at}/news")


@pytest.mark.parametrize(
    "nonsense", ["", "\ufeffUser-agent: *\nDisallow:", "<html>no rules</html>", "Disallow: /\n" * 9]
)
async def test_nonsense_forbids_nothing(http: HttpWeb, clock: FakeClock, at: str, site: Site, nonsense: str) -> None:
    site.rules = nonsense
    assert await Robots(http.get, clock).permit(f"{at}/news") == timedelta(0)


async def test_a_long_delay_is_respected_within_reason(http: HttpWeb, clock: FakeClock, at: str, site: Site) -> None:
    site.rules = "User-agent: *\nCrawl-delay: 86400"
    assert await Robots(http.get, clock).permit(f"{at}/news") == timedelta(minutes=1)


async def test_rules_of_our_own_network_are_not_asked_for(clock: FakeClock, at: str, site: Site) -> None:
    async with HttpWeb(frozenset(), clock=clock) as http:
        await refusal(Robots(http.get, clock), f"{at}/news")
    assert site.asked == 0


async def test_a_quick_pattern_takes_no_long_time(http: HttpWeb, clock: FakeClock, at: str, site: Site) -> None:
    site.rules = "User-agent: *\nDisallow: /" + "*a" * 2000 + "$\n"
    assert await Robots(http.get, clock).permit(f"{at}/{'a' * 1500}b") == timedelta(0)
