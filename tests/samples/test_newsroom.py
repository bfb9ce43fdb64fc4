"""The sample newspaper: what a newcomer's bot finds there in its first minutes and its first day."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import pairwise
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.ingest.articles import extract
from bot.ingest.listing import read_listing
from bot.news.layout import LATE
from bot.news.model import Source
from bot.samples import schedule
from bot.samples.newsroom import Newsroom
from bot.samples.pages import address
from bot.samples.stories import Story, Writers

OPENED = datetime(2026, 11, 23, 12, 17, 31, tzinfo=UTC)
ROW = re.compile(r'<li><time>(\d\d:\d\d)</time> <a href="([^"]+)"[^>]*>([^<]+)</a></li>')
THREE_SUBJECTS = [
    "football", "business", "travel", "African", "AI", "science", "space", "health", "German", "European",
    "climate", "energy", "film", "election", "peace",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for a page."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        return self.body.decode()


class Paper:
    """A newsroom that is open, and a browser before it."""

    def __init__(self, newsroom: Newsroom, browser: aiohttp.ClientSession) -> None:
        self.newsroom, self.browser = newsroom, browser

    async def get(self, path: str = "/", **headers: str) -> Answer:
        async with self.browser.get(self.newsroom.url + path, headers=headers) as answer:
            return Answer(answer.status, await answer.read(), answer.headers)

    async def rows(self) -> list[tuple[str, str, str]]:
        """The rows of the box: clock, path, title."""
        return [(at, path, unescape(title)) for at, path, title in ROW.findall((await self.get()).text)]


@pytest.fixture
async def paper(clock) -> AsyncIterator[Paper]:
    clock.instant = OPENED
    async with open_paper(clock) as opened:
        yield opened


@asynccontextmanager
async def open_paper(clock) -> AsyncIterator[Paper]:
    newsroom = Newsroom(port=0, clock=clock.now)
    await newsroom.start()
    try:
        async with aiohttp.ClientSession() as browser:
            yield Paper(newsroom, browser)
    finally:
        await newsroom.stop()


def published(seconds: int, since: datetime = OPENED) -> list[Story]:
    """What is published in the first seconds after opening, oldest first, without the foreign desks."""
    writers, until = Writers(), since + timedelta(seconds=seconds)
    instants = [at for at in schedule.standing(since, until, 10_000) if at > since and not schedule.is_foreign(at)]
    return [writers.story(at) for at in reversed(instants)]


async def test_seven_rows_of_the_hours_before_stand_there_at_the_start(paper: Paper) -> None:
    rows = await paper.rows()
    assert [clock for clock, _, _ in rows] == ["13:00", "12:30", "12:00", "11:30", "11:00", "10:30", "10:00"]
    assert any("Morocco hailed" in title for _, _, title in rows)
    assert len({title for _, _, title in rows}) == 7


async def test_a_new_headline_comes_every_four_seconds_at_first_and_every_twenty_later(paper: Paper, clock) -> None:
    before = await paper.rows()
    clock.tick(seconds=4)
    now = await paper.rows()
    assert len(now) == len(before) + 1
    assert now[1:] == before
    assert len(published(600)) == 150
    hour_later = [
        at
        for at in schedule.standing(OPENED, OPENED + timedelta(hours=1, minutes=10), 20)
        if not (schedule.is_foreign(at) or schedule.is_half_hourly(at))
    ]
    assert {newer - older for newer, older in pairwise(hour_later)} == {timedelta(seconds=20)}


@pytest.mark.parametrize("away", [timedelta(seconds=10), timedelta(minutes=20), timedelta(hours=2)])
def test_a_paper_that_is_started_again_shows_old_rows_only_where_they_stood_before(away: timedelta) -> None:
    closed = OPENED + timedelta(minutes=47)
    again = closed + away
    before, after = set(schedule.standing(OPENED, closed, 20)), set(schedule.standing(again, again, 20))
    assert before & after
    assert all(at > closed - LATE for at in after - before)


async def test_rows_run_newest_first_on_the_papers_own_clock(paper: Paper, clock) -> None:
    clock.tick(minutes=3)
    rows = await paper.rows()
    assert rows[0][0] == f"{clock.now().astimezone(ZoneInfo('Africa/Casablanca')):%H:%M}"
    clocks = [at for at, _, _ in rows]
    assert clocks == sorted(clocks, reverse=True)
    assert len(rows) == 25


async def test_box_and_feed_tell_the_same_headlines(paper: Paper, clock) -> None:
    clock.tick(seconds=50)
    feed = ET.fromstring((await paper.get("/feed.xml")).body)
    items = [(item.findtext("link"), item.findtext("title")) for item in feed.iter("item")]
    rows = await paper.rows()
    assert items == [(paper.newsroom.url + path, title) for _, path, title in rows]


async def test_every_story_can_be_read_without_the_clutter_around_it(paper: Paper, clock) -> None:
    clock.tick(minutes=5)
    for _, path, title in await paper.rows():
        article = extract((await paper.get(path)).body, paper.newsroom.url + path)
        assert article.title == title
        assert 4 <= len(article.blocks) <= 8
        assert article.published_at == datetime.strptime(path[:18], "/%Y/%m/%d/%H%M%S").replace(tzinfo=UTC)
        assert article.byline
        assert article.site == "The Corniche Courier"
        for clutter in (
            "Read also",
            "Lire aussi",
            "اقرأ أيضا",
            "Harbour Tea",
            "newsletter",
            "Latest News",
            "Tags",
            "Share",
        ):
            assert clutter not in article.text, path
        assert not re.search(r"^\d\d:\d\d", article.text, re.MULTILINE)


async def test_articles_stay_at_their_address_when_the_paper_is_started_again(paper: Paper, clock) -> None:
    clock.tick(seconds=30)
    _, path, title = (await paper.rows())[0]
    clock.tick(hours=5)
    async with open_paper(clock) as again:
        assert (await again.get(path)).status == 200
        assert title in (await again.get(path)).text


@pytest.mark.parametrize("path", ["/2026/11/23/121735-no-such-story", "/2026/13/40/999999-x", "/nowhere"])
async def test_there_is_nothing_where_no_story_is(paper: Paper, path: str) -> None:
    assert (await paper.get(path)).status == 404


async def test_no_story_can_be_read_before_it_is_published(paper: Paper, clock) -> None:
    story = published(5)[0]
    assert (await paper.get(address(story))).status == 404
    clock.tick(seconds=5)
    assert (await paper.get(address(story))).status == 200


async def test_a_corrected_title_stands_at_the_same_address_a_minute_later(paper: Paper, clock) -> None:
    corrected = next(story for story in published(120) if story.corrected_at)
    clock.tick(seconds=(corrected.published_at - OPENED).total_seconds())
    _, path, first = (await paper.rows())[0]
    assert first == corrected.first_title != corrected.title
    clock.tick(seconds=60)
    assert (path, corrected.title) in [(at, title) for _, at, title in await paper.rows()]


async def test_a_page_that_has_not_changed_is_not_sent_again(paper: Paper, clock) -> None:
    first = await paper.get()
    again = await paper.get("/", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    clock.tick(seconds=5)
    assert (await paper.get("/", **{"If-None-Match": first.headers["ETag"]})).status == 200


async def test_pages_are_sent_compressed_to_those_who_read_that(paper: Paper) -> None:
    assert (await paper.get("/", **{"Accept-Encoding": "gzip"})).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in (await paper.get("/", **{"Accept-Encoding": "identity"})).headers


@pytest.mark.parametrize("path", ["/", "/world", "/sport", "/science", "/about", "/style.css", "/feed.xml"])
async def test_every_page_of_the_menu_exists(paper: Paper, path: str) -> None:
    assert (await paper.get(path)).status == 200


async def test_the_picture_of_a_story_exists(paper: Paper, clock) -> None:
    clock.tick(seconds=5)
    page = (await paper.get((await paper.rows())[0][1])).text
    picture = re.search(r'<img src="([^"]+)"', page)
    assert picture is not None
    drawn = await paper.get(picture[1])
    assert drawn.headers["Content-Type"] == "image/png"
    assert drawn.body.startswith(b"\x89PNG")


async def test_a_newsroom_may_be_stopped_twice_and_tells_what_to_watch(clock) -> None:
    newsroom = Newsroom(port=0, clock=clock.now)
    await newsroom.start()
    (box,) = newsroom.sources
    assert (box.name, box.url, box.zone) == ("courier", newsroom.url + "/", "Africa/Casablanca")
    await newsroom.stop()
    await newsroom.stop()


async def test_a_paper_keeps_its_address_where_it_can_and_opens_elsewhere_where_not(clock) -> None:
    one, other = Newsroom(clock=clock.now), Newsroom(clock=clock.now)
    await one.start()
    await other.start()
    assert one.url != other.url
    taken = Newsroom(port=int(other.url.rpartition(":")[2]), clock=clock.now)
    with pytest.raises(OSError, match="address already in use"):
        await taken.start()
    for newsroom in (one, other, taken):
        await newsroom.stop()


@pytest.mark.parametrize("subject", THREE_SUBJECTS)
def test_whoever_wants_a_common_subject_hears_of_it_within_three_headlines(subject: str) -> None:
    titles = [story.title for story in published(600)]
    for three in zip(titles, titles[1:], titles[2:], strict=False):
        assert re.search(rf"\b{subject}\b", " ".join(three), re.IGNORECASE), three


def test_every_second_headline_is_about_morocco() -> None:
    titles = [story.title for story in published(600)]
    assert all("Morocc" in one or "Morocc" in other for one, other in pairwise(titles))


def test_no_two_headlines_of_a_day_share_an_address() -> None:
    day = published(86_400)
    assert len({address(story) for story in day}) == len(day) > 4_000


def test_french_and_arabic_headlines_come_too() -> None:
    writers = Writers()
    told = {writers.story(at).lang for at in schedule.standing(OPENED, OPENED + timedelta(minutes=10), 200)}
    assert told == {"en", "fr", "ar"}


def test_no_text_has_a_gap_left_open() -> None:
    for story in published(3_000):
        assert not re.search(r"[{}]", " ".join([story.title, story.lead, *story.paragraphs, story.byline]))


async def test_its_box_can_be_watched_at_any_moment_however_fast_it_publishes(paper: Paper, clock) -> None:
    [place] = paper.newsroom.sources
    source = Source(place.name, place.url, zone=place.zone)
    for _ in range(80):
        clock.tick(seconds=15)
        page = await paper.get()
        listing = read_listing(page.body, place.url, source=source, fetched_at=clock.now())
        assert len(listing.rows) == len(await paper.rows())
