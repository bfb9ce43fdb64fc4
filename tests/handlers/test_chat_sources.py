"""/sources for those who run the bot: a mark each, what is in trouble, and one source closely."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.news.answers import SourceReport
from bot.news.health import Health, health
from bot.news.model import Source
from bot.news.said import said
from bot.news.sourcestate import NEVER, SourceState
from bot.store.sources import Noted, Sources
from bot.workers.watched import Watched
from tests.handlers.conftest import Stranger

MINE = Source("mine", "https://mine.example/", "Mine")
SMALL = Source("small", "https://small.example/feed", "Small News")


@pytest.fixture
async def sources(database, clock) -> Sources:
    """One source that was added and fails, and the configured one, which is well."""
    sources, now = Sources(database), clock.now()
    await sources.add(MINE)
    await sources.enlist([SMALL, MINE], now)
    well = SourceState(due=now + timedelta(minutes=5), last_ok=now, last_new=now, found=7)
    ill = SourceState(due=now, failures=4, error=said("The name {host} could not be found.", host="mine.example"))
    await sources.note([Noted(SMALL, well, now), Noted(MINE, ill, now)])
    return sources


async def test_each_source_wears_a_mark_and_can_be_opened(person, sources, news):
    await news("Rain at last")
    said = await person.says("/sources")
    assert "1. Small News source:small\n✅ 7 headlines · last new" in said.text
    assert "2. Mine source:mine\n⚠️ The name mine.example could not be found; never reached so far" in said.text
    assert said.labels[:2] == ("1 ✅", "2 ⚠️")
    opened = await person.taps("1 ✅")
    assert "Its last headline: 12:01 Rain at last" in opened.text
    assert "asked every 5 minutes, as it tells" in opened.text
    assert opened.labels == ("Ask it now", "Pause it", "‹ Back")  # what sources.toml names is removed there
    assert (await person.taps("‹ Back")).labels[:2] == ("1 ✅", "2 ⚠️")


async def test_only_those_in_trouble_are_shown_if_that_is_wanted(person, sources):
    await person.says("/sources")
    said = await person.taps("In trouble (1)")
    assert "Mine" in said.text
    assert "Small News" not in said.text
    assert "Small News" in (await person.taps("All sources")).text


async def test_a_source_is_paused_and_asked_again(person, sources, clock):
    await person.says("/sources")
    await person.taps("2 ⚠️")
    said = await person.taps("Pause it")
    assert "paused: I do not ask it" in said.text
    watched = Watched((SMALL,), sources)
    assert list(await watched.read()) == ["small"]
    assert await watched.find("mine") is None
    await person.taps("Watch it again")
    assert list(await watched.read()) == ["small", "mine"]


async def test_a_source_is_asked_now(person, sources, clock):
    await person.says("/sources")
    await person.taps("1 ✅")
    await person.taps("Ask it now")
    assert person.over_the_chat[-1].startswith("I ask it with the next round")
    taken = await sources.take_due(clock.now(), 10, timedelta(minutes=1))
    assert "small" in taken.states


async def test_a_source_is_removed_and_brought_back(person, sources):
    await person.says("/sources")
    await person.taps("2 ⚠️")
    assert (await person.taps("Remove")).text.startswith("I no longer watch Mine")
    assert await sources.added() == []
    await person.taps("Watch it again")
    assert [one.name for one in await sources.added()] == ["mine"]


async def test_others_see_the_plain_list_and_cannot_press_what_is_not_theirs(talk, person, sources):
    somebody = Stranger(talk, person.chat, {"id": 60, "is_bot": False, "first_name": "Somebody"})
    plain = await somebody.says("/sources")
    assert "✅ 7 headlines at" in plain.text
    assert plain.labels == ("Latest headlines",)
    for data in ("idle:small", "wake:small", "ask-now:small", "source:small:0"):
        await somebody.presses(data)
        assert person.over_the_chat[-1].startswith("Only those who run this bot")
    assert await sources.paused() == frozenset()


@pytest.mark.parametrize("data", ["source:", "source:gone:x", "idle:gone", "wake:", "ask-now:gone", "sources:x:y"])
async def test_an_old_button_says_what_is_so(person, sources, data):
    await person.says("/sources")
    await person.presses(data)
    assert person.errors == []


async def test_of_two_sources_of_one_name_the_configured_one_counts_everywhere(desk, sources):
    await sources.add(replace(SMALL, url="https://other.example/"))
    urls = {one.source.name: one.source.url for one in await desk.lists.sources()}
    assert urls["small"] == SMALL.url
    assert (await Watched((SMALL,), sources).read())["small"].url == SMALL.url
    assert {one.name: one.url for one in await desk.watching.watched()}["small"] == SMALL.url


@pytest.mark.parametrize(
    ("state", "paused", "fares"),
    [
        (None, False, Health.WAITING),
        (SourceState(last_ok=NEVER), True, Health.PAUSED),
        ({"due": 5}, False, Health.FINE),
        ({"due": 30}, False, Health.SLOW),
        ({"due": 30, "hub": "https://hub.example/"}, False, Health.FINE),
        ({"due": 5, "last_new": timedelta(days=3)}, False, Health.SILENT),
        ({"due": 5, "failures": 1}, False, Health.TROUBLE),
        ({"due": NEVER, "failures": 9}, False, Health.ENDED),
    ],
)
def test_how_a_source_fares(clock, state, paused, fares):
    now = clock.now()
    if isinstance(state, dict):
        due, ago = state.pop("due"), state.pop("last_new", timedelta())
        due = due if due is NEVER else now + timedelta(minutes=due)
        state = SourceState(last_ok=now, due=due, last_new=now - ago, **state)
    assert health(SourceReport(SMALL, state, paused), now) is fares
