"""/addsource: who runs the bot finds sources by any address, picks by button, and takes back what was picked."""

from __future__ import annotations

import pytest

from bot.desk.watching import Watching
from bot.handlers import COMMANDS
from bot.handlers.menus import menu
from bot.news.cadence import Paces
from bot.news.model import Kind, Source
from bot.news.said import ENGLISH
from bot.store.offers import Offers
from bot.store.sources import Sources
from tests.handlers.conftest import Stranger

SITE = "https://news.example/"


def feed(*titles: str, name: str = "The Daily", day: int = 23) -> str:
    items = "".join(
        f"<item><title>{title}</title><link>{SITE}{number}</link>"
        f"<pubDate>Mon, {day} Nov 2026 11:{50 - number}:00 GMT</pubDate></item>"
        for number, title in enumerate(titles)
    )
    return f'<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'


def page(*hrefs: str) -> str:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{href}">' for href in hrefs)
    return f"<!doctype html><html><head><title>The Daily</title>{links}</head><body><p>Good morning.</p></body></html>"


@pytest.fixture
def site(web):
    web.pages |= {
        SITE: page("/feed", "/sport"),
        f"{SITE}feed": feed("Rain at last", "Sun again", "Wind", "Fog"),
        f"{SITE}sport": feed("A goal", name="The Daily – Sport"),
    }
    return web


@pytest.fixture
def sources(database) -> Sources:
    return Sources(database)


async def names(sources: Sources) -> list[str]:
    return [source.name for source in await sources.added()]


async def test_what_is_found_is_shown_with_its_last_headlines_and_a_button_each(person, site):
    said = await person.says(f"/addsource {SITE}")
    assert said.edited  # it stands in the place of "Looking around …"
    assert said.text.startswith("2 sources at news.example\n\n1. The Daily\nfeed (RSS) · 4 headlines · newest 11:50")
    assert "• 11:50 Rain at last\n• 11:49 Sun again\n• 11:48 Wind" in said.text
    assert "Fog" not in said.text
    assert said.labels == ("1. The Daily", "2. The Daily – Sport")
    assert {"text_link", "bold"} <= set(said.entities)


async def test_a_tap_watches_it_and_says_how_it_is_called_and_asked(person, site, sources):
    await person.says(f"/addsource {SITE}")
    said = await person.taps("2. The Daily – Sport")
    assert "I watch The Daily – Sport (source:the-daily) from now on, and ask it about every 5 minutes" in said.text
    assert "/subscribe source:the-daily" in said.text
    assert await sources.added() == [Source("the-daily", f"{SITE}sport", "The Daily – Sport", Kind.RSS)]


async def test_a_picked_one_is_ticked_and_not_added_twice(person, site, sources):
    await person.says(f"/addsource {SITE}")
    await person.taps("1. The Daily")
    assert await person.taps("✓ 1. The Daily") is None
    assert person.over_the_chat[-1] == "That is watched already, as the-daily."
    assert await names(sources) == ["the-daily"]
    again = await person.says(f"/addsource {SITE}")
    assert "I watch it already, as source:the-daily" in again.text
    assert again.labels == ("2. The Daily – Sport",)


async def test_undo_takes_it_back_and_brings_it_again_under_its_name(person, site, sources):
    await person.says(f"/addsource {SITE}feed")
    await person.taps("1. The Daily")
    said = await person.taps("Undo")
    assert said.text.startswith("I no longer watch The Daily (source:the-daily)")
    assert await names(sources) == []
    await person.taps("Watch it again")
    assert await names(sources) == ["the-daily"]


async def test_the_buttons_outlive_the_process(person, site, sources, desk, database):
    await person.says(f"/addsource {SITE}feed")
    desk.watching = Watching(sources, Offers(database), (), Paces())  # as a new process makes it
    await person.taps("1. The Daily")
    assert await names(sources) == ["the-daily"]


async def test_a_button_of_last_week_says_what_to_do(person, site, sources, database):
    await person.says(f"/addsource {SITE}feed")
    [key] = await every_offer(database)
    await database.call("DEL", key)
    await person.taps("1. The Daily")
    assert person.over_the_chat[-1].startswith("I offered that more than a day ago. Send /addsource")
    assert await names(sources) == []


async def every_offer(database):
    return (await database.call("SCAN", 0, "MATCH", "{sources}:offered:*", "COUNT", 10_000))[1]


