"""The status page in a real browser: it stays up to date while it is open, fits a phone, and needs no script.

Here: the page of the whole house. Not here: what its parts say (tests/ops).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.app import App
from bot.doors import doors_of
from bot.ops.http import serving
from bot.ops.live import Pace
from bot.ops.status import Status
from tests.browser import needs_chromium
from tests.ops.conftest import SmallHouse
from tests.statuses import busy, with_sources
from tests.world import World, world_on

pytestmark = needs_chromium
QUICK = Pace(every=timedelta(milliseconds=50))
# What a page on this machine needs takes a fraction of it.
PATIENCE = 10_000
SHORT = Status(busy().now, busy().now)
MUCH = replace(with_sources(50), stream=99_999, chats=1_234_567, owed_chats=1_234_567, taken=1000, per_second=1000)


@dataclass(frozen=True)
class Front:
    """The world, the app in it, and the address of its status page."""

    world: World
    app: App
    url: str


@pytest.fixture
async def front(redis_url: str, tmp_path: Path) -> AsyncIterator[Front]:
    async with (
        world_on(redis_url, tmp_path) as world,
        world.app() as app,
        serving("127.0.0.1", 0, doors_of(app, answers=True), QUICK) as url,
    ):
        yield Front(world, app, url)


@asynccontextmanager
async def page_of(browser: Browser, status: Status, width: int = 1200, **more: object) -> AsyncIterator[Page]:
    """The open page of a bot that stands so; whatever the browser finds wrong fails the test."""
    wrong: list[str] = []
    async with serving("127.0.0.1", 0, SmallHouse(status=status).doors(), QUICK) as url:
        context = await browser.new_context(viewport={"width": width, "height": 800}, **more)
        page = await context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        await page.goto(url)
        yield page
        await context.close()
    assert wrong == []


async def test_a_new_headline_appears_on_the_open_page(browser: Browser, front: Front) -> None:
    front.world.site.says("Harbour bridge reopens")
    await front.app.workers.round()
    page = await browser.new_page()
    await page.goto(front.url)
    await page.locator("#live.on").wait_for(timeout=PATIENCE)
    await page.evaluate("window.wasHere = true")
    await page.locator("summary").click()
    await page.get_by_role("link", name="Harbour bridge reopens").focus()

    front.world.clock.tick(minutes=2)
    front.world.site.says("Rain & wind at last")
    await front.app.workers.round()
    await page.get_by_role("link", name="Rain & wind at last").wait_for(timeout=PATIENCE)
    rows = page.locator("#headlines li")
    assert [await row.locator("a").inner_text() for row in await rows.all()] == [
        "Rain & wind at last",
        "Harbour bridge reopens",
    ]
    assert await page.evaluate("window.wasHere"), "the page was loaded anew"
    assert await page.evaluate("document.activeElement.textContent") == "Harbour bridge reopens"
    assert await page.locator("details").evaluate("node => node.open"), "what the reader unfolded stays unfolded"


async def test_a_page_whose_bot_has_gone_says_so_and_is_live_again_when_it_is_back(browser: Browser) -> None:
    house, page = SmallHouse(status=busy()), await browser.new_page()
    async with serving("127.0.0.1", 0, house.doors(), QUICK) as url:
        port = int(url.rpartition(":")[2])
        await page.goto(url)
        await page.locator("#live.on").wait_for(timeout=PATIENCE)
    await page.locator("#live:not(.on)").wait_for(timeout=PATIENCE)
    assert await page.locator("#live").inner_text() == "connection lost, trying again"
    house.status = replace(house.status, chats=5_241)
    async with serving("127.0.0.1", port, house.doors(), QUICK):
        await page.get_by_text("5,241", exact=True).wait_for(timeout=PATIENCE)
        assert await page.locator("#live").inner_text() == "live"


async def test_the_tab_tells_from_afar_that_something_is_wrong(browser: Browser) -> None:
    house, page = SmallHouse(status=busy()), await browser.new_page()
    async with serving("127.0.0.1", 0, house.doors(), QUICK) as url:
        await page.goto(url)
        await page.locator("#live.on").wait_for(timeout=PATIENCE)
        assert await page.title() == "headline-bot: status"
        house.away = True
        await expect(page).to_have_title("(1) headline-bot: status", timeout=PATIENCE)
        assert "Redis: connection refused." in await page.locator("#summary").inner_text()
        assert await page.get_by_text("5,240", exact=True).is_visible()
        house.away = False
        await expect(page).to_have_title("headline-bot: status", timeout=PATIENCE)
    await expect(page).to_have_title("(?) headline-bot: status", timeout=PATIENCE)


async def test_after_an_upgrade_the_open_page_becomes_the_new_ones(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, page = SmallHouse(status=busy()), await browser.new_page()
    async with serving("127.0.0.1", 0, house.doors(), QUICK) as url:
        await page.goto(url)
        await page.locator("#live.on").wait_for(timeout=PATIENCE)
        await page.evaluate("window.wasHere = true")
        monkeypatch.setattr("bot.ops.status.__version__", "99.0.0")  # no two versions run in one test
        await page.get_by_text("99.0.0", exact=True).wait_for(timeout=PATIENCE)
        await page.locator("#live.on").wait_for(timeout=PATIENCE)
        assert not await page.evaluate("window.wasHere"), "an old script on a new page"


@pytest.mark.parametrize("status", [SHORT, busy(), MUCH], ids=["empty", "busy", "much"])
async def test_nothing_is_wider_than_the_screen(browser: Browser, status: Status) -> None:
    async with page_of(browser, status) as page:
        await page.locator("summary").click()
        for width in (320, 700, 1200):
            await page.set_viewport_size({"width": width, "height": 800})
            assert await page.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [width, width]


async def test_without_scripts_the_page_shows_the_same(browser: Browser) -> None:
    async with page_of(browser, busy(), java_script_enabled=False) as page:
        assert await page.locator("figure svg rect").count() > 50
        assert await page.get_by_text("Harbour bridge reopens two weeks early").is_visible()
        assert not await page.locator("#live").is_visible()


async def test_who_does_not_see_the_page_is_told_its_parts_charts_and_tables(browser: Browser) -> None:
    async with page_of(browser, busy(), 320) as page:
        for heading in ("Now", "The last day", "Newest headlines", "Sources", "Slowest steps"):
            assert await page.get_by_role("region", name=heading).count() == 1
        chart = page.get_by_role("img", name="Headlines an hour: 795 headlines. The highest bar: 66")
        assert await chart.count() == 1
        assert await page.get_by_role("table").count() == 2
        await page.locator("summary").click()
        assert await page.get_by_role("rowheader", name="23 Nov 09:00 to 10:00").count() == 1
        assert await page.get_by_role("columnheader", name="Asked every").count() == 1
        assert await page.get_by_role("status").inner_text() == "Redis and Telegram answer."


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_word_can_be_read_by_day_and_by_night(browser: Browser, scheme: str) -> None:
    """A contrast of 4.5 at least, as WCAG 2.2 asks for (1.4.3)."""
    async with page_of(browser, replace(busy(), problems=("Telegram: no.",)), color_scheme=scheme) as page:
        found = await page.evaluate(CONTRASTS)
    assert len(found) > 100
    assert not {words: ratio for words, ratio in found if ratio < 4.5}


# Of every element with words of its own: the words, and their colour's contrast with what lies behind them.
CONTRASTS = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const ground = parts(getComputedStyle(at).backgroundColor);
      if (ground.length === 3 || ground[3] === 1) return ground;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const node of document.body.querySelectorAll("*")) {
    const words = [...node.childNodes].filter((c) => c.nodeType === 3).map((c) => c.data.trim()).join(" ").trim();
    if (!words || node.tagName === "title") continue;
    const style = getComputedStyle(node);
    const ink = light(parts(node.tagName === "text" ? style.fill : style.color));
    const ground = light(behind(node));
    found.push([words, (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05)]);
  }
  return found;
}"""
