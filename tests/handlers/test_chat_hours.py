"""Quiet hours, digests, pauses and what is muted, as a person types and taps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.delivery.render.alert import alert
from bot.news.alerts import Alert
from bot.news.answers import Caller
from bot.news.model import ChatKind
from bot.news.preferences import Digest, Quiet
from bot.news.said import ENGLISH
from bot.store.outbox import Outbox


async def chosen(desk, person):
    return await desk.preferences.of(person.chat)


@pytest.fixture
async def at_home(desk, person):
    """A person whose clock is known."""
    await desk.preferences.change(Caller(person.chat, ChatKind.PRIVATE), lambda now: replace(now, zone="+00:00"))
    return person


@pytest.mark.parametrize("typed", ["22:00-07:00", "22-7", "10pm-7am", "۲۲-۷"])
async def test_quiet_hours_are_typed_as_people_write_them_and_undone_by_a_button(at_home, desk, typed):
    answer = await at_home.says(f"/quiet {typed}")
    assert "From 22:00 to 07:00 I tell you nothing" in answer.text
    assert (await chosen(desk, at_home)).quiet == Quiet(time(22), time(7))
    await at_home.taps("↩️ Undo")
    assert (await chosen(desk, at_home)).quiet is None


async def test_quiet_hours_are_switched_off(at_home, desk):
    await at_home.says("/quiet 22-7")
    assert "I write at any time" in (await at_home.says("/quiet off")).text
    assert (await chosen(desk, at_home)).quiet is None
    await at_home.taps("↩️ Undo")
    assert (await chosen(desk, at_home)).quiet == Quiet(time(22), time(7))


async def test_quiet_hours_alone_are_shown_with_some_to_tap(at_home, desk):
    answer = await at_home.says("/quiet")
    assert "22:00–07:00" in answer.labels
    await at_home.taps("23:00–07:00")
    assert (await chosen(desk, at_home)).quiet == Quiet(time(23), time(7))


async def test_where_the_clock_is_not_known_it_is_asked_and_the_hours_are_kept(person, desk):
    assert "What time is it where you are?" in (await person.says("/quiet 22-7")).text
    assert (await chosen(desk, person)).quiet is None
    await person.says("+1")
    assert (await chosen(desk, person)).quiet == Quiet(time(22), time(7))


async def test_hours_that_nobody_can_read_are_answered_with_an_example(at_home):
    await at_home.says("/quiet sometimes")
    assert "22:00-07:00" in at_home.texts[-1]
    await at_home.says("/digest sometimes")
    assert "8:00 18:30" in at_home.texts[-1]
    await at_home.says("/pause sometimes")
    assert "30m, 2h or 1d" in at_home.texts[-1]


async def test_a_digest_is_set_shown_and_switched_off_and_each_is_undone(at_home, desk):
    assert "A digest collects them" in (await at_home.says("/digest")).text
    assert "Your digest comes at 08:00, 18:00." in (await at_home.says("/digest 18:00 8")).text
    assert (await chosen(desk, at_home)).digest == Digest((time(8), time(18)))
    await at_home.says("/digest off")
    assert (await chosen(desk, at_home)).digest is None
    await at_home.taps("↩️ Undo")
    assert (await chosen(desk, at_home)).digest == Digest((time(8), time(18)))


async def test_what_is_switched_off_can_be_chosen_anew_right_there(at_home, desk):
    await at_home.says("/quiet 22-7")
    assert {"23:00–07:00", "↩️ Undo"} <= set((await at_home.says("/quiet off")).labels)
    await at_home.taps("23:00–07:00")
    assert (await chosen(desk, at_home)).quiet == Quiet(time(23), time(7))

    await at_home.says("/digest 7")
    assert {"08:00", "↩️ Undo"} <= set((await at_home.says("/digest off")).labels)
    await at_home.taps("08:00")
    assert (await chosen(desk, at_home)).digest == Digest((time(8),))


async def test_a_digest_that_is_asked_for_where_nothing_waits_tells_of_the_last_day(at_home, news):
    await at_home.says("/subscribe morocco")
    await at_home.says("/subscribe storm")
    assert "The last day brought nothing" in (await at_home.says("/digest now")).text
    await news("Morocco hosts a summit")
    await news("A storm in the north")
    await news("Nothing to do with it")
    digest = await at_home.says("/digest now")
    assert digest.text.startswith("Your digest: 2 headlines")
    assert "Nothing to do with it" not in digest.text
    assert "Read" not in digest.labels
    assert {"1", "2"} <= set(digest.labels)
    assert "Paragraph 1" in (await at_home.says("/read 1", reply_to=digest.id)).text


async def test_a_digest_that_is_asked_for_brings_what_waits(at_home, desk, database, news, clock):
    await at_home.says("/subscribe morocco")
    headline = await news("Morocco hosts a summit")
    [wish] = await desk.wishes.topics(at_home.chat)
    await desk.preferences.change(
        Caller(at_home.chat, ChatKind.PRIVATE), lambda now: replace(now, digest=Digest((time(8),)))
    )
    outbox = Outbox(database)
    await outbox.owe(headline.id, [wish.topic], clock.now())
    await outbox.draw(1, clock.now(), timedelta(seconds=1))
    assert "Here it is, 1 headline" in (await at_home.says("/digest now")).text
    assert (await chosen(desk, at_home)).digest_asked == clock.now()


@pytest.mark.parametrize(("typed", "lasts"), [("2h", 2), ("1d", 24), ("90 min", 1.5), ("3", 3), ("2 Stunden", 2)])
async def test_a_pause_lasts_as_long_as_is_typed_and_is_ended_by_a_button(person, desk, clock, typed, lasts):
    answer = await person.says(f"/pause {typed}")
    assert "What comes meanwhile I bring you then" in answer.text
    assert (await chosen(desk, person)).paused_until == clock.now() + timedelta(hours=lasts)
    assert "I am back." in (await person.taps("Go on now")).text
    assert (await chosen(desk, person)).paused_until is None


async def test_a_pause_is_chosen_by_a_tap_and_may_last_until_tomorrow(at_home, desk, clock):
    assert "For how long" in (await at_home.says("/pause")).text
    await at_home.taps("Until tomorrow")
    assert (await chosen(desk, at_home)).paused_until == datetime(2026, 11, 24, 7, tzinfo=UTC)
    assert "For how long" in (await at_home.taps("Longer")).text
    assert (await chosen(desk, at_home)).paused_until is not None
    await at_home.presses("pause:sideways")
    assert "older time" in at_home.over_the_chat[-1]


async def test_a_pause_that_there_was_not_cannot_be_ended_and_says_so(person):
    assert "There was no pause" in (await person.says("/resume")).text


async def test_who_ends_a_pause_twice_hears_twice_that_it_is_coming(person, desk, database, news, clock):
    await person.says("/subscribe morocco")
    await person.says("/pause 2h")
    headline = await news("Morocco hosts a summit")
    [wish] = await desk.wishes.topics(person.chat)
    outbox = Outbox(database)
    await outbox.owe(headline.id, [wish.topic], clock.now())
    await outbox.draw(1, clock.now(), timedelta(seconds=1))

    for _ in range(2):
        assert (await person.says("/resume")).text == "I am back. 1 headline waited, here it comes."

    await person.says("/pause 2h")
    await desk.preferences.change(
        Caller(person.chat, ChatKind.PRIVATE), lambda now: replace(now, digest=Digest((time(8),)), paused_until=None)
    )
    assert "1 headline waits for its time" in (await person.says("/resume")).text


@pytest.fixture
async def alerted(at_home, desk, news, talk):
    """An alert of a headline that came by a topic, as it stands in the chat."""
    await at_home.says("/subscribe summit")
    headline = await news("Rabat hosts a summit")
    [wish] = await desk.wishes.topics(at_home.chat)
    told = Alert(headline, "summit", wish.topic, headline.id, headline.id)
    sent = await talk.house.bot.write(at_home.chat, alert(ENGLISH, [told], headline.seen_at)[0])
    await desk.lists.remember(at_home.chat, sent, (f"{headline.id},{wish.topic}",))
    return at_home


async def test_what_else_can_be_done_with_an_alert_is_unfolded_under_it_and_folded_again(alerted):
    unfolded = await alerted.taps("⋯ More")
    assert unfolded.labels == (
        "📖 Read",
        "Share",
        "Less",
        "+ Follow this story",
        "🔕 “summit”: not today",
        "Fewer from small",
        "Unfollow “summit”",
    )
    assert (await alerted.taps("Less")).labels == ("📖 Read", "Share", "⋯ More", "+ Follow this story")


async def test_a_topic_is_muted_until_the_day_is_over_and_heard_again_by_the_same_button(alerted, desk):
    await alerted.taps("⋯ More")
    muted = await alerted.taps("🔕 “summit”: not today")
    assert "Nothing more on “summit” today" in alerted.over_the_chat[-1]
    assert "🔔 Unmute “summit”" in muted.labels
    assert list((await chosen(desk, alerted)).muted.values()) == [datetime(2026, 11, 24, 5, tzinfo=UTC)]
    assert "🔔 Unmute “summit”" in (await alerted.says("/quiet")).labels
    await alerted.taps("🔔 Unmute “summit”")
    assert (await chosen(desk, alerted)).muted == {}


async def test_of_a_source_less_is_told_with_the_rule_and_as_much_again_by_the_same_button(alerted, desk):
    await alerted.taps("⋯ More")
    fewer = await alerted.taps("Fewer from small")
    assert "comes once a day, together, at 20:00" in alerted.over_the_chat[-1]
    assert (await chosen(desk, alerted)).fewer == {"small"}
    assert "small: as before" in fewer.labels
    await alerted.says("/quiet")
    assert "small: as before" not in (await alerted.taps("small: as before")).labels
    assert (await chosen(desk, alerted)).fewer == frozenset()


async def test_a_button_under_an_alert_that_is_long_gone_says_so(alerted, desk, database):
    await database.call("DEL", f"{{s{alerted.chat % 64:02d}}}:told:{alerted.chat}")
    await alerted.taps("⋯ More")
    assert "too old" in alerted.texts[-1]


async def test_in_a_group_only_admins_choose(group, desk):
    member = group.member()
    for typed in ("/quiet 22-7", "/digest 8:00", "/pause 2h", "/resume"):
        await member.says(typed)
        assert "the admins choose" in group.texts[-1]
    assert (await desk.preferences.of(group.chat)).paused_until is None


async def test_who_is_offered_a_digest_takes_it_or_leaves_it(at_home, desk, news, talk):
    headline = await news("Rabat hosts a summit")
    told = Alert(headline, "summit", "t1", headline.id, headline.id)
    offer, _ = alert(ENGLISH, [told], headline.seen_at, offers=True)
    await talk.house.bot.write(at_home.chat, offer)
    left = await at_home.taps("No, as it is")
    assert "Yes, a digest" not in left.labels
    assert (await chosen(desk, at_home)).digest is None
    await talk.house.bot.write(at_home.chat, offer)
    assert "Your digest comes at 08:00, 18:00." in (await at_home.taps("Yes, a digest")).text
    assert (await chosen(desk, at_home)).digest == Digest((time(8), time(18)))
