"""Settings, as people tap and type them."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

import pytest
from handlers.conftest import buttons

from bot.news.hours import span_text
from bot.news.preferences import Digest


async def chosen(desk, person):
    return await desk.preferences.of(person.chat)


async def test_settings_are_one_message_that_changes_in_place(person, desk):
    overview = await person.says("/settings")
    assert "Quiet hours: none" in overview.text
    assert "Language: English" in overview.text

    panel = await person.taps("Alerts")
    assert (panel.id, panel.edited) == (overview.id, True)
    assert "✅ With sound" in panel.labels

    silent = await person.taps("Silent")
    assert "✅ Silent" in silent.labels
    assert (await chosen(desk, person)).silent

    back = await person.taps("‹ Settings")
    assert back.id == overview.id
    assert "Alerts: without a sound" in back.text


@pytest.mark.parametrize(
    ("panel", "label", "name", "value"),
    [
        ("Language", "Deutsch", "lang", "de"),
        ("Alerts", "Silent", "silent", True),
        ("Alerts", "10", "most_a_day", 10),
        ("Articles", "Plain text", "style", "text"),
        ("Articles", "No previews", "previews", False),
        ("Articles", "No pictures", "pictures", False),
        ("Quiet hours", "Breaking news: hold", "breaking", False),
    ],
)
async def test_anything_is_changed_with_two_taps_and_undone_with_one(person, desk, panel, label, name, value):
    await person.says("/settings")
    await person.taps(panel)
    before = getattr(await chosen(desk, person), name)

    changed = await person.taps(label)

    assert getattr(await chosen(desk, person), name) == value
    undo = next(each for each in changed.labels if each.startswith("↩️"))
    undone = await person.taps(undo)
    assert getattr(await chosen(desk, person), name) == before
    assert undone.id == changed.id


async def test_quiet_hours_wait_until_it_is_known_where_the_chat_is(person, desk, clock):
    await person.says("/settings")
    await person.taps("Quiet hours")
    asked = await person.taps("22:00–07:00")
    assert "What time is it where you are?" in asked.text
    assert (await chosen(desk, person)).quiet is None

    settled = await person.says("Casablanca, Morocco")

    here = clock.now().astimezone(ZoneInfo("Africa/Casablanca"))
    assert f"It is {here:%H:%M} where you are, right?" in settled.text
    assert "Quiet hours: 22:00 to 07:00" in settled.text
    now = await chosen(desk, person)
    assert (now.zone, span_text(now.quiet)) == ("Africa/Casablanca", "22:00–07:00")

    await person.taps("↩️ Undo")
    assert (await chosen(desk, person)).quiet is None


async def test_hours_are_typed_where_a_panel_asks_for_them(person, desk):
    await person.says("/settings")
    await person.taps("Quiet hours")
    await person.says("23h-6h30")
    await person.says("UTC+2")
    assert span_text((await chosen(desk, person)).quiet) == "23:00–06:30"

    await person.says("/settings")
    await person.taps("Digest")
    typed = await person.says("8 18h30")
    assert "Digest: 08:00, 18:30" in typed.text
    assert "✅ 08:00 + 18:30" in typed.labels


async def test_hours_that_cannot_be_read_get_an_example(person):
    await person.says("/settings")
    await person.taps("Quiet hours")
    told = await person.says("25-7")
    assert "22:00-07:00" in told.text


async def test_a_number_or_a_word_is_no_hour(person, news, desk):
    await news("Rabat hosts a summit")
    await person.says("/latest")
    await person.says("/settings")
    await person.taps("Digest")
    assert "Rabat hosts a summit" in (await person.says("1")).text
    assert "summit" in (await person.says("summit")).text
    assert (await chosen(desk, person)).digest is None


async def test_a_digest_gathers_the_topics_that_are_ticked(person, desk):
    await person.says("/subscribe morocco")
    await person.says("/subscribe tennis")
    await person.says("/settings")
    await person.taps("Digest")
    await person.taps("08:00")
    panel = await person.says("Paris, France")
    await person.says("/settings")
    panel = await person.taps("Digest")
    assert "✅ All topics" in panel.labels

    panel = await person.taps("tennis")
    assert "✅ tennis" in panel.labels
    assert "All topics" in panel.labels
    assert (await chosen(desk, person)).digest.topics == {await person.topic("tennis")}

    await person.taps("✅ 08:00")
    panel = await person.taps("None")
    assert (await chosen(desk, person)).digest is None
    await person.taps("↩️ Undo")
    assert (await chosen(desk, person)).digest.topics == {await person.topic("tennis")}


async def test_another_language_is_spoken_at_once(person, desk):
    await person.says("/settings")
    await person.taps("Language")
    await person.taps("Français")
    assert (await chosen(desk, person)).lang == "fr"

    own = await person.says("/language")
    assert "✅ Français" in own.labels

    await person.says("/language english")
    assert (await chosen(desk, person)).lang == "en"
    refused = await person.says("/language Klingon")
    assert "/language" in refused.text


async def test_old_and_forged_buttons_are_answered(person, desk):
    await person.says("/settings")
    before = await chosen(desk, person)
    for data in (
        "panel:none",
        "set:none:1",
        "set:most_a_day:7",
        "set:zone:Mars/Olympus",
        "set:quiet:x",
        "set:",
        "panel:x:digest",
    ):
        answered = len(person.over_the_chat)
        await person.presses(data)
        assert len(person.over_the_chat) > answered
    assert await chosen(desk, person) == before
    assert person.errors == []


async def test_in_a_group_only_admins_change_settings_unless_everybody_may(group, desk):
    member = group.member()
    await group.says("/settings")
    await member.taps("Alerts")
    await member.taps("Silent")
    assert "admins" in group.over_the_chat[-1]
    assert not (await chosen(desk, group)).silent

    await group.says("/settings")
    await group.taps("Who decides")
    await group.taps("Everybody")
    await group.says("/settings")
    await member.taps("Alerts")
    await member.taps("Silent")
    assert (await chosen(desk, group)).silent

    await group.says("/settings")
    await member.taps("Who decides")
    await member.taps("Only admins")
    assert (await chosen(desk, group)).all_manage, "who decides is for admins to say"


async def test_only_in_private_one_is_led_to_channels(person, group):
    assert "My channels" in (await person.says("/settings")).labels
    assert "My channels" not in (await group.says("/settings")).labels


async def test_only_a_group_is_asked_who_decides(person, group):
    assert "Who decides" not in (await person.says("/settings")).labels
    assert "Who decides" in (await group.says("/settings")).labels


async def test_an_article_comes_in_the_style_that_the_chat_chose(person, news, talk):
    await news("Rabat hosts a summit")
    await person.says("/settings")
    await person.taps("Articles")
    await person.taps("Plain text")
    await person.says("/latest")
    await person.says("/read 1")
    message = talk.devchat.chats.find(person.chat).messages[max(talk.devchat.chats.find(person.chat).messages)]
    assert "rich_message" not in message
    assert "Rabat hosts a summit" in message["text"]
    assert buttons(message)


async def test_the_times_of_a_digest_may_be_typed_with_a_comma_where_its_panel_asks_for_them(person, desk):
    await person.says("/digest 7")
    await person.says("Rabat")
    await person.says("/settings")
    await person.taps("Digest")

    assert "08:00" in (await person.says("8:00, 18:00")).text
    assert (await desk.preferences.of(person.chat)).digest == Digest((time(8), time(18)))
