"""A part of the hostile corpus, small enough for every run: each input gives valid values or a sentence, and soon.

benchmarks/hostile.py runs all of it.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks._corpus import attacks, generated, naughty, shared
from benchmarks._enduring import URL, endure, endured
from benchmarks._watching import Watch
from bot.ingest.reader import Reader
from bot.ingest.web import MOST_BYTES
from bot.news.errors import NotReadable
from bot.ports import Page

SOON_MS = 10_000  # far beyond what any of them takes, on a machine that is busy with other things too
MOST_MB = 300


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch()


@pytest.mark.timeout(120)
def test_a_thousand_broken_feeds_and_pages_give_values_or_a_sentence(watch: Watch) -> None:
    with watch.on() as tried:
        became = [endure(body) for body in generated(1000)]
    assert [each.wrong for each in became if each.wrong] == []
    assert max(each.ms for each in became) < SOON_MS
    assert sum("read" in (each.listing, each.article) for each in became) > 300
    assert tried == []


@pytest.mark.timeout(120)
def test_attacks_on_parsers_give_values_or_a_sentence_and_reach_for_nothing(watch: Watch) -> None:
    with watch.on() as tried:
        became = [endure(body) for body in attacks(0.2)]
    assert [each.wrong for each in became if each.wrong] == []
    assert max(each.ms for each in became) < SOON_MS
    assert tried == []


@pytest.mark.timeout(120)
async def test_large_attacks_cost_one_page_each_and_little_memory() -> None:
    reader = Reader(extract=endured, limit=timedelta(seconds=1))
    try:
        await reader.warm()
        peaks, reasons = [], []
        for body in [body for body in attacks(20) if len(body) < MOST_BYTES][::18]:
            try:
                facts = json.loads((await reader.read(Page(URL, body))).title)
            except NotReadable as reason:
                reasons.append(str(reason))
            else:
                assert facts["wrong"] == []
                peaks.append(facts["rss_kb"] / 1024)
    finally:
        await reader.close()
    assert all("too long" in reason or "too large" in reason for reason in reasons)
    assert len(peaks) > 3
    assert max(peaks) < MOST_MB


def test_what_others_broke_is_survived_too(shared_data: Path) -> None:
    became = [(name, body, endure(body)) for name, body in list(shared(shared_data))[::40]]
    assert [(name, body[:200], each.wrong) for name, body, each in became if each.wrong] == []


def test_the_naughty_strings_are_there(shared_data: Path) -> None:
    assert len(naughty(shared_data)) > 400
