"""Groups and channels: who is in them and how, what the bot hears of it, and where it may write."""

from __future__ import annotations

import pytest
from telegram.error import BadRequest, Forbidden

from bot.devchat.refusals import Refusal

BOT, YOU, GROUP, CHANNEL, ANONYMOUS = 1, 1001, -2001, -1002000000001, 1087968824
PHOTO = "https://pictures.example/a.png"


@pytest.fixture
def amina(devchat) -> int:
    person = devchat.people.meets("Amina")["id"]
    devchat.people.joins(GROUP, person)
    return person


@pytest.fixture
def club(devchat) -> int:
    """A supergroup with the bot in it."""
    return devchat.people.opens("supergroup", "Club").id


async def told(ptb, kind: str) -> list:
    updates = await ptb.get_updates(timeout=0, allowed_updates=["message", "my_chat_member", "chat_member"])
    return [getattr(update, kind) for update in updates if getattr(update, kind)]


async def test_being_added_is_told_as_a_change_and_as_a_message(devchat, ptb) -> None:
    group = devchat.people.opens("group", "Friends")
    changed, service = await ptb.get_updates(timeout=0)
    assert changed.my_chat_member.chat.id == service.message.chat.id == group.id
    assert changed.my_chat_member.old_chat_member.status == "left"
    assert changed.my_chat_member.new_chat_member.status == "member"
    assert [user.id for user in service.message.new_chat_members] == [BOT]
    assert service.message.from_user.id == YOU


async def test_a_person_may_own_a_group_in_which_you_are_not(devchat, ptb, amina) -> None:
    group = devchat.people.opens("group", "Hers", person=amina)
    devchat.people.says(group.id, "/start")
    assert (await ptb.get_chat_member(group.id, amina)).status == "creator"
    assert (await ptb.get_chat_administrators(group.id))[0].user.id == amina
    assert (await ptb.get_updates(timeout=0))[-1].message.from_user.id == amina


async def test_members_are_listed_and_counted_truly(devchat, ptb, amina) -> None:
    assert (await ptb.get_chat_member(GROUP, amina)).status == "member"
    assert await ptb.get_chat_member_count(GROUP) == 3
    assert [member.user.id for member in await ptb.get_chat_administrators(GROUP)] == [YOU]
    devchat.people.promotes(GROUP, amina)
    assert {member.user.id for member in await ptb.get_chat_administrators(GROUP)} == {YOU, amina}
    devchat.people.leaves(GROUP, amina)
    assert await ptb.get_chat_member_count(GROUP) == 2
    with pytest.raises(BadRequest, match="User not found"):
        await ptb.get_chat_member(GROUP, 77)


async def test_whoever_was_thrown_out_of_a_supergroup_is_kicked_and_who_left_has_left(devchat, ptb, club) -> None:
    one, other = (devchat.people.meets(name)["id"] for name in ("Omar", "Lina"))
    for person in (one, other):
        devchat.people.joins(club, person)
    devchat.people.leaves(club, one)
    devchat.people.leaves(club, other, by=YOU)
    assert (await ptb.get_chat_member(club, one)).status == "left"
    assert (await ptb.get_chat_member(club, other)).status == "kicked"
    *_, gone = await told(ptb, "message")
    assert (gone.left_chat_member.id, gone.from_user.id) == (other, YOU)


async def test_a_bot_that_is_promoted_is_told_of_the_others_if_it_asks(devchat, ptb, amina) -> None:
    devchat.people.promotes(GROUP, amina)
    devchat.people.promotes(GROUP, BOT)
    devchat.people.demotes(GROUP, amina)
    mine, others = await told(ptb, "my_chat_member"), await told(ptb, "chat_member")
    assert [change.new_chat_member.status for change in mine] == ["administrator"]
    assert others == []  # nobody asked for them when they happened
    devchat.people.promotes(GROUP, amina)
    (change,) = await told(ptb, "chat_member")
    assert (change.new_chat_member.user.id, change.new_chat_member.status) == (amina, "administrator")
    assert change.old_chat_member.status == "member"
    assert change.from_user.id == YOU