@pytest.mark.parametrize("typed", ["news.example", "https://news.example/", "news.example/", "HTTPS://news.example/."])
async def test_an_address_may_be_typed_as_people_type_it(person, site, typed):
    site.pages["https://news.example"] = site.pages["HTTPS://news.example/"] = site.pages[SITE]
    assert "2 sources at news.example" in (await person.says(f"/addsource {typed}")).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/addsource", "Send the address of a site"),
        ("/addsource nonsense", "“nonsense” is no web address"),
        ("/addsource https://news.example/ Nowhere/Else", "no time zone “Nowhere/Else”"),
        ("/addsource https://gone.example/", "there is no such page (404)"),
        ("/addsource https://empty.example/", "I found no feed, no latest-news box and no news sitemap"),
    ],
)
async def test_what_goes_wrong_is_a_sentence(person, site, typed, told):
    site.pages["https://empty.example/"] = page()
    assert told in (await person.says(typed)).text
    assert person.errors == []


async def test_a_box_is_read_on_the_clock_that_is_named(person, site, sources):
    rows = "".join(
        f'<li><time>10:{minute}</time> <a href="/s{minute}">The council meets again on item {minute}</a></li>'
        for minute in range(50, 40, -1)
    )
    site.pages["https://box.example/"] = f"<html><head><title>Box</title></head><body><ul>{rows}</ul></body></html>"
    assert "clock read as UTC" in (await person.says("/addsource https://box.example/")).text
    said = await person.says("/addsource https://box.example/ Africa/Casablanca")
    assert "latest-news box · 10 headlines · newest 09:50" in said.text
    await person.taps("1. Box")
    assert (await sources.added())[0].zone == "Africa/Casablanca"
    again = await person.says("/addsource https://box.example/")
    assert "latest-news box · 10 headlines · newest 09:50" in again.text  # the clock on which it is watched


async def test_whoever_does_not_run_the_bot_is_told_so_and_adds_nothing(talk, person, site, sources, database):
    somebody = Stranger(talk, person.chat, {"id": 60, "is_bot": False, "first_name": "Somebody"})
    assert "HEADLINE_BOT_ADMINS. Yours is 60." in (await somebody.says(f"/addsource {SITE}")).text
    await person.says(f"/addsource {SITE}")
    [key, *_] = await every_offer(database)
    await somebody.presses(f"watch:{key.rpartition(':')[2]}")
    assert person.over_the_chat[-1].startswith("Only those who run this bot")
    assert await names(sources) == []


async def test_nobody_else_takes_a_source_away(talk, person, group, site, sources):
    await sources.add(Source("mine", "https://mine.example/"))
    await group.says("/sources")
    await group.member().presses("unwatch:mine")
    await group.member().presses("removable:0")
    await group.presses("unwatch:mine")  # one who may, but where all see it
    assert person.over_the_chat[-1].startswith("Send me that in a private chat")
    assert await names(sources) == ["mine"]


async def test_in_a_group_it_is_sent_to_the_private_chat(group, site):
    assert "private chat" in (await group.says(f"/addsource {SITE}")).text


@pytest.mark.parametrize(
    "data", ["watch:", "watch:nonsense", "watch:a:b:c", "unwatch:", "unwatch:small", "unwatch:x y"]
)
async def test_forged_buttons_change_nothing(person, site, sources, data):
    await sources.add(Source("mine", "https://mine.example/"))
    await person.says("/sources")
    await person.presses(data)
    assert await names(sources) == ["mine"]
    assert person.errors == []


async def test_a_source_that_was_added_is_removed_from_the_list_of_sources(person, sources):
    await sources.add(Source("mine", "https://mine.example/", "Mine"))
    assert "Remove one …" in (await person.says("/sources")).labels
    asked = await person.taps("Remove one …")
    assert asked.labels == ("mine",)  # what sources.toml names is not among them
    said = await person.taps("mine")
    assert said.text.startswith("I no longer watch Mine (source:mine)")
    assert await names(sources) == []
    await person.taps("Watch it again")
    assert await names(sources) == ["mine"]


async def test_many_added_sources_come_on_pages(person, sources):
    for number in range(20):
        await sources.add(Source(f"source-{number:02}", f"https://n{number}.example/"))
    await person.says("/sources")
    first = await person.taps("Remove one …")
    assert first.labels[0] == "source-00"
    assert (await person.taps("More ›")).labels[:2] == ("source-12", "source-13")


async def test_only_who_runs_the_bot_sees_the_command(talk, person):
    somebody = Stranger(talk, person.chat, {"id": 60, "is_bot": False, "first_name": "Somebody"})
    assert "/addsource address [zone]" in (await person.says("/help")).text
    assert "/addsource" not in (await somebody.says("/help")).text
    assert "Remove one …" not in (await somebody.says("/sources")).labels
    assert {command.command for command in menu(ENGLISH, COMMANDS, for_operators=True)} == {
        command.name for command in COMMANDS
    }
    assert "addsource" not in {command.command for command in menu(ENGLISH, COMMANDS)}
