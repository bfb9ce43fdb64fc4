"""Channels, and managing them and groups from a private chat."""

from __future__ import annotations

from tests.handlers.conftest import CHANNEL, GROUP
from tests.handlers.gatherings import Someone, somebody, you


async def added_to_channel(talk) -> Someone:
    me = you(talk)
    await me.says("/start")
    talk.devchat.people.blocks(CHANNEL, blocked=True)
    talk.devchat.people.adds_bot(CHANNEL)
    await talk.handle_all()
    return me


async def test_who_adds_us_to_a_channel_is_asked_in_private_what_to_post_and_the_channel_hears_nothing(talk, desk):
    me = await added_to_channel(talk)

    assert "You are managing News channel" in me.last.text
    assert "what shall I post there?" in me.last.text
    await me.taps("Sport")

    assert [wish.name for wish in await desk.wishes.topics(CHANNEL)] == ["Sport"]
    assert await desk.wishes.topics(me.chat) == ()
    assert talk.devchat.chats.find(CHANNEL).messages == {}


async def test_who_never_started_us_is_not_written_to_and_nothing_breaks(talk, channel):
    talk.devchat.people.blocks(CHANNEL, blocked=True)
    talk.devchat.people.blocks(you(talk).chat, blocked=True)
    await talk.handle_all()
    talk.devchat.people.adds_bot(CHANNEL)
    await talk.handle_all()

    assert channel.errors == []


async def test_what_is_typed_in_private_is_for_the_channel_until_one_turns_back(talk, desk):
    me = await added_to_channel(talk)

    answer = await me.says("/subscribe oil")
    assert answer.text.startswith("⚙️ You are managing News channel")
    assert "oil" in (await me.says("/topics")).text
    assert "your own chat" in (await me.taps("‹ My own chat")).text
    await me.says("/subscribe gold")

    assert [wish.expression for wish in await desk.wishes.topics(CHANNEL)] == ["oil"]
    assert [wish.expression for wish in await desk.wishes.topics(me.chat)] == ["gold"]


async def test_a_button_stays_with_the_chat_that_its_message_is_about(talk, desk):
    me = await added_to_channel(talk)
    await me.says("/subscribe oil")
    await me.taps("‹ My own chat")

    await me.taps("Undo")

    assert await desk.wishes.topics(CHANNEL) == ()


async def test_words_are_followed_for_the_channel_too(talk, desk):
    me = await added_to_channel(talk)

    assert "managing" in (await me.says("interest rates")).text
    await me.taps("Follow")

    assert [wish.expression for wish in await desk.wishes.topics(CHANNEL)] == ["interest rates"]


async def test_after_an_hour_what_is_typed_is_for_oneself_again(talk, desk, clock):
    me = await added_to_channel(talk)
    clock.tick(hours=1, minutes=1)

    assert "managing" not in (await me.says("/subscribe oil")).text
    assert len(await desk.wishes.topics(me.chat)) == 1


async def test_reading_and_lists_are_always_ones_own(talk, news):
    me = await added_to_channel(talk)
    await news("Fed holds")

    assert "managing" not in (await me.says("/latest")).text


async def test_my_channels_are_listed_and_chosen_by_a_tap(talk):
    me = await added_to_channel(talk)
    await me.taps("‹ My own chat")

    assert "News channel" in (await me.says("/channels")).labels
    assert "You are managing News channel" in (await me.taps("News channel")).text


async def test_who_manages_nothing_is_told_how_to_begin(talk):
    told = await you(talk).says("/channels")

    assert "Add me to a channel" in told.text
    assert told.labels == ("+ Channel", "+ Group")


async def test_a_group_is_managed_in_private_by_its_link(talk, desk):
    me = you(talk, GROUP)
    await me.says("/start")
    assert me.url.endswith(f"?start=manage_{GROUP}") or "start=manage_" in me.url

    private = me.at(me.user["id"])
    assert "You are managing News group" in (await private.opens(f"manage_{GROUP}")).text
    await private.says("/subscribe oil")

    assert len(await desk.wishes.topics(GROUP)) == 1


async def test_a_member_may_not_manage_the_group_by_its_link(talk, desk):
    await you(talk, GROUP).says("/about")
    member = somebody(talk, GROUP)

    told = await member.opens(f"manage_{GROUP}")

    assert "may not decide" in told.text
    assert await desk.managing.at(member.user["id"]) is None
    assert "may not decide" in (await member.opens("manage_nonsense")).text


async def test_who_is_no_admin_any_more_is_back_in_the_own_chat(talk, desk):
    you(talk, GROUP)
    await you(talk, GROUP).says("/about")
    ana = somebody(talk, GROUP)
    talk.devchat.people.promotes(GROUP, ana.user["id"])
    private = ana.at(ana.user["id"])
    await ana.opens(f"manage_{GROUP}")
    assert "managing" in (await private.says("/subscribe oil")).text
    talk.devchat.people.demotes(GROUP, ana.user["id"])

    assert "In News group you may not decide" in (await private.says("/subscribe gold")).text
    await private.taps("Undo")

    assert "In News group you may not decide" in ana.over_the_chat[-1]
    assert [wish.expression for wish in await desk.wishes.topics(GROUP)] == ["oil"]
    assert "managing" not in (await private.says("/subscribe gold")).text