async def test_rights_of_an_administrator_are_those_that_were_given(devchat, ptb, club) -> None:
    devchat.people.promotes(club, BOT, can_pin_messages=False)
    member = await ptb.get_chat_member(club, BOT)
    assert (member.status, member.can_pin_messages, member.can_manage_topics) == ("administrator", False, True)
    message = await ptb.send_message(club, "a")
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages in the chat"):
        await ptb.pin_chat_message(club, message.message_id)


async def test_an_anonymous_administrator_speaks_as_the_group_and_taps_as_themselves(devchat, ptb, api, club) -> None:
    devchat.people.promotes(club, YOU, is_anonymous=True)
    devchat.people.says(club, "/settings")
    keyboard = {"inline_keyboard": [[{"text": "Tap", "callback_data": "x"}]]}
    message = (await api.says("a", club, reply_markup=keyboard))["message_id"]
    devchat.people.taps_button(club, message, "x")
    *_, said, tapped = await ptb.get_updates(timeout=0)
    assert (said.message.from_user.id, said.message.from_user.username) == (ANONYMOUS, "GroupAnonymousBot")
    assert said.message.sender_chat.id == club
    assert tapped.callback_query.from_user.id == YOU
    owner = await ptb.get_chat_member(club, YOU)
    assert (owner.status, owner.is_anonymous, owner.api_kwargs) == ("creator", True, {})
    assert (await ptb.get_chat_member(club, ANONYMOUS)).status == "left"


async def test_only_who_may_promotes_and_throws_out(devchat, ptb, amina) -> None:
    for act in (
        lambda: devchat.people.promotes(GROUP, amina, by=amina),
        lambda: devchat.people.demotes(GROUP, YOU, by=amina),
        lambda: devchat.people.leaves(GROUP, YOU, by=amina),
        lambda: devchat.people.blocks(GROUP, blocked=True, person=amina),
    ):
        with pytest.raises(Refusal):
            act()
    devchat.people.promotes(GROUP, amina)
    devchat.people.blocks(GROUP, blocked=True, person=amina)
    assert (await told(ptb, "my_chat_member"))[-1].from_user.id == amina


@pytest.mark.parametrize(
    ("text", "is_heard"),
    [
        ("hello everybody", False),
        ("see https://news.example/", False),
        ("/latest", True),
        ("/latest@local_headline_bot", True),
        ("/latest@some_other_bot", False),
        ("what about /latest", False),
        ("hey @local_headline_bot, news?", True),
        ("hey @local_headline_bots", False),
        ("@Local_Headline_Bot 😀", True),
    ],
)
async def test_in_a_group_the_bot_hears_what_is_meant_for_it(devchat, ptb, text, is_heard) -> None:
    devchat.people.says(GROUP, text)
    assert bool(await ptb.get_updates(timeout=0)) is is_heard


async def test_the_bot_hears_answers_to_it_and_as_an_administrator_everything(devchat, ptb, api) -> None:
    mine = (await api.says("a", GROUP))["message_id"]
    yours = devchat.people.says(GROUP, "hello")["message_id"]
    devchat.people.says(GROUP, "to you", reply_to=yours)
    devchat.people.says(GROUP, "to the bot", reply_to=mine)
    devchat.people.promotes(GROUP, BOT)
    devchat.people.says(GROUP, "to everybody")
    heard = [message.text for message in await told(ptb, "message")]
    assert heard == ["to the bot", "to everybody"]


async def test_a_bot_that_reads_everything_hears_everything(devchat, ptb) -> None:
    devchat.bot["can_read_all_group_messages"] = True
    devchat.people.says(GROUP, "hello everybody")
    assert [update.message.text for update in await ptb.get_updates(timeout=0)] == ["hello everybody"]


