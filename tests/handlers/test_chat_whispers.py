"""In a group whose server can do it, an answer is seen by who asked alone."""

from __future__ import annotations

import pytest

from bot.handlers import COMMANDS
from bot.handlers.menus import hang_up
from bot.tongues import spoken
from tests.handlers.conftest import GROUP
from tests.handlers.gatherings import Someone, somebody, you


@pytest.fixture
async def ana(talk) -> Someone:
    """A member of a group of which we are an admin."""
    await you(talk, GROUP).says("/subscribe oil")
    talk.devchat.people.promotes(GROUP, talk.house.bot.id)
    await talk.handle_all()
    return somebody(talk, GROUP)


def seen_by(talk, person: Someone) -> list[str]:
    return talk.devchat.texts(GROUP, person.user["id"])


async def test_what_a_member_asks_is_answered_for_them_alone(talk, ana):
    ben = somebody(talk, GROUP, "Ben")
    await ana.says("/topics")

    assert "You follow 1 topic" in seen_by(talk, ana)[-1]
    assert not any("You follow 1 topic" in text for text in seen_by(talk, ben))
    assert ana.errors == []


async def test_what_changes_for_all_is_told_to_all(talk, ana):
    await you(talk, GROUP).says("/subscribe gold")

    assert "From now on" in seen_by(talk, ana)[-1]


async def test_pages_are_turned_in_the_message_that_only_one_sees(talk, ana, news):
    for number in range(15):
        await news(f"Story {number}")
    await ana.says("/latest 5")
    before = len(ana.all_messages())

    turned = await ana.taps("More ›")

    assert "Story 8" in turned.text
    assert len(ana.all_messages()) == before
    assert ana.newest["ephemeral_message_id"]


async def test_an_article_that_a_member_opens_is_read_by_them_alone_wherever_we_stand(talk, news):
    await news("Fed holds")
    await you(talk, GROUP).says("/latest")
    ana, ben = somebody(talk, GROUP), somebody(talk, GROUP, "Ben")
    await ana.taps("1")

    assert "The talks went on" in seen_by(talk, ana)[-1]
    assert "The talks went on" not in "".join(seen_by(talk, ben))


async def test_a_button_that_types_for_a_member_is_answered_for_them_alone_wherever_we_stand(talk):
    await you(talk, GROUP).says("/topics")
    ana, ben = somebody(talk, GROUP), somebody(talk, GROUP, "Ben")
    await you(talk, GROUP).says("/subscribe ((")
    before = seen_by(talk, ben)
    await ana.taps("How to write a topic")

    assert "How to write a topic" in seen_by(talk, ana)[-1]
    assert seen_by(talk, ben) == before


async def test_where_we_are_no_admin_a_usual_reply_is_given_and_remembered(talk):
    me = you(talk, GROUP)
    await me.says("/topics")
    await me.says("/about")

    assert [line["event"] for line in talk.log].count("no whisper") == 1
    assert "reply_to_message" in me.newest


async def test_a_command_that_the_menu_calls_so_is_between_the_asker_and_us(talk):
    await you(talk, GROUP).says("/subscribe oil")
    await hang_up(talk.house.bot, spoken(), COMMANDS, ())
    ana, ben = somebody(talk, GROUP), somebody(talk, GROUP, "Ben")
    before = seen_by(talk, ben)
    await ana.says("/topics")

    assert "You follow 1 topic" in seen_by(talk, ana)[-1]
    assert seen_by(talk, ben) == before


async def test_a_refusal_is_for_who_was_refused(talk, ana):
    ben = somebody(talk, GROUP, "Ben")
    await ana.says("/subscribe gold")

    assert "the admins choose" in seen_by(talk, ana)[-1]
    assert "the admins choose" not in "".join(seen_by(talk, ben))


async def test_groups_are_shown_few_commands_and_their_admins_those_that_decide(talk):
    await hang_up(talk.house.bot, spoken(), COMMANDS, ())
    profile, group = talk.devchat.people._profile, talk.devchat.chats.find(GROUP)
    ana = somebody(talk, GROUP)

    member = {each["command"] for each in profile.menu(group, ana.user)}
    admin = {each["command"] for each in profile.menu(group, you(talk).user)}
    private = {each["command"] for each in profile.menu(talk.devchat.chats.find(1001), you(talk).user)}
    assert "latest" in member
    assert "subscribe" not in member
    assert {"subscribe", "unsubscribe"} <= admin
    assert "stop" in private - admin
