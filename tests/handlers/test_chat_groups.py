"""Groups and channels: who may decide, and what is none of our business."""

from __future__ import annotations


async def test_in_a_group_only_admins_subscribe(group):
    member, admin = group.member(), group.admin()

    assert "admins choose" in (await member.says("/subscribe oil")).text
    assert "From now on" in (await admin.says("/subscribe oil")).text
    assert "admins choose" in (await member.says("/unsubscribe oil")).text
    assert "/subscribe oil" in (await member.says("/topics")).text


async def test_a_member_may_not_tap_what_only_admins_decide(group):
    await group.admin().says("/subscribe oil")

    member = group.member()
    await member.taps("Undo")

    assert "admins choose" in member.told_over_the_chat
    assert "/subscribe oil" in (await member.says("/topics")).text


async def test_talk_in_a_group_is_not_for_us_unless_our_name_or_a_reply_says_so(group):
    member = group.member()

    assert await member.says("hello everybody") is None
    assert await member.says("/nonsense") is None
    assert "What you can ask" in (await member.says(f"@{group.bot_name} hello")).text
    listed = await member.says(f"/topics@{group.bot_name}")
    assert "What you can ask" in (await member.says("help", reply_to=listed.id)).text


async def test_a_command_posted_in_a_channel_is_answered_there(channel):
    assert "From now on" in (await channel.posts("/subscribe oil")).text
    assert await channel.posts("good evening") is None


async def test_a_group_that_adds_us_is_welcomed_once(group):
    await group.adds_the_bot()
    assert "I watch the latest news" in group.last.text
    assert len(group.texts) == 1


async def test_a_group_that_becomes_a_supergroup_keeps_its_topics(group):
    await group.admin().says("/subscribe oil")

    supergroup = await group.becomes_a_supergroup()

    assert "/subscribe oil" in (await supergroup.admin().says("/topics")).text


async def test_who_blocks_the_bot_and_comes_back_finds_the_topics_again(person):
    await person.says("/subscribe oil")
    await person.blocks_the_bot()
    await person.unblocks_the_bot()

    assert "/subscribe oil" in (await person.says("/topics")).text
