"""The status page tells how the bot stands, and nothing from outside can act on it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from bot.news.answers import SourceReport
from bot.news.model import Headline, Source
from bot.news.sourcestate import NEVER, SourceState
from bot.ops.fares import SHOWN, fares
from bot.ops.status import page, page_without_facts, parts
from bot.ops.telling import span, took
from tests.ops.conftest import NOON, STATUS
from tests.statuses import busy, with_sources

EVIL = "<script>alert(1)</script>\"'&$x"


def headline(title: str, url: str = "https://a.example/1") -> Headline:
    return Headline("1", title, url, "a", NOON - timedelta(minutes=5), NOON)


def plain(html: str) -> str:
    """What a reader sees of it, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def row(told: str, name: str) -> str:
    """What the table says of a source."""
    return plain(re.search(rf'<tr role="row" id="source-{name}">.*?</tr>', told)[0])


def test_it_tells_how_the_bot_stands():
    told = plain(page(replace(STATUS, headlines=(headline("Rain at last"),), taken=12)))
    for words in (
        "As of 23 Nov 12:00:00 UTC",
        "Owed 2 the oldest has been due for 40 s",
        "Budget used 12 of 30 calls to Telegram this second",
        "Chats 7",
        "In the stream 120 of which not yet alerted to: 0",
        "Running for 3 h since 23 Nov 09:00 UTC",
        "23 Nov 11:55 Rain at last",
    ):
        assert words in told
    assert "Redis and Telegram answer." in told


def test_what_is_due_in_a_moment_is_not_late():
    told = plain(page(replace(STATUS, oldest_due=NOON + timedelta(seconds=2))))
    assert "Owed 2 nothing is late" in told


def test_a_silence_that_telegram_asked_for_is_told_until_it_is_over():
    held = replace(STATUS, held_until=NOON + timedelta(seconds=25))
    assert "Telegram asks for silence for 25 s" in page(held)
    assert "silence" not in page(replace(held, now=NOON + timedelta(seconds=26)))


def test_problems_come_first():
    told = page(replace(STATUS, problems=("Telegram does not know the token.",)))
    assert told.index("Telegram does not know the token.") < told.index("Running for")
    assert "Redis and Telegram answer." not in told


def test_each_source_says_how_it_fares_and_when_it_is_asked_next():
    read, due = NOON - timedelta(minutes=2), NOON + timedelta(minutes=3)
    well = SourceState(due=due, last_ok=read, last_new=NOON - timedelta(hours=5), found=30)
    ill = SourceState(due=due, failures=3, error="No answer within 10 seconds.")
    gone = SourceState(due=NEVER, last_ok=read, failures=2, error="It is gone.")
    reports = (
        SourceReport(Source("new", "https://n.example/"), None),
        SourceReport(Source("well", "https://w.example/"), well),
        SourceReport(Source("pushed", "https://p.example/"), replace(well, hub="https://hub.example/")),
        SourceReport(Source("ill", "https://i.example/"), ill),
        SourceReport(Source("gone", "https://g.example/"), gone),
        SourceReport(Source("idle", "https://s.example/"), well, paused=True),
    )
    told = fares(reports, NOON)
    assert "6 sources: 1 ended, 1 trouble, 2 fine, 1 paused, 1 waiting." in plain(told)
    assert row(told, "well") == "well well fine 5 min in 3 min 2 min ago 30 5 h ago"
    assert row(told, "pushed") == "pushed pushed fine 5 min, hub brings in 3 min 2 min ago 30 5 h ago"
    failed = "No answer within 10 seconds. (failed 3 times in a row)"
    assert row(told, "ill") == f"ill ill trouble {failed} – in 3 min never – never"
    assert row(told, "gone") == "gone gone ended It is gone. (failed 2 times in a row) – never 2 min ago 0 never"
    assert row(told, "idle") == "idle idle paused 5 min when it is woken 2 min ago 30 5 h ago"
    assert row(told, "new") == "new new waiting – now never – never"


def test_a_bot_that_can_read_no_source_says_so_first():
    ill = SourceReport(Source("ill", "https://i.example/"), SourceState(failures=3, error="No answer."))
    assert "No source can be read" in page(replace(STATUS, sources=(ill,)))
    assert "No source can be read" not in page(busy())


def test_of_very_many_sources_those_in_trouble_are_shown_and_the_others_counted():
    sources = with_sources(SHOWN * 8).sources
    troubled = [each for each in sources if each.state and each.state.failures]
    told = fares(sources, busy().now)
    assert told.count('id="source-') == SHOWN
    assert told.count('class="bad"') == min(len(troubled), SHOWN)
    assert f"And {SHOWN * 7} more" in told


def test_everything_from_outside_is_escaped():
    source = Source("s", f"https://a.example/?{EVIL}", EVIL)
    state = SourceState(failures=1, error=EVIL)
    evil = headline(EVIL, f"https://a/{EVIL}")
    told = page(
        replace(
            STATUS,
            problems=(EVIL,),
            headlines=(replace(evil, id=EVIL, source=EVIL),),
            sources=(SourceReport(source, state), SourceReport(replace(source, name=EVIL), state)),
        )
    )
    assert "<script>" not in told
    assert told.count("&lt;script&gt;") >= 10
    assert f'"{EVIL}' not in told


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://user:pass@a.example/"])
def test_a_strange_address_is_no_link(url):
    told = page(replace(STATUS, headlines=(headline("Rain", url),)))
    assert "Rain" in told
    assert url not in told


class _Marks(HTMLParser):
    """Which marks were opened and closed in the wrong order, and which ids stand on the page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in {"meta", "link"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.mark.parametrize("told", [page(STATUS), page(busy()), page(with_sources(50)), page_without_facts("Redis.")])
def test_the_page_is_well_formed_and_has_a_place_for_all_that_changes(told):
    marks = _Marks()
    marks.feed(told)
    assert (marks.wrong, marks.open) == ([], [])
    assert len(marks.ids) == len(set(marks.ids))
    assert parts(STATUS).keys() <= set(marks.ids)
    assert not re.search(r"\sstyle=|\son\w+=|<script>|<style", told), "the page's own policy would forbid it"


async def test_it_is_served_as_a_page_that_runs_nothing_but_its_own_file(visitor):
    async with visitor.get("/") as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
        policy = answer.headers["Content-Security-Policy"]
        assert "width=device-width" in await answer.text()
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


@pytest.mark.parametrize(("file", "kind"), [("status.css", "text/css"), ("status.js", "text/javascript")])
async def test_its_two_files_are_served_as_what_they_are(visitor, file, kind):
    async with visitor.get("/") as answer:
        assert f'"{file}"' in await answer.text()
    async with visitor.get(f"/{file}") as answer:
        assert (answer.status, answer.content_type) == (200, kind)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert len(await answer.text()) > 1000


async def test_when_redis_is_away_the_page_says_only_that(house, visitor):
    house.away = True
    async with visitor.get("/") as answer:
        assert answer.status == 503
        told = plain(await answer.text())
    assert "Redis: connection refused." in told
    assert "Chats" not in told


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


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.0, "0 µs"), (0.0000042, "4.2 µs"), (0.00123, "1.2 ms"), (0.25, "250 ms"), (1.26, "1.3 s"), (150, "2 min")],
)
def test_short_times_are_told_with_two_digits(seconds, told):
    assert took(seconds) == told
