"""/stats: a picture with the same figures in words, for those who run the bot; nothing is counted twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.delivery.charts import Chart, Picture, drawn
from bot.delivery.render.stats import DAY, WEEK
from bot.news.answers import Caller
from bot.news.identity import topic_id
from bot.news.model import ChatKind, Source
from bot.news.sourcestate import SourceState
from bot.news.topics import canonical, parse
from bot.store.hours import Hours
from bot.store.outbox import Outbox
from bot.store.sources import Noted, Sources
from tests.handlers.conftest import Stranger

PNG = b"\x89PNG"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def hours(database) -> Hours:
    return Hours(database)


async def tells(desk, database, clock, chat: int, *names: str) -> None:
    """A chat is told headlines: owed, drawn, and ticked off twice, as after an answer of Redis that was lost."""
    await desk.wishes.subscribe(Caller(chat, ChatKind.PRIVATE), "argan")
    outbox, now = Outbox(database), clock.now()
    for name in names:
        await outbox.owe(name, [topic_id(canonical(parse("argan")))], now)
    [mailbox] = await outbox.draw(10, now, MINUTE)
    for _ in range(2):
        await outbox.settle(mailbox, names, 5, now, now)


async def test_who_runs_the_bot_sees_a_picture_and_the_figures_in_words(person, news, desk, database, clock):
    await news("Rain in Morocco")
    await tells(desk, database, clock, 7, "h1", "h2")
    said = await person.says("/stats")
    message = person.newest()
    assert message["photo"][-1]["width"] > message["photo"][-1]["height"] * 0.8
    assert said.text.startswith("The last 24 hours\nOne headline came in.\n2 alerts were told.\nAt most 2 in an hour.")
    assert "I write to one chat." in said.text
    assert "Nothing waits to be sent." in said.text
    assert said.labels == ("Refresh", "7 days", "In trouble (0)")
    assert person.errors == []


async def test_the_week_and_what_is_new_come_in_its_place(person, news):
    first = await person.says("/stats")
    await news("Rain")
    week = await person.taps("7 days")
    assert (week.id, week.edited) == (first.id, True)
    assert week.text.startswith("The last 7 days\nOne headline came in.")
    assert week.labels[1] == "24 hours"
    assert person.errors == []


async def test_sources_in_trouble_are_one_tap_away(person, database, clock):
    sources, ill = Sources(database), Source("ill", "https://ill.example/")
    await sources.add(ill)
    now = clock.now()
    await sources.enlist([ill], now)
    await sources.note([Noted(ill, SourceState(due=now, failures=4, error="The page is gone."), now)])
    said = await person.says("/stats")
    assert "⚠️ One of them is in trouble." in said.text
    shown = await person.taps("In trouble (1)")
    assert "The page is gone" in shown.text
    assert "small" not in shown.text


async def test_nobody_else_sees_them(talk, person, group):
    somebody = Stranger(talk, person.chat, {"id": 60, "is_bot": False, "first_name": "Somebody"})
    assert "Yours is 60." in (await somebody.says("/stats")).text
    assert "private chat" in (await group.says("/stats")).text


async def test_an_alert_is_counted_in_its_hour_and_once(desk, database, clock, hours):
    await tells(desk, database, clock, 7, "h1", "h2")
    clock.tick(minutes=120)
    await tells(desk, database, clock, 7, "h3")
    assert (await hours.told(DAY, clock.now()))[-3:] == (2, 0, 1)
    clock.tick(hours=24 * 9)
    await tells(desk, database, clock, 7, "h4")
    assert sum(await hours.told(WEEK, clock.now())) == 1
    assert len(await database.call("HGETALL", "{s07}:hours")) == 1, "hours of last week are still kept"


async def test_headlines_are_counted_by_when_they_were_published(news, clock, hours):
    for title in ("One", "Two"):
        await news(title)
    clock.tick(minutes=60)
    assert (await hours.headlines(DAY, clock.now()))[-2:] == (2, 0)


@pytest.mark.parametrize(
    ("titles", "count"), [(("Headlines an hour", "Alerts an hour"), DAY), (("العناوين", "Оповещения"), WEEK)]
)
async def test_a_picture_is_drawn_apart(clock, titles, count):
    charts = tuple(Chart(title, tuple(range(count))) for title in titles)
    png = await drawn(Picture(charts, clock.now(), "UTC"))
    assert png.startswith(PNG)
    assert len(png) < 200_000
