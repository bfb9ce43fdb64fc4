"""Groups and channels: who may decide, and what is none of our business."""

from __future__ import annotations


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
    assert "Tap a topic to follow it" in (await group.says(f"@{group.bot_name} hello")).text
    assert "MIT" in (await group.says(f"@{group.bot_name.upper()} /about")).text
    listed = await group.says(f"/topics@{group.bot_name}")
    assert "You need no commands" in (await group.says("help", reply_to=listed.id)).text


async def test_a_command_posted_in_a_channel_is_answered_there(channel):
    assert "From now on" in (await channel.posts("/subscribe oil")).text
    assert await channel.posts("good evening") is None


async def test_in_a_channel_only_admins_tap_as_all_its_readers_see_the_answer(channel):
    await channel.posts("/subscribe oil")

    assert await channel.member().taps("All my topics") is None
    assert "the admins choose" in channel.over_the_chat[-1]


async def test_a_group_that_adds_us_is_welcomed_once(group):
    await group.blocks_the_bot()
    await group.blocks_the_bot(blocked=False)

    assert len(group.texts) == 1
    assert "I watch the latest news" in group.texts[0]


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