async def test_a_group_that_takes_no_texts_or_pictures_says_so(devchat, api, ptb) -> None:
    devchat.people.permits(GROUP, can_send_photos=False)
    assert (await ptb.send_message(GROUP, "a")).text == "a"
    words = "Bad Request: not enough rights to send {} to the chat"
    assert await api.complaint("sendPhoto", chat_id=GROUP, photo=PHOTO) == words.format("photos")
    devchat.people.permits(GROUP, can_send_messages=False, can_send_documents=False)
    assert await api.refused("a", GROUP) == words.format("text messages")
    assert await api.complaint("sendDocument", chat_id=GROUP, document=PHOTO) == words.format("documents")
    assert (await ptb.get_chat(GROUP)).permissions.can_send_messages is False
    devchat.people.promotes(GROUP, BOT)
    assert await api.says("a", GROUP)


async def test_a_bot_that_may_send_texts_alone_sends_no_pictures(devchat, api, club) -> None:
    devchat.people.restricts(club, restricted=True, can_send_messages=True)
    assert await api.says("a", club)
    assert "not enough rights to send photos" in await api.complaint("sendPhoto", chat_id=club, photo=PHOTO)


async def test_a_person_who_is_restricted_says_nothing(devchat, ptb, amina, club) -> None:
    devchat.people.joins(club, amina)
    devchat.people.restricts(club, restricted=True, person=amina)
    with pytest.raises(Refusal):
        devchat.people.says(club, "/latest", person=amina)
    assert (await ptb.get_chat_member(club, amina)).can_send_messages is False
    devchat.people.restricts(club, restricted=False, person=amina)
    devchat.people.says(club, "/latest", person=amina)


async def test_a_channel_is_written_by_its_administrators_alone(devchat, ptb, amina) -> None:
    devchat.people.joins(CHANNEL, amina)
    with pytest.raises(Refusal):
        devchat.people.says(CHANNEL, "hello", person=amina)
    devchat.people.promotes(CHANNEL, amina)
    devchat.people.says(CHANNEL, "hello", person=amina)
    post = (await ptb.get_updates(timeout=0))[-1].channel_post
    assert (post.sender_chat.id, post.from_user) == (CHANNEL, None)
    assert {member.user.id for member in await ptb.get_chat_administrators(CHANNEL)} == {YOU, amina, BOT}


async def test_a_bot_that_may_not_post_in_a_channel_is_told_so(devchat, api) -> None:
    devchat.people.promotes(CHANNEL, BOT, can_post_messages=False)
    assert await api.refused("a", CHANNEL) == "Bad Request: need administrator rights in the channel chat"


async def test_leaving_and_being_thrown_out_are_told_apart(devchat, ptb, club) -> None:
    await ptb.leave_chat(club)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await ptb.send_message(club, "a")
    devchat.people.adds_bot(club)
    devchat.people.blocks(club, blocked=True)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await ptb.send_message(club, "a")
    statuses = [change.new_chat_member.status for change in await told(ptb, "my_chat_member")]
    assert statuses == ["member", "left", "member", "kicked"]


async def test_a_bot_that_is_out_hears_nothing(devchat, ptb) -> None:
    devchat.people.blocks(GROUP, blocked=True)
    devchat.people.says(GROUP, "/latest")
    assert [message.left_chat_member.id for message in await told(ptb, "message")] == [BOT]


async def test_a_group_that_becomes_a_supergroup_keeps_its_people(devchat, ptb, amina) -> None:
    devchat.people.promotes(GROUP, amina)
    new = devchat.people.upgrades(GROUP)
    assert (await ptb.get_chat_member(new.id, amina)).status == "administrator"
    assert await ptb.get_chat_member_count(new.id) == 3
    with pytest.raises(Refusal):
        devchat.people.says(GROUP, "/latest")


async def test_what_is_pinned_is_told_and_shown(devchat, ptb) -> None:
    message = await ptb.send_message(CHANNEL, "Important")
    assert await ptb.pin_chat_message(CHANNEL, message.message_id)
    assert (await ptb.get_chat(CHANNEL)).pinned_message.text == "Important"
    (update,) = await ptb.get_updates(timeout=0)
    assert update.channel_post.pinned_message.message_id == message.message_id
    assert await ptb.unpin_chat_message(CHANNEL)
    assert (await ptb.get_chat(CHANNEL)).pinned_message is None
    with pytest.raises(BadRequest, match="Message to pin not found"):
        await ptb.pin_chat_message(CHANNEL, 999)
