"""Where a chat is, as people tell it."""

from __future__ import annotations

import pytest

from bot.news.hours import span_text


async def zone_of(desk, person):
    return (await desk.preferences.of(person.chat)).zone


async def asks(person):
    await person.says("/settings")
    return await person.taps("Time zone")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Casablanca, Morocco", "Africa/Casablanca"),
        ("دار البيضاء", "Africa/Casablanca"),
        ("Нью-Йорк", "America/New_York"),
        ("münchen", "Europe/Berlin"),
        ("muenchen", "Europe/Berlin"),
        ("São Paulo", "America/Sao_Paulo"),
        ("ciudad de méxico", "America/Mexico_City"),
        ("İzmir", "Europe/Istanbul"),
        ("اصفهان", "Asia/Tehran"),
        ("मुंबई", "Asia/Kolkata"),
        ("北京", "Asia/Shanghai"),
        ("Surabaya", "Asia/Jakarta"),
        ("Deutschland", "Europe/Berlin"),
        ("+5:30", "+05:30"),
        ("GMT-3", "-03:00"),
        ("Europe/Lisbon", "Europe/Lisbon"),
    ],
)
async def test_a_place_is_known_by_its_name_in_any_of_the_languages(person, desk, typed, zone):
    await asks(person)
    told = await person.says(typed)
    assert "where you are, right?" in told.text
    assert await zone_of(desk, person) == zone


async def test_of_several_places_of_a_name_one_is_chosen(person, desk):
    await asks(person)
    asked = await person.says("Paris")
    assert "several places" in asked.text
    await person.taps(next(label for label in asked.labels if label.startswith("🇺🇸 Paris")))
    assert await zone_of(desk, person) == "America/Chicago"


async def test_a_slip_of_the_finger_is_asked_back(person, desk):
    await asks(person)
    asked = await person.says("casablnca")
    assert "no place called “casablnca”" in asked.text
    assert await zone_of(desk, person) == ""
    await person.taps(next(label for label in asked.labels if label.startswith("🇲🇦 Casablanca")))
    assert await zone_of(desk, person) == "Africa/Casablanca"


async def test_words_that_are_no_place_may_be_a_topic(person, desk):
    await asks(person)
    asked = await person.says("quantum computing <b>")
    assert "no place called “quantum computing <b>”" in asked.text
    followed = await person.taps("It is a topic")
    assert followed is not None
    assert [wish.shown for wish in await desk.wishes.topics(person.chat)]


async def test_a_likely_place_is_one_tap_away(person, desk):
    asked = await asks(person)
    await person.taps(next(label for label in asked.labels if label.startswith("London")))
    assert await zone_of(desk, person) == "Europe/London"


async def test_the_place_can_be_sent_from_the_map_and_the_own_keyboard_comes_back(person, desk, talk):
    await asks(person)
    await person.taps("📍 Send my location")
    keyboards = talk.devchat.chats.find(person.chat).keyboards
    assert keyboards
    told = await person.is_at(33.57, -7.59)
    assert "where you are, right?" in told.text
    assert await zone_of(desk, person) == "Africa/Casablanca"
    assert not keyboards


async def test_a_place_on_the_map_is_enough_without_a_question(person, desk):
    await person.is_at(48.137, 11.575)
    assert await zone_of(desk, person) == "Europe/Berlin"


async def test_what_waited_for_the_place_is_kept_with_the_question(person, desk, database):
    await person.says("/settings")
    await person.taps("Quiet hours")
    await person.taps("23:00–07:00")
    assert [key async for key in _keys(database, "*:asked:*")]
    await person.says("/latest")
    await person.is_at(40.71, -74.0)
    now = await desk.preferences.of(person.chat)
    assert (now.zone, span_text(now.quiet)) == ("America/New_York", "23:00–07:00")
    assert not [key async for key in _keys(database, "*:asked:*")]


async def test_not_now_leaves_everything_as_it_was(person, desk):
    await person.says("/settings")
    await person.taps("Quiet hours")
    await person.taps("23:00–07:00")
    overview = await person.taps("Not now")
    assert "Quiet hours: none" in overview.text
    assert "casablanca" in (await person.says("casablanca")).text.lower()
    assert await zone_of(desk, person) == ""


async def test_in_a_group_an_admin_replies_with_the_place(group, desk):
    await group.says("/settings")
    asked = await group.taps("Time zone")
    assert "📍 Send my location" not in asked.labels

    refused = await group.member().says("Paris, France", reply_to=asked.id)
    assert "admins" in refused.text
    told = await group.says("Paris, France", reply_to=asked.id)
    assert "in this chat, right?" in told.text
    assert await zone_of(desk, group) == "Europe/Paris"


async def test_a_place_that_others_talk_about_in_a_group_is_not_asked_for(group, desk):
    assert await group.is_at(33.57, -7.59) is None
    assert await zone_of(desk, group) == ""


async def _keys(database, pattern):
    cursor = 0
    while True:
        cursor, keys = await database.call("SCAN", cursor, "MATCH", pattern, "COUNT", 1000)
        for key in keys:
            yield key
        if not int(cursor):
            return


async def test_the_question_among_the_settings_says_what_holds_and_ticks_it(person):
    asked = await asks(person)
    assert asked.text.startswith("Time zone: not known yet")
    city = next(label for label in asked.labels if " · " in label)
    await person.taps(city)

    again = await asks(person)
    assert " there\n" in again.text
    assert any(label.startswith("✅ ") and label.endswith(city) for label in again.labels)
    assert again.labels[-1] == "‹ Settings"
