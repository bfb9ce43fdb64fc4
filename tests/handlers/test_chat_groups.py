"""Groups and channels: who may decide, and what is none of our business."""

from __future__ import annotations

from dataclasses import replace

from bot.devchat.faults import Fault
from bot.devchat.refusals import Refusal
from bot.handlers.context import Context
from bot.news.answers import Caller
from bot.news.model import ChatKind
from tests.handlers.conftest import CHANNEL, GROUP
from tests.handlers.gatherings import somebody, you


async def test_in_a_group_only_admins_subscribe(group):
    member = group.member()

    assert "the admins choose" in (await member.says("/subscribe oil")).text
    assert "From now on" in (await group.says("/subscribe oil")).text
    assert "the admins choose" in (await member.says("/unsubscribe oil")).text
    assert "/subscribe oil" in (await member.says("/topics")).text


async def test_a_member_may_not_tap_what_only_admins_decide(group):
    await group.says("/subscribe oil")

    await group.member().taps("Undo")

    assert "the admins choose" in group.over_the_chat[-1]
    assert "/subscribe oil" in (await group.says("/topics")).text


async def test_a_button_that_types_asks_whether_who_tapped_it_may_decide(group):
    await group.says("/about")
    assert "the admins choose" in (await group.member().presses("say:/subscribe oil")).text
    assert "no topic yet" in (await group.says("/topics")).text
    assert "From now on" in (await group.presses("say:/subscribe oil")).text


async def test_an_answer_in_a_group_belongs_to_its_question(group):
    answer = await group.says("/about")

    assert "reply_to_message" in group.talk.devchat.chats.find(group.chat).messages[answer.id]


async def test_talk_in_a_group_is_not_for_us_unless_our_name_or_a_reply_says_so(group):
    assert await group.says("hello everybody") is None
    assert await group.says("/nonsense") is None
    assert "I watch the latest news" in (await group.says(f"@{group.bot_name} hello")).text
    assert "MIT" in (await group.says(f"@{group.bot_name.upper()} /about")).text
    listed = await group.says(f"/topics@{group.bot_name}")
    assert "You need no commands" in (await group.says("help", reply_to=listed.id)).text


async def test_a_group_that_adds_us_is_greeted_once_and_told_how_to_talk_to_us(group):
    await group.blocks_the_bot()
    await group.blocks_the_bot(blocked=False)

    assert len(group.texts) == 1
    assert f"/subscribe@{group.bot_name}" in group.texts[0]
    assert "Sport" in you(group.talk, GROUP).last.labels


async def test_a_group_that_is_made_with_us_in_it_is_greeted_too(talk, group):
    about = talk.devchat.chats.find(GROUP).about
    await talk.handle(
        message={"message_id": 7, "date": 1, "chat": about, "from": group.user, "group_chat_created": True}
    )

    assert "I watch the latest news" in group.texts[0]


async def test_a_group_that_removes_us_and_adds_us_again_finds_its_topics_and_a_short_word(group):
    await group.says("/subscribe oil")
    await group.says("/subscribe gold")
    await group.blocks_the_bot()
    group.talk.clock.tick(days=29)
    before = len(group.texts)
    await group.blocks_the_bot(blocked=False)

    assert group.texts[before:] == ["I am back, and still tell you about “oil”, “gold”."]
    assert "/subscribe oil" in (await group.taps("My topics")).text


async def test_becoming_an_admin_or_being_restricted_is_no_reason_to_speak(talk, group):
    await group.says("/about")
    before = len(group.texts)
    people, bot = talk.devchat.people, talk.house.bot.id
    for act in (
        lambda: people.promotes(GROUP, bot),
        lambda: people.demotes(GROUP, bot),
        lambda: people.restricts(GROUP, restricted=True),
        lambda: people.restricts(GROUP, restricted=False),
    ):
        act()
        await talk.handle_all()

    assert len(group.texts) == before


async def test_the_link_that_added_us_says_nothing_twice(talk):
    talk.devchat.people.blocks(GROUP, blocked=True)
    talk.devchat.people.adds_bot(GROUP, payload="hello")
    await talk.handle_all()

    assert len(you(talk, GROUP).texts) == 1


