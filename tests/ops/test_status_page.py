"""The status page tells how the bot stands, and nothing from outside can act on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.news.answers import SourceReport
from bot.news.model import Headline, Source
from bot.news.sourcestate import SourceState
from bot.ops.status import page, span
from tests.ops.conftest import NOON, STATUS

EVIL = "<script>alert(1)</script>\"'&$x"


def headline(title: str, url: str = "https://a.example/1") -> Headline:
    return Headline("1", title, url, "a", NOON - timedelta(minutes=5), NOON)


def test_it_tells_what_there_is():
    told = page(replace(STATUS, headlines=(headline("Rain at last"),)))
    for words in (
        "0.1.0",
        "3 h",
        "120",
        "2 chats, the longest for 40 s",
        "Rain at last",
        "11:55",
        "https://a.example/1",
    ):
        assert words in told
    assert "Redis and Telegram answer." in told


def test_problems_come_first():
    told = page(replace(STATUS, problems=("Telegram does not know the token.",)))
    assert told.index("Telegram does not know the token.") < told.index("Running for")
    assert "answer." not in told


def test_each_source_says_how_it_fares():
    reports = (
        SourceReport(Source("new", "https://n.example/"), None),
        SourceReport(Source("well", "https://w.example/"), SourceState(last_ok=NOON - timedelta(minutes=2), found=30)),
        SourceReport(Source("ill", "https://i.example/"), SourceState(failures=3, error="The page is gone.")),
    )
    told = page(replace(STATUS, sources=reports))
    for words in ("not asked yet", "read 2 min ago, 30 rows", "The page is gone.", "3 failures in a row, never read"):
        assert words in told
    assert "1 of 2, 1 not asked yet" in told
    assert "No source can be read" not in told
    assert "No source can be read" in page(replace(STATUS, sources=reports[2:]))


def test_everything_from_outside_is_escaped():
    source = Source("s", f"https://a.example/?{EVIL}", EVIL)
    report = SourceReport(source, SourceState(failures=1, error=EVIL))
    told = page(
        replace(
            STATUS, problems=(EVIL,), version=EVIL, headlines=(headline(EVIL, f"https://a/{EVIL}"),), sources=(report,)
        )
    )
    assert "<script" not in told
    assert told.count("&lt;script&gt;") >= 6
    assert f'"{EVIL}' not in told


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://user:pass@a.example/"])
def test_a_strange_address_is_no_link(url):
    told = page(replace(STATUS, headlines=(headline("Rain", url),)))
    assert "Rain" in told
    assert url not in told


async def test_it_is_served_as_a_page_that_runs_nothing(visitor):
    async with visitor.get("/") as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "width=device-width" in await answer.text()


async def test_when_redis_is_away_the_page_says_only_that(house, visitor):
    house.away = True
    async with visitor.get("/") as answer:
        assert answer.status == 503
        assert "Redis: connection refused." in await answer.text()


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=59.9), "59 s"),
        (timedelta(minutes=61), "1 h"),
        (timedelta(days=3, hours=5), "3 d"),
        (timedelta(seconds=-5), "0 s"),
    ],
)
def test_spans_are_told_in_their_largest_unit(length, told):
    assert span(length) == told
