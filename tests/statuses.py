"""How a bot may stand, as the status page is told: for its tests and its picture.

Here: a busy day with twelve sources and some trouble, and as many sources as one likes.
Not here: the page (bot/ops/status), the picture of it (screenshots).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from bot.news.answers import SourceReport
from bot.news.model import Headline, Source
from bot.news.sourcestate import NEVER, SourceState
from bot.ops.metrics import ALERT_DELAY, DELAYS, FETCHES, MATCHES
from bot.ops.status import Status
from bot.ops.steps import Step

NOW = datetime(2026, 11, 23, 16, 42, 7, tzinfo=UTC)
_TITLES = (
    ("Harbour bridge reopens two weeks early", "harbour-post"),
    ("Parliament votes on the water law tonight", "the-courier"),
    ("Night trains to the coast return in spring", "rail-wire"),
    ("Central bank leaves its rate where it is", "market-desk"),
    ("Rain at last for the southern valleys", "small-news"),
    ("Museum shows letters that were thought lost", "culture-box"),
)
_NAMES = (
    ("harbour-post", "Harbour Post", 2),
    ("the-courier", "The Courier", 5),
    ("rail-wire", "Rail Wire", 10),
    ("market-desk", "Market Desk", 1),
    ("small-news", "Small News", 5),
    ("culture-box", "Culture Box", 30),
    ("valley-radio", "Valley Radio", 5),
    ("science-notes", "Science Notes", 15),
)


def busy() -> Status:
    """A day as an operator sees it: much is well, two sources are not."""
    came = (9, 6, 4, 3, 4, 8, 19, 34, 52, 61, 55, 48, 57, 50, 44, 47, 58, 66, 41, 33, 28, 21, 16, 31)
    return Status(
        started=NOW - timedelta(days=12, hours=3),
        now=NOW,
        stream=4_812,
        rejected=3,
        chats=5_240,
        owed_chats=38,
        oldest_due=NOW - timedelta(seconds=4),
        taken=19,
        per_second=30,
        came=came,
        told=tuple(count * 41 + count % 7 * 13 for count in came),
        headlines=tuple(headlines(NOW)),
        sources=(*(well(*each, NOW) for each in _NAMES), *ill(NOW)),
        steps=steps(),
    )


def with_sources(count: int) -> Status:
    """The same with more sources; every seventh is in trouble."""
    many = [well(f"source-{number}", f"Source number {number}", 1 + number % 30, NOW) for number in range(count)]
    failed = [
        replace(one, state=replace(one.state, failures=2, error="No answer within 10 seconds.")) if not at % 7 else one
        for at, one in enumerate(many)
        if one.state
    ]
    return replace(busy(), sources=tuple(failed))


def headlines(now: datetime) -> list[Headline]:
    """Six headlines, some minutes apart."""
    return [
        Headline(
            f"h{place}", title, f"https://news.example/{place}", source, now - timedelta(minutes=3 + 7 * place), now
        )
        for place, (title, source) in enumerate(_TITLES)
    ]


def well(name: str, title: str, minutes: int, now: datetime) -> SourceReport:
    """A source that was read lately."""
    read = now - timedelta(minutes=minutes) * 0.4
    state = SourceState(
        due=read + timedelta(minutes=minutes), last_ok=read, last_new=now - timedelta(minutes=9 * minutes), found=30
    )
    return SourceReport(Source(name, f"https://{name}.example/feed.xml", title), state)


def ill(now: datetime) -> list[SourceReport]:
    """One that fails, one that is gone, one that rests, and one that nobody has asked yet."""
    failing = SourceState(
        due=now + timedelta(minutes=37),
        last_ok=now - timedelta(hours=2),
        last_new=now - timedelta(hours=3),
        failures=4,
        error="The server answers 503 (Service Unavailable).",
        found=25,
    )
    gone = SourceState(due=NEVER, last_ok=now - timedelta(days=2), failures=2, error="The page is gone (410).")
    return [
        SourceReport(Source("lakeside", "https://lakeside.example/latest", "Lakeside Today"), failing),
        SourceReport(Source("old-gazette", "https://old.example/rss", "The Old Gazette"), gone),
        SourceReport(Source("sports-box", "https://sports.example/", "Sports Box"), SourceState(), paused=True),
        SourceReport(Source("new-one", "https://new.example/feed", "A New One"), None),
    ]


def steps() -> tuple[Step, ...]:
    """What a process has measured that has alerted for a while."""
    delays = (*DELAYS, math.inf)
    return (
        _step(ALERT_DELAY, "From seeing a headline to delivering it", delays, (31, 66, 98, 97, 71, 22, 9, 4, 2)),
        _step("fetch", "Asking a source, until all of its answer is here", FETCHES, (120, 610, 890, 240, 35, 4)),
        _step("telegram", "From a call to Telegram to its answer", (0.03, 0.1, 0.3, 1, 5), (3, 810, 95, 8, 1)),
        _step("redis", "One exchange with Redis", (0.0003, 0.001, 0.003, 0.01), (9_800, 41_000, 2_100, 70)),
        _step("match", "Finding the topics of one headline", MATCHES, (0, 0, 90, 610, 95)),
    )


def _step(metric: str, says: str, bounds: Sequence[float], counts: Sequence[int]) -> Step:
    """A step that was so often between its bounds, and never longer than those that are given."""
    every = (*counts, *(0 for _ in range(len(bounds) - len(counts))))
    return Step(metric, says, tuple(zip(bounds, accumulate(every), strict=True)))