async def test_an_admin_who_remains_anonymous_decides(talk, group):
    talk.devchat.people.promotes(GROUP, group.user["id"], is_anonymous=True)

    assert "From now on" in (await group.says("/subscribe oil")).text


async def test_who_writes_in_the_name_of_the_linked_channel_decides_and_of_another_does_not(talk, group):
    about = talk.devchat.chats.find(GROUP).about
    talk.devchat.chats.find(GROUP).about = {**about, "linked_chat_id": CHANNEL}
    linked = {"id": CHANNEL, "type": "channel", "title": "News channel"}
    other = {"id": -1002000000099, "type": "channel", "title": "Another"}
    bot = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
    said = {"message_id": 900, "date": 1, "chat": about, "from": bot}

    await talk.handle(message=said | {"sender_chat": other, "text": "/subscribe gold"})
    assert "the admins choose" in group.texts[-1]
    await talk.handle(message=said | {"sender_chat": linked, "text": "/subscribe oil"})
    assert "From now on" in group.texts[-1]


async def test_what_the_linked_channel_posts_for_its_readers_is_none_of_our_business(talk, group):
    about = talk.devchat.chats.find(GROUP).about
    channel = {"id": CHANNEL, "type": "channel", "title": "News channel"}
    user = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    said = {"message_id": 901, "date": 1, "chat": about, "from": user, "sender_chat": channel}
    await talk.handle(message=said | {"is_automatic_forward": True, "text": "/subscribe oil"})

    assert group.texts == []


async def test_who_was_made_an_admin_a_second_ago_decides_and_who_was_dismissed_does_not(talk):
    ana = somebody(talk, GROUP)
    assert "the admins choose" in (await ana.says("/subscribe oil")).text
    talk.devchat.people.promotes(GROUP, ana.user["id"])
    assert "From now on" in (await ana.says("/subscribe oil")).text
    talk.devchat.people.demotes(GROUP, ana.user["id"])
    assert "the admins choose" in (await ana.says("/unsubscribe oil")).text


async def test_where_everybody_decides_members_do(talk, desk, group):
    ana = somebody(talk, GROUP)
    await group.says("/subscribe oil")
    await desk.preferences.change(Caller(GROUP, ChatKind.GROUP), lambda now: replace(now, all_manage=True))

    assert "From now on" in (await ana.says("/subscribe gold")).text
    await ana.taps("Undo")
    assert len(await desk.wishes.topics(GROUP)) == 1


async def test_where_telegram_does_not_tell_who_decides_nobody_does_and_it_is_said(talk, group):
    talk.devchat.breaks(*(Fault(Refusal(502, "Bad Gateway"), "getChatMember") for _ in range(5)))

    assert "does not tell me just now" in (await group.says("/subscribe oil")).text


async def test_a_group_that_does_not_let_us_answer_hears_nothing_and_its_admin_once_in_private(talk, group):
    me = you(talk)
    await me.says("/start")
    talk.devchat.people.permits(GROUP, can_send_messages=False)

    assert await group.says("/topics") is None
    assert "I am not allowed to send messages there" in me.last.text
    heard = len(me.texts)
    await group.says("/topics")
    assert len(me.texts) == heard


async def test_a_group_speaks_the_language_of_who_spoke_first(talk):
    french = somebody(talk, GROUP, "Anne", "fr")
    talk.devchat.people.promotes(GROUP, french.user["id"])
    await french.says("/subscribe pétrole")
    english = somebody(talk, GROUP, "Ben", "en")

    say, _ = await Context(talk.house).heard(Caller(GROUP, ChatKind.GROUP, "", english.user["language_code"]))
    assert say.lang == "fr"


async def test_a_group_that_becomes_a_supergroup_keeps_its_topics(group):
    await group.says("/subscribe oil")

    supergroup = await group.becomes_a_supergroup()

    assert "/subscribe oil" in (await supergroup.says("/topics")).text


async def test_who_blocks_the_bot_and_comes_back_finds_the_topics_again(person):
    await person.says("/subscribe oil")
    await person.blocks_the_bot()
    await person.blocks_the_bot(blocked=False)

    assert "/subscribe oil" in (await person.says("/topics")).text
    assert "You follow 1 topic" in (await person.says("/start")).text