async def test_an_admin_of_a_channel_who_may_not_post_does_not_decide(talk):
    ana = somebody(talk, CHANNEL)
    await you(talk, CHANNEL).says("/topics")
    talk.devchat.people.promotes(CHANNEL, ana.user["id"], can_post_messages=False)
    assert "may not decide" in (await ana.opens(f"manage_{CHANNEL}")).text

    talk.devchat.people.promotes(CHANNEL, ana.user["id"])
    assert "You are managing News channel" in (await ana.opens(f"manage_{CHANNEL}")).text


async def test_a_command_posted_in_a_channel_is_done_and_answered_where_its_admin_reads(talk, desk, channel):
    me = you(talk)
    await me.says("/start")

    assert await channel.posts("/subscribe oil") is None
    assert "You are managing News channel" in me.last.text
    assert "From now on" in me.last.text
    assert await channel.posts("/subscribe (") is None
    assert "bracket" in me.last.text
    assert len(await desk.wishes.topics(CHANNEL)) == 1
    assert await channel.posts("good evening") is None


async def test_what_a_person_manages_is_forgotten_with_them(talk, database):
    me = await added_to_channel(talk)
    await me.taps("‹ My own chat")
    await me.says("/stop")
    await me.taps("Forget everything")

    assert [key for key in await database.call("KEYS", "*") if str(me.chat) in key and "pace" not in key] == []


async def test_a_channel_is_forgotten_by_the_button_that_its_admin_is_shown_in_private_and_nothing_else_is(talk, desk):
    me = await added_to_channel(talk)
    await me.says("/subscribe oil")
    await me.taps("‹ My own chat")
    await me.says("/subscribe gold")

    await me.at(CHANNEL).says("/stop")
    assert "You are managing News channel" in me.last.text
    await me.taps("Forget everything")

    assert "forgotten" in me.last.text
    assert await desk.wishes.topics(CHANNEL) == ()
    assert [wish.expression for wish in await desk.wishes.topics(me.chat)] == ["gold"]
    assert await desk.managing.chats(me.chat) == ()


async def test_a_channel_is_kept_where_its_admin_may_decide_there_no_more(talk, desk):
    me = await added_to_channel(talk)
    await me.says("/subscribe oil")
    await me.at(CHANNEL).says("/stop")
    talk.devchat.people.leaves(CHANNEL, me.user["id"])

    await me.taps("Forget everything")

    assert len(await desk.wishes.topics(CHANNEL)) == 1


async def test_the_pages_of_a_channels_digest_and_replies_to_them_are_about_the_channel(talk, news):
    me = await added_to_channel(talk)
    await me.says("/subscribe oil")
    for number in range(24):
        await news(f"Oil story of place{number}, {number**3} barrels")

    digest = await me.says("/digest now")
    assert "You are managing News channel" in digest.text
    assert "Oil story of place23" in (await me.says("/read", reply_to=digest.id)).text

    turned = await me.taps(next(label for label in digest.labels if label.endswith("more ›")))
    assert "You are managing News channel" in turned.text
    assert "Oil story of place23" not in turned.text


async def test_a_group_that_became_a_supergroup_stands_in_the_list_still(talk, group):
    private = you(talk)
    await private.opens(f"manage_{GROUP}")
    await private.taps("‹ My own chat")
    await group.becomes_a_supergroup()

    assert "News group" in (await private.says("/channels")).labels
    assert "managing" not in (await private.says("/topics")).text
    assert "You are managing News group" in (await private.taps("News group")).text


async def test_a_channel_that_answered_somebody_in_private_is_found_in_their_list(talk, desk):
    me = you(talk)
    await me.says("/start")
    await me.at(CHANNEL).says("/topics")
    assert me.last.text.startswith("⚙️ You are managing News channel")

    assert "News channel" in (await me.says("/channels")).labels
    await me.says("/subscribe gold")
    assert [wish.expression for wish in await desk.wishes.topics(me.chat)] == ["gold"]


async def test_a_group_in_which_an_admin_decided_by_word_or_tap_is_found_in_their_list(talk):
    me = you(talk)
    await me.says("/start")
    assert "News group" not in (await me.says("/channels")).labels
    await me.at(GROUP).says("/subscribe oil")
    assert "News group" in (await me.says("/channels")).labels

    other = talk.devchat.people.opens("supergroup", "Traders")
    await talk.handle_all()
    await me.at(other.id).says("/settings")
    await me.at(other.id).says("/subscribe")
    await me.at(other.id).taps("Sport")
    assert "Traders" in (await me.says("/channels")).labels


async def test_of_who_never_started_us_it_is_not_kept_which_groups_they_manage(talk, desk):
    me = you(talk)
    await me.at(GROUP).says("/subscribe oil")

    assert await desk.managing.chats(me.chat) == ()
